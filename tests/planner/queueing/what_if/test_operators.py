"""The operator library: any plan's late calls as the exact chain has them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.quadrature import gamma_nodes
from planner.queueing.line import Conventions, Line, Returns
from planner.queueing.timeline import Timeline
from planner.queueing.what_if.operators import Scenarios, library
from tests.planner.queueing.small_plans import MOST_HEADS, lunch_plan, plans

lines = st.builds(
    Line, st.sampled_from([3.0, 9.0]), st.sampled_from([1.0, 5.0, np.inf]), st.sampled_from([None, 2.0])
)
rules = st.builds(
    Conventions, st.sampled_from(["exhaustive", "handover"]), st.sampled_from(["full", "on_time"])
)


def exact_late(
    line: Line, day: Timeline, rates: np.ndarray, limit_min: float, rule: Conventions
) -> np.ndarray:
    return exact_days(line, day, rates, (limit_min,), rule).late[0].sum(axis=1)


@settings(max_examples=60)
@given(
    day=plans(), line=lines, rule=rules, limit=st.sampled_from([0.0, 1 / 3, 1.0, 5.0, 17.0]), data=st.data()
)
def test_a_plan_is_as_late_as_by_the_exact_chain(
    day: Timeline, line: Line, rule: Conventions, limit: float, data: st.DataObject
) -> None:
    rate = st.floats(0.0, 0.6)
    rates = np.array([[data.draw(rate) for _ in day.heads] for _ in range(2)])
    known = library(line, day.bounds_min, Scenarios(rates, np.array([0.3, 0.7])), limit, MOST_HEADS, rule)
    assert known.late(day) == pytest.approx(exact_late(line, day, rates, limit, rule), abs=1e-9)


@pytest.mark.parametrize("returns", ["full", "on_time"])
@pytest.mark.parametrize("limit", [1.0, 20.0])
def test_those_who_come_back_are_held_up_as_in_the_exact_chain(returns: Returns, limit: float) -> None:
    day, line, rule = lunch_plan(), Line(9.0, 5.0), Conventions(returns=returns)
    factors, weights = gamma_nodes(0.3)
    rates = factors[:, None] * np.full(len(day.heads), 0.25)
    found = library(line, day.bounds_min, Scenarios(rates, weights), limit, 3, rule).late(day)
    assert found == pytest.approx(exact_late(line, day, rates, limit, rule), abs=1e-9)


def test_a_library_grows_with_the_line() -> None:
    bounds = (0, 1200, 1440)
    line, rates = Line(9.0), np.full((1, 2), 0.1)
    known = library(line, bounds, Scenarios(rates, np.ones(1)), 1.0, 6)
    good = Timeline(bounds, (2, 6), (0, 0), (0, 4))
    poor = Timeline(bounds, (0, 6), (0, 0), (0, 6))
    before = known.late(good)
    for day in (poor, good):
        assert known.late(day) == pytest.approx(exact_late(line, day, rates, 1.0, Conventions()), abs=1e-9)
    assert known.late(good) == pytest.approx(before, abs=1e-11)


def test_a_line_that_no_library_can_hold_is_refused() -> None:
    bounds = tuple(range(0, 1441, 15))
    nobody = Timeline(bounds, (0,) * 96, (0,) * 96, (0,) * 96)
    rates = np.full((20, 96), 2.0)
    known = library(Line(9.0), bounds, Scenarios(rates, np.full(20, 0.05)), 1.0, 20)
    with pytest.raises(
        ValueError, match=r"a line of \d+ states is too long for a library of 40320 operators"
    ):
        known.late(nobody)


def test_bad_input_is_refused_by_name() -> None:
    rates, one = np.full((1, 2), 0.2), np.ones(1)
    with pytest.raises(ValueError, match=r"weights sum to 0\.9: 1 is wanted"):
        Scenarios(rates, np.array([0.9]))
    with pytest.raises(ValueError, match=r"weights\[1\] is -0\.5: 0 or more"):
        Scenarios(np.full((2, 2), 0.2), np.array([1.5, -0.5]))
    with pytest.raises(ValueError, match=r"calls_per_min\[0, 1\] is nan: 0 or more"):
        Scenarios(np.array([[0.1, np.nan]]), one)
    with pytest.raises(ValueError, match=r"calls_per_min has shape \(1, 2\), weights \(2,\)"):
        Scenarios(rates, np.full(2, 0.5))
    demand = Scenarios(rates, one)
    with pytest.raises(ValueError, match=r"calls_per_min has shape \(1, 2\): \(scenarios, 3\) is wanted"):
        library(Line(9.0), (0, 15, 30, 45), demand, 1.0, 4)
    with pytest.raises(
        ValueError, match=r"bounds_min\[1\] and \[2\] are 15 and 15.*limit_min is -1.*most_heads is 0"
    ):
        library(Line(9.0), (0, 15, 15), demand, -1.0, 0)
    known = library(Line(9.0), (0, 15, 30), demand, 1.0, 4)
    with pytest.raises(
        ValueError, match=r"the plan's bounds are \(0, 15, 40\) min, the library's are \(0, 15, 30\)"
    ):
        known.late(Timeline((0, 15, 40), (1, 1), (0, 0), (0, 0)))
    with pytest.raises(ValueError, match=r"segment 1 has 5 heads: 4 at most"):
        known.late(Timeline((0, 15, 30), (1, 5), (0, 0), (0, 4)))
