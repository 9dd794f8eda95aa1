"""The picture of a running day: expected, come, expected now; only what lies between the hours."""

from typing import Any

import numpy as np
import pytest

from planner import charts
from planner.outlook.running_day import Course

BAND = np.array([[0, 0, 0], [2, 5, 9], [12, 20, 31], [12, 21, 33]], dtype=float)
SERIES = charts.RunningSeries(
    (480, 1140),
    ((0, 0), (540, 4), (660, 8)),
    Course((0, 600, 1140, 1440), BAND),
    Course((660, 900, 1140, 1440), BAND + 8),
)


def rows(chart: Any) -> list[dict[str, Any]]:
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def test_it_is_drawn_the_same_way_twice_with_units_and_a_legend() -> None:
    first, second = (charts.svg(charts.running_course(SERIES, "11時までに8件")) for _ in range(2))
    assert first == second
    for words in ("11時までに8件", "時刻（時:分）", "その日の始めからの問合せ（件）", "80%予測区間", "9:00"):
        assert words in first


def test_nothing_outside_the_hours_is_drawn() -> None:
    assert {row["minute"] for row in rows(charts.running_course(SERIES, "題"))} == {540, 600, 660, 900, 1140}


@pytest.mark.parametrize("until", [0, 1440])
def test_a_day_without_a_beginning_or_a_rest_is_drawn(until: int) -> None:
    bare = charts.RunningSeries(
        SERIES.hours, ((until, 0),), SERIES.before, Course((until,), np.zeros((1, 3)))
    )
    assert charts.png(charts.running_course(bare, "題"), 1.0)[:4] == b"\x89PNG"
