"""The day in pieces and spans: nothing left out, nothing twice, the same changes seen all through a span."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.queueing.exact.pieces import Piece, Span, pieces, spans
from planner.queueing.timeline import Timeline
from tests.planner.queueing.day_plans import SmallDay, limits, plan, small_days


def test_a_limit_before_each_change_and_nowhere_else() -> None:
    plan_ = plan([2, 2, 3, 3])
    found = pieces(plan_, [4.0], [10.0, 50.0])
    assert [p.start_min for p in found] == [0, 10, 15, 26, 30, 45, 50]
    assert [p.segment for p in found] == [0, 0, 1, 1, 2, 3, 3]
    assert found[2] == Piece(1, 15.0, 26.0)
    assert found[2].minutes == 11.0


def test_spans_join_pieces_that_see_the_same() -> None:
    plan_ = plan([2, 2, 3, 3])
    cut = pieces(plan_, [4.0, 20.0], [])
    assert spans(plan_, cut, 4.0) == (
        Span(0, 0.0, 15.0, (), (0, 1)),
        Span(1, 15.0, 26.0, (), (2,)),
        Span(1, 26.0, 30.0, (2,), (3,)),
        Span(2, 30.0, 45.0, (), (4,)),
        Span(3, 45.0, 60.0, (), (5,)),
    )
    assert [s.seen for s in spans(plan_, cut, 20.0)] == [(), (2,), (2,), (), ()]


@given(
    day=small_days(most_segments=6),
    limit_min=limits,
    other_min=limits,
    cuts=st.lists(st.floats(0.0, 80.0), max_size=6),
)
def test_they_cover_the_day_once(
    day: SmallDay, limit_min: float, other_min: float, cuts: list[float]
) -> None:
    plan_: Timeline = day.timeline
    cut = pieces(plan_, [limit_min, other_min], cuts)
    assert cut[0].start_min == plan_.bounds_min[0]
    assert cut[-1].end_min == pytest.approx(plan_.bounds_min[-1], abs=1e-8)
    assert all(a.end_min == b.start_min for a, b in pairwise(cut))
    assert all(p.minutes > 1e-10 for p in cut)
    assert {p.segment for p in cut} == set(range(len(plan_.heads)))
    for p in cut:
        assert plan_.bounds_min[p.segment] - 1e-8 <= p.start_min
        assert p.end_min <= plan_.bounds_min[p.segment + 1] + 1e-8
    found = spans(plan_, cut, limit_min)
    assert [n for s in found for n in s.pieces] == list(range(len(cut)))
    turns = [k for k in range(len(plan_.heads)) if plan_.leaves[k] or plan_.joins[k]]
    for span in found:
        assert {cut[n].segment for n in span.pieces} == {span.segment}
        for minute in (span.start_min + 1e-7, span.end_min - 1e-7):
            ahead = tuple(k for k in turns if minute < plan_.bounds_min[k] < minute + limit_min)
            assert span.seen == ahead or span.end_min - span.start_min < 1e-6
