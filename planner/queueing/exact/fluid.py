"""The day as a fluid: how many states the chain has to hold, and how finely it has to step."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, expm1, sqrt

import numpy as np

from planner.queueing.exact.birth_death import deaths
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline

# Standard deviations held above the fluid, and states beyond: a law that does not fit is found and mended.
_DEVIATIONS, _BEYOND = 9.0, 24
_STATES_STEP = 8  # sizes are rounded up, so that days of a desk share what is kept for a size
# The rational exponential holds 11 digits where the mean moves by no more than this in a step, measured
# against uniformization up to 500 people; a step that empties 300 places at once loses them all.
_MOVED_A_STEP = 4.0
_LONGEST_MIN = 15.0
_NEGLIGIBLE_LOG = -38.0  # 1e-17
_NO_CALLS = 1e-100  # a minute


@dataclass(frozen=True, slots=True)
class Flow:
    """A day as a fluid: the largest number in the system, and that at the start of each segment (K).

    ``cuts``: the minutes at which steps end so that the number moves little in one.
    """

    peak: float
    starts: tuple[float, ...]
    cuts: tuple[float, ...]

    def states(self, heads: int) -> int:
        """Return how many states hold the laws of the day, ``heads`` being its most people."""
        wanted = max(self.peak, min(heads, self.peak + 1)) + _DEVIATIONS * sqrt(self.peak + 1) + _BEYOND
        return ceil(wanted / _STATES_STEP) * _STATES_STEP


def flow(line: Line, timeline: Timeline, conventions: Conventions, calls_per_min: Sequence[float]) -> Flow:
    """Let the day with these rates (K) run as a fluid."""
    now = peak = 0.0
    starts, cuts = [], []
    for k, rate in enumerate(calls_per_min):
        if conventions.shift_end == "exhaustive" and timeline.leaves[k]:
            before = timeline.heads[k - 1]
            now -= timeline.leaves[k] * min(now, before) / before
        starts.append(now)
        now, highest, ends = _run(line, timeline, k, rate, now)
        peak = max(peak, highest)
        cuts += ends
    return Flow(peak, tuple(starts), tuple(cuts))


def steps_of(
    line: Line, timeline: Timeline, least: tuple[Flow, Sequence[float]], most: tuple[Flow, Sequence[float]]
) -> tuple[float, ...]:
    """Return the minutes at which steps end on days between two flows, given with their rates (K).

    A day may swing from the one to the other: a segment with the highest rate may follow the lowest.
    """
    (low, rates_low), (high, rates_high) = least, most
    cuts = [*low.cuts, *high.cuts]
    for k in range(len(timeline.heads)):
        for rate, start in ((rates_low[k], high.starts[k]), (rates_high[k], low.starts[k])):
            cuts += _run(line, timeline, k, rate, start)[2]
    return tuple(cuts)


def _run(
    line: Line, timeline: Timeline, k: int, rate: float, start: float
) -> tuple[float, float, list[float]]:
    """Run through a segment: the number at its end, the highest one, and where steps end."""
    heads, now, peak, moved = timeline.heads[k], start, start, 0.0
    at, end = float(timeline.bounds_min[k]), timeline.bounds_min[k + 1]
    cuts = []
    while at < end:
        speed = abs(_net(line, heads, rate, now))
        is_fast = speed * _LONGEST_MIN > _MOVED_A_STEP
        minutes = min(end - at, _MOVED_A_STEP / speed if is_fast else _LONGEST_MIN)
        then = _relaxed(line, heads, rate, now, minutes)
        at, moved, now = at + minutes, moved + abs(then - now), then
        peak = max(peak, now)
        if moved > _MOVED_A_STEP / 2 and at < end:
            cuts.append(at)
            moved = 0.0
    return now, peak, cuts


def states_held(line: Line, timeline: Timeline, calls_per_min: Sequence[float], run: Flow) -> int:
    """Return how many states hold the laws of a day with these rates (K): as few as are safe.

    The day never holds more than one in balance at its highest rate with its fewest people would, but for
    calls that people come back with; where that has no end, or holds more, the fluid says.
    """
    most = run.states(max(timeline.heads))
    highest = max(calls_per_min)
    if highest < _NO_CALLS:
        return min(most, 2 * _STATES_STEP)
    dying = deaths(line, min(timeline.heads), most)[1:]
    if not dying.all():  # nobody is there, nobody leaves
        return most
    weights = np.concatenate(([0.0], np.cumsum(np.log(highest / dying))))
    held = np.flatnonzero(weights >= weights.max() + _NEGLIGIBLE_LOG)
    wanted = int(held[-1]) + 1 + max(timeline.heads)
    return min(most, ceil(wanted / _STATES_STEP) * _STATES_STEP)


def _net(line: Line, heads: int, births: float, now: float) -> float:
    served = min(now, heads)
    return births - served * line.service_per_min - (now - served) * line.leaving_per_min


def _relaxed(line: Line, heads: int, births: float, now: float, minutes: float) -> float:
    """Move on by the exact solution of the linear piece that holds now: no step is too long for it."""
    slope = line.service_per_min if now < heads else line.leaving_per_min
    grown = -expm1(-slope * minutes) / slope if slope else minutes
    return max(now + _net(line, heads, births, now) * grown, 0.0)
