"""The exact course of a desk's day whose handling times vary more, or less, than exponential ones.

State: number in the system, and how many of the busy people are in phase 2 (``phases``). Otherwise as the
chain, whose day it is at CV 1 (METHODS.md section 2). Exact for two-phase handling as the chain is for
exponential one: leavers are any of those present, late returns independent of what they find.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from scipy.sparse.linalg import spsolve

from forecasts.distribution import Floats
from planner.queueing.exact.chain import Days, together
from planner.queueing.exact.closing import Closed
from planner.queueing.exact.fluid import flow
from planner.queueing.inputs import not_negative_array
from planner.queueing.line import Conventions, Line
from planner.queueing.phases.phase_caller import Ahead, late
from planner.queueing.phases.phase_course import Asked, PhaseCourse, asked, phase_course
from planner.queueing.phases.phase_moves import Rules, working
from planner.queueing.phases.phase_turns import turns
from planner.queueing.phases.phases import phases
from planner.queueing.timeline import Timeline

# More calls than this lost at the last place, and the day is solved again with more places.
_LOST = 1e-12
_GROWTH = 1.4
# Places above the fluid that hold nearly every day at once.
_DEVIATIONS, _BEYOND = 7.0, 6
_PLACES_STEP = 4
# Numbers held at a time: 160 MB.
_NUMBERS_AT_ONCE = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What the days have in common."""

    timeline: Timeline
    conventions: Conventions
    limits_min: Sequence[float]
    cut: tuple[Asked, ...]


