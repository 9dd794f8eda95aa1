"""One line for callers of different patience, against a simulation that keeps them apart."""

from math import inf

import numpy as np
import pytest

from forecasts.distribution import Floats
from planner.queueing.arrivals import Arrivals, Kinds
from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.mixed import Callers, mixed
from planner.queueing.line import Conventions, Line
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.estimates import estimates
from planner.queueing.timeline import timeline
from tests.planner.queueing.day_plans import plan
from tests.planner.queueing_builder import make_shop

SHOP = make_shop(
    ((510, 690), (750, 900), (960, 1050)),
    ((510, 720), (780, 990)),
    ((555, 630), (690, 750), (810, 1095)),
    ((555, 600), (660, 780), (840, 1095)),
)
USUAL = Conventions()


def callers(visitors: float, patience: tuple[float, float] = (5.0, inf)) -> Callers:
    share = np.array([1 - visitors, visitors])
    return Callers(share, np.array([18.0, 18.0]), np.array(patience), np.array([1.0, 0.0]))


def a_day(calls: float) -> Floats:
    start = np.arange(96) * 15.0
    hill = 1 + np.exp(-(((start - 600) / 60) ** 2)) + 0.6 * np.exp(-(((start - 840) / 90) ** 2))
    inside = np.where((start >= 510) & (start < 1095), hill, 0.0)
    return np.asarray(calls * inside / inside.sum())


@pytest.mark.parametrize("calls", [50.0, 70.0])
def test_visitors_who_never_hang_up(calls: float) -> None:
    plan_ = timeline(SHOP, 15)
    rates = (a_day(calls) / 15)[list(plan_.slots(15))]
    who = callers(0.09)
    found = mixed(who, plan_, rates, USUAL)
    day = exact_days(found.line, plan_, rates[None], [1.0])
    lost = (day.abandoned.sum() + day.closed.abandoned[0]) * found.loss_share
    kinds = Kinds(
        who.handling_min, np.ones(2), who.patience_min, np.array([True, True]), np.array([True, False]),
        law="exponential",
    )  # fmt: skip
    arrivals = Arrivals(a_day(calls)[None, None, :, None] * who.share, 15, kinds)
    simulated = estimates(arrivals, crew([SHOP]), 1.0, 30_000, 3)
    assert simulated.day_error[0] < 0.0006
    assert day.in_time()[0, 0] == pytest.approx(simulated.day_share[0], abs=0.0035)
    rate = simulated.mean.answered.sum() / simulated.mean.offered.sum()
    assert 1 - lost / (0.91 * calls) == pytest.approx(rate, abs=0.0025)
    waited = (day.wait_min.sum() + day.closed.wait_min[0]) * found.wait_share
    assert waited == pytest.approx(simulated.mean.wait_min.sum(), rel=0.05)
    # Who stays stands longer in the line than their share of the calls.
    assert 0.6 < found.wait_share < 0.91
    assert found.loss_share == 1.0
    assert 5.0 / 0.91 < found.line.patience_min < 5.0 / 0.6


def test_who_hangs_up_is_shared_as_the_line_not_as_the_calls() -> None:
    found = mixed(callers(0.4, (2.0, 20.0)), plan([2, 1, 2], 60), np.full(3, 0.25), USUAL)
    stands = found.wait_share
    assert 0.2 < stands < 0.55
    assert found.loss_share == pytest.approx(stands / 2 / (stands / 2 + (1 - stands) / 20))
    assert 1 / found.line.patience_min == pytest.approx(stands / 2 + (1 - stands) / 20, rel=2e-3)


def test_callers_who_are_alike_are_one_line() -> None:
    plan_ = plan([2, 2])
    found = mixed(callers(0.3, (5.0, 5.0)), plan_, np.full(2, 0.2), USUAL)
    assert found.line.patience_min == pytest.approx(5.0)
    assert found.line == Line(18.0, found.line.patience_min, found.line.measured_patience_min)
    assert found.wait_share == pytest.approx(0.7)
    assert found.loss_share == pytest.approx(0.7)


def test_nobody_hangs_up() -> None:
    found = mixed(callers(0.3, (inf, inf)), plan([2, 2]), np.full(2, 0.05), USUAL)
    assert found.line == Line(18.0, inf, inf)
    assert found.wait_share == pytest.approx(0.7)


def test_who_is_left_when_nobody_is_there_is_lost_too() -> None:
    found = mixed(callers(0.3, (inf, inf)), plan([2, 0]), np.full(2, 0.05), USUAL)
    assert found.loss_share == pytest.approx(0.7)


def test_a_kind_without_calls_changes_nothing() -> None:
    plan_ = plan([2, 1, 2])
    alone = mixed(
        Callers(np.ones(1), np.array([18.0]), np.array([5.0]), np.ones(1)), plan_, np.full(3, 0.1), USUAL
    )
    beside = mixed(callers(0.0), plan_, np.full(3, 0.1), USUAL)
    assert beside == alone


def test_handling_is_the_mean_of_all_and_measured_patience_that_of_the_measured() -> None:
    who = Callers(
        np.array([0.5, 0.25, 0.25]),
        np.array([10.0, 20.0, 30.0]),
        np.array([4.0, 8.0, inf]),
        np.array([1.0, 1.0, 0.0]),
    )
    found = mixed(who, plan([2, 2]), np.full(2, 0.2), USUAL)
    assert found.line.handling_min == pytest.approx(17.5)
    measured = found.line.measured_patience_min
    assert measured is not None
    assert 1 / measured == pytest.approx((2 / 3) / 4 + (1 / 3) / 8)
    assert who.measured_share == pytest.approx([2 / 3, 1 / 3, 0.0])


def test_where_none_is_measured_all_are_asked_for() -> None:
    who = Callers(np.array([0.5, 0.5]), np.array([9.0, 9.0]), np.array([4.0, 8.0]), np.zeros(2))
    assert who.measured_share == pytest.approx([0.5, 0.5])
    assert mixed(who, plan([2]), np.array([0.1]), USUAL).wait_share == 0.0


@pytest.mark.parametrize("heads", [[0, 0], [0, 3], [3, 0]])
def test_slots_with_nobody_do_no_harm(heads: list[int]) -> None:
    found = mixed(callers(0.3), plan(heads), np.full(2, 0.2), USUAL)
    assert 5.0 < found.line.patience_min < inf
    assert 0 < found.wait_share < 0.75
