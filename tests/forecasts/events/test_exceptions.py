from datetime import date

from forecasts.calendar import Calendar
from forecasts.events import calendar_with
from tests.forecasts.event_builder import make_event

FRIDAY, SATURDAY = date(2026, 5, 8), date(2026, 5, 9)


def test_events_close_and_open_single_days() -> None:
    closure = make_event(date(2026, 5, 7), end=FRIDAY, kind="closure")
    opening = make_event(SATURDAY, kind="opening")
    calendar = calendar_with(Calendar(), [closure, opening])
    assert calendar.closing_reason(FRIDAY) == "own"
    assert calendar.office_days(date(2026, 5, 7), date(2026, 5, 11)) == (SATURDAY,)


def test_a_cancelled_exception_changes_nothing() -> None:
    cancelled = make_event(FRIDAY, kind="closure", status="cancelled")
    assert calendar_with(Calendar(), [cancelled, make_event()]) == Calendar()


def test_an_event_wins_over_the_desk_file() -> None:
    desk = Calendar(closed=frozenset({FRIDAY}), opened=frozenset({SATURDAY}))
    calendar = calendar_with(desk, [make_event(FRIDAY, kind="opening"), make_event(SATURDAY, kind="closure")])
    assert calendar.is_office_day(FRIDAY)
    assert not calendar.is_office_day(SATURDAY)
