"""The day as a fluid: steps in which the mean moves little, and states that hold the law."""

from math import inf

import numpy as np
import pytest

from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.fluid import flow, states_held
from planner.queueing.line import Conventions, Line
from tests.planner.queueing.day_plans import plan

USUAL, HANDOVER = Conventions(), Conventions("handover")


def test_nobody_comes() -> None:
    found = flow(Line(9.0, 5.0), plan([3, 0]), USUAL, [0.0, 0.0])
    assert (found.peak, found.cuts) == (0.0, ())
    assert found.states(3) >= 8


@pytest.mark.parametrize(("line", "heads", "rate"), [(Line(9.0, 5.0), 500, 5.0), (Line(9.0, 5.0), 3, 2.0)])
def test_a_long_steady_day_peaks_where_inflow_and_outflow_are_equal(
    line: Line, heads: int, rate: float
) -> None:
    found = flow(line, plan([heads] * 8, 60), USUAL, [rate] * 8)
    served = min(rate * line.handling_min, heads)
    steady = served + max(rate - served * line.service_per_min, 0.0) * line.patience_min
    assert found.peak == pytest.approx(steady, rel=1e-3)


def test_without_hanging_up_the_line_only_grows() -> None:
    found = flow(Line(9.0), plan([3, 3], 60), USUAL, [2.0, 2.0])
    assert found.peak == pytest.approx(120 * (2.0 - 3 / 9), rel=0.05)


def test_steps_end_before_the_mean_moves_far() -> None:
    line, plan_ = Line(9.0), plan([40, 0, 40], 60)
    cuts = np.array(flow(line, plan_, USUAL, [4.0, 4.0, 0.0]).cuts)
    assert cuts.size > 30
    filling = cuts[(cuts > 60) & (cuts < 120)]
    assert (np.diff(filling) * 4.0 <= 8.0 + 1e-9).all()
    assert ((cuts > 0) & (cuts < 180)).all()


def test_leavers_take_their_calls_along_only_if_they_finish_them() -> None:
    line, plan_ = Line(9.0), plan([10, 5], 15)
    gone = flow(line, plan_, USUAL, [2.0, 2.0]).peak
    kept = flow(line, plan_, HANDOVER, [2.0, 2.0]).peak
    assert gone < kept


@pytest.mark.parametrize(
    ("line", "heads"), [(Line(9.0), [0, 4]), (Line(9.0), [4]), (Line(9.0, 5.0), [0, 9, 2])]
)
@pytest.mark.parametrize("rate", [0.0, 0.2, 3.0])
def test_no_more_states_than_the_fluid_asks_for(line: Line, heads: list[int], rate: float) -> None:
    plan_, rates = plan(heads), [rate] * len(heads)
    run = flow(line, plan_, USUAL, rates)
    states = states_held(line, plan_, rates, run)
    assert max(heads) < states <= run.states(max(heads))
    assert states % 8 == 0


def test_a_desk_in_balance_holds_what_is_in_balance() -> None:
    """Idle people need few states: one person and a call an hour, held by 16."""
    plan_ = plan([1] * 4)
    rates = [1 / 60] * 4
    assert states_held(Line(6.0, 5.0), plan_, rates, flow(Line(6.0, 5.0), plan_, USUAL, rates)) == 16


@pytest.mark.parametrize("patience_min", [0.05, 1.0, 20.0, inf])
@pytest.mark.parametrize("load", [0.3, 0.95, 2.0])
@pytest.mark.parametrize("heads", [0, 1, 12])
def test_the_law_fits_whatever_the_fluid_says(heads: int, load: float, patience_min: float) -> None:
    """States are added until what the last one holds is nothing: no call is lost at it."""
    rate = load * max(heads, 1) / 9
    plan_ = plan([heads] * 4, 60)
    found = exact_days(Line(9.0, patience_min), plan_, np.full((1, 4), rate), [1.0])
    served = found.busy_min.sum() + found.closed.busy_min[0]
    assert found.answered[0] * 9 == pytest.approx(served, rel=1e-9, abs=1e-8)
