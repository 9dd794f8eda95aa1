"""A day by dense matrices alone: what the exact chain is held against.

Nothing here is taken from the chain: laws by ``expm`` of the whole generator, a caller followed by the number
of others *ahead in the system* (in service too) until one of the people is free for him, integrals by Gauss'
rule on short parts between all moments at which anything changes. Small desks only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, comb

import numpy as np
from scipy.linalg import expm

from forecasts.distribution import Floats
from planner.queueing.line import Line
from planner.queueing.timeline import Timeline

_NODES = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Minutes of a segment in which nothing changes, for the law or for a caller within the limit."""

    segment: int
    start_min: float
    end_min: float


@dataclass(frozen=True)
class DenseDay:
    """One day of a plan without ``returns``, rates (K,) a minute, ``states`` numbers in the system.

    ``longest_min``: of the parts that are integrated; a few mean times of what moves fastest.
    """

    line: Line
    timeline: Timeline
    calls_per_min: Sequence[float]
    is_handover: bool = False
    states: int = 70
    longest_min: float = 4.0

    def late(self, limit_min: float, only: Sequence[int] | None = None) -> Floats:
        """Return calls not answered within the limit, by segment (K,); 0 but for the segments ``only``."""
        out = np.zeros(len(self.timeline.heads))
        for part in self._parts(limit_min):
            if only is not None and part.segment not in only:
                continue
            at, weight = _gauss(part.start_min, part.end_min)
            laws = self._laws(part.segment, at)
            late = np.stack([self._missed(part.segment, t, limit_min) for t in at])
            out[part.segment] += weight @ (laws * late).sum(axis=1) * self.calls_per_min[part.segment]
        return out

    def number(self, of_state: Floats) -> Floats:
        """Return the minutes of a segment times a function of the state: states (N,) or (K, N) → (K,)."""
        values = np.broadcast_to(of_state, (len(self.timeline.heads), self.states))
        out = np.zeros(len(values))
        for part in self._parts(0.0):
            at, weight = _gauss(part.start_min, part.end_min)
            out[part.segment] += weight @ (self._laws(part.segment, at) @ values[part.segment])
        return out

    @cached_property
    def starts(self) -> list[Floats]:
        """Laws at the start of every segment, and at the closing."""
        law = np.zeros(self.states)
        law[0] = 1.0
        found = []
        for k, minutes in enumerate(self.timeline.lengths_min):
            if k and not self.is_handover:
                law = law @ taking_along(self.timeline.heads[k - 1], self.timeline.leaves[k], self.states)
            found.append(law)
            law = law @ self.flown(k, minutes)
        return [*found, law]

    def flown(self, k: int, minutes: float) -> Floats:
        """Return the chances from state to state (N, N) within so many minutes of segment k."""
        return np.asarray(expm(self._generator(k) * minutes))

    def _generator(self, k: int) -> Floats:
        out = np.zeros((self.states, self.states))
        for n in range(self.states):
            if n + 1 < self.states:
                out[n, n + 1] = self.calls_per_min[k]
            if n:
                out[n, n - 1] = self._departures(self.timeline.heads[k], n)
            out[n, n] = -out[n].sum()
        return out

    def _departures(self, heads: int, number: int) -> float:
        served = min(number, heads)
        return served / self.line.handling_min + (number - served) / self.line.patience_min

    def _laws(self, k: int, at: Floats) -> Floats:
        since = at - self.timeline.bounds_min[k]
        return np.asarray(self.starts[k] @ expm(self._generator(k) * since[:, None, None]))

    def _missed(self, k: int, minute: float, limit_min: float) -> Floats:
        """Follow callers, by the number whom they find in the system, until the limit (N,)."""
        answered = self.states
        now = self._answer_who_can(np.eye(self.states, self.states + 1), self.timeline.heads[k])
        bounds = [b for b in self.timeline.bounds_min[1:-1] if minute < b < minute + limit_min]
        for start, end in pairwise([minute, *bounds, minute + limit_min]):
            if start > minute:
                k += 1
                now = self._turned(now, k)
            now = now @ expm(self._callers(self.timeline.heads[k]) * (end - start))
        return np.asarray(1.0 - now[:, answered])

    def _turned(self, now: Floats, k: int) -> Floats:
        """All of a caller's people are busy: every leaver takes a call along, or hands it to the others."""
        leaves = 0 if self.is_handover else self.timeline.leaves[k]
        moved = np.zeros_like(now)
        moved[:, self.states] = now[:, self.states]
        moved[:, : self.states - leaves] += now[:, leaves : self.states]
        return self._answer_who_can(moved, self.timeline.heads[k])

    def _answer_who_can(self, now: Floats, heads: int) -> Floats:
        out = now.copy()
        out[:, self.states] += out[:, :heads].sum(axis=1)
        out[:, :heads] = 0.0
        return out

    def _callers(self, heads: int) -> Floats:
        """Return the generator of the number ahead of one who waits; the last state = answered."""
        patience = self.line.measured_patience_min
        own = 1.0 / (self.line.patience_min if patience is None else patience)
        out = np.zeros((self.states + 1, self.states + 1))
        for n in range(heads, self.states):
            rate = self._departures(heads, n) if n else 0.0
            if n:
                out[n, self.states if n == heads else n - 1] = rate
            out[n, n] = -rate - own
        return out

    def _parts(self, limit_min: float) -> Iterator[Part]:
        bounds = self.timeline.bounds_min
        for k, (start, end) in enumerate(pairwise(bounds)):
            kinks = sorted({b - limit_min for b in bounds if start < b - limit_min < end})
            for a, b in pairwise([float(start), *kinks, float(end)]):
                pieces = ceil((b - a) / self.longest_min)
                for n in range(pieces):
                    yield Part(k, a + (b - a) * n / pieces, a + (b - a) * (n + 1) / pieces)


def taking_along(heads: int, leavers: int, states: int) -> Floats:
    """Return the chances that n in the system become m once leavers, any of the heads, took their calls."""
    out = np.zeros((states, states))
    for n in range(states):
        busy = min(n, heads)
        for z in range(min(leavers, busy) + 1):
            ways = comb(busy, z) * comb(heads - busy, leavers - z)
            out[n, n - z] = ways / comb(heads, leavers)
    return out


def _gauss(start: float, end: float) -> tuple[Floats, Floats]:
    at, weight = np.polynomial.legendre.leggauss(_NODES)
    return start + (end - start) * (1 + at) / 2, weight * (end - start) / 2
