from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.events import Event, event_faults, known_on
from tests.forecasts.event_builder import make_event, session, sound_events

DAYS = st.dates(date(2019, 10, 1), date(2031, 3, 1))
CONVENED, TOLD, DISSOLVED = date(2026, 1, 23), date(2026, 1, 19), date(2026, 1, 23)


def test_an_event_is_known_from_the_day_it_was_announced() -> None:
    april = make_event(announced_on=date(2026, 3, 18))
    assert known_on([april], date(2026, 3, 17)) == ()
    assert known_on([april], date(2026, 3, 18)) == (april,)


def test_an_event_cancelled_nobody_knows_when_is_unknown() -> None:
    assert known_on([make_event(status="cancelled")], date(2026, 5, 1)) == ()


def test_a_cancelled_event_was_planned_until_its_cancellation_became_known() -> None:
    event = make_event(status="cancelled", changed_on=date(2026, 3, 25))
    (seen,) = known_on([event], date(2026, 3, 24))
    assert (seen.status, seen.changed_on) == ("planned", None)
    assert known_on([event], date(2026, 3, 25)) == ()


def test_nobody_knows_of_a_dissolution_before_it_comes() -> None:
    """Until then the session was to last its 150 days (国会法10条): 23 January to 21 June."""
    dissolved = session(CONVENED, DISSOLVED, status="dissolved")
    (seen,) = known_on([dissolved], date(2026, 1, 22))
    assert (seen.end, seen.status) == (date(2026, 6, 21), "confirmed")
    assert known_on([dissolved], DISSOLVED) == (dissolved,)


def test_a_dissolution_is_known_from_the_day_it_was_told() -> None:
    dissolved = session(
        CONVENED, DISSOLVED, status="dissolved", changed_on=TOLD, planned_end=date(2026, 6, 21)
    )
    (seen,) = known_on([dissolved], TOLD - timedelta(days=1))
    assert (seen.end, seen.planned_end, seen.changed_on) == (date(2026, 6, 21), None, None)
    assert known_on([dissolved], TOLD) == (dissolved,)


@pytest.mark.parametrize(
    ("status", "on_the_day", "afterwards"),
    [("extended", "extended", "extended"), ("closed", "extended", "closed"), ("confirmed",) * 3],
)
def test_an_extension_is_known_from_its_day(status: str, on_the_day: str, afterwards: str) -> None:
    """第216回国会: to 21 December 2024, extended by three days."""
    first, last = date(2024, 12, 21), date(2024, 12, 24)
    event = session(
        date(2024, 11, 28), last, kind="diet_extraordinary", status=status,
        planned_end=first, changed_on=date(2024, 12, 20),
    )  # fmt: skip
    (before,) = known_on([event], date(2024, 12, 19))
    assert (before.end, before.status) == (first, "confirmed")
    (then,) = known_on([event], date(2024, 12, 20))
    assert (then.end, then.status) == (last, on_the_day)
    (later,) = known_on([event], last)
    assert (later.end, later.status) == (last, afterwards)


def test_like_events_with_and_without_a_headcount_stand_together() -> None:
    like = [make_event(headcount=n) for n in (None, 5, None)]
    assert len(known_on(like, date(2026, 4, 1))) == 3


@given(st.lists(sound_events(), max_size=6), DAYS)
def test_what_is_known_is_in_order_and_without_its_later_course(events: list[Event], day: date) -> None:
    known = known_on(events, day)
    assert list(known) == sorted(known)
    for event in known:
        assert event.announced_on <= day
        assert event.changed_on is None or event.changed_on <= day
        assert event.status != "closed" or event.end <= day
        assert not event_faults([event])


@given(st.lists(sound_events(), max_size=6), DAYS, st.integers(0, 400))
def test_what_became_known_later_changes_nothing(events: list[Event], day: date, later: int) -> None:
    """No look-ahead: events announced or changed after the day may say anything."""
    after = day + timedelta(days=later + 1)
    moved = [e for e in events if e.changed_on is None or e.changed_on <= day]
    news = [replace(e, status="cancelled", changed_on=after) for e in moved if e.changed_on is None]
    seen = [(e.start, e.end, e.name) for e in known_on(moved, day) if e.changed_on is None]
    cancelled = {(e.start, e.end, e.name) for e in moved if e.status == "cancelled"}
    again = [(e.start, e.end, e.name) for e in known_on(news, day)]
    assert [e for e in again if e not in cancelled] == [e for e in seen if e not in cancelled]
