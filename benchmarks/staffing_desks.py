"""Desks drawn from a seed: people, breaks, shift changes, calls, from slack to overload."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np

from forecasts.distribution import Floats
from forecasts.slots import DAY_MIN
from planner.queueing.line import Line
from planner.queueing.shop import Shop, Stretch
from planner.queueing.timeline import Timeline, timeline

DESKS = 24
PATIENCES_MIN = (inf, 2.0, 5.0, 15.0)
LIMITS_MIN = (1 / 3, 1.0, 5.0)
SLOTS_MIN = (15, 30, 60)
MOST_PEOPLE = 12
_LOADS = np.linspace(0.35, 1.1, DESKS)
_SEED = 20261205


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """One desk and its day: ``rate`` (S,) are the calls by slot of the day, from 0:00."""

    shop: Shop
    line: Line
    rate: Floats
    limit_min: float

    @property
    def slot_min(self) -> int:
        """Length of a slot."""
        return DAY_MIN // self.rate.size

    @property
    def timeline(self) -> Timeline:
        """The day as the exact chain reads it."""
        return timeline(self.shop, self.slot_min)

    @property
    def open_slots(self) -> slice:
        """Slots of the day in which reception is open."""
        return slice(self.shop.opens_min // self.slot_min, -(-self.shop.closes_min // self.slot_min))

    @property
    def calls_per_min(self) -> Floats:
        """The rate by segment of the timeline (1, K)."""
        of = list(self.timeline.slots(self.slot_min))
        return np.asarray(self.rate[of][None] / self.slot_min)


def desk(number: int) -> Desk:
    """Draw one of the desks; load, patience, limit and slot go through their lists, the rest is chance."""
    rng = np.random.default_rng([_SEED, number])
    slot_min = SLOTS_MIN[number // 4 % 3]
    opens = 60 * int(rng.integers(8, 10))
    closes = opens + 60 * int(rng.integers(8, 11))
    people = 2 + number * 7 % (MOST_PEOPLE - 1)
    shop = Shop(opens, closes, tuple(_people(rng, people, opens, closes)))
    line = Line(round(float(rng.uniform(4, 12)), 1), PATIENCES_MIN[number % 4])
    staffed = sum(end - start for person in shop.stretches for start, end in person)
    calls = _LOADS[number * 5 % DESKS] * staffed / line.handling_min
    return Desk(shop, line, _rate(rng, shop, slot_min, float(calls)), LIMITS_MIN[number % 3])


def shuffled(day: Timeline, rng: np.random.Generator) -> Shop:
    """Return a shop in which chance says who of those present leaves: the leavers of the chain's model.

    In the place of who comes back from a break somebody else comes, who is free.
    """
    there = [day.bounds_min[0]] * day.heads[0]
    stretches: list[Stretch] = []
    for now, left, came in zip(day.bounds_min, day.leaves, day.joins, strict=False):
        rng.shuffle(there)
        stretches += [(since, now) for since in there[:left]]
        there = there[left:] + [now] * came
    stretches += [(since, day.bounds_min[-1]) for since in there]
    return Shop(day.bounds_min[0], day.bounds_min[-1], tuple((s,) for s in stretches))


def _people(rng: np.random.Generator, people: int, opens: int, closes: int) -> Iterator[tuple[Stretch, ...]]:
    """Draw duties: an early and a late one first, then whole and half days, breaks one after the other."""
    middle = opens + (closes - opens) // 120 * 60
    for n in range(people):
        is_half = n > 1 and rng.random() < 1 / 3
        if is_half:
            # Two half days are one place; the second is there when the first goes.
            yield ((opens, middle),) if rng.random() < 0.5 else ((middle, closes),)
            continue
        late = n % 2
        start, end = (opens + 60 * int(n > 1), closes) if late else (opens, closes - 60 * int(n > 1))
        lunch = opens + 120 + 30 * (n % 6) + 5 * int(rng.integers(0, 3))
        back = lunch + 15 * int(rng.integers(2, 5))
        pause = back + 90 + 15 * int(rng.integers(0, 4))
        if n % 3 == 0 and pause + 60 < end:
            yield (start, lunch), (back, pause), (pause + 15, end)
        else:
            yield (start, lunch), (back, end)


def _rate(rng: np.random.Generator, shop: Shop, slot_min: int, calls: float) -> Floats:
    """Return calls by slot of the day: a hill before noon, a smaller one after, none where closed."""
    start = np.arange(0, DAY_MIN, slot_min)
    hours = (start - shop.opens_min) / 60
    height, width = rng.uniform(0.3, 1.5), rng.uniform(0.8, 2.0)
    hill = 1.0 + height * np.exp(-(((hours - 2) / width) ** 2)) + 0.6 * height * np.exp(-((hours - 6) ** 2))
    shape = np.where((start >= shop.opens_min) & (start < shop.closes_min), hill, 0.0)
    return np.asarray(calls * shape / shape.sum())
