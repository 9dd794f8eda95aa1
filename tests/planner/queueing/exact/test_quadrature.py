"""Gamma demand as a few days with weights."""

from math import inf, nan, prod

import numpy as np
import pytest

from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.quadrature import gamma_nodes
from planner.queueing.line import Line
from tests.planner.queueing.day_plans import plan


@pytest.mark.parametrize("cv", [1e-4, 0.05, 0.22, 0.6, 1.0])
@pytest.mark.parametrize("nodes", [1, 3, 5, 12])
def test_moments_are_the_gammas(cv: float, nodes: int) -> None:
    at, weight = gamma_nodes(cv, nodes)
    assert at.shape == weight.shape == (nodes,)
    assert (at > 0).all()
    assert (weight > 0).all()
    shape = cv**-2
    for power in range(2 * nodes):
        moment = prod((shape + n) / shape for n in range(power))
        assert weight @ at**power == pytest.approx(moment, rel=1e-9)


def test_no_spread_is_one_day() -> None:
    at, weight = gamma_nodes(0.0)
    assert (at.tolist(), weight.tolist()) == ([1.0], [1.0])


def test_the_smallest_spread_is_a_standard_deviation_around_one() -> None:
    at, weight = gamma_nodes(1e-4)
    assert weight @ (at - 1) ** 2 == pytest.approx(1e-8, rel=1e-6)
    assert np.abs(at - 1).max() < 5e-4


@pytest.mark.parametrize("cv", [-0.1, nan, inf])
def test_a_spread_that_is_none_is_named(cv: float) -> None:
    with pytest.raises(ValueError, match=f"cv is {cv}, nodes is 5"):
        gamma_nodes(cv)
    with pytest.raises(ValueError, match=r"cv is 0.2, nodes is 0"):
        gamma_nodes(0.2, 0)


@pytest.mark.parametrize("cv", [0.1, 0.22])
def test_five_nodes_give_the_expected_service_level(cv: float) -> None:
    plan_ = plan([1, 2, 4, 4, 3, 2, 4, 4, 3, 2, 2, 1], 60)
    shape = 90 / 60 * np.array([2, 6, 12, 14, 9, 7, 10, 12, 9, 7, 5, 3]) / 96

    def share(nodes: int) -> float:
        at, weight = gamma_nodes(cv, nodes)
        found = exact_days(Line(9.0, 5.0), plan_, at[:, None] * shape, [1.0])
        return float(weight @ found.late[0].sum(axis=1) / (weight @ found.offered.sum(axis=1)))

    assert share(5) == pytest.approx(share(40), abs=1e-6)
    assert share(1) != pytest.approx(share(40), abs=1e-4)
