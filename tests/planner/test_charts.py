"""Charts: Japanese is drawn, gaps are gaps, labels keep apart, the same data gives the same drawing."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner import charts
from planner.charts.event_labels import event_labels
from planner.content import KnownEvent
from planner.document import drawn
from planner.wording.findings import heat_scope, worst_hour_finding
from planner.wording.terms import alternative_name
from tests.planner.document_builder import EVENTS, real_content

KINDS = ("fan", "heat", "heads", "in_time", "risk")


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_is_drawn_the_same_way_twice(kind: str) -> None:
    first, second = (charts.svg(drawn(kind, real_content())) for _ in range(2))
    assert first == second
    assert 'font-family="BIZ UDPGothic"' in first
    assert "BIZ UDPGothic, " not in first


def test_glyphs_are_drawn_in_png() -> None:
    """Another title is another picture: a missing font would draw none, silently."""
    pictures = {
        charts.png(charts.heat(dict(enumerate(real_content().heat)), range(8, 18), title, ""), 1.0)
        for title in ("髙", "①", "")
    }
    assert len(pictures) == 3
    assert all(picture[:8] == b"\x89PNG\r\n\x1a\n" for picture in pictures)


def test_closed_days_are_gaps_not_zeros() -> None:
    content = real_content()
    datasets = drawn("fan", content).to_dict()["datasets"].values()
    rows = {row["day"]: row for row in next(rows for rows in datasets if "median" in rows[0])}
    assert rows["2026-04-04"]["median"] is None  # a Saturday
    assert rows["2026-04-01"]["high"] == next(d for d in content.outlook if d.day == date(2026, 4, 1)).high


def near(*days: int, name: str = "") -> tuple[KnownEvent, ...]:
    """Events in April, of one name or each of its own."""
    return tuple(
        replace(EVENTS[1], name=name or f"人事異動（4月{n}日発令）", start=on, end=on, headcount=100 + n)
        for n in days
        for on in (date(2026, 4, n),)
    )


def text_px(label: dict[str, Any], first: date) -> tuple[float, float]:
    """Where a name begins and ends in a drawing of 60 days and 640 px, 12 px an em."""
    line = line_px(label, first)
    width = sum(6 if c.isascii() else 12 for c in label["name"])
    return (line + 4, line + 4 + width) if label["align"] == "left" else (line - 4 - width, line - 4)


def line_px(label: dict[str, Any], first: date) -> float:
    return ((date.fromisoformat(label["day"]) - first).days + 0.5) * 640 / 60


@pytest.mark.parametrize("days", [(1, 2, 3, 6, 20), (1, 6, 13), (1, 8, 16, 29), (20, 27, 28, 30), (1, 1, 2)])
def test_event_labels_stand_free_of_each_other_and_of_the_dotted_lines(days: tuple[int, ...]) -> None:
    first = date(2026, 3, 2)
    labels = event_labels([first + timedelta(days=n) for n in range(60)], near(*days))
    assert len(labels) == len(days)
    for one, other in itertools.permutations(labels, 2):
        begin, end = text_px(one, first)
        if one["level"] == other["level"]:
            assert end <= text_px(other, first)[0] or begin >= text_px(other, first)[1]
        assert one["level"] >= other["level"] or not begin < line_px(other, first) < end


def test_further_dates_of_one_event_are_named_by_date_and_people() -> None:
    span = [date(2026, 4, 1) + timedelta(days=n) for n in range(30)]
    labels = event_labels(span, near(1, 6, 13, name="令和8年4月期人事異動"))
    assert [label["name"] for label in labels] == ["令和8年4月期人事異動 101名", "4/6 106名", "4/13 113名"]


def test_an_event_after_the_last_day_is_not_named() -> None:
    span = [d.day for d in real_content().outlook]
    (event,) = near(1)
    assert event_labels(span, (replace(event, start=date(2027, 4, 1), end=date(2027, 4, 1)),)) == []


def test_the_heat_map_shows_the_hours_of_reception_and_says_what_they_hold() -> None:
    """Reception till 18:15 now and proposed; another alternative opens at 7:30 and is not shown."""
    chart = drawn("heat", real_content()).to_dict()
    hours = {row["hour"] for rows in chart["datasets"].values() for row in rows}
    assert hours == set(range(8, 19))
    assert chart["title"]["subtitle"] == (
        "受付時間（8:30〜18:15）のある時間帯を示す。8時台及び18時台は受付時間の前後に届く件数を含む"
    )
    assert heat_scope(9 * 60, 17 * 60) == "受付時間（9:00〜17:00）のある時間帯を示す"


def test_the_worst_hour_is_named() -> None:
    same = worst_hour_finding((1020, 0.69), "2名増員", (1020, 0.85))
    assert same == "最も低い1時間（17時台）の応答率は、現状維持で69%、2名増員で85%"
    other = worst_hour_finding((1020, 0.69), "2名増員", (540, 0.85))
    assert other == "最も低い1時間の応答率は、現状維持で69%（17時台）、2名増員で85%（9時台）"


def test_an_event_that_began_before_is_still_named() -> None:
    session: KnownEvent = EVENTS[0]
    assert session.start < real_content().outlook[0].day
    assert "第221回国会（継続中）" in charts.svg(drawn("fan", real_content()))


def test_a_legend_differs_by_more_than_colour() -> None:
    content = real_content()
    lines = drawn("in_time", content).to_dict()["layer"][0]["encoding"]
    dashes = [tuple(d) for d in lines["strokeDash"]["scale"]["range"]]
    assert len(set(dashes)) == len(dashes) == len(content.alternatives)
    assert f"{alternative_name(content.recommended)}【提案】" in lines["color"]["scale"]["domain"]


def test_heads_without_a_change_show_the_standing_formation_once() -> None:
    content = real_content(recommended="status_quo")
    assert len(drawn("heads", content).to_dict()["encoding"]["color"]["scale"]["domain"]) == 2
