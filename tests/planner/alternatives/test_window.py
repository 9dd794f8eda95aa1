"""planner/alternatives/window.py: when a change is in effect."""

from datetime import date

import pytest

from forecasts.calendar import Calendar
from forecasts.events import Event
from forecasts.model import DayReason
from forecasts.slots import Period
from planner.alternatives.window import change_window

APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))
DAYS = Calendar().office_days(APRIL.start, APRIL.end)


def reasons(event_factor: dict[int, float]) -> list[DayReason]:
    """Days of April, the nth office day (from 0) lifted by its factor."""
    return [
        DayReason(d, 50.0, 1.1, 0.9, f := event_factor.get(n, 1.0), 50.0 * 1.1 * 0.9 * f, ())
        for n, d in enumerate(DAYS)
    ]


def window(factors: dict[int, float], *events: Event) -> Period:
    return change_window(reasons(factors), events, Calendar(), APRIL)


def test_the_window_runs_from_the_first_to_the_last_lifted_day():
    assert window({0: 1.8, 1: 1.5, 2: 1.2}) == Period.through(DAYS[0], DAYS[2])


def test_a_day_just_under_the_limit_is_not_lifted():
    assert window({0: 1.8, 1: 1.149}) == Period.through(DAYS[0], DAYS[0])


@pytest.mark.parametrize(("second", "last"), [(3, 3), (4, 0)])
def test_gaps_of_two_office_days_belong_to_the_block(second, last):
    assert window({0: 1.8, second: 1.3}) == Period.through(DAYS[0], DAYS[last])


def test_the_strongest_block_wins_over_a_longer_weaker_one():
    assert window({0: 3.0, 10: 1.2, 11: 1.2, 12: 1.2}) == Period.through(DAYS[0], DAYS[0])


def test_lifted_days_outside_the_period_do_not_count():
    early = [DayReason(date(2026, 3, 30), 50.0, 1.0, 1.0, 3.0, 150.0, ()), *reasons({5: 1.3})]
    assert change_window(early, (), Calendar(), APRIL) == Period.through(DAYS[5], DAYS[5])


def test_without_lifted_days_known_events_give_the_window():
    event = Event(date(2026, 4, 6), date(2026, 4, 8), "rollout", "PC更改", date(2026, 2, 1))
    assert window({}, event) == Period.through(date(2026, 4, 6), date(2026, 4, 8))


def test_without_events_the_whole_period_is_the_window():
    assert window({}) == APRIL
    assert change_window((), (), Calendar(), APRIL) == APRIL
