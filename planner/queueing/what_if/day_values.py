"""One plan through the operators: laws forward, and backward what is still to be late by the state."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.course import Changes
from planner.queueing.exact.shifts import taken_along
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline
from planner.queueing.what_if.exchanges import before_leaving, before_return
from planner.queueing.what_if.returning import Returning
from planner.queueing.what_if.segment_operators import Row, SegmentOperators
from planner.queueing.what_if.turns import View


@dataclass(frozen=True, slots=True, eq=False)
class DayValues:
    """Laws and values (K, B, N) of a plan by segment.

    ``before``: laws before people come and go at its start; ``reached``: at the start of its window.
    ``late`` (K, B): late calls of the segment, ``late_in_window`` those of its window. ``ahead``:
    of it and of all later ones, by the state after its start. ``lost``: largest chance at the last state at
    an end; ``lost_ahead``: its sum over this end and later ones, by the state as in ``ahead``.
    """

    view: View
    before: Floats
    reached: Floats
    late_in_window: Floats
    late: Floats
    ahead: Floats
    lost_ahead: Floats
    lost: float
    returning: Returning


def day_values(
    operators: SegmentOperators, line: Line, timeline: Timeline, conventions: Conventions
) -> DayValues:
    """Run a plan forward and backward."""
    plan, segments = list(timeline.heads), np.arange(len(timeline.heads))
    whole = operators.whole(plan)
    change = Changes(line, timeline, conventions, len(operators.births))
    before, after, end = _forward(whole, change)
    reach, clean = operators.reach[segments, plan], operators.clean[segments, plan]
    reached = np.matmul(after[:, :, None], reach)[:, :, 0]
    view = View(timeline, change.held, conventions, operators.outlook.limit_min)
    windows = operators.through_window([Row(k, heads, view.path(k)) for k, heads in enumerate(plan)])
    own = clean + np.matmul(reach, windows[..., None])[..., 0]
    late_in_window = (reached * windows).sum(axis=2)
    backward = _Backward(whole, own, view, Returning(change, before))
    backward.run(_if_held(operators, view, reached))
    return DayValues(
        view=view,
        before=before,
        reached=reached,
        late_in_window=late_in_window,
        late=(after * clean).sum(axis=2) + late_in_window,
        ahead=backward.out[:, 0],
        lost_ahead=backward.out[:, 1],
        lost=float(max(before[1:, :, -1].max(initial=0.0), end[:, -1].max())),
        returning=backward.returning,
    )


def _forward(whole: Sequence[Floats], change: Changes) -> tuple[Floats, Floats, Floats]:
    """Return the laws before and after the start of each segment, and at the day's end."""
    rows, states = whole[0].shape[:2]
    before, after = (np.empty((len(whole), rows, states)) for _ in range(2))
    law = np.zeros((rows, states))
    law[:, 0] = 1.0
    for k, chances in enumerate(whole):
        before[k] = law
        after[k] = change.at(k, law)
        law = np.matmul(after[k][:, None], chances)[:, 0]
    return before, after, law


def _if_held(operators: SegmentOperators, view: View, reached: Floats) -> dict[int, Floats]:
    """Return by return the late calls of who comes before it and sees it, if 0, 1, … are held up, (B, Z)."""
    asked, rows = [], []
    out = {k: np.zeros_like(law) for k, law in view.held.items()}
    for k, law in view.held.items():
        for j in view.seeing[k]:
            for z in range(law.shape[1]):
                asked.append((k, j, z))
                rows.append(Row(j, view.timeline.heads[j], view.path(j, {k: view.turns[k].held_up(z)})))
    if rows:
        for (k, _, z), calls in zip(asked, operators.late_in_window(rows, reached), strict=True):
            out[k][:, z] += calls
    return out


class _Backward:
    """The backward pass; ``out`` (K, 2, B, N): late calls ahead, and chances to be lost."""

    def __init__(self, whole: Sequence[Floats], own: Floats, view: View, returning: Returning) -> None:
        self.whole, self.own, self.view, self.returning = whole, own, view, returning
        self.out = np.zeros((len(whole), 2, *own.shape[1:]))

    def run(self, if_held: dict[int, Floats]) -> None:
        """Run from the last segment to the first."""
        for k in range(len(self.whole) - 1, -1, -1):
            later = self._from_end(k)
            later[1, :, -1] += 1.0
            self.out[k] = np.matmul(later.swapaxes(0, 1), self.whole[k].swapaxes(1, 2)).swapaxes(0, 1)
            self.out[k, 0] += self.own[k]
            if k in if_held:
                self.returning.learn(k, self.out[k, 0], if_held[k])

    def _from_end(self, k: int) -> Floats:
        """Return the values at the end of segment k, before people come and go."""
        day, start = self.view.timeline, k + 1
        if start == len(self.out):
            return np.zeros_like(self.out[0])
        values = self.out[start]
        if start in self.view.held:
            values = before_return(values, self.view.held[start])
        if not self.view.is_handover:
            values = before_leaving(values, taken_along(day.heads[k], day.leaves[start], values.shape[-1]).T)
        out = np.array(values)
        out[0] += self.returning.ahead(start, day.heads[k])
        return out
