"""Invented desks whose true rate is known on every day, to judge forecasts by.

rate = base x level x weekday x season x (1 + transfers) x (1 + Diet) x (1 + roll-out) x (1 + closure) …

Level: weekly random walk and a wiggle around it. A transfer adds in proportion to the people it moves, each
round with a deviation of its own (15 %); so do openings of the Diet, roll-outs, days after a closure and the
end of the fiscal year. Version 1: transfers fall from their first day on (exponentially, half in 3-4 office
days), counts are negative binomial. Version 2: transfers stay at height for days and then fall, or rise first
(gamma-shaped lag), openings rise first, roll-outs fade, dates move, day factors are heavy-tailed, and on five
days a year an outage that nobody announced doubles or trebles what comes.

One desk has one past and ``FUTURES`` futures: beyond the origin the level's steps, the deviations of what has
not begun and the days' noise are drawn anew, so that one fit is judged on many outcomes. The lengths of
history are cuts of the same past.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulated_events import (
    CALENDAR,
    LONG_GAP_DAYS,
    ROUNDS,
    SHORT_GAP_DAYS,
    events_of,
    first_rows,
    gap_days,
    year_ends,
)
from forecasts.distribution import Floats, Wholes
from forecasts.events import Event
from forecasts.history.counts import History
from forecasts.model import Known, as_known
from forecasts.slots import Grid

LONGEST_MONTHS = 60
RATES = (30, 80)
FUTURES = 20
HORIZON_DAYS = 91
_SEED = 20261123
_NEAR_TRANSFER = 0.85  # of the origins lie two to six weeks before a transfer
_HEADS = 400.0  # people whose transfer raises a typical desk to 1.8 times
_DEVIATION = 0.15
_ACTS = 0.1  # a day is an event's where so much is added
_GRID = Grid(60)
_PROFILE = np.array([0.0] * 8 + [1, 3, 2, 2, 1, 2, 2, 2, 1, 1] + [0.0] * 6) / 17
_INCIDENTS = 5 / 245

Shape: TypeAlias = Callable[[Floats], Floats]
"""From office days since an event's first day (>= 0) to a strength whose largest value is about 1."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What tells one desk from another; effects are what is added to 1."""

    version: int
    rate: float
    weekday: Floats
    waves: Floats
    transfer: float
    by_round: Floats
    shape: Shape
    diet: float
    rollout: float
    closure: float
    year_end: float
    dispersion: float


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """A desk at its origin.

    ``days`` (D,) of the horizon; ``true_rate`` and ``actual`` (FUTURES, D), the rate before the day's noise;
    ``is_event`` (D,); ``windows``: rows of the horizon on which a transfer acts, for those wholly in it.
    """

    origin: date
    past: History
    events: tuple[Event, ...]
    days: tuple[date, ...]
    true_rate: Floats
    actual: Wholes
    is_event: NDArray[np.bool_]
    windows: tuple[NDArray[np.intp], ...]
    noise: Callable[[Floats, np.random.Generator], Wholes]

    def known(self, months: int) -> Known:
        """Return what is known at the origin with so many months of history."""
        first = self.origin - timedelta(days=round(months * 30.44))
        return as_known(self.past.since(first), self.events, CALENDAR, self.origin)


def desk(version: int, rate: int, case: int, least_months: int = LONGEST_MONTHS) -> Desk:
    """Draw one desk; the same numbers give the same desk."""
    rng = np.random.default_rng([_SEED, version, rate, case])
    year = 2024 + int(rng.integers(0, 3))
    events = events_of(year - 6, year + 1, version, rng)
    origin = _origin(events, year, rng)
    first = origin - timedelta(days=round(least_months * 30.44))
    days = CALENDAR.office_days(first, origin + timedelta(days=HORIZON_DAYS + 1))
    seen = sum(d <= origin for d in days)
    habits = _habits(version, rate, rng)
    course = _Course(habits, days, seen, rng)
    levels, added, usual, windows = course.levels(), *course.effects(events)
    true_rate = levels * added
    noise = partial(noisy, habits)
    actual = _kept(noise(true_rate, rng), np.arange(len(days)) < seen)
    by_slot = rng.multinomial(actual[0, :seen], _PROFILE)[:, :, None].astype(np.int64)
    return Desk(
        origin=origin,
        past=History(days[:seen], _GRID, ("all",), by_slot),
        events=events,
        days=days[seen:],
        true_rate=true_rate[:, seen:],
        actual=actual[:, seen:],
        is_event=usual[seen:] > 1 + _ACTS,
        windows=tuple(w - seen for w in windows if w.size and w[0] >= seen and w[-1] < len(days) - 1),
        noise=noise,
    )


