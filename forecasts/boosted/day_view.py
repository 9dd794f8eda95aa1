"""What trees see of a day: plain numbers from the calendar and the events known, no count among them.

Nothing is learned here, so rows of the past and of the future are made by the same call.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from forecasts.calendar import LONG_CLOSURE_DAYS, Calendar
from forecasts.distribution import Floats
from forecasts.events import Event
from forecasts.features import CACHED, Round, days_around, family_of, rounds, window_of

HARMONICS = 3
NAMED = "holiday "
"""How the flag of one holiday by its name begins."""
_YEAR_DAYS = 365.2425
_REACH_BEFORE, _REACH_AFTER = 5, 24  # office days over which a transfer is felt at most
_DECAY_DAYS = 6.0
_MOST_GAP = 15
_CALENDAR = ("after_closure", "after_holiday", "before_closure", "holiday", "eve", "morrow", "year_end")
_PLACE = (
    "weekday",
    "year_day",
    "month_day",
    "place_in_month",
    "left_in_month",
    "closed_before",
    "closed_after",
)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Days as numbers: ``place`` for trees alone, ``waves`` (season), ``flags`` and ``loads`` by name.

    ``flags``: kinds of days and holidays by name; ``loads``: how much of each family of events acts.
    """

    weekday: Floats
    waves: Floats
    place: Floats
    flags: dict[str, Floats]
    loads: dict[str, Floats]


def day_view(days: Sequence[date], events: Sequence[Event], calendar: Calendar) -> View:
    """Return what may be seen of office days: arrays of (D,) or (D, features)."""
    angle = 2 * np.pi * np.array([d.timetuple().tm_yday for d in days]) / _YEAR_DAYS
    turns = np.arange(1, HARMONICS + 1)
    waves = np.hstack([np.cos(angle[:, None] * turns) / turns, np.sin(angle[:, None] * turns) / turns])
    names = [calendar.holiday(d) for d in days]
    kinds = np.array([_kinds(d, calendar) for d in days], dtype=float).reshape(-1, len(_CALENDAR))
    flags = {kind: kinds[:, n] for n, kind in enumerate(_CALENDAR)}
    for name in sorted({*names} - {""}):
        flags[NAMED + name] = np.array([float(n == name) for n in names])
    return View(
        weekday=np.array([float(d.weekday()) for d in days]),
        waves=waves,
        place=np.array([_place(d, calendar) for d in days], dtype=float).reshape(-1, len(_PLACE)),
        flags=flags,
        loads=_loads(days, events, calendar),
    )


@lru_cache(CACHED)
def _kinds(day: date, calendar: Calendar) -> tuple[bool, ...]:
    """Tell, in the order of ``_CALENDAR``, what the calendar does to a day."""
    closed, ahead = _gaps(day, calendar)
    is_plain_monday = day.weekday() == 0 and closed == 2
    is_year_end = calendar.country == "JP" and day.month == 3 and day.day > 24
    one = timedelta(days=1)
    return (
        closed >= LONG_CLOSURE_DAYS,
        0 < closed < LONG_CLOSURE_DAYS and not is_plain_monday,
        ahead >= LONG_CLOSURE_DAYS,
        bool(calendar.holiday(day)),
        bool(calendar.holiday(day + one)),
        bool(calendar.holiday(day - one)),
        is_year_end,
    )


@lru_cache(CACHED)
def _place(day: date, calendar: Calendar) -> tuple[int, ...]:
    """Return, in the order of ``_PLACE``, where a day stands in week, month and year."""
    closed, ahead = _gaps(day, calendar)
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    before = len(calendar.office_days(first, day))
    left = len(calendar.office_days(day, following)) - 1
    year_day = day.timetuple().tm_yday
    return (day.weekday(), year_day, day.day, before, left, min(closed, _MOST_GAP), min(ahead, _MOST_GAP))


def _gaps(day: date, calendar: Calendar) -> tuple[int, int]:
    """Return how many days in a row the desk is closed right before and right after a day."""
    following = calendar.first_office_day(day + timedelta(days=1))
    return calendar.closed_days_before(day), (following - day).days - 1


def _loads(days: Sequence[date], events: Sequence[Event], calendar: Calendar) -> dict[str, Floats]:
    """Return how much of each family acts on each day: log2(1 + load), 1 = a usual event at its height."""
    row_of = {d: n for n, d in enumerate(days)}
    every = rounds(events, calendar)
    typical = {family: _typical(family, every) for family in {family_of(r.kind) for r in every}}
    out: dict[str, Floats] = {}
    for found in every:
        family = family_of(found.kind)
        for event in found.events:
            size = (event.headcount or typical[family] / len(found.events)) / typical[family]
            for kernel, strengths in _kernels(event, calendar).items():
                load = out.setdefault(f"{family}{kernel}", np.zeros(len(days)))
                for day, strength in strengths:
                    if (row := row_of.get(day)) is not None:
                        load[row] += strength * size
    return {name: np.log2(1 + load) for name, load in sorted(out.items())}


def _typical(family: str, every: Sequence[Round]) -> float:
    known = [r.headcount for r in every if family_of(r.kind) == family and r.headcount]
    return float(np.median(known)) if known else 1.0


@lru_cache(CACHED)
def _kernels(event: Event, calendar: Calendar) -> dict[str, tuple[tuple[date, float], ...]]:
    """Return how strongly an event acts on each day; a transfer is felt before, and fades after."""
    if event.kind != "transfer":
        return {"": tuple((d, 1.0) for d in window_of(event, calendar))}
    reach = days_around(event.start, calendar, _REACH_BEFORE, _REACH_AFTER)
    offsets = range(-_REACH_BEFORE, _REACH_AFTER + 1)
    ages = list(zip(offsets, reach, strict=True))
    return {
        "": tuple((d, float(np.exp(-t / _DECAY_DAYS))) for t, d in ages if t >= 0),
        " before": tuple((d, float(np.exp(t / 2))) for t, d in ages if t < 0),
    }
