"""The exact course of a desk's day: the number in the system as a Markov chain whose rates change by segment.

Poisson arrivals, exponential handling and patience, one line, first come first served (METHODS.md section 2).
Exact but for rounding, and for what it is not told: who leaves is any of those present, with as many calls as
that gives (a plan names them, and who came last is less likely on a call); and how many of those who come
back late from a break are still on a call is taken as independent of the line that they find (``shifts``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.closing import Closed, closed
from planner.queueing.exact.course import Course, course
from planner.queueing.exact.fluid import flow, states_held, steps_of
from planner.queueing.exact.lateness import late_calls
from planner.queueing.exact.pieces import Piece, pieces
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline

# More than this at the last state, and the day is solved again with more states.
_LOST = 1e-13
_GROWTH = 1.5
# Numbers held at a time in the laws of a day's pieces: 160 MB each of two.
_NUMBERS_AT_ONCE = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Expected values of B days of one plan by segment (B, K), by limit (L, B, K), or of the day (B,).

    ``offered``: calls that come in the segment. Of them ``late``: not answered within each limit (they hung
    up, or waited longer); ``delayed``: have to wait. By the time at which it happens: ``wait_min`` minutes
    waited by all in the line, ``abandoned`` hang-ups, ``busy_min`` minutes of those at reception on calls
    (held up by a call on their return among them); ``waiting``: number in the line at the segment's end.
    ``overtime_min``: minutes past their planned end of those who leave at the segment's start, but for those
    who come back that much later.
    ``closed``: what becomes of who is in the system at the closing; its busy minutes are overtime too.
    """

    offered: Floats
    late: Floats
    delayed: Floats
    wait_min: Floats
    abandoned: Floats
    busy_min: Floats
    waiting: Floats
    overtime_min: Floats
    closed: Closed

    @property
    def answered(self) -> Floats:
        """Calls answered at all, of the day (B,)."""
        gone = self.abandoned.sum(axis=1) + self.closed.abandoned + self.closed.left
        return np.asarray(self.offered.sum(axis=1) - gone)

    def in_time(self) -> Floats:
        """Return the share of the day's calls answered within each limit, (L, B); NaN without calls."""
        offered = self.offered.sum(axis=1)
        missing = np.full(self.late.shape[:2], np.nan)
        late = np.divide(self.late.sum(axis=2), offered, out=missing, where=offered > 0)
        return np.asarray(1.0 - late)


def exact_days(
    line: Line,
    timeline: Timeline,
    calls_per_min: Floats,
    limits_min: Sequence[float],
    conventions: Conventions | None = None,
) -> Days:
    """Solve B days of one plan with rates (B, K) a minute; the desk is empty when it opens.

    Raises ValueError for rates and limits that are no such thing, each with its place.
    """
    rates = _checked(timeline, calls_per_min, limits_min)
    conventions = conventions or Conventions()
    most = rates.max(axis=0).tolist()
    run = flow(line, timeline, conventions, most)
    steps = run.cuts
    if len(rates) > 1:
        least = rates.min(axis=0).tolist()
        steps = steps_of(line, timeline, (flow(line, timeline, conventions, least), least), (run, most))
    cut = pieces(timeline, limits_min, steps)
    plan = _Plan(line, timeline, conventions, limits_min, cut)
    states = states_held(line, timeline, most, run)
    some = max(1, _NUMBERS_AT_ONCE // (states * len(cut)))
    parts = [_solved(plan, rates[a : a + some], states) for a in range(0, len(rates), some)]
    return together(parts)


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What the days have in common."""

    line: Line
    timeline: Timeline
    conventions: Conventions
    limits_min: Sequence[float]
    cut: tuple[Piece, ...]


def _solved(plan: _Plan, rates: Floats, states: int) -> Days:
    line, timeline, conventions = plan.line, plan.timeline, plan.conventions
    found = course(line, timeline, rates, conventions, plan.cut, states)
    while found.lost() > _LOST:
        states = int(states * _GROWTH)
        found = course(line, timeline, rates, conventions, plan.cut, states)
    late = [late_calls(line, timeline, rates, found, limit, conventions) for limit in plan.limits_min]
    return _counted(line, timeline, rates, found, np.stack(late))


def _counted(line: Line, timeline: Timeline, rates: Floats, found: Course, late: Floats) -> Days:
    """Turn minutes spent in states into what people ask for."""
    minutes, number = timeline.lengths_min, np.arange(found.states)
    spent = np.zeros((len(timeline.heads), *found.spent.shape[1:]))
    np.add.at(spent, [p.segment for p in found.pieces], found.spent)
    heads = np.array(timeline.heads)[:, None]
    queued = np.maximum(number - heads, 0)
    wait = np.einsum("kbn,kn->bk", spent, queued)
    offered = rates * minutes
    delayed = rates * np.einsum("kbn,kn->bk", spent, number >= heads)
    end = closed(line, found.ends[-1], timeline.heads[-1])
    return Days(
        offered=offered,
        late=np.clip(late, 0.0, offered),
        delayed=np.clip(delayed, 0.0, offered),
        wait_min=np.maximum(wait, 0.0),
        abandoned=np.maximum(wait * line.leaving_per_min, 0.0),
        busy_min=np.einsum("kbn,kn->bk", spent, np.minimum(number, heads)),
        waiting=np.maximum(np.einsum("kbn,kn->bk", found.ends, queued), 0.0),
        overtime_min=found.gone * line.handling_min,
        closed=end,
    )


def _checked(timeline: Timeline, calls_per_min: Floats, limits_min: Sequence[float]) -> Floats:
    rates = np.asarray(calls_per_min, dtype=np.float64)
    segments = len(timeline.heads)
    if rates.ndim != 2 or rates.shape[1] != segments or not len(rates):
        message = f"calls_per_min has shape {rates.shape}: (days, {segments}) is wanted, a rate a segment"
        raise ValueError(message)
    faults = [
        f"day {b}, segment {k} ({timeline.bounds_min[k]}-{timeline.bounds_min[k + 1]} min): "
        f"{rates[b, k]} calls a minute, 0 or more are wanted"
        for b, k in np.argwhere(~((rates >= 0) & np.isfinite(rates)))[:10]
    ]
    faults += [
        f"limit {n}: {limit} min, a finite 0 or more is wanted"
        for n, limit in enumerate(limits_min)
        if not (limit >= 0 and np.isfinite(limit))
    ]
    if not len(limits_min):
        faults.append("no limit: at least one is wanted")
    if faults:
        raise ValueError("; ".join(faults))
    return rates


def together(parts: Sequence[Days]) -> Days:
    """Join days that were solved apart."""
    if len(parts) == 1:
        return parts[0]

    def joined(name: str) -> Floats:
        return np.concatenate([getattr(p, name) for p in parts], axis=1 if name == "late" else 0)

    ends = Closed(*(np.concatenate([getattr(p.closed, f.name) for p in parts]) for f in fields(Closed)))
    return Days(**{f.name: joined(f.name) for f in fields(Days) if f.name != "closed"}, closed=ends)
