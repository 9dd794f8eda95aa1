"""Late calls against dense matrices that know nothing of the chain, and what a caller's chances must obey."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.lateness import nodes_within
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Return, Timeline
from tests.planner.queueing.day_plans import SmallDay, limits, plan, small_days
from tests.planner.queueing.dense_day import DenseDay

EXHAUSTIVE, HANDOVER = Conventions("exhaustive"), Conventions("handover")
BOTH = pytest.mark.parametrize("conventions", [EXHAUSTIVE, HANDOVER], ids=["exhaustive", "handover"])


def off(
    day: SmallDay, limit_min: float, conventions: Conventions, states: int = 56, longest_min: float = 4.0
) -> float:
    """Return the largest difference from the dense day, in calls."""
    found = exact_days(day.line, day.timeline, day.rates, [limit_min], conventions).late[0, 0]
    is_handover = conventions.shift_end == "handover"
    dense = DenseDay(day.line, day.timeline, day.calls_per_min, is_handover, states, longest_min).late(
        limit_min
    )
    return float(np.abs(found - dense).max())


@BOTH
@settings(max_examples=40)
@given(day=small_days(), limit_min=limits)
def test_late_calls_are_those_of_dense_matrices(
    day: SmallDay, limit_min: float, conventions: Conventions
) -> None:
    assert off(day, limit_min, conventions) < 1e-9


@BOTH
@pytest.mark.parametrize("patience_min", [5.0, float("inf")])
@pytest.mark.parametrize("limit_min", [1.0, 12.0])
def test_four_of_five_go_while_three_come(
    limit_min: float, patience_min: float, conventions: Conventions
) -> None:
    plan_ = plan([5, 4, 0, 3], 5, swaps=[3])
    day = SmallDay(Line(9.0, patience_min), plan_, (0.6, 0.6, 0.5, 0.4))
    assert off(day, limit_min, conventions) < 1e-9


def test_everybody_is_replaced_again_and_again_within_the_limit() -> None:
    day = SmallDay(Line(300.0), plan([3] * 8, 5, swaps=[3] * 7), (1.2,) * 8)
    assert off(day, 34.0, EXHAUSTIVE, states=90) < 1e-9


@pytest.mark.parametrize("line", [Line(9.0, 0.05), Line(1.0, 0.5), Line(0.5, 0.5)], ids=str)
def test_quick_lines_are_integrated_as_finely(line: Line) -> None:
    load = 1.2 / line.handling_min
    day = SmallDay(line, plan([1, 2, 1], 15), (load, 2 * load, load))
    assert off(day, 13.0, EXHAUSTIVE, states=40, longest_min=0.5) < 1e-9


def test_the_closing_is_no_end_for_who_waits() -> None:
    short, long = (plan([2] * n) for n in (2, 4))
    day = exact_days(Line(9.0, 5.0), short, np.full((1, 2), 0.3), [20.0]).late[0, 0]
    longer = exact_days(Line(9.0, 5.0), long, np.full((1, 4), 0.3), [20.0]).late[0, 0]
    assert np.abs(day - longer[:2]).max() < 1e-11


@BOTH
def test_where_nobody_comes_within_the_limit_every_call_is_late(conventions: Conventions) -> None:
    found = exact_days(Line(9.0, 5.0), plan([0, 0, 2]), np.full((1, 3), 0.3), [5.0], conventions)
    assert found.late[0, 0, 0] == pytest.approx(found.offered[0, 0], abs=1e-9)
    assert 0 < found.late[0, 0, 1] < found.offered[0, 1]
    alone = exact_days(Line(9.0), plan([0, 0, 0]), np.full((1, 3), 0.3), [60.0], conventions)
    assert alone.late[0] == pytest.approx(alone.offered, abs=1e-10)
    assert alone.closed.left == pytest.approx(alone.offered.sum(), abs=1e-9)


def test_callers_see_that_who_comes_back_is_still_on_a_call() -> None:
    """One of calls without end: whoever left on one never answers again, unless it was handed over."""
    line, rates = Line(1e7, 5.0), np.array([[0.5, 0.05, 0.05]])
    away = Timeline((0, 30, 45, 60), (1, 0, 1), (0, 1, 0), (0, 0, 1), (Return(1, 2, 1),))
    held = exact_days(line, away, rates, [20.0])
    assert held.late[0, 0, 1:] == pytest.approx(held.offered[0, 1:], abs=1e-4)
    other = exact_days(line, replace(away, returns=()), rates, [20.0])
    assert other.late[0, 0, 1] < 0.95 * other.offered[0, 1]


def test_a_cut_at_which_nobody_comes_or_goes_changes_nothing() -> None:
    whole = Timeline((0, 30, 60), (2, 3), (0, 0), (0, 1))
    cut = Timeline((0, 11, 30, 37, 60), (2, 2, 3, 3), (0,) * 4, (0, 0, 1, 0))
    one = exact_days(Line(9.0, 5.0), whole, np.array([[0.4, 0.5]]), [7.0]).late[0, 0]
    parts = exact_days(Line(9.0, 5.0), cut, np.array([[0.4, 0.4, 0.5, 0.5]]), [7.0]).late[0, 0]
    assert parts.reshape(2, 2).sum(axis=1) == pytest.approx(one, abs=1e-10)


def test_other_patience_is_only_the_measured_callers_own() -> None:
    day = SmallDay(Line(9.0, 5.0), plan([2, 1, 3]), (0.3, 0.3, 0.3))
    same = replace(day, line=Line(9.0, 5.0, 5.0))
    shares = [
        exact_days(d.line, d.timeline, d.rates, [2.0]).late.sum()
        for d in (
            replace(day, line=Line(9.0, 5.0, float("inf"))),
            same,
            replace(day, line=Line(9.0, 5.0, 1.0)),
        )
    ]
    assert shares == sorted(shares)
    assert exact_days(same.line, same.timeline, same.rates, [2.0]).late == pytest.approx(
        exact_days(day.line, day.timeline, day.rates, [2.0]).late, abs=1e-13
    )


@pytest.mark.parametrize("settles_per_min", [0.01, 0.5, 20.0])
@pytest.mark.parametrize("minutes", [0.01, 1.0, 15.0, 60.0])
def test_the_nodes_of_a_span_lie_in_it_and_add_up(minutes: float, settles_per_min: float) -> None:
    at, weight = nodes_within(30.0, 30.0 + minutes, settles_per_min)
    assert weight.sum() == pytest.approx(minutes, rel=1e-13)
    assert ((at > 30.0) & (at < 30.0 + minutes)).all()
    assert weight @ at**3 == pytest.approx(((30.0 + minutes) ** 4 - 30.0**4) / 4, rel=1e-12)