def _origin(events: tuple[Event, ...], year: int, rng: np.random.Generator) -> date:
    """Return an office day two to six weeks before a round of the year, or any."""
    near, which, ahead = rng.random() < _NEAR_TRANSFER, rng.choice([1, 1, 2, 2, 3, 0]), rng.integers(14, 43)
    group = f"{ROUNDS[which].name} {year}"
    start = min(e.start for e in events if e.group == group)
    day = start - timedelta(days=int(ahead))
    if not near:
        day = date(year, 1, 5) + timedelta(days=int(rng.integers(0, 360)))
    return CALENDAR.shifted(day + timedelta(days=1), -1)


def _habits(version: int, rate: float, rng: np.random.Generator) -> Habits:
    plain = np.array([1.12, 1.0, 0.97, 0.96, 0.95, 1.0, 1.0])
    waves = rng.normal(0, 1, size=(2, 2)) * np.array([[0.04], [0.02]])
    return Habits(
        version=version,
        rate=rate * float(rng.uniform(0.9, 1.1)),
        weekday=plain * np.exp(rng.normal(0, 0.03, size=7)),
        waves=waves,
        transfer=0.8 * float(rng.uniform(0.7, 1.3)),
        by_round=rng.uniform(0.85, 1.15, size=len(ROUNDS)),
        shape=_falling(rng) if version == 1 else _late(rng),
        diet=0.2 * float(rng.uniform(0.7, 1.3)),
        rollout=0.5 * float(rng.uniform(0.7, 1.3)),
        closure=0.4 * float(rng.uniform(0.7, 1.3)),
        year_end=0.15 * float(rng.uniform(0.5, 1.5)),
        dispersion=float(rng.uniform(0.01, 0.03)),
    )


def _falling(rng: np.random.Generator) -> Shape:
    days = float(rng.uniform(4, 6))
    return lambda t: np.exp(-t / days)


def _late(rng: np.random.Generator) -> Shape:
    """Return a plateau with a short fall, or a gamma curve that peaks two to five days after the first."""
    if rng.random() < 0.5:
        height, fall = float(rng.integers(4, 10)), float(rng.uniform(2, 5))
        return lambda t: np.clip(1 - (t - height) / fall, 0.0, 1.0)
    return gamma_shape(float(rng.uniform(2, 5)), float(rng.uniform(1.5, 3.5)))


def gamma_shape(peak: float, scale: float) -> Shape:
    """Return a gamma density over office days, 1 at its peak."""
    power = peak / scale
    return lambda t: ((t + 0.5) / peak) ** power * np.exp((peak - t - 0.5) / scale)


def noisy(habits: Habits, rate: Floats, rng: np.random.Generator) -> Wholes:
    """Draw counts from true rates, of any shape."""
    if habits.version == 1:
        factor = rng.gamma(1 / habits.dispersion, habits.dispersion, size=rate.shape)
    else:
        sd = np.sqrt(habits.dispersion) * np.where(rng.random(rate.shape) < 0.1, 2.0, 0.85)
        factor = np.exp(rng.normal(0, 1, size=rate.shape) * sd - sd**2 / 2)
        is_incident = rng.random(rate.shape) < _INCIDENTS
        factor = factor * np.where(is_incident, rng.uniform(2, 3, size=rate.shape), 1.0)
    return rng.poisson(rate * factor).astype(np.int64)


