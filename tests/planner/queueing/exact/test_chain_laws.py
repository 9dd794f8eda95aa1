"""Laws that every day keeps: nothing is lost, more is never worse, and what known models say at the ends."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.distribution import Floats
from planner.queueing.exact.chain import Days, exact_days
from planner.queueing.formulas.erlang import erlang_a_waiting
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Return, Timeline, timeline
from tests.planner.queueing.day_plans import SmallDay, plan, small_days
from tests.planner.queueing_builder import make_shop

EXHAUSTIVE, HANDOVER = Conventions("exhaustive"), Conventions("handover")
BOTH = pytest.mark.parametrize("conventions", [EXHAUSTIVE, HANDOVER], ids=["exhaustive", "handover"])
LIMITS = (0.0, 1 / 3, 1.0, 5.0, 20.0)
BREAKS = timeline(
    make_shop(((540, 570), (585, 660)), ((540, 570), (590, 640)), ((540, 660),), opens=540, closes=660), 15
)


def solved(day: SmallDay, conventions: Conventions = EXHAUSTIVE) -> Days:
    return exact_days(day.line, day.timeline, day.rates, LIMITS, conventions)


def unaccounted(found: Days, handling_min: float) -> Floats:
    """Return calls that were neither served nor lost, by row (B,)."""
    minutes = found.busy_min.sum(axis=1) + found.overtime_min.sum(axis=1) + found.closed.busy_min
    lost = found.abandoned.sum(axis=1) + found.closed.abandoned + found.closed.left
    return np.asarray(found.offered.sum(axis=1) - minutes / handling_min - lost)


@BOTH
@settings(max_examples=60)
@given(day=small_days())
def test_every_call_is_served_or_lost(day: SmallDay, conventions: Conventions) -> None:
    found = solved(day, conventions)
    assert np.abs(unaccounted(found, day.line.handling_min)).max() < 1e-9
    assert found.answered[0] == pytest.approx(
        found.offered.sum() - found.abandoned.sum() - found.closed.abandoned[0] - found.closed.left[0]
    )


@pytest.mark.parametrize("returns", ["full", "on_time"])
@pytest.mark.parametrize("patience_min", [5.0, inf])
def test_every_call_is_served_or_lost_where_people_come_back(returns: str, patience_min: float) -> None:
    conventions = Conventions(returns="on_time" if returns == "on_time" else "full")
    assert len(BREAKS.returns) == 2
    rates = np.linspace(0.1, 0.5, 3)[:, None] * np.ones(len(BREAKS.heads))
    found = exact_days(Line(9.0, patience_min), BREAKS, rates, LIMITS, conventions)
    assert np.abs(unaccounted(found, 9.0)).max() < 1e-9


@BOTH
@settings(max_examples=60)
@given(day=small_days())
def test_who_waits_hangs_up_at_one_rate(day: SmallDay, conventions: Conventions) -> None:
    found = solved(day, conventions)
    assert found.abandoned == pytest.approx(found.wait_min * day.line.leaving_per_min, abs=1e-12)
    assert found.closed.abandoned == pytest.approx(found.closed.wait_min * day.line.leaving_per_min)


@BOTH
@settings(max_examples=60)
@given(day=small_days())
def test_a_longer_limit_is_missed_less_and_no_limit_by_all_who_wait(
    day: SmallDay, conventions: Conventions
) -> None:
    found = solved(day, conventions)
    assert (np.diff(found.late, axis=0) <= 1e-10).all()
    assert found.late[0] == pytest.approx(found.delayed, abs=1e-10)
    assert (found.late >= 0).all()
    assert (found.late <= found.offered).all()


@settings(max_examples=60)
@given(day=small_days(), where=st.integers(0, 3), more=st.integers(1, 2))
def test_more_people_in_a_segment_are_never_worse(day: SmallDay, where: int, more: int) -> None:
    """Exhaustive, leavers and joiners of the others unchanged: people who come for one segment alone."""
    few = day.timeline
    k = where % len(few.heads)
    heads, leaves, joins = list(few.heads), list(few.leaves), list(few.joins)
    heads[k] += more
    if k:
        joins[k] += more
    if k + 1 < len(heads):
        leaves[k + 1] += more
    many = Timeline(few.bounds_min, tuple(heads), tuple(leaves), tuple(joins))
    worse, better = solved(day), solved(replace(day, timeline=many))
    assert (better.late.sum(axis=2) <= worse.late.sum(axis=2) + 1e-9).all()
    if worse.closed.left[0] == 0.0:  # else some wait until they are turned away, and no longer
        waits = [d.wait_min.sum() + d.closed.wait_min[0] for d in (better, worse)]
        assert waits[0] <= waits[1] + 1e-8


@settings(max_examples=40)
@given(day=small_days(), more=st.integers(1, 2))
def test_more_people_all_day_are_never_worse_in_any_segment(day: SmallDay, more: int) -> None:
    plan_ = day.timeline
    many = replace(plan_, heads=tuple(h + more for h in plan_.heads))
    worse, better = solved(day), solved(replace(day, timeline=many))
    assert (better.late <= worse.late + 1e-9).all()
    assert (better.delayed <= worse.delayed + 1e-9).all()


@settings(max_examples=40)
@given(day=small_days(), factor=st.floats(1.0, 1.5))
def test_more_calls_are_never_better_in_any_segment(day: SmallDay, factor: float) -> None:
    busier = replace(day, calls_per_min=tuple(r * factor for r in day.calls_per_min))
    few, many = solved(day), solved(busier)
    late_few, late_many = few.late * many.offered, many.late * few.offered  # shares, without dividing by 0
    assert (late_few <= late_many + 1e-8).all()


@settings(max_examples=30)
@given(day=small_days())
def test_conventions_agree_where_nobody_leaves(day: SmallDay) -> None:
    plan_ = day.timeline
    heads = tuple(int(h) for h in np.maximum.accumulate(plan_.heads))
    joins = (0, *(int(j) for j in np.diff(heads)))
    growing = Timeline(plan_.bounds_min, heads, (0,) * len(heads), joins)
    one, other = (solved(replace(day, timeline=growing), c) for c in (EXHAUSTIVE, HANDOVER))
    assert one.late == pytest.approx(other.late, abs=1e-12)
    assert one.overtime_min.sum() == other.overtime_min.sum() == 0.0


def test_conventions_agree_as_calls_grow_short() -> None:
    plan_ = plan([4, 2, 3, 1], 30, swaps=[1, 1])
    gaps = []
    for handling in (8.0, 2.0, 0.5, 0.125):
        rates = np.full((1, 4), 1.6 / handling)
        shares = [
            exact_days(Line(handling, 5.0), plan_, rates, [1.0], c).in_time()[0, 0]
            for c in (EXHAUSTIVE, HANDOVER)
        ]
        gaps.append(abs(shares[0] - shares[1]))
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 2e-3 < 2e-2 < gaps[0]


def test_full_and_on_time_differ_only_where_people_come_back() -> None:
    rates = np.full((1, len(BREAKS.heads)), 0.3)
    without = replace(BREAKS, returns=())
    full, on_time = Conventions(), Conventions(returns="on_time")
    found = [
        exact_days(Line(9.0, 5.0), p, rates, LIMITS, c).late
        for p in (BREAKS, without)
        for c in (full, on_time)
    ]
    assert (found[2] == found[3]).all()
    assert found[0].sum() > found[1].sum() > found[2].sum()


def test_a_long_break_frees_who_comes_back_on_time() -> None:
    plan_ = Timeline((0, 30, 330, 360), (2, 1, 2), (0, 1, 0), (0, 0, 1), (Return(1, 2, 1),))
    rates = np.array([[0.2, 0.05, 0.2]])
    back = exact_days(Line(9.0, 5.0), plan_, rates, LIMITS, Conventions(returns="on_time")).late
    others = exact_days(Line(9.0, 5.0), replace(plan_, returns=()), rates, LIMITS).late
    assert back == pytest.approx(others, abs=1e-9)


@pytest.mark.parametrize(
    ("calls_per_min", "patience_min", "people"),
    [(0.25, inf, 3), (0.3, 5.0, 3), (0.6, 5.0, 3), (1.0, inf, 12), (2.0, 2.0, 12), (0.1, 30.0, 1)],
)
@pytest.mark.parametrize("limit_min", [0.0, 1 / 3, 5.0, 20.0])
def test_a_long_steady_day_is_erlangs(
    calls_per_min: float, patience_min: float, people: int, limit_min: float
) -> None:
    plan_ = plan([people] * 50, 60)
    found = exact_days(Line(9.0, patience_min), plan_, np.full((1, 50), calls_per_min), [limit_min])
    steady = erlang_a_waiting(
        calls_per_min, 9.0, None if patience_min == inf else patience_min, people, limit_min
    )
    offered = calls_per_min * 60
    assert found.late[0, 0, -1] / offered == pytest.approx(1 - steady.in_time, abs=1e-8)
    assert found.abandoned[0, -1] / offered == pytest.approx(steady.abandoned, abs=1e-8)
    assert found.wait_min[0, -1] / offered == pytest.approx(steady.mean_wait_min, abs=1e-7)


@BOTH
@pytest.mark.parametrize("patience_min", [0.05, 5.0, inf])
def test_nobody_there_answers_nobody(conventions: Conventions, patience_min: float) -> None:
    found = exact_days(Line(9.0, patience_min), plan([0] * 4), np.full((2, 4), 0.2), LIMITS, conventions)
    assert found.late == pytest.approx(np.broadcast_to(found.offered, found.late.shape), abs=1e-9)
    assert found.answered == pytest.approx(np.zeros(2), abs=1e-9)
    assert found.busy_min == pytest.approx(np.zeros((2, 4)), abs=1e-9)


@BOTH
@settings(max_examples=20)
@given(day=small_days())
def test_endless_patience_is_the_limit_of_long_patience(day: SmallDay, conventions: Conventions) -> None:
    never, hardly = (replace(day, line=Line(day.line.handling_min, p)) for p in (inf, 1e9))
    one, other = solved(never, conventions), solved(hardly, conventions)
    assert one.late == pytest.approx(other.late, abs=1e-6)
    assert one.wait_min == pytest.approx(other.wait_min, abs=1e-5)


@pytest.mark.parametrize("people", [1, 2, 4])
def test_people_who_stay_for_the_last_calls_answer_all_who_do_not_hang_up(people: int) -> None:
    found = exact_days(Line(9.0), plan([people] * 2), np.full((1, 2), 0.3 * people), LIMITS)
    assert found.closed.answered == pytest.approx(found.waiting[:, -1])
    assert found.answered == pytest.approx(found.offered.sum(axis=1))
