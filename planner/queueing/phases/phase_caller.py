"""What one caller meets in front of calls of two phases: answered within the limit, or not.

As ``caller``, but how many people are in phase 2 goes on changing while the caller waits, so the chance is
carried backward from the limit by uniformisation. It is the same for every arrival rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from forecasts.distribution import Floats
from planner.queueing.exact.uniformised import rate_of, step_chances
from planner.queueing.phases.phase_moves import Rules, advancing, times
from planner.queueing.phases.phase_turns import Turn


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What a caller will see: changes at ``minute`` of the day, after which ``heads`` are there."""

    minute: float
    heads: int
    turns: Sequence[Turn]


def late(rules: Rules, heads: int, seen: Sequence[Ahead], minutes: Floats, limit_min: float) -> Floats:
    """Return the chance to miss the limit, for callers who come at ``minutes`` of the day (Q,).

    By state of the system at arrival, moment and row: (places x (heads + 1), Q, 1 or B). ``seen``: the
    changes while they wait, in order.
    """
    people = seen[-1].heads if seen else heads
    answered = np.zeros((rules.places * (people + 1) + 1, minutes.size, 1))
    answered[-1] = 1.0
    until = minutes + limit_min
    for change in reversed(seen):
        answered = _waited(rules, change.heads, answered, until - change.minute)
        for turn in reversed(change.turns):
            answered = turn.before(rules, answered)
        until = np.full_like(minutes, change.minute)
    answered = _waited(rules, heads, answered, until - minutes)
    out = np.zeros((rules.places * (heads + 1), *answered.shape[1:]))
    out[heads * (heads + 1) :] = 1.0 - answered[: max(rules.places - heads, 0) * (heads + 1)]
    return out


def _waited(rules: Rules, heads: int, then: Floats, minutes: Floats) -> Floats:
    """Return a caller's chances so many minutes (Q,) earlier, given those afterwards (X, Q, 1 or B)."""
    rates = advancing(rules, heads)
    rate = rate_of(float(-rates.diagonal().min()))
    step = sparse.csr_array(sparse.eye_array(rates.shape[0]) + rates * (1.0 / rate))
    now, out = then, np.zeros_like(then)
    for chances in step_chances(rate, minutes):
        out += chances[:, None] * now
        now = times(step, now)
    return out
