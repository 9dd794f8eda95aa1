"""The months and weeks ahead that are planned, and the events that nobody has announced yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from forecasts.events import Event
from forecasts.features import expected_rounds
from forecasts.slots import Period

HORIZONS = (12, 24, 36)
"""Months ahead."""
_YEARS_AHEAD = 3


def months_ahead(as_of: date, months: int) -> Period:
    """Return so many whole calendar months, from the one after ``as_of``. Raises ValueError below 1."""
    if months < 1:
        message = f"{months} months ahead: 1 or more are wanted"
        raise ValueError(message)
    first = as_of.year * 12 + as_of.month
    return Period(_first_of(first), _first_of(first + months))


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def events_ahead(events: Sequence[Event], as_of: date) -> tuple[Event, ...]:
    """Return the events known, and every year's transfers as far as three years and a month ahead.

    A model expects the next two years' by itself (``expected_rounds``); here they are asked for again as if
    each year had come, with the dates and headcounts of the year before. Other kinds (sessions of the Diet,
    expiring passwords) are there only where somebody has listed them.
    """
    every = tuple(events)
    for year in range(_YEARS_AHEAD):
        then = as_of + timedelta(days=365 * year)
        every = (*every, *(replace(e, announced_on=as_of) for e in expected_rounds(every, then)))
    return every


@dataclass(frozen=True, slots=True)
class Span:
    """Office days that belong together (a calendar month, a week), by their places in a list of days."""

    first: date
    last: date
    places: tuple[int, ...]

    @property
    def office_days(self) -> int:
        """How many they are."""
        return len(self.places)


def months_of(days: Sequence[date]) -> tuple[Span, ...]:
    """Part office days, in order, into calendar months."""
    return _parted(days, [(d.year, d.month) for d in days])


def weeks_of(days: Sequence[date]) -> tuple[Span, ...]:
    """Part office days, in order, into weeks from Monday; weeks without an office day are left out."""
    return _parted(days, [d - timedelta(days=d.weekday()) for d in days])


def _parted(days: Sequence[date], keys: Sequence[object]) -> tuple[Span, ...]:
    groups = (tuple(group) for _, group in groupby(range(len(days)), key=lambda n: keys[n]))
    return tuple(Span(days[g[0]], days[g[-1]], g) for g in groups)


def fiscal_year_start(calendar_day: date) -> date:
    """Return the first day of the next fiscal year (1 April) after a day."""
    year = calendar_day.year + (calendar_day.month >= 4)
    return date(year, 4, 1)
