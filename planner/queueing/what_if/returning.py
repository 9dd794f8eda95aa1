"""What it is worth, in late calls, how many of those who come back are still on the call they left with.

The chain takes their number as independent of the line they find (``shifts.joined_by``), so a day's late
calls are linear in its law. A function of the state at the moment they leave stands for it in the backward
pass: changes before that moment are exact to first order, and those after it exactly.
"""

from functools import reduce

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.course import Changes
from planner.queueing.exact.shifts import convolved, taken_along, thinned
from planner.queueing.timeline import Return
from planner.queueing.what_if.exchanges import before_return, left


class Returning:
    """The returns of a plan that can be held up; ``before`` (K, B, N) laws before each segment's start."""

    def __init__(self, change: Changes, before: Floats) -> None:
        """Tell for each return how many are held up."""
        day = change.timeline
        self.change, self.before = change, before
        self.backs = [b for b in day.returns if b.back_at in change.held and day.leaves[b.left_at]]
        self.held = [before[b.left_at] @ self._chances(b, day.heads[b.left_at - 1]) for b in self.backs]
        self.worth = [np.zeros_like(held) for held in self.held]

    def learn(self, back_at: int, ahead: Floats, earlier: Floats) -> None:
        """Take in what is late if 0, 1, … are held up: from the return on, and of those who came before it.

        ``ahead`` (B, N): late calls from the start of segment ``back_at`` on, by the state then; ``earlier``
        (B, Z).
        """
        day = self.change.timeline
        law = left(
            self.before[back_at], taken_along(day.heads[back_at - 1], day.leaves[back_at], ahead.shape[1]).T
        )
        ones = np.eye(earlier.shape[1])
        late = earlier + np.stack(
            [(law * before_return(ahead, one[None])).sum(axis=1) for one in ones], axis=1
        )
        same = [n for n, back in enumerate(self.backs) if back.back_at == back_at]
        for n in same:
            others = reduce(convolved, [self.held[m] for m in same if m != n], np.ones((len(late), 1)))
            by = np.stack(
                [
                    (others * late[:, z : z + others.shape[1]]).sum(axis=1)
                    for z in range(self.held[n].shape[1])
                ],
                axis=1,
            )
            self.worth[n] = by - (self.held[n] * by).sum(axis=1, keepdims=True)

    def ahead(self, left_at: int, heads: int) -> Floats:
        """Return what the state means for later returns, when people leave one of so many heads, (B, N).

        In late calls more than the plan's own; to be asked once those returns were learnt.
        """
        out = np.zeros(self.before.shape[1:])
        for back, worth in zip(self.backs, self.worth, strict=True):
            if back.left_at == left_at:
                out += worth @ self._chances(back, heads).T
        return out

    def _chances(self, back: Return, heads: int) -> Floats:
        """Return P(z are held up | n in the system when they leave one of so many heads), (N, people + 1)."""
        there = min(heads, back.people)
        busy = taken_along(heads, there, self.before.shape[2])
        return np.pad(thinned(busy, self.change.still_on_call(back)), ((0, 0), (0, back.people - there)))
