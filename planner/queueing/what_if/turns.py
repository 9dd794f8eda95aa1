"""Turns of a plan: what the callers of each segment see of those who come and go after it."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.line import Conventions
from planner.queueing.timeline import Timeline
from planner.queueing.what_if.window import Path, Seen


class Change(NamedTuple):
    """Who leaves and joins at the start of a segment, and who is there then; ``held`` as in ``Seen``."""

    heads: int
    leaves: int
    joins: int
    is_handover: bool
    held: bytes | None
    rows: int

    @property
    def is_one(self) -> bool:
        """Does anybody come or go?"""
        return bool(self.leaves or self.joins)

    def other(self, heads: int, leaves: int, joins: int) -> "Change":
        """Return the change of other people, with the same returns."""
        return Change(heads, leaves, joins, self.is_handover, self.held, self.rows)

    def held_up(self, number: int) -> "Change":
        """Return the change with so many held up for sure."""
        law = np.zeros((self.rows, number + 1))
        law[:, number] = 1.0
        return self._replace(held=law.tobytes())

    def seen(self, after_min: float) -> Seen:
        """Return what callers see of it."""
        back = self.leaves if self.is_handover else 0
        return Seen(after_min, self.heads, self.joins - back, self.held, self.rows)


class View:
    """What the callers of each segment of a plan see; ``held`` as in ``Course``.

    ``ahead``: by segment, those later ones that begin within the limit after its end; ``seeing``: the other
    way round, those earlier ones from which it is seen.
    """

    def __init__(
        self, timeline: Timeline, held: Mapping[int, Floats], conventions: Conventions, limit_min: float
    ) -> None:
        self.timeline, self.held = timeline, held
        self.is_handover = conventions.shift_end == "handover"
        self.turns = [self._change(k) for k in range(len(timeline.heads))]
        ends = np.array(timeline.bounds_min[1:], dtype=np.float64)
        first_unseen = np.searchsorted(ends[:-1], ends + limit_min, side="left") + 1
        self.ahead = [range(j + 1, int(unseen)) for j, unseen in enumerate(first_unseen)]
        self.seeing = [[j for j, ahead in enumerate(self.ahead) if k in ahead] for k in range(len(ends))]

    def path(self, segment: int, others: Mapping[int, Change] | None = None) -> Path:
        """Return what the callers of a segment see, were other changes in place of the plan's own."""
        bounds = self.timeline.bounds_min
        path = []
        for k in self.ahead[segment]:
            turn = others[k] if others and k in others else self.turns[k]
            if turn.is_one:
                path.append(turn.seen(float(bounds[k] - bounds[segment + 1])))
        return tuple(path)

    def _change(self, k: int) -> Change:
        day, law = self.timeline, self.held.get(k)
        kept, rows = (None, 1) if law is None else (law.tobytes(), len(law))
        return Change(day.heads[k], day.leaves[k], day.joins[k], self.is_handover, kept, rows)
