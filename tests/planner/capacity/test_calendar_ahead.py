"""Months and weeks of a horizon, and transfers that nobody has announced."""

from datetime import date

import pytest

from forecasts.calendar import Calendar
from forecasts.slots import Period
from planner.capacity.calendar import (
    HORIZONS,
    events_ahead,
    fiscal_year_start,
    months_ahead,
    months_of,
    weeks_of,
)
from tests.forecasts.event_builder import make_event


def test_a_horizon_is_whole_months_from_the_next() -> None:
    assert months_ahead(date(2026, 3, 1), 12) == Period(date(2026, 4, 1), date(2027, 4, 1))
    assert months_ahead(date(2026, 12, 31), 1) == Period(date(2027, 1, 1), date(2027, 2, 1))
    with pytest.raises(ValueError, match="0 months"):
        months_ahead(date(2026, 3, 1), 0)


def test_every_year_of_the_farthest_horizon_has_its_april() -> None:
    known = tuple(make_event(date(year, 4, 1), headcount=100) for year in (2024, 2025))
    as_of = date(2026, 2, 10)
    last = months_ahead(as_of, max(HORIZONS)).end
    starts = [e.start for e in events_ahead(known, as_of) if e.start > as_of]
    assert [s for s in starts if s < last] == [date(2026, 4, 1), date(2027, 4, 1), date(2028, 4, 1)]
    assert all(e.announced_on <= as_of for e in events_ahead(known, as_of))


def test_what_came_once_is_not_expected_again() -> None:
    once = (make_event(date(2025, 4, 1), headcount=100),)
    assert events_ahead(once, date(2026, 2, 10)) == once


def test_weeks_begin_on_monday_and_those_without_office_days_are_left_out() -> None:
    days = Calendar().office_days(date(2026, 12, 21), date(2027, 1, 9))
    weeks = weeks_of(days)
    assert [(w.first, w.last) for w in weeks] == [
        (date(2026, 12, 21), date(2026, 12, 25)),
        (date(2026, 12, 28), date(2026, 12, 28)),
        (date(2027, 1, 4), date(2027, 1, 8)),
    ]
    assert [m.office_days for m in months_of(days)] == [6, 5]
    assert [p for w in weeks for p in w.places] == list(range(len(days)))


@pytest.mark.parametrize(("day", "year"), [(date(2026, 3, 31), 2026), (date(2026, 4, 1), 2027)])
def test_the_next_fiscal_year(day: date, year: int) -> None:
    assert fiscal_year_start(day) == date(year, 4, 1)
