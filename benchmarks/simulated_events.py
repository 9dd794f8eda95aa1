"""Events of invented desks: when they come, how many people they move, what the calendar does beside them.

Version 1 keeps to the calendar's usual places (1 April, end of June, 1 October, 1 January). Version 2 moves
every date by up to twelve days from year to year. All events are announced ``ANNOUNCED_DAYS`` ahead, so that
a planner knows of every one in a horizon of 13 weeks: what is judged is the size of effects, not surprise.
Shares no code with the models that are judged; of ``forecasts`` only data types and the calendar.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from forecasts.calendar import Calendar
from forecasts.events import Event

CALENDAR = Calendar()
ANNOUNCED_DAYS = 120
YEAR_END_DAYS = 5  # last office days of March
SHORT_GAP_DAYS, LONG_GAP_DAYS = 2, 4  # more than a weekend; a long closure
_SESSION_DAYS, _AUTUMN_SESSION_DAYS = 150, 60
_MOVED_DAYS = 12
_ROLLOUT_EVERY_YEARS = 0.65  # chance of a roll-out in a year


@dataclass(frozen=True, slots=True)
class Round:
    """A transfer as it comes each year: first date, typical people, later dates with their mean share.

    ``jitter_days``: how far the first date strays by itself. ``later``: (days after the first, share).
    """

    name: str
    month: int
    day: int
    heads: float
    jitter_days: int
    later: tuple[tuple[int, float], ...]


ROUNDS = (
    Round("January", 1, 4, 70.0, 0, ()),
    Round("April", 4, 1, 500.0, 0, ((7, 0.15), (14, 0.08))),
    Round("summer", 6, 28, 350.0, 4, ((4, 0.55), (12, 0.3))),
    Round("October", 10, 1, 90.0, 0, ((14, 0.3),)),
)


def events_of(first_year: int, last_year: int, version: int, rng: np.random.Generator) -> tuple[Event, ...]:
    """Draw all events of these calendar years, in order of time."""
    years = range(first_year, last_year + 1)
    out = [event for year in years for event in _year(year, version, rng)]
    return tuple(sorted(out))


def _year(year: int, version: int, rng: np.random.Generator) -> Iterator[Event]:
    moved = _MOVED_DAYS if version > 1 else 0
    for one in ROUNDS:
        yield from _transfers(one, year, moved, rng)
    opening = date(year, 1, 20) + timedelta(days=int(rng.integers(0, 8)) + _shift(moved, rng))
    yield _event("diet_ordinary", f"session {year}", opening, _SESSION_DAYS)
    autumn = date(year, 10, 4) + timedelta(days=int(rng.integers(0, 24)))
    yield _event("diet_extraordinary", f"autumn session {year}", autumn, _AUTUMN_SESSION_DAYS)
    day, length, has_rollout = rng.integers(1, 330), rng.integers(12, 26), rng.random() < _ROLLOUT_EVERY_YEARS
    if has_rollout:
        start = CALENDAR.first_office_day(date(year, 1, 1) + timedelta(days=int(day)))
        yield _event("rollout", f"roll-out {year}", start, int(length))


def _transfers(one: Round, year: int, moved: int, rng: np.random.Generator) -> Iterator[Event]:
    """Yield one round: the people of the year strewn around the typical number, by effective date."""
    first = date(year, one.month, one.day)
    first += timedelta(days=_shift(one.jitter_days, rng) + _shift(moved, rng))
    heads = one.heads * float(np.exp(rng.normal(0, 0.25)))
    shares = [max(0.02, share * float(rng.uniform(0.5, 1.5))) for _, share in one.later]
    dates = [first, *(first + timedelta(days=days) for days, _ in one.later)]
    for day, share in zip(dates, [1 - sum(shares), *shares], strict=True):
        name = f"{one.name} {year}"
        yield _event("transfer", name, day, 1, max(1, round(heads * share)))


def _shift(most: int, rng: np.random.Generator) -> int:
    return int(rng.integers(-most, most + 1))


def _event(kind: str, name: str, start: date, length: int, headcount: int | None = None) -> Event:
    announced = start - timedelta(days=ANNOUNCED_DAYS)
    end = start + timedelta(days=length - 1)
    return Event(start, end, kind, f"{name} {start}", announced, name, headcount)


def first_rows(days: Sequence[date], event: Event) -> tuple[int, int]:
    """Return the rows of the first office day at or after an event's start, and after its end."""
    first = int(np.searchsorted(_ordinals(days), event.start.toordinal()))
    after = int(np.searchsorted(_ordinals(days), event.end.toordinal() + 1))
    return first, after


def _ordinals(days: Sequence[date]) -> NDArray[np.int64]:
    return np.array([d.toordinal() for d in days], dtype=np.int64)


def gap_days(days: Sequence[date]) -> NDArray[np.int64]:
    """Return how many days the desk was closed before each office day; 0 for the first."""
    return np.diff(_ordinals(days), prepend=_ordinals(days)[0] - 1) - 1


def year_ends(days: Sequence[date]) -> Mapping[int, tuple[int, ...]]:
    """Return per calendar year the rows of the last office days of March, where the days reach its end."""
    march: dict[int, list[int]] = {}
    for row, day in enumerate(days):
        if day.month == 3:
            march.setdefault(day.year, []).append(row)
    whole = {y: rows for y, rows in march.items() if days[-1] >= CALENDAR.shifted(date(y, 4, 1), -1)}
    return {year: tuple(rows[-YEAR_END_DAYS:]) for year, rows in whole.items()}
