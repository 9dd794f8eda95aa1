"""What every forecast model is: fitted on what was known, it gives joint sample paths and says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from forecasts.calendar import Calendar
from forecasts.distribution import Forecast
from forecasts.events import Event, known_on
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

    Raises ValueError, naming day and channel, on a count that is negative or no whole number.
    """
    seen = history.before(date.fromordinal(as_of.toordinal() + 1))
    refuse_impossible(seen)
    return Known(as_of, seen, known_on(events, as_of), calendar)


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
        """Draw joint sample paths for office days after ``as_of``; the same seed gives the same paths."""
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