class _Course:
    """The futures of one desk while they are drawn: what began before row ``seen`` is one and the same."""

    def __init__(self, habits: Habits, days: tuple[date, ...], seen: int, rng: np.random.Generator) -> None:
        """Take what a desk is and where its past ends."""
        self.habits, self.days, self.seen, self.rng = habits, days, seen, rng

    def levels(self) -> Floats:
        """Return base x level x weekday x season: (FUTURES, D)."""
        ordinal = np.array([d.toordinal() for d in self.days])
        at = (ordinal - ordinal[0]) / 7
        is_past = np.arange(int(at[-1]) + 2) <= at[self.seen - 1]
        step = _kept(self.rng.normal(0, 0.007, size=(FUTURES, is_past.size)), is_past)
        push = _kept(self.rng.normal(0, 0.012, size=(FUTURES, is_past.size)), is_past)
        wiggle = np.zeros_like(push)
        for week in range(1, is_past.size):
            wiggle[:, week] = 0.75 * wiggle[:, week - 1] + push[:, week]
        weekly = np.cumsum(step, axis=1) - step[:, is_past].sum(axis=1, keepdims=True) + wiggle
        level = np.stack([np.interp(at, np.arange(is_past.size), one) for one in weekly])
        angle = 2 * np.pi * np.array([d.timetuple().tm_yday for d in self.days]) / 365.25
        waves = self.habits.waves
        season = sum(
            waves[n, 0] * np.cos((n + 1) * angle) + waves[n, 1] * np.sin((n + 1) * angle) for n in (0, 1)
        )
        weekday = self.habits.weekday[[d.weekday() for d in self.days]]
        rates: Floats = self.habits.rate * weekday * np.exp(level + season)
        return rates

    def effects(self, events: tuple[Event, ...]) -> tuple[Floats, Floats, list[NDArray[np.intp]]]:
        """Return the factor of all effects (FUTURES, D), its usual size (D,), each transfer round's rows."""
        factor, usual = np.ones((FUTURES, len(self.days))), np.ones(len(self.days))
        windows: list[NDArray[np.intp]] = []
        for added, is_transfer in self._added(events):
            rows = np.flatnonzero(added)
            if not rows.size:
                continue
            deviation = np.clip(1 + _DEVIATION * self.rng.normal(size=(FUTURES, 1)), 0.5, 1.5)
            if rows[0] < self.seen:
                deviation[:] = deviation[0]
            factor *= 1 + added * deviation
            usual *= 1 + added
            if is_transfer:
                windows.append(np.flatnonzero(added > _ACTS))
        return factor, usual, windows

    def _added(self, events: tuple[Event, ...]) -> Iterator[tuple[Floats, bool]]:
        """Yield what each round and each stretch of the calendar adds (D,), and whether it is a transfer."""
        for group in sorted({e.group for e in events}):
            members = [e for e in events if e.group == group]
            added = np.sum([self._of_event(e) for e in members], axis=0)
            yield added, members[0].kind == "transfer"
        for _, rows in sorted(year_ends(self.days).items()):
            yield np.where(np.isin(np.arange(len(self.days)), rows), self.habits.year_end, 0.0), False
        gap = gap_days(self.days)
        for row in np.flatnonzero(gap >= LONG_GAP_DAYS).tolist():
            yield self._around(row, (self.habits.closure, self._second_day())), False
        is_short = (gap < LONG_GAP_DAYS) & (gap > 0)
        is_monday = np.array([d.weekday() == 0 for d in self.days]) & (gap == SHORT_GAP_DAYS)
        for row in np.flatnonzero(is_short & ~is_monday).tolist():
            yield self._around(row, (self.habits.closure / 5,)), False

    def _second_day(self) -> float:
        """Version 2 works off what a long closure left on the second day too."""
        return self.habits.closure / 3 if self.habits.version > 1 else 0.0

    def _around(self, row: int, sizes: tuple[float, ...]) -> Floats:
        out = np.zeros(len(self.days))
        out[row : row + len(sizes)] = sizes[: len(self.days) - row]
        return out

    def _of_event(self, event: Event) -> Floats:
        first, after = first_rows(self.days, event)
        since = np.arange(len(self.days), dtype=np.float64) - first
        if event.start < self.days[0]:  # what began before the history is over where it matters
            return np.zeros(len(self.days))
        strength = self._strength(event, since, after - first)
        return np.where(since >= 0, strength, 0.0)

    def _strength(self, event: Event, since: Floats, length: int) -> Floats:
        """Return what an event adds so many office days after its first; read only where that is >= 0."""
        t = np.maximum(since, 0.0)
        is_second = self.habits.version > 1
        if event.kind == "transfer":
            which = [event.group.startswith(r.name) for r in ROUNDS].index(True)
            size = self.habits.transfer * float(self.habits.by_round[which]) * (event.headcount or 0) / _HEADS
            return np.asarray(size * self.habits.shape(t))
        if event.kind == "diet_ordinary":
            return self.habits.diet * (gamma_shape(4, 2.5)(t) if is_second else (t < 10).astype(float))
        if event.kind == "rollout":
            fade = np.clip(1 - (t - length) / 5, 0.0, 1.0) if is_second else (t < length).astype(float)
            return self.habits.rollout * fade
        return np.zeros_like(t)


def _kept(drawn: np.ndarray, is_past: NDArray[np.bool_]) -> np.ndarray:
    """Give all futures (rows) the past of the first."""
    drawn[:, is_past] = drawn[0, is_past]
    return drawn
