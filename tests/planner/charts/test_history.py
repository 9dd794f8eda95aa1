"""Charts of the whole history: gaps are gaps, marks differ by shape, days need no time zone."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from forecasts.abnormal import AbnormalDay
from forecasts.calendar import Calendar
from forecasts.events import Event
from forecasts.history.breaks import Gap, LevelChange
from forecasts.history.counts import History
from forecasts.slots import Grid
from planner import charts

DAYS = Calendar().office_days(date(2021, 3, 1), date(2022, 6, 1))
COUNT = np.random.default_rng(1).poisson(10, size=(len(DAYS), 1, 2)).astype(np.int64)
HISTORY = History(DAYS, Grid(60), ("phone", "mail"), COUNT)
GAP = Gap(DAYS[60], DAYS[64], 5)
CHANGE = LevelChange(DAYS[200], 20.0, 30.0)
SURGE = AbnormalDay(DAYS[30], "phone", "surge", 90, 25.1, 15, 36, 1e-19)
TRANSFER = Event(DAYS[20], DAYS[20], "transfer", "人事異動", DAYS[1])


def rows(chart: Any, key: str) -> list[dict[str, Any]]:
    return [row for data in chart.to_dict()["datasets"].values() for row in data if key in row]


def drawn(**changes: Any) -> Any:
    parts: dict[str, Any] = {
        "history": HISTORY,
        "breaks": (GAP, CHANGE),
        "abnormal": (SURGE,),
        "events": (TRANSFER,),
    }
    return charts.days_chart(**{**parts, **changes}, title="題")


def test_the_chart_is_drawn_the_same_way_twice_in_japanese() -> None:
    first, second = charts.svg(drawn()), charts.svg(drawn())
    assert first == second
    for word in ("題", "問合せ（件／日）", "記録なし", "人事異動", "平常より大幅に多い日"):
        assert word in first


def test_the_line_breaks_where_nothing_came() -> None:
    count = COUNT.copy()
    count[60:65] = 0
    of_day = {row["day"]: row["usual"] for row in rows(drawn(history=replace(HISTORY, count=count)), "usual")}
    values = list(of_day.values())
    assert values[60:65] == [None] * 5
    assert min(v for v in values if v is not None) > 10


def test_days_are_utc_instants() -> None:
    assert rows(drawn(), "usual")[0]["day"] == 1_614_556_800_000  # 2021-03-01T00:00Z
    assert all(row["day"] % 86_400_000 == 0 for row in rows(drawn(), "day"))


def test_marks_differ_by_shape_and_days_left_out_are_marked_too() -> None:
    codes = ("outage", "shortfall", "surge", "hole")
    found = [replace(SURGE, day=DAYS[n + 1], code=code) for n, code in enumerate(codes)]
    left_out = replace(HISTORY, left_out=frozenset({DAYS[80]}))
    chart = drawn(history=left_out, abnormal=found).to_dict()
    layer = next(part for part in chart["vconcat"][1]["layer"] if "shape" in part.get("encoding", {}))
    shapes = layer["encoding"]["shape"]["scale"]["range"]
    assert len(set(shapes)) == len(shapes) == 5


def test_days_within_a_gap_are_not_marked_again() -> None:
    chart = drawn(abnormal=(replace(SURGE, day=DAYS[62], code="outage"),))
    assert [r for r in rows(chart, "kind") if "count" in r] == []


def test_events_outside_the_history_have_no_lane() -> None:
    late = replace(TRANSFER, start=date(2030, 4, 1), end=date(2030, 4, 1))
    assert "vconcat" not in drawn(events=(late,)).to_dict()
    running = replace(TRANSFER, start=DAYS[0] - timedelta(days=30), end=DAYS[3])
    (bar,) = [r for r in rows(drawn(events=(running,)), "until") if r["name"] == "人事異動"]
    assert bar["day"] == 1_614_556_800_000


def test_nothing_to_mark_draws_the_days_alone() -> None:
    plain = charts.svg(drawn(breaks=(), abnormal=(), events=()))
    assert "問合せ（件／日）" in plain
    assert charts.png(drawn(breaks=(), abnormal=(), events=()), 1.0)[:4] == b"\x89PNG"


def test_shares_sum_to_one_and_an_empty_month_is_a_gap() -> None:
    count = COUNT.copy()
    count[[d.month == 7 for d in DAYS]] = 0
    chart = charts.shares_chart(replace(HISTORY, count=count), {"phone": "電話", "mail": "メール"}, "題")
    shares: dict[int, list[float | None]] = {}
    for row in rows(chart, "share"):
        shares.setdefault(row["month"], []).append(row["share"])
    assert len(shares) == 15
    assert [s for s in shares.values() if None in s] == [[None, None]]
    assert all(sum(s) == pytest.approx(1) for s in shares.values() if None not in s)
    encoding = chart.to_dict()["encoding"]
    assert len(set(map(tuple, encoding["strokeDash"]["scale"]["range"]))) == 2
    assert encoding["color"]["scale"]["domain"] == ["電話", "メール"]
