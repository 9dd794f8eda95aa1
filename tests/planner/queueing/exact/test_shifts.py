"""Who comes and goes, by counting ways."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.distribution import Floats
from planner.queueing.exact.shifts import busy_of, convolved, joined_by, taken_along, thinned, without
from tests.planner.queueing.dense_day import taking_along

RNG = np.random.default_rng(2)


def laws(rows: int, states: int) -> Floats:
    law = RNG.random((rows, states))
    return np.asarray(law / law.sum(axis=1, keepdims=True))


@given(heads=st.integers(0, 7), leavers=st.integers(0, 7))
def test_leavers_take_their_calls_along(heads: int, leavers: int) -> None:
    leavers = min(heads, leavers)
    law = laws(3, 16)
    after, gone = without(law, heads, leavers)
    assert np.abs(after - law @ taking_along(heads, leavers, 16)).max() < 1e-12
    number = np.arange(16)
    assert after @ number + gone @ np.arange(leavers + 1) == pytest.approx(law @ number, abs=1e-11)
    assert gone.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-12)
    assert gone @ np.arange(leavers + 1) == pytest.approx(
        law @ np.minimum(number, heads) * leavers / max(heads, 1), abs=1e-11
    )


def test_500_people() -> None:
    chances = taken_along(500, 200, 620)
    assert np.abs(chances.sum(axis=1) - 1).max() < 1e-10
    assert chances[500:, 200] == pytest.approx(np.ones(120), abs=1e-10)
    assert chances[3, :4] == pytest.approx(
        [comb(3, z) * comb(497, 200 - z) / comb(500, 200) for z in range(4)], rel=1e-9
    )
    assert not chances.flags.writeable


def test_people_beyond_the_heads_are_not_there() -> None:
    law = laws(2, 10)
    assert busy_of(law, 2, 4).shape == (2, 5)
    assert busy_of(law, 2, 4)[:, 3:].tolist() == [[0.0, 0.0]] * 2
    assert busy_of(law, 2, 4)[:, 2] == pytest.approx(law[:, 2:].sum(axis=1))
    assert busy_of(law, 0, 1)[:, 0] == pytest.approx(np.ones(2))


def test_joiners_held_up_add_their_calls() -> None:
    law, held = laws(2, 12), np.array([[1.0, 0.0, 0.0], [0.2, 0.3, 0.5]])
    found = joined_by(law, held)
    assert found[0] == pytest.approx(law[0])
    assert found[1, 2:11] == pytest.approx(0.2 * law[1, 2:11] + 0.3 * law[1, 1:10] + 0.5 * law[1, :9])
    assert found.sum(axis=1) == pytest.approx(np.ones(2))
    assert found[1, 11] == pytest.approx(law[1, 11] + 0.8 * law[1, 10] + 0.5 * law[1, 9])


def test_thinning_is_binomial() -> None:
    law = laws(2, 5)
    found = thinned(law, 0.3)
    binomial = np.array([[comb(n, k) * 0.3**k * 0.7 ** (n - k) for k in range(5)] for n in range(5)])
    assert found == pytest.approx(law @ binomial)
    assert thinned(law, 1.0) is law
    assert thinned(law, 0.0)[:, 0] == pytest.approx(np.ones(2))
    assert found @ np.arange(5) == pytest.approx(0.3 * law @ np.arange(5))


def test_sums_of_independent_numbers() -> None:
    first, second = laws(3, 4), laws(3, 3)
    found = convolved(first, second)
    for row in range(3):
        assert found[row] == pytest.approx(np.convolve(first[row], second[row]))
