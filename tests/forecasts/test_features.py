from datetime import date

import pytest

from forecasts.events import Event
from forecasts.features import (
    day_classes,
    event_days,
    expected_rounds,
    family_of,
    is_alike,
    is_learned,
    rounds,
    window_of,
)
from tests.forecasts.simulated import CALENDAR, transfer, transfers

APRIL = transfer(date(2026, 4, 1))


def event(kind: str, start: date, end: date) -> Event:
    return Event(start, end, kind, f"{kind} {start}", start)


def test_a_transfer_acts_from_two_office_days_before_for_ten_days() -> None:
    window = window_of(APRIL, CALENDAR)
    assert window[0] == date(2026, 3, 30)
    assert window[-1] == date(2026, 4, 14)
    assert len(window) == 12


def test_a_transfer_on_a_closing_day_acts_from_the_next_office_day() -> None:
    window = window_of(transfer(date(2026, 1, 1)), CALENDAR)
    assert window[2] == date(2026, 1, 5)


def test_only_the_opening_of_ordinary_and_long_special_sessions_acts() -> None:
    ordinary = window_of(event("diet_ordinary", date(2025, 1, 24), date(2025, 6, 22)), CALENDAR)
    assert (ordinary[0], len(ordinary)) == (date(2025, 1, 24), 10)
    assert len(window_of(event("diet_special", date(2026, 2, 18), date(2026, 7, 17)), CALENDAR)) == 10
    assert window_of(event("diet_special", date(2024, 11, 11), date(2024, 11, 14)), CALENDAR) == ()
    assert window_of(event("diet_extraordinary", date(2025, 10, 21), date(2025, 12, 17)), CALENDAR) == ()
    dissolved = window_of(event("diet_ordinary", date(2026, 1, 23), date(2026, 1, 23)), CALENDAR)
    assert dissolved == (date(2026, 1, 23),)


def test_a_rollout_acts_to_its_last_day_and_an_outage_on_none() -> None:
    assert len(window_of(event("rollout", date(2026, 4, 6), date(2026, 4, 24)), CALENDAR)) == 15
    assert window_of(event("outage", date(2026, 4, 6), date(2026, 4, 6)), CALENDAR) == ()


def test_an_own_kind_acts_to_its_last_day_and_is_learned_by_itself() -> None:
    own = event("own:棚卸し", date(2026, 4, 6), date(2026, 4, 10))
    assert len(window_of(own, CALENDAR)) == 5
    assert family_of(own.kind) == own.kind != family_of("own:監査")


@pytest.mark.parametrize("kind", ["closure", "opening", "diet_milestone"])
def test_exceptions_and_milestones_act_on_no_day(kind: str) -> None:
    assert window_of(event(kind, date(2026, 4, 6), date(2026, 4, 6)), CALENDAR) == ()
    assert family_of(kind) == ""


def test_event_days_carry_each_name_once() -> None:
    assert event_days([APRIL, APRIL], CALENDAR)[date(2026, 4, 1)] == (APRIL.name,)


def test_the_first_day_after_a_holiday_is_shared_out_like_a_monday() -> None:
    days = (date(2026, 1, 13), date(2026, 1, 14), date(2026, 4, 1))
    assert day_classes(days, [APRIL], CALENDAR) == [(0, 0), (2, 0), (2, 1)]


def test_outages_and_days_left_out_are_not_learned() -> None:
    days = CALENDAR.office_days(date(2026, 4, 6), date(2026, 4, 11))
    outage = event("outage", days[1], days[1])
    assert is_learned(days, frozenset({days[3]}), [outage]).tolist() == [True, False, True, False, True]


@pytest.mark.parametrize("first", [2023, 2024])
def test_a_regular_transfer_is_expected_before_it_is_announced(first: int) -> None:
    expected = expected_rounds(transfers(first, 2025), date(2026, 2, 27))
    coming = [(2026, 4, 500, ""), (2026, 7, 300, ""), (2027, 4, 500, ""), (2027, 7, 300, "")]
    assert [(e.start.year, e.start.month, e.headcount, e.name) for e in expected] == coming


def test_an_announced_or_a_single_transfer_is_not_expected() -> None:
    expected = expected_rounds((*transfers(2023, 2025), APRIL), date(2026, 2, 27))
    assert sorted((e.start.year, e.start.month) for e in expected) == [(2026, 7), (2027, 4), (2027, 7)]
    assert expected_rounds(transfers(2025, 2025), date(2026, 2, 27)) == ()


def test_transfers_speak_of_their_season_and_sessions_of_each_other() -> None:
    april, july, next_april, *_ = rounds(transfers(2024, 2025), CALENDAR)
    assert is_alike(april, next_april)
    assert not is_alike(april, july)
    ordinary = event("diet_ordinary", date(2025, 1, 24), date(2025, 6, 22))
    special = event("diet_special", date(2026, 2, 18), date(2026, 7, 17))
    assert is_alike(*rounds([ordinary, special], CALENDAR))
