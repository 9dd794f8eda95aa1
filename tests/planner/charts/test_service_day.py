"""Service through the day drawn: two lines that differ by more than colour, gaps, the band, the strip."""

from typing import Any

from planner import charts
from planner.charts.through_day import slot_rows
from planner.content import Content
from planner.service_day import service_day, stretches
from tests.planner.document_builder import real_content


def drawn(content: Content, key: str, *, has_duties: bool) -> dict[str, Any]:
    day = service_day(content, key, has_duties=has_duties)
    first = next(iter(stretches(day, day.now)), None)
    chart = charts.service_through_day(day, first, "題")
    assert charts.svg(chart) == charts.svg(chart)
    spec: dict[str, Any] = chart.to_dict()
    return spec


def rows_with(spec: dict[str, Any], field: str) -> list[dict[str, Any]]:
    return [row for rows in spec["datasets"].values() for row in rows if field in row]


def scale_of(layers: list[dict[str, Any]], channel: str) -> dict[str, Any]:
    (found,) = [layer["encoding"][channel]["scale"] for layer in layers if channel in layer["encoding"]]
    return dict(found)


def test_present_and_chosen_differ_by_colour_dash_and_label() -> None:
    layers = drawn(real_content(), "plus_1", has_duties=True)["vconcat"][0]["layer"]
    assert scale_of(layers, "color")["domain"] == ["現状維持", "1名増員"]
    for channel in ("color", "strokeDash"):
        one, other = scale_of(layers, channel)["range"]
        assert one != other


def test_the_same_formation_is_drawn_once() -> None:
    spec = drawn(real_content(), "status_quo", has_duties=True)
    assert scale_of(spec["vconcat"][0]["layer"], "color")["domain"] == ["現状維持"]
    assert {row["name"] for row in rows_with(spec, "text")} == {"休憩", "運用管理業務"}


def test_the_strip_counts_people_away_and_leaves_out_nobody() -> None:
    """Lunches of the builder's standing pattern begin at 11:30, 12:00, 12:30 and 13:00, an hour each."""
    spec = drawn(real_content(), "plus_1", has_duties=True)
    breaks = [r for r in rows_with(spec, "text") if r["name"] == "休憩（現）"]
    assert [(r["minute"], r["end"], r["text"]) for r in breaks] == [
        (690, 720, "1"),
        (720, 810, "2"),
        (810, 840, "1"),
    ]


def test_without_duties_there_is_no_strip_and_no_break_in_the_drawing() -> None:
    spec = drawn(real_content(), "plus_1", has_duties=False)
    assert "vconcat" not in spec
    assert not rows_with(spec, "text")
    assert not any(word in str(spec) for word in ("休憩", "運用管理"))


def test_the_first_break_is_shaded_from_its_start_to_its_end() -> None:
    spec = drawn(real_content(), "plus_1", has_duties=False)
    day = service_day(real_content(), "plus_1", has_duties=False)
    start, end = stretches(day, day.now)[0].span(15)
    assert {"minute": start, "end": end} in rows_with(spec, "end")
    assert "網掛け" in spec["title"]["subtitle"]


def test_slots_without_calls_are_gaps() -> None:
    rows = slot_rows((None, 0.5, 0.6, None, None, 0.7), 15, "a")
    assert [(r["minute"], r["value"]) for r in rows] == [
        (15, 0.5),
        (30, 0.6),
        (45, 0.6),
        (45, None),
        (75, 0.7),
        (90, 0.7),
    ]
    assert slot_rows((None, None), 15, "a") == []
