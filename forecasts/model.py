"""What every forecast model is: fitted on what was known, it gives joint sample paths and says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite
from typing import Protocol

from forecasts.calendar import Calendar
from forecasts.distribution import Forecast
from forecasts.events import Event, calendar_as_known, known_on
from forecasts.history.counts import History, refuse_impossible


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Everything a planner knew at the end of day ``as_of``; the one thing a model is given.

    Build it with :func:`as_known`, which cuts what came later.
    """

    as_of: date
    history: History
    events: tuple[Event, ...]
    calendar: Calendar


def as_known(history: History, events: Sequence[Event], calendar: Calendar, as_of: date) -> Known:
    """Return what was known at the end of ``as_of``: later counts and later announcements are cut.

    Closures and openings announced later leave the calendar. Raises ValueError, naming day and channel, on a
    count that is negative or no whole number, and, naming the span, on such a total.
    """
    seen = history.before(date.fromordinal(as_of.toordinal() + 1))
    refuse_impossible(seen)
    _refuse_impossible_totals(seen)
    announced = known_on(events, as_of)
    return Known(as_of, seen, announced, calendar_as_known(calendar, events, announced))


def _refuse_impossible_totals(history: History) -> None:
    for span in history.totals:
        if not (isfinite(span.count) and span.count >= 0):
            message = (
                f"{span.count} inquiries in all from {span.period.start} to {span.period.last}: "
                "totals are numbers from 0 up; correct the figure"
            )
            raise ValueError(message)


def checked_days(days: Sequence[date], as_of: date) -> tuple[date, ...]:
    """Return the days that a model is asked about.

    Raises ValueError unless there is one at least, all lie after ``as_of``, in order of time and each once.
    """
    if not days:
        message = f"no days to forecast: ask for at least one day after {as_of}"
        raise ValueError(message)
    if min(days) <= as_of:
        message = f"{min(days)} cannot be forecast: it is not after {as_of}, the last day known"
        raise ValueError(message)
    for before, after in pairwise(days):
        if after <= before:
            message = f"days to forecast must be in order, each once: {after} follows {before}"
            raise ValueError(message)
    return tuple(days)


@dataclass(frozen=True, slots=True)
class EventEffect:
    """What a model learned of one kind of event: 1.8 = 1.8 times the usual inquiries on its strongest day.

    ``low`` and ``high`` bound the 80 % interval; ``times_seen`` counts the events it was learned from,
    ``years`` the calendar years they fell in (both empty where none was ever seen: a guess held wide).
    ``days_to_half``: office days from the strongest day until what it adds has halved; None where it does
    not fade.
    """

    kind: str
    effect: float
    low: float
    high: float
    times_seen: int
    years: tuple[int, ...]
    days_to_half: int | None = None


@dataclass(frozen=True, slots=True)
class DayReason:
    """One day's expected inquiries taken apart: base x weekday x season x events = expected.

    ``base`` in inquiries a day, the others factors; ``events`` names the events that act on the day.
    ``noise_low`` and ``noise_high``: factors between which the day's rate lies around ``expected`` with 80 %;
    1.0 where a model does not say.
    """

    day: date
    base: float
    weekday: float
    season: float
    event: float
    expected: float
    events: tuple[str, ...]
    noise_low: float = 1.0
    noise_high: float = 1.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a forecast is what it is; empty parts where a model does not know them."""

    days: tuple[DayReason, ...] = ()
    effects: tuple[EventEffect, ...] = ()


class Fitted(Protocol):
    """A model that has learned."""

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        """Draw joint sample paths for office days after ``as_of``; the same seed gives the same paths.

        Raises ValueError on days that ``checked_days`` refuses, and so does ``explain``.
        """
        ...

    def explain(self, days: Sequence[date]) -> Explanation:
        """Take the expected inquiries of each day apart."""
        ...

    def given(self, events: Sequence[Event]) -> "Fitted":
        """Return the same learning under another list of events (what if?): nothing is learned anew."""
        ...


class Model(Protocol):
    """A way to learn. ``name`` is its code, ``min_office_days`` the least history it works from."""

    name: str
    min_office_days: int

    def fit(self, known: Known) -> Fitted:
        """Learn from what was known; raises ValueError on less history than ``min_office_days``."""
        ...
