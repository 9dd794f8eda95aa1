"""The day cut into steps of the law, and into spans in which callers see the same changes of heads."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from planner.queueing.timeline import Timeline

_SAME_MIN = 1e-9


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a segment in which the law takes one step."""

    segment: int
    start_min: float
    end_min: float

    @property
    def minutes(self) -> float:
        """Its length."""
        return self.end_min - self.start_min


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a segment whose callers see people come or go at the start of the segments ``seen`` in time.

    ``pieces``: the places of the pieces that it consists of.
    """

    segment: int
    start_min: float
    end_min: float
    seen: tuple[int, ...]
    pieces: tuple[int, ...]


def pieces(timeline: Timeline, limits_min: Iterable[float], cuts: Iterable[float]) -> tuple[Piece, ...]:
    """Cut at the segments' bounds, at ``cuts``, and a limit before each moment at which people come or go."""
    return _pieces(timeline, tuple(limits_min), tuple(cuts))


@lru_cache(maxsize=64)  # a plan is asked for again and again, at other volumes
def _pieces(timeline: Timeline, limits_min: tuple[float, ...], cuts: tuple[float, ...]) -> tuple[Piece, ...]:
    bounds = timeline.bounds_min
    before = {float(bounds[k]) - limit for k in _turns(timeline) for limit in limits_min}
    inside = sorted(m for m in {float(b) for b in bounds} | {*cuts} | before if bounds[0] <= m <= bounds[-1])
    kept = inside[:1]
    for minute in inside[1:]:
        if minute - kept[-1] > _SAME_MIN:
            kept.append(minute)
    found, segment = [], 0
    for start, end in pairwise(kept):
        while bounds[segment + 1] <= start + _SAME_MIN:
            segment += 1
        found.append(Piece(segment, start, end))
    return tuple(found)


@lru_cache(maxsize=64)
def spans(timeline: Timeline, cut: tuple[Piece, ...], limit_min: float) -> tuple[Span, ...]:
    """Join neighbouring pieces of a segment whose callers see the same within the limit."""
    turns = _turns(timeline)

    def seen(place: int) -> tuple[int, tuple[int, ...]]:
        piece = cut[place]
        middle = (piece.start_min + piece.end_min) / 2
        ahead = (k for k in turns if middle < timeline.bounds_min[k] < middle + limit_min)
        return piece.segment, tuple(ahead)

    found = []
    for (segment, ahead), group in groupby(range(len(cut)), key=seen):
        places = tuple(group)
        start, end = cut[places[0]].start_min, cut[places[-1]].end_min
        found.append(Span(segment, start, end, ahead, places))
    return tuple(found)


def _turns(timeline: Timeline) -> list[int]:
    return [k for k in range(1, len(timeline.heads)) if timeline.leaves[k] or timeline.joins[k]]
