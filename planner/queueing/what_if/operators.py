"""The operator library of a day's demand: any plan's expected late calls by products of matrices.

METHODS.md section 2, "What the optimiser gets". For small desks: it holds N x N chances for every segment and
every number of people.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil
from typing import TypeVar

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.fluid import flow
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline
from planner.queueing.what_if.day_values import DayValues, day_values
from planner.queueing.what_if.segment_operators import SegmentOperators, segment_operators

# Chances at the last state, summed over segments' ends: beyond them the library takes more states.
_LOST = 1e-11
_GROWTH = 1.5
_STATES_STEP = 8
# The first number of states serves plans of this part of the load; others let it grow.
_THIN = 0.8
_MOST_NUMBERS = 60_000_000  # 480 MB
_SUM_TOLERANCE = 1e-9

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, eq=False)
class Scenarios:
    """Uncertain demand: ``calls_per_min`` (B, K) by scenario and segment, and their ``weights`` (B,), sum 1.

    Raises ValueError for what is no rate, no weight or does not fit, each with its place.
    """

    calls_per_min: Floats
    weights: Floats

    def __post_init__(self) -> None:
        """Check all parts."""
        rates, weights = self.calls_per_min, self.weights
        if rates.ndim != 2 or weights.shape != rates.shape[:1] or not rates.size:
            message = (
                f"calls_per_min has shape {rates.shape}, weights {weights.shape}: "
                "(scenarios, segments) and (scenarios,) are wanted"
            )
            raise ValueError(message)
        faults = [
            f"calls_per_min[{b}, {k}] is {rates[b, k]}: 0 or more is wanted"
            for b, k in np.argwhere(~((rates >= 0) & np.isfinite(rates)))[:10]
        ]
        faults += [
            f"weights[{b}] is {weights[b]}: 0 or more is wanted" for b in np.flatnonzero(~(weights >= 0))[:10]
        ]
        if not faults and abs(weights.sum() - 1.0) > _SUM_TOLERANCE:
            faults.append(f"weights sum to {weights.sum()}: 1 is wanted")
        if faults:
            raise ValueError("; ".join(faults))


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Operators of a day for B scenarios of demand and nobody to ``most_heads`` people.

    Its states are as many as the plans that were asked for need; a plan whose line outgrows what it may hold
    is refused with a ValueError (``exact_days`` can still answer).
    """

    line: Line
    bounds_min: tuple[int, ...]
    demand: Scenarios
    limit_min: float
    most_heads: int
    conventions: Conventions
    _operators: list[SegmentOperators] = field(default_factory=list)

    def late(self, timeline: Timeline) -> Floats:
        """Return the day's expected calls not answered within the limit, by row (B,).

        Raises ValueError for other bounds, too many heads, or a line that outgrows the library.
        """

        def asked(operators: SegmentOperators) -> tuple[Floats, float]:
            found = self.values(operators, timeline)
            return found.late.sum(axis=0), found.lost

        return self.answer(timeline, asked)

    def values(self, operators: SegmentOperators, timeline: Timeline) -> DayValues:
        """Return laws and values of a plan."""
        return day_values(operators, self.line, timeline, self.conventions)

    def answer(self, timeline: Timeline, asked: Callable[[SegmentOperators], tuple[Answer, float]]) -> Answer:
        """Return what is asked of the operators; it also returns what is lost, and more states are taken."""
        self._check(timeline)
        if not self._operators:
            self._operators.append(self._built(max(self._states(self._thin()), self._states(timeline))))
        while True:
            found, lost = asked(self._operators[0])
            if lost <= _LOST:
                return found
            states = self._operators[0].states
            self._operators[0] = self._built(max(ceil(states * _GROWTH), self._states(timeline)))

    def _built(self, states: int) -> SegmentOperators:
        rates = self.demand.calls_per_min
        count = rates.size * (self.most_heads + 1)
        wanted = ceil(states / _STATES_STEP) * _STATES_STEP
        if count * wanted**2 > _MOST_NUMBERS:
            message = (
                f"a line of {wanted} states is too long for a library of {count} operators, which may have "
                f"{int((_MOST_NUMBERS / count) ** 0.5)}: take fewer scenarios, segments or heads at a time, "
                "or a plan with more people"
            )
            raise ValueError(message)
        lengths = np.diff(np.array(self.bounds_min, dtype=np.float64))
        return segment_operators(self.line, lengths, rates, self.limit_min, self.most_heads, wanted)

    def _states(self, plan: Timeline) -> int:
        """Return the states for a plan, with nobody in one of its segments, by the fluid."""
        rates = self.demand.calls_per_min.max(axis=0)
        emptied = float((rates * plan.lengths_min).max())
        peak = flow(self.line, plan, self.conventions, rates.tolist())
        return ceil(peak.states(self.most_heads) + emptied)

    def _thin(self) -> Timeline:
        """Return a plan that is none too good."""
        load = self.demand.calls_per_min.max(axis=0) * self.line.handling_min
        heads = np.clip(_THIN * load, 1, self.most_heads).astype(int)
        change = np.diff(heads, prepend=heads[0])
        leaves, joins = np.maximum(-change, 0), np.maximum(change, 0)
        people, left, came = (tuple(int(n) for n in of) for of in (heads, leaves, joins))
        return Timeline(self.bounds_min, people, left, came)

    def _check(self, timeline: Timeline) -> None:
        if timeline.bounds_min != self.bounds_min:
            message = f"the plan's bounds are {timeline.bounds_min} min, the library's are {self.bounds_min}"
            raise ValueError(message)
        for k, heads in enumerate(timeline.heads):
            if heads > self.most_heads:
                message = f"segment {k} has {heads} heads: {self.most_heads} at most in this library"
                raise ValueError(message)


def library(
    line: Line,
    bounds_min: tuple[int, ...],
    demand: Scenarios,
    limit_min: float,
    most_heads: int,
    conventions: Conventions | None = None,
) -> Library:
    """Return the library of a day in segments between ``bounds_min`` (K + 1), for 0 to ``most_heads`` people.

    Operators are built when the first plan is asked for. Raises ValueError naming what is wrong, and where.
    """
    segments = len(bounds_min) - 1
    faults = [
        f"bounds_min[{k}] and [{k + 1}] are {a} and {b}: the next has to be later"
        for k, (a, b) in enumerate(pairwise(bounds_min))
        if b <= a
    ]
    if demand.calls_per_min.shape[1] != segments or segments < 1:
        faults.append(
            f"calls_per_min has shape {demand.calls_per_min.shape}: (scenarios, {segments}) is wanted"
        )
    if not (np.isfinite(limit_min) and limit_min >= 0):
        faults.append(f"limit_min is {limit_min}: 0 or more is wanted")
    if most_heads < 1:
        faults.append(f"most_heads is {most_heads}: 1 or more is wanted")
    if faults:
        raise ValueError("; ".join(faults))
    # Copies: the operators outlive the call, and whoever asked may write to the arrays.
    own = Scenarios(*(np.array(of, dtype=np.float64) for of in (demand.calls_per_min, demand.weights)))
    return Library(line, tuple(bounds_min), own, limit_min, most_heads, conventions or Conventions())