def two_phase_days(
    line: Line,
    cv: float,
    timeline: Timeline,
    calls_per_min: Floats,
    limits_min: Sequence[float],
    conventions: Conventions | None = None,
) -> Days:
    """Solve B days of one plan with rates (B, K) a minute; the desk is empty when it opens.

    ``cv`` of the handling times; below ``phases.LEAST_CV`` that least one is taken. A call that is handed
    over while nobody is free starts anew.

    Raises ValueError for a CV, rates and limits that are no such thing.
    """
    law = phases(line.handling_min, cv)
    rates = np.asarray(calls_per_min, dtype=np.float64)
    if rates.ndim != 2 or rates.shape[1] != len(timeline.heads):
        message = f"calls_per_min has shape {rates.shape}: (days, {len(timeline.heads)}) is wanted"
        raise ValueError(message)
    not_negative_array("calls_per_min", rates)
    not_negative_array("limits_min", np.array(limits_min, dtype=np.float64))
    plan = _Plan(timeline, conventions or Conventions(), limits_min, asked(timeline, limits_min))
    peak = flow(line, timeline, plan.conventions, rates.max(axis=0, initial=0.0)).peak
    peak = max(peak, min(max(timeline.heads), peak + 1))
    rules = Rules(line, law, _rounded(peak + _DEVIATIONS * sqrt(peak + 1) + _BEYOND))
    held = sum(p.nodes()[0].size + 1 for p in plan.cut) * rules.places * (max(timeline.heads) + 1)
    some = max(1, _NUMBERS_AT_ONCE // held)
    return together([_solved(rules, plan, rates[a : a + some]) for a in range(0, max(len(rates), 1), some)])


def _solved(rules: Rules, plan: _Plan, births: Floats) -> Days:
    found = phase_course(rules, plan.timeline, births, plan.conventions, plan.cut)
    while found.lost.max(initial=0.0) > _LOST:
        rules = Rules(rules.line, rules.phases, _rounded(rules.places * _GROWTH))
        found = phase_course(rules, plan.timeline, births, plan.conventions, plan.cut)
    return _counted(rules, plan, births, found)


def _rounded(places: float) -> int:
    """Round up, so that days of a desk share the tables that are kept for a size."""
    return ceil(places / _PLACES_STEP) * _PLACES_STEP


def _late_calls(rules: Rules, plan: _Plan, births: Floats, found: PhaseCourse) -> Floats:
    """Return calls not answered within each limit, (L, B, K)."""
    out = np.zeros((len(plan.limits_min), *births.shape))
    known: dict[tuple[int, float], Floats] = {}
    for part, spent, laws in zip(plan.cut, found.spent, found.laws, strict=True):
        k = part.piece.segment
        heads, (at, weights) = plan.timeline.heads[k], part.nodes()
        for n, limit in enumerate(plan.limits_min):
            if not part.seen[n]:
                if (heads, limit) not in known:
                    known[heads, limit] = late(rules, heads, (), np.zeros(1), limit)[:, 0, 0]
                missed = known[heads, limit] @ spent
            else:
                seen = [_ahead(plan, found, s) for s in part.seen[n]]
                chances = late(rules, heads, seen, at, limit)
                missed = weights @ (laws * chances.swapaxes(0, 1)).sum(axis=1)
            out[n, :, k] += births[:, k] * missed
    return out


def _ahead(plan: _Plan, found: PhaseCourse, k: int) -> Ahead:
    changes = tuple(turns(plan.timeline, k, plan.conventions, found.late.get(k, ())))
    return Ahead(float(plan.timeline.bounds_min[k]), plan.timeline.heads[k], changes)


def _counted(rules: Rules, plan: _Plan, births: Floats, found: PhaseCourse) -> Days:
    """Turn minutes spent in states into what people ask for."""
    timeline = plan.timeline
    wait, delayed, busy, waiting = (np.zeros_like(births) for _ in range(4))
    for part, spent in zip(plan.cut, found.spent, strict=True):
        k = part.piece.segment
        queued, on_calls, is_full = _of_states(rules, timeline.heads[k])
        wait[:, k] += queued @ spent
        busy[:, k] += on_calls.sum(axis=1) @ spent
        delayed[:, k] += births[:, k] * (is_full @ spent)
    for k, law in enumerate(found.ends):
        waiting[:, k] = _of_states(rules, timeline.heads[k])[0] @ law
    offered = births * timeline.lengths_min
    return Days(
        offered=offered,
        late=np.clip(_late_calls(rules, plan, births, found), 0.0, offered),
        delayed=np.clip(delayed, 0.0, offered),
        wait_min=wait,
        abandoned=wait * rules.line.leaving_per_min,
        busy_min=busy,
        waiting=waiting,
        overtime_min=(found.gone @ rules.phases.rest_min).T,
        closed=_closed(rules, timeline.heads[-1], found.ends[-1]),
    )


def _of_states(rules: Rules, heads: int) -> tuple[Floats, Floats, Floats]:
    """Return how many wait (X,), how many calls are in phase 1 and 2 (X, 2), whether who comes waits (X,)."""
    number, _ = rules.grid(heads)
    number = np.broadcast_to(number, (rules.places, heads + 1)).ravel()
    on_calls = np.stack(rules.busy(heads), axis=-1).reshape(-1, 2)
    return np.maximum(number - heads, 0.0), on_calls, (number >= heads).astype(np.float64)


def _closed(rules: Rules, heads: int, law: Floats) -> Closed:
    """Return what becomes of those in the system at closing, laws (X, B), with the last crew."""
    queued, on_calls, _ = _of_states(rules, heads)
    waiting, leaving = queued @ law, rules.line.leaving_per_min
    rest = law.T @ on_calls @ rules.phases.rest_min
    nothing = np.zeros_like(waiting)
    if heads == 0 and leaving == 0.0:
        return Closed(nothing, nothing, waiting, rest, nothing)
    # Minutes still waited by all, w: nobody comes, so Q w = -queued where somebody waits, else w = 0.
    is_waiting = queued > 0
    rates = working(rules, heads)[is_waiting][:, is_waiting].tocsc()
    line_min = np.zeros_like(queued)
    line_min[is_waiting] = spsolve(rates, -queued[is_waiting])
    waited = line_min @ law
    answered = waiting - leaving * waited
    return Closed(answered, leaving * waited, nothing, rest + answered * rules.line.handling_min, waited)
