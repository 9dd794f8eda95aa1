"""Where two segments meet: who leaves, who comes, who comes back late, one after the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.line import Conventions
from planner.queueing.phases.phase_moves import (
    Rules,
    Table,
    coming,
    leaving,
    passing_on,
    seeing_come,
    seeing_leave,
    times,
)
from planner.queueing.timeline import Timeline

Held = Mapping[tuple[int, int], Floats]
"""Chances by row (B,) that, of people who come, so many are still on a call in phase 1 and in phase 2."""

_FREE: Held = {(0, 0): np.ones(1)}


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """So many ``people`` join ``heads`` others, or leave them."""

    kind: Literal["leave", "pass_on", "come"]
    heads: int
    people: int
    held: Held

    def after(self, rules: Rules, law: Floats) -> Floats:
        """Return the laws (X, B) once it happened."""
        return self._summed(
            law, [(self._table(rules, held).T.tocsr(), share) for held, share in self.held.items()]
        )

    def before(self, rules: Rules, then: Floats) -> Floats:
        """Return a caller's chances just before it, given those just after it: (X, Q, 1 or B)."""
        parts = [(self._seen(rules, held), share) for held, share in self.held.items()]
        return self._summed(then, parts)

    def _summed(self, of: Floats, parts: Sequence[tuple[Table, Floats]]) -> Floats:
        total: Floats = np.zeros(1)
        for table, share in parts:
            total = total + times(table, of) * share
        return total

    def _table(self, rules: Rules, held: tuple[int, int]) -> Table:
        if self.kind == "leave":
            return leaving(rules, self.heads, self.people)
        if self.kind == "pass_on":
            return passing_on(rules, self.heads, self.people)
        return coming(rules, self.heads, held, self.people - sum(held))

    def _seen(self, rules: Rules, held: tuple[int, int]) -> Table:
        if self.kind == "come":
            return seeing_come(rules, self.heads, held, self.people - sum(held))
        return seeing_leave(rules, self.heads, self.people, self.people if self.kind == "pass_on" else 0)


def turns(
    timeline: Timeline, k: int, conventions: Conventions, late: Sequence[tuple[int, Held]]
) -> Iterator[Turn]:
    """Yield what happens at the start of segment k, in order; ``late``: groups who come back held up."""
    if k == 0:
        return
    heads, leaves, joins = timeline.heads[k - 1], timeline.leaves[k], timeline.joins[k]
    if conventions.shift_end == "handover":
        if leaves > joins:
            yield Turn("pass_on", heads, leaves - joins, _FREE)
        elif joins > leaves:
            yield Turn("come", heads, joins - leaves, _FREE)
        return
    if leaves:
        yield Turn("leave", heads, leaves, _FREE)
        heads -= leaves
    for people, held in late:
        yield Turn("come", heads, people, held)
        heads += people
    if timeline.heads[k] > heads:
        yield Turn("come", heads, timeline.heads[k] - heads, _FREE)


def later(held: Held, still: Floats) -> Held:
    """Return how many are held after a while in which each call keeps its chances ``still`` (2, 2), apart."""
    one: list[dict[tuple[int, int], float]] = [
        {(1, 0): row[0], (0, 1): row[1], (0, 0): 1.0 - row.sum()} for row in still
    ]
    found: dict[tuple[int, int], Floats] = {}
    for (first, second), share in held.items():
        law = {(0, 0): 1.0}
        for call in [one[0]] * first + [one[1]] * second:
            law = _summed(law, call)
        for calls, chance in law.items():
            found[calls] = found.get(calls, np.zeros(1)) + share * chance
    return found


def _summed(
    one: Mapping[tuple[int, int], float], other: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """Return the law of the sum of two independent pairs."""
    found: dict[tuple[int, int], float] = {}
    for (a, b), chance in one.items():
        for (c, d), share in other.items():
            found[a + c, b + d] = found.get((a + c, b + d), 0.0) + chance * share
    return found
