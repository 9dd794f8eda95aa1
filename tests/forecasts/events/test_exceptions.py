from datetime import date

from forecasts.calendar import Calendar
from forecasts.events import calendar_as_known, calendar_with, known_on
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


def test_what_nobody_had_announced_neither_closes_nor_opens() -> None:
    closure = make_event(date(2026, 5, 7), end=FRIDAY, kind="closure", announced_on=date(2026, 4, 20))
    opening = make_event(SATURDAY, kind="opening", announced_on=date(2026, 4, 22))
    events = [make_event(), closure, opening]
    today = calendar_with(Calendar(), events)
    on_each = {
        n: calendar_as_known(today, events, known_on(events, date(2026, 4, n))) for n in (19, 20, 21, 22)
    }
    assert on_each[19] == Calendar()
    assert on_each[20] == on_each[21] == calendar_with(Calendar(), [closure])
    assert on_each[22] is today  # the same object: what is cached by calendar stays


def test_what_the_desk_file_says_of_other_days_stays() -> None:
    desk = Calendar(closed=frozenset({date(2026, 6, 1)}), opened=frozenset({date(2026, 6, 6)}))
    closure = make_event(FRIDAY, kind="closure")
    assert calendar_as_known(calendar_with(desk, [closure]), [closure], ()) == desk
    assert calendar_as_known(desk, [make_event()], ()) is desk


def test_a_closure_called_off_later_closes_until_then() -> None:
    off = make_event(FRIDAY, kind="closure", status="cancelled", changed_on=date(2026, 5, 1))
    today = calendar_with(Calendar(), [off])
    before, after = (
        calendar_as_known(today, [off], known_on([off], date(2026, *day))) for day in ((4, 30), (5, 1))
    )
    assert not before.is_office_day(FRIDAY)
    assert after is today
