"""Many days of a desk in the lane simulator: how many calls are late, and how sure that is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.staffing_desks import Desk, shuffled
from forecasts.distribution import Floats
from planner.queueing.arrivals import Arrivals, Kinds, contacts
from planner.queueing.shop import Shop
from planner.queueing.simulated.calls import Calls, answers
from planner.queueing.simulated.crew import crew

_DAYS_AT_ONCE = 20_000
_CALLS_AT_ONCE = 2_000_000
_SHUFFLES_AT_ONCE = 40
DAY_ERROR, SLOT_ERROR = 0.001, 0.003
"""Largest standard errors of a late share: of the whole day, and of a slot."""
PILOT_DAYS = 4_000
_MARGIN = 1.15


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums over simulated days by group of slots (G,): calls, late ones, and the products of both."""

    days: int
    calls: Floats
    late: Floats
    calls_calls: Floats
    calls_late: Floats
    late_late: Floats

    @property
    def late_share(self) -> Floats:
        """Late calls of all calls (G,)."""
        return np.asarray(self.late / self.calls)

    @property
    def sd(self) -> Floats:
        """Standard deviation of one day's late share (G,), by the residuals of a ratio of sums."""
        share = self.late_share
        squares = self.late_late - 2 * share * self.calls_late + share**2 * self.calls_calls
        return np.asarray(np.sqrt(np.maximum(squares, 0.0) / self.days) * self.days / self.calls)

    @property
    def standard_error(self) -> Floats:
        """Standard error of ``late_share`` (G,)."""
        return np.asarray(self.sd / np.sqrt(self.days))


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Days to simulate: ``factors`` (days,) are each day's volume, 1 unless given.

    ``has_any_leaver``: chance says who of those present leaves (``shuffled``); else people as planned.
    """

    days: int
    seed: int
    has_any_leaver: bool = False
    factors: Floats | None = None

    def parts(self, of: Desk) -> Iterator[tuple[Floats, Sequence[Shop]]]:
        """Yield volumes of as many days as are simulated at once, and the shops that they take in turns."""
        rng = np.random.default_rng([self.seed, self.days])
        volume = np.ones(self.days) if self.factors is None else self.factors
        times = _SHUFFLES_AT_ONCE if self.has_any_leaver else 0
        parts = 1 + int(max(self.days / _DAYS_AT_ONCE, volume.sum() * of.rate.sum() / _CALLS_AT_ONCE))
        for some in np.array_split(volume, parts):
            yield some, [shuffled(of.timeline, rng) for _ in range(times)] or [of.shop]


def summed(of: Desk, groups: Floats, asked: Days) -> Sums:
    """Simulate days with exponential handling, and sum up by ``groups`` (G, S): which slots each takes in.

    Late = not answered within the desk's limit.
    """
    total: list[Floats] = []
    for part, (volume, shops) in enumerate(asked.parts(of)):
        calls, late = (groups @ x.T for x in _late(of, volume, shops, [asked.seed, part]))
        products = (calls, late, calls * calls, calls * late, late * late)
        total.append(np.stack([p.sum(axis=1) for p in products]))
    return Sums(asked.days, *np.sum(total, axis=0))


def enough_days(of: Desk, groups: Floats, seed: int, *, has_any_leaver: bool) -> int:
    """Return how many days keep the standard errors of groups (G, S) of slots, the last the whole day."""
    pilot = summed(of, groups, Days(PILOT_DAYS, seed, has_any_leaver))
    wanted = np.append(np.full(len(groups) - 1, SLOT_ERROR), DAY_ERROR)
    return int(_MARGIN * np.square(pilot.sd / wanted).max()) + 1


def _late(of: Desk, volume: Floats, shops: Sequence[Shop], seed: Sequence[int]) -> tuple[Floats, Floats]:
    """Return calls and late calls by day and slot (D, S) of as many days as there are volumes."""
    days, slots = volume.size, of.rate.size
    arrivals = Arrivals((volume[:, None] * of.rate)[:, None, :, None], of.slot_min, kinds(of))
    drawn = contacts(arrivals, *seed)
    people = crew(shops)
    shop = np.arange(days) % len(people.shops)
    found = answers(Calls(drawn.row, drawn.minute, drawn.handling_min, drawn.patience_min, shop), people)
    is_late = ~(found.start - drawn.minute <= of.limit_min)
    cell = drawn.row * slots + (drawn.minute // of.slot_min).astype(np.int64)
    counts = (np.bincount(cell, of_call, minlength=days * slots) for of_call in (np.ones(cell.size), is_late))
    offered, late = (count.reshape(days, slots).astype(np.float64) for count in counts)
    return offered, late


def kinds(of: Desk) -> Kinds:
    """Return the desk's calls as the simulation reads them: one kind, exponential handling and patience."""
    handling, cv, patience, yes = (
        np.array([x]) for x in (of.line.handling_min, 1.0, of.line.patience_min, 1.0)
    )
    return Kinds(handling, cv, patience, yes > 0, yes > 0, law="exponential")


def all_day(of: Desk) -> Floats:
    """Return the one group that takes in every slot (1, S)."""
    return np.ones((1, of.rate.size))


def grouped(of: Desk, is_enough: Callable[[int, int], bool]) -> Floats:
    """Return groups (G, S) of neighbouring open slots, none closed before it is enough: [first, end)."""
    slots = of.open_slots
    ends = list(_ends(slots.start, slots.stop, is_enough))
    groups = np.zeros((len(ends), of.rate.size))
    for group, (first, end) in zip(groups, zip([slots.start, *ends], ends, strict=False), strict=True):
        group[first:end] = 1.0
    return groups


def _ends(first: int, stop: int, is_enough: Callable[[int, int], bool]) -> Iterator[int]:
    """Yield where groups end; what is left over at the day's end goes to the last one."""
    ends = []
    for slot in range(first, stop):
        if is_enough(first, slot + 1):
            ends.append(slot + 1)
            first = slot + 1
    yield from [*ends[:-1], stop] if ends else [stop]
