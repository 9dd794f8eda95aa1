"""One line for callers of different patience: who stays longer makes up more of the line than of the calls.

The chain knows one rate of hanging up. It is that of the mean caller *in the line*: each kind stands there in
proportion to its calls times its wait (Little, 1961), which depends on the rate: a fixed point, found in two
or three rounds. ``benchmarks/staffing_limits`` measures what it leaves, and what the mix of the calls would.
"""

from dataclasses import dataclass
from math import inf

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.course import Course, course
from planner.queueing.exact.fluid import flow, states_held
from planner.queueing.exact.pieces import pieces
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline

_ROUNDS = 8
_CLOSE = 1e-3


@dataclass(frozen=True, slots=True)
class Mixed:
    """A line of several kinds, and how much of it is measured.

    ``wait_share`` of the minutes waited and ``loss_share`` of those never answered belong to measured calls.
    """

    line: Line
    wait_share: float
    loss_share: float


@dataclass(frozen=True, slots=True, eq=False)
class Callers:
    """The kinds of callers in a line (C,): shares of the calls, handling, patience (inf: stays), measured."""

    share: Floats
    handling_min: Floats
    patience_min: Floats
    is_measured: Floats

    @property
    def measured_share(self) -> Floats:
        """Shares of the measured calls (C,); of all calls where none is measured."""
        measured = self.share * self.is_measured
        return np.asarray(measured / measured.sum() if measured.any() else self.share)


def mixed(callers: Callers, timeline: Timeline, calls_per_min: Floats, conventions: Conventions) -> Mixed:
    """Return the line of a plan on a mean day with rates (K,) a minute."""
    leaving = 1.0 / callers.patience_min
    measured = _patience(float(callers.measured_share @ leaving))
    handling = float(callers.share @ callers.handling_min)
    in_line = callers.share
    is_same = np.ptp(leaving[callers.share > 0]) == 0.0
    for _ in range(1 if is_same else _ROUNDS):
        line = Line(handling, _patience(float(in_line @ leaving)), measured)
        before = in_line
        if not is_same:
            in_line = _in_line(callers, leaving, line, timeline, calls_per_min, conventions)
        if np.abs(in_line - before).max() < _CLOSE:
            break
    lost = in_line * leaving
    return Mixed(
        line,
        float(in_line @ callers.is_measured),
        float(lost @ callers.is_measured / lost.sum())
        if lost.any()
        else float(in_line @ callers.is_measured),
    )


def _in_line(
    callers: Callers,
    leaving: Floats,
    line: Line,
    timeline: Timeline,
    calls_per_min: Floats,
    conventions: Conventions,
) -> Floats:
    """Return how the minutes in the line are shared among the kinds (C,)."""
    found = _day(line, timeline, calls_per_min, conventions)
    waits = np.zeros(leaving.size)
    for place, piece in enumerate(found.pieces):
        heads = timeline.heads[piece.segment]
        met = found.spent[place, 0, heads:] * calls_per_min[piece.segment]
        waits += [met @ _wait(line, heads, met.size, own) for own in leaving]
    minutes = callers.share * waits
    total = minutes.sum()
    return np.asarray(minutes / total) if total > 0 else callers.share


def _day(line: Line, timeline: Timeline, calls_per_min: Floats, conventions: Conventions) -> Course:
    run = flow(line, timeline, conventions, calls_per_min.tolist())
    cut = pieces(timeline, (), run.cuts)
    states = states_held(line, timeline, calls_per_min.tolist(), run)
    return course(line, timeline, calls_per_min[None], conventions, cut, states)


def _wait(line: Line, heads: int, places: int, leaving: float) -> Floats:
    """Return the mean wait by others ahead (places,) of one who hangs up at this rate; constant heads.

    Where nobody is there and nobody leaves it is left out: no wait ends.
    """
    speed = heads * line.service_per_min + np.arange(places) * line.leaving_per_min
    if leaving > 0:
        return np.asarray((1.0 - np.cumprod(speed / (speed + leaving))) / leaving)
    return np.asarray(np.cumsum(np.divide(1.0, speed, out=np.zeros(places), where=speed > 0)))


def _patience(leaving: float) -> float:
    return float(1.0 / leaving) if leaving > 0 else inf
