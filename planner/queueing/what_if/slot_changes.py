"""F[t, k]: expected late calls of the whole day if only segment t had k people (METHODS.md section 2).

One forward and one backward pass of the plan at hand give the laws before each segment and what is late from
its end on; every change is then one segment's operator between the two. Handling times are exponential here.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.queueing.exact.shifts import joined_by
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline
from planner.queueing.what_if.exchanges import before_leaving, before_return, left, taken
from planner.queueing.what_if.operators import Library, Scenarios, library
from planner.queueing.what_if.segment_operators import Row, SegmentOperators
from planner.queueing.what_if.turns import Change

_KEPT_LIBRARIES = 1  # up to half a gigabyte each


def slot_changes(known: Library, timeline: Timeline) -> Floats:
    """Return F (K, most_heads + 1), expected late calls of the day, weighted over the scenarios.

    F[t, heads[t]] is the plan itself; F[t, k] is ``exact_days`` of ``with_heads(timeline, t, k)``. Where
    people come back from breaks it is so to first order in how many of them are held up (``returning``).

    Raises ValueError for a plan that does not fit the library.
    """
    return np.tensordot(known.demand.weights, slot_changes_by_row(known, timeline), axes=1)


def slot_changes_by_row(known: Library, timeline: Timeline) -> Floats:
    """Return the same for each scenario, unweighted (B, K, most_heads + 1)."""

    def asked(operators: SegmentOperators) -> tuple[Floats, float]:
        return _Table(known, operators, timeline).found()

    return known.answer(timeline, asked)


def slot_changes_of(
    line: Line,
    timeline: Timeline,
    demand: Scenarios,
    limit_min: float,
    most_heads: int,
    conventions: Conventions | None = None,
) -> Floats:
    """Return F (K, most_heads + 1) of a plan; the libraries of the last questions are kept."""
    asked = line, timeline.bounds_min, limit_min, most_heads, conventions or Conventions()
    return slot_changes(_kept(asked, _Numbers(demand)), timeline)


class _Numbers:
    """Scenarios told apart by their numbers."""

    def __init__(self, demand: Scenarios) -> None:
        self.demand = demand
        self._key = demand.calls_per_min.shape, demand.calls_per_min.tobytes(), demand.weights.tobytes()

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Numbers) and self._key == other._key


@lru_cache(maxsize=_KEPT_LIBRARIES)
def _kept(asked: tuple[Line, tuple[int, ...], float, int, Conventions], numbers: _Numbers) -> Library:
    line, bounds_min, limit_min, most_heads, conventions = asked
    return library(line, bounds_min, numbers.demand, limit_min, most_heads, conventions)


def with_heads(timeline: Timeline, t: int, k: int) -> Timeline:
    """Return the plan with k people in segment t: more come at its start, and go at its end.

    Fewer: they go at its start and come at its end. Returns stay as they are.

    Raises ValueError for a segment that there is not, and fewer people than none.
    """
    if not (0 <= t < len(timeline.heads) and k >= 0):
        message = f"segment {t} with {k} heads: segments 0 to {len(timeline.heads) - 1}, 0 heads or more"
        raise ValueError(message)
    heads, leaves, joins = (list(of) for of in (timeline.heads, timeline.leaves, timeline.joins))
    exchanged = [int(n) for n in _exchanges(timeline, t, np.array(k))]
    heads[t] = k
    if t:
        leaves[t], joins[t] = exchanged[:2]
    else:
        leaves[t] = min(leaves[t], k)
    if t + 1 < len(heads):
        leaves[t + 1], joins[t + 1] = exchanged[2:]
    return replace(timeline, heads=tuple(heads), leaves=tuple(leaves), joins=tuple(joins))


def _exchanges(timeline: Timeline, t: int, k: Wholes) -> Wholes:
    """Return who leaves and joins at the start of segment t with k people, and at its end (4, …)."""
    now = timeline.heads[t]
    out = np.zeros((4, *k.shape), dtype=np.int64)
    if t:
        before = timeline.heads[t - 1]
        out[0] = np.minimum(timeline.leaves[t] + np.maximum(now - k, 0), before)
        out[1] = k - before + out[0]
    if t + 1 < len(timeline.heads):
        out[2] = np.minimum(timeline.leaves[t + 1] + np.maximum(k - now, 0), k)
        out[3] = timeline.heads[t + 1] - k + out[2]
    return out


class _Table:
    """All changes of one plan with operators of so many states."""

    def __init__(self, known: Library, operators: SegmentOperators, timeline: Timeline) -> None:
        self.operators, self.timeline = operators, timeline
        self.day = known.values(operators, timeline)
        self.segments, self.heads = range(len(timeline.heads)), range(known.most_heads + 1)
        every = np.array(self.heads)
        self.exchanges = np.stack([_exchanges(timeline, t, every) for t in self.segments], axis=1)
        self.others = [[self._others(t, k) for k in self.heads] for t in self.segments]

    def found(self) -> tuple[Floats, float]:
        """Return F by row (B, K, H), and the largest chance to outgrow the states."""
        view, laws, onward = self.day.view, self._laws(), self._onward()
        own = [Row(t, k, view.path(t, self.others[t][k])) for t in self.segments for k in self.heads]
        windows = self.operators.through_window(own, onward).reshape(laws.shape)
        ahead = self.operators.clean + np.matmul(self.operators.reach, windows[..., None])[..., 0]
        late = (laws * ahead).sum(axis=3) + self._earlier()
        late[1:] += np.cumsum(self.day.late, axis=0)[:-1, None]
        return late.transpose(2, 0, 1), max(self.day.lost, self._lost(laws[:, 0]))

    def _laws(self) -> Floats:
        """Return the laws after the start of each segment, were so many people there, (K, H, B, N)."""
        heads = np.array((0, *self.timeline.heads[:-1]))
        laws = left(self.day.before[:, None], self._taken(heads[:, None], self.exchanges[0]))
        for t, held in self.day.view.held.items():
            every = np.tile(held, (len(self.heads), 1))
            laws[t] = joined_by(laws[t].reshape(len(every), -1), every).reshape(laws[t].shape)
        return laws

    def _lost(self, laws: Floats) -> float:
        """Return the largest chance to be lost with nobody in a segment, laws (K, B, N): longest lines."""
        whole = np.stack(self.operators.whole([0] * len(laws)))
        ends = np.matmul(laws[:, :, None], whole)[:, :, 0]
        later = np.zeros_like(laws)
        later[:-1] = self.day.lost_ahead[1:]
        for t, held in self.day.view.held.items():
            later[t - 1] = before_return(later[t - 1], held)
        later[..., -1] += 1.0
        return float((ends * later).sum(axis=2).max())

    def _onward(self) -> Floats:
        """Return what is late from each segment's end on, by the state there, (K x H, B, N)."""
        later = np.concatenate((self.day.ahead[1:], np.zeros_like(self.day.ahead[:1])))
        for t, held in self.day.view.held.items():
            later[t - 1] = before_return(later[t - 1], held)
        onward = before_leaving(later[:, None], self._taken(np.array(self.heads), self.exchanges[2]))
        for t in {back.left_at for back in self.day.returning.backs}:
            onward[t - 1] += np.stack([self.day.returning.ahead(t, k) for k in self.heads])
        return onward.reshape(-1, *later.shape[1:])

    def _taken(self, heads: Wholes, leavers: Wholes) -> Floats:
        """Return chances that leavers take so many calls along, (K, H, 1, Z, N)."""
        chances = taken(len(self.heads) - 1, self.operators.states)
        leavers = np.zeros_like(leavers) if self.day.view.is_handover else leavers
        return np.asarray(chances[heads, leavers][:, :, None])

    def _earlier(self) -> Floats:
        """Return how much later calls before segment t become that see its people change, (K, H, B)."""
        day, places = self.day, [(t, j) for t in self.segments for j in self.day.view.seeing[t]]
        out = np.zeros((len(self.segments), len(self.heads), day.late.shape[1]))
        if not places:
            return out
        rows = [
            Row(j, self.timeline.heads[j], day.view.path(j, self.others[t][k]))
            for t, j in places
            for k in self.heads
        ]
        late = self.operators.late_in_window(rows, day.reached).reshape(len(places), len(self.heads), -1)
        more = late - day.late_in_window[[j for _, j in places], None]
        np.add.at(out, [t for t, _ in places], more)
        return out

    def _others(self, t: int, k: int) -> dict[int, Change]:
        """Return the changes at the start and the end of segment t, were k people there."""
        turns = self.day.view.turns
        leaves, joins, end_leaves, end_joins = self.exchanges[:, t, k].tolist()
        out = {t: turns[t].other(k, leaves, joins)}
        if t + 1 < len(turns):
            out[t + 1] = turns[t + 1].other(turns[t + 1].heads, end_leaves, end_joins)
        return out
