"""Peers are told of the same holidays and events as our models."""

from datetime import date, timedelta

from benchmarks.peers.columns import flags, named_days, totals
from forecasts.calendar import Calendar
from forecasts.events import Event
from forecasts.model import Known
from tests.forecasts.simulated import history

HISTORY = history(date(2025, 4, 1), date(2026, 4, 1))
DAYS = tuple(date(2026, 4, 25) + timedelta(days=n) for n in range(14))


def event(kind: str, start: date, end: date) -> Event:
    return Event(start, end, kind, kind, start - timedelta(days=400))


def known(*events: Event) -> Known:
    return Known(date(2026, 3, 31), HISTORY, events, Calendar())


def test_holidays_are_told_by_name() -> None:
    named = named_days(known(), DAYS)
    assert named["holiday:昭和の日"] == {date(2026, 4, 29)}
    assert named["holiday:こどもの日"] == {date(2026, 5, 5)}
    assert date(2026, 4, 27) not in frozenset().union(*named.values())


def test_events_are_told_by_kind_on_all_their_days() -> None:
    twice = known(event("own:棚卸し", DAYS[0], DAYS[1]), event("own:棚卸し", DAYS[5], DAYS[5]))
    assert named_days(twice, DAYS)["own:棚卸し"] == {DAYS[0], DAYS[1], DAYS[5]}


def test_events_outside_of_the_days_are_no_column() -> None:
    assert "own:棚卸し" not in named_days(
        known(event("own:棚卸し", date(2025, 6, 2), date(2025, 6, 2))), DAYS
    )


def test_a_holiday_that_is_an_event_too_is_told_once() -> None:
    named = named_days(known(event("own:Showa", date(2026, 4, 29), date(2026, 4, 29))), DAYS)
    assert "own:Showa" in named
    assert "holiday:昭和の日" not in named


def test_flags_have_a_column_for_each_name() -> None:
    assert flags({"a": frozenset(DAYS[:1]), "b": frozenset()}, DAYS[:2]).tolist() == [[1, 0], [0, 0]]
    assert flags({}, DAYS).shape == (14, 0)


def test_totals_are_of_all_channels() -> None:
    assert sum(totals(known()).values()) == HISTORY.count.sum()
