"""Charts of the outlook: closed days are gaps, bands lie within each other, weeks beyond half a year."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner import charts
from planner.outlook import HORIZON_WEEKS
from planner.outlook.figures import View, day_bands
from planner.parts.outlook_chart import labelled, series_of
from tests.planner.outlook_builder import AS_OF, COMING, TRANSFER, make_backtest, make_outlook

OUTLOOK = make_outlook()


def rows(chart: Any, key: str) -> list[dict[str, Any]]:
    return [row for data in chart.to_dict()["datasets"].values() for row in data if key in row]


@pytest.mark.parametrize("weeks", HORIZON_WEEKS)
def test_every_horizon_is_drawn_the_same_way_twice(weeks: int) -> None:
    first, second = (charts.svg(charts.outlook_fan(series_of(OUTLOOK, View(weeks)), "題")) for _ in range(2))
    assert first == second
    assert "件／日）" in first
    assert "80%" in first
    assert ("1開庁日平均" in first) == (weeks > 26)


def test_bands_are_drawn_by_day_and_closed_days_are_gaps() -> None:
    chart = charts.outlook_fan(series_of(OUTLOOK, View(4)), "題")
    bands = rows(chart, "until")
    drawn = {row["day"] for row in bands if "reason" not in row}
    assert len(drawn) == len(day_bands(OUTLOOK, View(4)))
    assert [row["reason"] for row in bands if "reason" in row] == ["春分の日"]
    lines = [row for row in rows(chart, "value") if row["value"] is None]
    assert lines, "a line that crosses a weekend would tell of days without service"


def test_what_came_after_is_marked_and_told() -> None:
    days = OUTLOOK.facts.days[:3]
    series = series_of(OUTLOOK, View(4), (days, (60, 70, 80)))
    assert [point[2] for point in series.actual] == [60.0, 70.0, 80.0]
    assert "ひし形: 基準日後の実績" in charts.svg(charts.outlook_fan(series, "題"))
    assert "ひし形" not in charts.svg(charts.outlook_fan(replace(series, actual=()), "題"))


def test_events_are_named_only_where_they_are_counted_in() -> None:
    assert [e.name for e in series_of(OUTLOOK, View(13)).events] == [TRANSFER.name]
    assert series_of(OUTLOOK, View(13, has_events=False)).events == ()


def test_far_away_a_round_is_named_once_and_an_expected_one_says_so() -> None:
    later = replace(TRANSFER, start=date(2026, 4, 6), end=date(2026, 4, 6), headcount=180)
    events = (TRANSFER, later, COMING)
    near = labelled(events, AS_OF, date(2026, 5, 31), 13)
    assert [(e.start, e.headcount) for e in near] == [(date(2026, 4, 1), 680), (date(2026, 4, 6), 180)]
    far = labelled(events, AS_OF, date(2027, 5, 31), 52)
    assert [(e.start, e.name) for e in far] == [
        (date(2026, 4, 1), TRANSFER.name),
        (date(2026, 7, 1), "人事異動（公表前、想定）"),
    ]


def test_an_outlook_without_a_past_or_events_is_drawn() -> None:
    bare = replace(series_of(OUTLOOK, View(1)), past=(), events=(), closed=())
    assert charts.png(charts.outlook_fan(bare, "題"), 1.0)[:4] == b"\x89PNG"


def test_accuracy_is_drawn() -> None:
    test = make_backtest()
    assert "破線: 予測どおりの場合" in charts.svg(charts.calibration(test.calibration, "題"))
    drawn = [
        (h.name, h.all_days.wape, h.all_days.wape_floor, h.on_events and h.on_events.wape)
        for h in test.horizons
    ]
    chart = charts.errors_by_horizon(drawn, "題")
    assert "偶然の変動（避けられない）" in charts.svg(chart)
    for name, wape, floor, _ in drawn:
        parts = [r for r in rows(chart, "from") if r["horizon"] == name]
        assert [(r["from"], r["until"]) for r in parts[:2]] == [
            (0.0, pytest.approx(min(floor, wape))),
            (pytest.approx(min(floor, wape)), pytest.approx(wape)),
        ]


def test_days_and_hours_carry_their_number() -> None:
    days = (date(2026, 4, 1), date(2026, 4, 2))
    text = charts.svg(charts.day_heat(days, [[3.0] * 24, [12.0] * 24], range(9, 11), "題", "範囲"))
    assert "4/1（水）" in text
    assert "件／時" in text
