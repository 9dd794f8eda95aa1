"""The desk's day event by event in SimPy: each person a process, one line, the conventions of ours.

Written the fast way: who hung up is passed over when somebody takes the next call, which costs no process
for each caller, and a day's calls are drawn at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import simpy

from forecasts.distribution import Floats
from forecasts.slots import DAY_MIN
from planner.queueing.shop import Shop, Stretch


@dataclass(frozen=True, slots=True)
class Calls:
    """What comes on a day: ``rate`` (S,) calls by slot, lognormal handling, exponential patience.

    ``handling_cv`` None: exponential handling.
    """

    rate: Floats
    handling_min: float
    handling_cv: float | None
    patience_min: float


@dataclass(frozen=True, slots=True)
class _Call:
    minute: float
    handling_min: float
    patience_min: float


class _Desk:
    """One day while it runs."""

    def __init__(self, shop: Shop, calls: Sequence[_Call], within_min: float) -> None:
        self.env = simpy.Environment()
        self.line = simpy.Store(self.env)
        self.shop, self.within_min = shop, within_min
        self.answered = self.in_time = 0
        self.env.process(self._arrive(calls))
        for stretches in shop.stretches:
            self.env.process(self._person(stretches))
        self.env.run()

    def _arrive(self, calls: Sequence[_Call]) -> Iterator[simpy.Event]:
        for call in calls:
            yield self.env.timeout(call.minute - self.env.now)
            self.line.put(call)

    def _person(self, stretches: Sequence[Stretch]) -> Iterator[simpy.Event]:
        moved = 0.0
        for start, end in stretches:
            # A call that outlasts a stretch moves the break behind it.
            yield self.env.timeout(max(start + moved - self.env.now, 0.0))
            stays = end >= self.shop.closes_min
            while self.env.now < end or (stays and self.line.items):
                get = self.line.get()
                if not get.triggered:
                    yield get | self.env.timeout(end - self.env.now)
                if not get.triggered:
                    get.cancel()
                    break
                yield from self._served(get.value)
            moved = max(self.env.now - end, 0.0)

    def _served(self, call: _Call) -> Iterator[simpy.Event]:
        wait = self.env.now - call.minute
        if wait <= call.patience_min:
            self.answered += 1
            self.in_time += wait <= self.within_min
            yield self.env.timeout(call.handling_min)


def served(
    shop: Shop, calls: Calls, within_min: float, days: int, seed: int
) -> tuple[Floats, Floats, Floats]:
    """Simulate days; return calls offered, answered and answered in time by day (days,)."""
    rng = np.random.default_rng(seed)
    out = np.zeros((3, days))
    for n in range(days):
        drawn = _drawn(calls, rng)
        desk = _Desk(shop, drawn, within_min)
        out[:, n] = len(drawn), desk.answered, desk.in_time
    return out[0], out[1], out[2]


def _drawn(calls: Calls, rng: np.random.Generator) -> list[_Call]:
    slot_min = DAY_MIN / calls.rate.size
    slot = np.repeat(np.arange(calls.rate.size), rng.poisson(calls.rate))
    minute = np.sort((slot + rng.random(slot.size)) * slot_min)
    if calls.handling_cv is None:
        handling = rng.exponential(calls.handling_min, slot.size)
    else:
        variance = np.log1p(calls.handling_cv**2)
        handling = rng.lognormal(np.log(calls.handling_min) - variance / 2, np.sqrt(variance), slot.size)
    patience = rng.exponential(calls.patience_min, slot.size)
    return [_Call(*c) for c in zip(minute.tolist(), handling.tolist(), patience.tolist(), strict=True)]
