"""Calls not answered within a limit, by the segment in which they come."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import sqrt

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.birth_death import deaths, stepped
from planner.queueing.exact.caller import Caller, Turn, caller, places_within
from planner.queueing.exact.course import Course
from planner.queueing.exact.pieces import Span, spans
from planner.queueing.exact.step_chain import step_chain
from planner.queueing.exact.uniformised import rate_of, step_chances
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline

# Gauss nodes of a span whose callers see people come or go: five, and one more for each time that something
# changes in it, up to so many.
_FEWEST_NODES, _TIMES_A_PART, _TIMES_A_GRADED_PART = 5, 15.0, 7.0
_FEW_STEPS = 300.0


def late_calls(
    line: Line,
    timeline: Timeline,
    births: Floats,
    found: Course,
    limit_min: float,
    conventions: Conventions,
) -> Floats:
    """Return calls not answered within the limit, (B, K).

    A span whose callers see constant heads has one function of the state, integrated exactly with the law;
    the others are integrated by Gauss' rule (METHODS.md section 2).
    """
    cut = spans(timeline, found.pieces, limit_min)
    joiners = max(sum(timeline.joins[k] for k in span.seen) for span in cut)
    places = places_within(line, found.states, max(timeline.heads), limit_min, joiners)
    view = _View(timeline, conventions, found, caller(line, places), limit_min)
    out = np.zeros_like(births)
    steady = {h: missed(view.caller, h, (), limit_min, found.states)[0] for h in set(timeline.heads)}
    for span in cut:
        if not span.seen:
            for place in span.pieces:
                out[:, span.segment] += found.spent[place] @ steady[timeline.heads[span.segment]]
    pace = changes_per_min(line, max(timeline.heads), float(births.max()))
    nodes = [node for span in cut if span.seen for node in _nodes(span, found, pace)]
    for node, law in zip(nodes, _laws_at(line, timeline, births, found, nodes), strict=True):
        late = view.late(node.span, node.minute)
        share = law @ late[0] if len(late) == 1 else (law * late).sum(axis=1)
        out[:, node.span.segment] += node.weight * share
    return np.asarray(out * births)


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    """A moment of a span at which the law is asked for, and its piece; ``weight`` in minutes."""

    span: Span
    piece: int
    minute: float
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """What callers of a day see."""

    timeline: Timeline
    conventions: Conventions
    found: Course
    caller: Caller
    limit_min: float

    def late(self, span: Span, minute: float) -> Floats:
        """Return the chance to miss the limit by the number in the system at arrival, (1 or B, N)."""
        heads = self.timeline.heads[span.segment]
        turns = tuple(self._turn(k, minute) for k in span.seen)
        return missed(self.caller, heads, turns, self.limit_min, self.found.states)

    def _turn(self, k: int, minute: float) -> Turn:
        back = self.timeline.leaves[k] if self.conventions.shift_end == "handover" else 0
        after = self.timeline.bounds_min[k] - minute
        return Turn(after, self.timeline.heads[k], self.timeline.joins[k] - back, self.found.held.get(k))


def _nodes(span: Span, found: Course, pace_per_min: float) -> list[_Node]:
    moments, weights = nodes_within(span.start_min, span.end_min, pace_per_min)
    starts = [found.pieces[p].start_min for p in span.pieces]
    within = np.searchsorted(starts, moments, side="right") - 1
    return [
        _Node(span, span.pieces[p], float(m), float(w))
        for p, m, w in zip(within, moments, weights, strict=True)
    ]


def missed(caller: Caller, heads: int, turns: tuple[Turn, ...], limit_min: float, states: int) -> Floats:
    """Return the chance to miss the limit by the number in the system at arrival, (1 or B, states)."""
    answered = caller.answered_through(heads, turns, limit_min)
    late = np.ones((len(answered), states))
    late[:, :heads] = 0.0
    room = min(caller.places, states - heads)
    late[:, heads : heads + room] -= answered[:, : max(room, 0)]
    return late


def changes_per_min(line: Line, heads: int, births: float) -> float:
    """Return the pace of law and outlook: how fast a line forgets, and how soon the first of few is taken.

    Where there are many people no single call changes much: their law has a width of about its root.
    """
    forgotten = 2 * sqrt(heads) * line.service_per_min + line.leaving_per_min + line.measured_leaving_per_min
    return forgotten + births / (1 + heads)


def nodes_within(start_min: float, end_min: float, pace_per_min: float) -> tuple[Floats, Floats]:
    """Return the moments of Gauss' rule for a span whose callers see people come or go, and their minutes.

    ``pace_per_min``: how fast law and outlook move; a span of many such times is cut finely at its ends.
    """
    cuts = [start_min, *_graded(end_min - start_min, pace_per_min) + start_min, end_min]
    parts = []
    for start, end in pairwise(cuts):
        most = _TIMES_A_PART if len(cuts) == 2 else _TIMES_A_GRADED_PART
        times = min((end - start) * pace_per_min, most)
        at, weight = _gauss(_FEWEST_NODES + int(max(times - 0.5, 0.0)))
        parts.append((start + (end - start) * (1 + at) / 2, weight * (end - start) / 2))
    moments, weights = (np.concatenate(x) for x in zip(*parts, strict=True))
    return moments, weights


def _graded(minutes: float, pace_per_min: float) -> Floats:
    """Return where to cut a span (from its start): none if short, else ever longer parts from both ends."""
    times = minutes * pace_per_min
    if times <= _TIMES_A_PART:
        return np.zeros(0)
    doublings = int(np.log2(times / _TIMES_A_PART)) + 1
    parts = np.cumsum(2.0 ** np.arange(doublings))
    from_start = minutes / 2 * parts / parts[-1]
    return np.unique(np.concatenate((from_start, minutes - from_start[:-1])))


@cache
def _gauss(count: int) -> tuple[Floats, Floats]:
    at, weight = np.polynomial.legendre.leggauss(count)
    return at, weight


def _laws_at(line: Line, timeline: Timeline, births: Floats, found: Course, nodes: list[_Node]) -> Floats:
    """Return the laws at the nodes (nodes, B, N), each from the start of its piece, alike pieces at once."""
    out = np.empty((len(nodes), *found.starts.shape[1:]))
    within: dict[int, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        within[node.piece].append(place)
    alike: dict[tuple[float, ...], list[int]] = defaultdict(list)
    for piece, places in within.items():
        start = found.pieces[piece].start_min
        alike[tuple(round(nodes[p].minute - start, 9) for p in places)].append(piece)
    for minutes, some in alike.items():
        segments = [found.pieces[p].segment for p in some]
        dying = deaths(line, np.array(timeline.heads)[segments], found.states)[:, None]
        laws = _after(found.starts[some], births.T[segments][..., None], dying, np.array(minutes))
        for n, piece in enumerate(some):
            out[within[piece]] = laws[:, n]
    return out


def _after(laws: Floats, births: Floats, dying: Floats, minutes: Floats) -> Floats:
    """Return laws (P, B, N) after so many minutes (M,): (M, P, B, N); births (P, B, 1), dying (P, 1, N).

    A few steps of the uniformised chain serve all moments; where many would be due, the poles are quicker.
    """
    rate = rate_of(float((births + dying).max()))
    if rate * minutes.max() <= _FEW_STEPS:
        return step_chain(births / rate, dying / rate).after(laws, step_chances(rate, minutes))
    rows = minutes.size * laws.shape[0] * laws.shape[1]
    shape = (minutes.size, *laws.shape)
    after = stepped(
        np.broadcast_to(laws, shape).reshape(rows, -1),
        np.broadcast_to(births, (*shape[:-1], 1)).reshape(rows),
        np.broadcast_to(dying, shape).reshape(rows, -1),
        np.broadcast_to(minutes[:, None, None], shape[:-1]).reshape(rows),
    )
    return np.asarray(after.reshape(shape))
