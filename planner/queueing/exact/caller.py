"""What one caller meets who finds j others in the line: answered within the limit, or not.

The place in the line falls by services and by those ahead who hang up. Until the heads change it is a pure
death process with rates s mu + i theta, whose laws are known in closed form (METHODS.md section 2); where
people come or go it jumps. All functions are of the caller alone, and the same for every arrival rate.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from scipy.special import betainc, gammainc, gammaln

from forecasts.distribution import Floats
from planner.queueing.line import Line

_KEPT_NUMBERS = 4_000_000  # 32 MB


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A moment at which heads change, ``after_min`` from now, to ``heads``.

    ``advance``: places by which the line moves at once (joiners who take the first ones; calls handed back
    count against it). ``held`` (B, Z): chances by row that 0, 1, … joiners are still held up by the call that
    they left with.
    """

    after_min: float
    heads: int
    advance: int
    held: Floats | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells turns apart that hold nobody up."""
        return round(self.after_min, 9), self.heads, self.advance

    def earlier(self, minutes: float) -> "Turn":
        """Return the same turn, seen so much later."""
        return Turn(self.after_min - minutes, self.heads, self.advance, self.held)

    def before(self, then: Floats) -> Floats:
        """Return the chance just before the turn, by place, given the chance just after it."""
        if self.held is None:
            return advanced(then, self.advance)
        parts = [share[:, None] * advanced(then, self.advance - z) for z, share in enumerate(self.held.T)]
        return np.asarray(sum(parts))


@dataclass(frozen=True, slots=True)
class Caller:
    """Laws of the place in the line, for places 0 … ``places``-1; kept, since days ask for the same again."""

    line: Line
    places: int
    _moved: dict[tuple[int, float], Floats] = field(default_factory=dict, compare=False)
    _answered: dict[tuple[int, float], Floats] = field(default_factory=dict, compare=False)
    _through: dict[tuple[object, ...], Floats] = field(default_factory=dict, compare=False)

    def answered(self, heads: int, within_min: float) -> Floats:
        """Return the chance to be answered within the limit, by others ahead (places,); constant heads."""
        return _kept(self._answered, heads, within_min, self._answers)

    def moved(self, heads: int, minutes: float) -> Floats:
        """Return the chance to wait at i after a while, from place j: (places, places) [j, i]."""
        return _kept(self._moved, heads, minutes, self._moves)

    def _answers(self, heads: int, within_min: float) -> Floats:
        """Answer with the law of V, the sum of the times of j + 1 departures.

        The caller's own patience ends at rate nu: E[exp(-nu V); V <= T] = prod (s mu + i theta) /
        (s mu + i theta + nu) x P(V' <= T), with V' of rates s mu + i theta + nu.
        """
        ahead = np.arange(self.places, dtype=np.float64)
        rate, own = heads * self.line.service_per_min, self.line.measured_leaving_per_min
        if rate == 0.0:
            return np.zeros(self.places)
        leaving = self.line.leaving_per_min
        if leaving == 0.0:
            patient = (rate / (rate + own)) ** (ahead + 1)
            return np.asarray(patient * gammainc(ahead + 1, (rate + own) * within_min))
        served, tilted = rate / leaving, (rate + own) / leaving
        stayed = np.cumprod((served + ahead) / (tilted + ahead))
        return np.asarray(stayed * betainc(ahead + 1, tilted, -np.expm1(-leaving * within_min)))

    def answered_through(self, heads: int, turns: tuple[Turn, ...], within_min: float) -> Floats:
        """Return the chance to be answered within the limit (1 or B, places), heads changing at turns."""
        if not turns:
            return self.answered(heads, within_min)[None]
        if any(turn.held is not None for turn in turns):
            return self._answered_after(heads, turns, within_min)
        key = (heads, round(within_min, 9), *(turn.key for turn in turns))
        if key in self._through:
            return self._through[key]
        found = self._answered_after(heads, turns, within_min)
        if len(self._through) * self.places < _KEPT_NUMBERS:
            self._through[key] = found
        return found

    def _answered_after(self, heads: int, turns: tuple[Turn, ...], within_min: float) -> Floats:
        first, rest = turns[0], turns[1:]
        later = tuple(turn.earlier(first.after_min) for turn in rest)
        then = self.answered_through(first.heads, later, within_min - first.after_min)
        return self.before(heads, first.after_min, first.before(then))

    def before(self, heads: int, minutes: float, then: Floats) -> Floats:
        """Return the chance before a while with constant heads, given the chance after it (…, places)."""
        return np.asarray(self.answered(heads, minutes) + then @ self.moved(heads, minutes).T)

    def _moves(self, heads: int, minutes: float) -> Floats:
        """Move by C(r+j, j-i) x^(r+i) (1-x)^(j-i), x = exp(-theta h)."""
        rate, leaving = heads * self.line.service_per_min, self.line.leaving_per_min
        place = np.arange(self.places, dtype=np.float64)
        gone = np.maximum(place[:, None] - place, 0.0)
        survived = -self.line.measured_leaving_per_min * minutes
        if leaving == 0.0:
            mean = rate * minutes
            logs = (
                gone * np.log(mean) - mean - gammaln(gone + 1) if mean else np.where(gone == 0, 0.0, -np.inf)
            )
        else:
            up = np.cumsum(np.log(rate / leaving + np.maximum(place, 1.0)))
            logs = (
                up[:, None] - up - gammaln(gone + 1)
                - leaving * minutes * (rate / leaving + place)
                + gone * np.log(-np.expm1(-leaving * minutes))
            )  # fmt: skip
        return np.asarray(np.where(place[:, None] >= place, np.exp(logs + survived), 0.0))


def _kept(
    known: dict[tuple[int, float], Floats], heads: int, minutes: float, make: Callable[[int, float], Floats]
) -> Floats:
    """Return what is known of a while, or make it, and keep it while there is room."""
    key = heads, round(minutes, 9)
    if key not in known:
        found = make(heads, minutes)
        if (len(known) + 1) * found.size > _KEPT_NUMBERS:
            return found
        known[key] = found
    return known[key]


def advanced(then: Floats, places: int) -> Floats:
    """Return the chance before the line moves by so many places: who stands there is answered at once.

    ``places`` below 0: calls handed back stand in front of the line again.
    """
    size = then.shape[-1]
    out = np.ones_like(then)
    if places >= 0:
        out[..., places:] = then[..., : max(size - places, 0)]
    else:
        out[...] = 0.0
        out[..., : max(size + places, 0)] = then[..., -places:]
    return out


_NEGLIGIBLE = 1e-17


@lru_cache(maxsize=256)
def places_within(line: Line, states: int, most_heads: int, limit_min: float, joiners: int) -> int:
    """Return how many places in the line have a chance to be answered within the limit.

    ``joiners``: the most people who come within it, each of whom takes one of the line at once.
    """
    hopeful = Caller(line, states).answered(most_heads, limit_min) > _NEGLIGIBLE
    wanted = int(np.count_nonzero(hopeful)) + joiners + 1
    return min(states, -(-wanted // 8) * 8)


@lru_cache(maxsize=32)
def caller(line: Line, places: int) -> Caller:
    """Return the laws for a line, the same object while they are in use."""
    return Caller(line, places)
