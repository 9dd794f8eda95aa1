from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from forecasts.calendar import Calendar
from forecasts.events import OWN, Event, event_faults, own_faults
from tests.forecasts.event_builder import APRIL, make_event, session, sound_events

JANUARY, JUNE, JULY = date(2026, 1, 23), date(2026, 6, 21), date(2026, 7, 1)
GOLDEN_WEEK = date(2026, 5, 4)


def codes(*events: Event, calendar: Calendar | None = None) -> list[tuple[str, int | None, str]]:
    return [(f.code, f.row, f.column) for f in event_faults(events, calendar)]


@given(sound_events())
def test_a_sound_event_has_no_fault(event: Event) -> None:
    assert own_faults(event) == ()


def test_own_kinds_and_every_course_of_a_session_are_allowed() -> None:
    august = date(2026, 8, 20)
    assert codes(
        make_event(kind=f"{OWN}棚卸し", headcount=3),
        session(JANUARY, JUNE),
        session(date(2027, 1, 20), date(2027, 1, 25), "第222回国会", status="dissolved"),
        session(
            date(2025, 1, 24), date(2025, 7, 1), "第217回国会", status="extended",
            planned_end=date(2025, 6, 22), changed_on=date(2025, 6, 20),
        ),
        make_event(august, status="cancelled", changed_on=august),
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({"kind": "festival"}, "unknown_value", "kind"),
        ({"kind": OWN}, "unknown_value", "kind"),
        ({"status": "expected"}, "unknown_value", "status"),
        ({"name": " "}, "empty_cell", "name"),
        ({"source": ""}, "empty_cell", "source"),
        ({"note": "a\x00b"}, "bad_character", "note"),
        ({"note": "あ" * 1001}, "long_cell", "note"),
        ({"end": APRIL - timedelta(days=1)}, "end_before_start", "end"),
        ({"end": date(9999, 1, 1)}, "far_date", "end"),
        ({"announced_on": APRIL + timedelta(days=1)}, "announced_too_late", "announced_on"),
        ({"planned_end": APRIL + timedelta(days=1)}, "change_without_day", "changed_on"),
        ({"changed_on": APRIL - timedelta(days=30)}, "changed_too_early", "changed_on"),
        ({"status": "cancelled", "changed_on": date(2026, 4, 2)}, "changed_too_late", "changed_on"),
        ({"status": "dissolved"}, "dissolved_not_for_kind", "status"),
        ({"kind": "election", "headcount": 3}, "headcount_not_for_kind", "headcount"),
        ({"kind": "closure", "end": date(2026, 9, 1)}, "exception_too_long", "end"),
    ],
)
def test_one_fault_of_one_event(changed: dict[str, Any], code: str, column: str) -> None:
    assert [(f.code, f.column) for f in own_faults(make_event(**changed))] == [(code, column)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"end": JUNE + timedelta(days=1)}, "session_too_long"),  # 国会法10条
        ({"status": "extended", "planned_end": JUNE, "changed_on": JUNE}, "extension_too_short"),
        ({"status": "extended", "changed_on": JUNE}, "extension_without_end"),
        (
            {"end": JULY, "status": "extended", "planned_end": JUNE, "changed_on": date(2026, 6, 22)},
            "changed_too_late",
        ),
        (
            {"end": date(2026, 6, 30), "status": "dissolved", "planned_end": JUNE, "changed_on": JUNE},
            "dissolved_after_end",
        ),
        ({"status": "dissolved", "end": JANUARY, "changed_on": date(2026, 1, 24)}, "changed_too_late"),
    ],
)  # fmt: skip
def test_the_course_of_a_session_is_that_of_the_law(changed: dict[str, Any], code: str) -> None:
    assert [f.code for f in own_faults(session(JANUARY, changed.pop("end", JUNE), **changed))] == [code]


def test_every_fault_of_a_list_is_told_at_once_with_its_row() -> None:
    assert codes(
        make_event(name=""),
        make_event(source=""),
        make_event(),
        make_event(headcount=9),
    ) == [("empty_cell", 2, "name"), ("empty_cell", 3, "source"), ("duplicate_event", 5, "start")]


def test_sessions_do_not_overlap_unless_one_was_cancelled() -> None:
    later = session(date(2026, 2, 18), date(2026, 7, 17), "第222回国会")
    assert codes(later, session(JANUARY, JUNE)) == [("sessions_overlap", 2, "start")]
    assert codes(later, session(JANUARY, JUNE, status="cancelled", changed_on=JANUARY)) == []


def test_rounds_of_several_days_and_bureaus_are_no_duplicates() -> None:
    assert codes(
        make_event(group="4月期"),
        make_event(group="4月期", start=date(2026, 4, 6)),
        make_event(group="4月期", bureau="地方局"),
        make_event(group="4月期", status="cancelled"),
    ) == []  # fmt: skip
    assert codes(make_event(group="4月期"), make_event(group="4月期", name="別名")) == [
        ("duplicate_event", 3, "start")
    ]


def test_a_milestone_lies_within_its_session() -> None:
    def milestone(start: date, group: str = "第221回国会", **changed: Any) -> Event:
        return make_event(start, kind="diet_milestone", group=group, **changed)

    whole = session(JANUARY, JUNE)
    assert codes(whole, milestone(JANUARY), milestone(JUNE)) == []
    assert codes(whole, milestone(date(2026, 6, 22)), milestone(JUNE, "第1回国会")) == [
        ("milestone_outside_session", 3, "start"),
        ("milestone_without_session", 4, "group"),
    ]
    assert codes(whole, milestone(date(2026, 6, 22), status="cancelled")) == []


def test_no_day_is_closed_and_opened_at_once() -> None:
    closure = make_event(GOLDEN_WEEK, end=date(2026, 5, 8), kind="closure", name="設備点検")
    opening = make_event(date(2026, 5, 6), kind="opening", name="臨時受付")
    assert codes(closure, opening) == [("closure_and_opening", 3, "start")]


def test_an_exception_that_changes_nothing_is_told_where_the_calendar_is_known() -> None:
    closure = make_event(GOLDEN_WEEK, kind="closure")
    opening = make_event(date(2026, 5, 7), kind="opening")
    assert codes(closure, opening) == []
    assert codes(closure, opening, calendar=Calendar()) == [
        ("closure_on_closing_day", 2, "start"),
        ("opening_on_office_day", 3, "start"),
    ]
    until_thursday = make_event(GOLDEN_WEEK, end=date(2026, 5, 7), kind="closure")
    assert codes(until_thursday, calendar=Calendar()) == []
