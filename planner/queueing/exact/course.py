"""The law of the number in the system through a day, for many days of one plan at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.birth_death import deaths, stayed
from planner.queueing.exact.pieces import Piece
from planner.queueing.exact.shifts import busy_of, convolved, joined_by, thinned, without
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Return, Timeline


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """B days of one plan, cut into pieces, N states.

    ``starts`` (pieces, B, N): laws at the start of each piece; ``spent``: minutes in each state meanwhile.
    ``ends`` (K, B, N): laws at the end of each segment. ``gone`` (B, K): calls that leavers took along at the
    start of a segment and which end before they are due back; ``moved`` (B, K): those which do not.
    ``held``: by segment, chances that 0, 1, … of those who come back are still on the call they left with.
    """

    pieces: tuple[Piece, ...]
    starts: Floats
    spent: Floats
    ends: Floats
    gone: Floats
    moved: Floats
    held: Mapping[int, Floats]

    @property
    def states(self) -> int:
        """The number of states."""
        return int(self.starts.shape[2])

    def lost(self) -> float:
        """Return the largest probability at the last state: what the states cannot hold shows there."""
        return float(self.ends[:, :, -1].max())


def course(
    line: Line,
    timeline: Timeline,
    births: Floats,
    conventions: Conventions,
    cut: Sequence[Piece],
    states: int,
) -> Course:
    """Carry the law from an empty desk at opening to the closing; births (B, K) a minute."""
    law = np.zeros((len(births), states))
    law[:, 0] = 1.0
    change = Changes(line, timeline, conventions, len(births))
    starts, spent, ends = [], [], []
    dying = {heads: deaths(line, heads, states)[None] for heads in set(timeline.heads)}
    for k, parts in groupby(cut, key=lambda piece: piece.segment):
        law = change.at(k, law)
        for piece in parts:
            starts.append(law)
            minutes = np.full(len(births), piece.minutes)
            law, stay = stayed(law, births[:, k], dying[timeline.heads[k]], minutes)
            spent.append(stay)
        ends.append(law)
    return Course(
        tuple(cut), np.stack(starts), np.stack(spent), np.stack(ends), change.gone, change.moved, change.held
    )


class Changes:
    """What happens to the law where segments meet; ``held``, ``gone``, ``moved`` as in ``Course``."""

    def __init__(self, line: Line, timeline: Timeline, conventions: Conventions, rows: int) -> None:
        self.timeline, self.line = timeline, line
        self.takes_calls_along = conventions.shift_end == "exhaustive"
        self.comes_back_late = conventions.returns == "full"
        self.gone, self.moved = (np.zeros((rows, len(timeline.heads))) for _ in range(2))
        self.held: dict[int, Floats] = {}

    def at(self, k: int, law: Floats) -> Floats:
        """Return the law once people left, came and came back at the start of segment k."""
        if k == 0:
            return law
        if self.timeline.leaves[k] and self.takes_calls_along:
            law = self._left(k, law)
        return joined_by(law, self.held[k]) if k in self.held else law

    def _left(self, k: int, law: Floats) -> Floats:
        heads = self.timeline.heads[k - 1]
        for back in self.timeline.returns:
            if back.left_at == k:
                busy = thinned(busy_of(law, heads, back.people), self.still_on_call(back))
                self.moved[:, k] += busy @ np.arange(back.people + 1)
                known = self.held.get(back.back_at)
                self.held[back.back_at] = busy if known is None else convolved(known, busy)
        law, taken = without(law, heads, self.timeline.leaves[k])
        self.gone[:, k] = taken @ np.arange(taken.shape[1]) - self.moved[:, k]
        return law

    def still_on_call(self, back: Return) -> float:
        """Return the chance that who left on a call is on it when due back: certain where the break moves."""
        bounds = self.timeline.bounds_min
        away = bounds[back.back_at] - bounds[back.left_at]
        return 1.0 if self.comes_back_late else exp(-away * self.line.service_per_min)
