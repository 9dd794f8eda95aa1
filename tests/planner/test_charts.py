"""Charts: Japanese is drawn, gaps are gaps, labels keep apart, the same data gives the same drawing."""

from dataclasses import replace
from datetime import date

import pytest

from planner import charts
from planner.charts.days import _event_labels
from planner.content import KnownEvent
from planner.document import drawn
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
        charts.png(charts.heat(real_content().heat, range(8, 18), title), 1.0) for title in ("髙", "①", "")
    }
    assert len(pictures) == 3
    assert all(picture[:8] == b"\x89PNG\r\n\x1a\n" for picture in pictures)


def test_closed_days_are_gaps_not_zeros() -> None:
    content = real_content()
    datasets = drawn("fan", content).to_dict()["datasets"].values()
    rows = {row["day"]: row for row in next(rows for rows in datasets if "median" in rows[0])}
    assert rows["2026-04-04"]["median"] is None  # a Saturday
    assert rows["2026-04-01"]["high"] == next(d for d in content.outlook if d.day == date(2026, 4, 1)).high


def test_event_labels_do_not_cover_each_other() -> None:
    span = [d.day for d in real_content().outlook]
    near = tuple(replace(EVENTS[1], start=date(2026, 4, n), end=date(2026, 4, n)) for n in (1, 2, 3, 6))
    labels = _event_labels(span, near)
    assert len({label["level"] for label in labels}) == len(near)
    assert _event_labels(span, (replace(near[0], start=date(2027, 4, 1), end=date(2027, 4, 1)),)) == []


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
