"""exp(Q t) by uniformisation against a dense matrix exponential."""

import numpy as np
import pytest
from scipy.linalg import expm

from forecasts.distribution import Floats
from planner.queueing.exact.uniformised import rate_of, step_chances, step_minutes, summed


def generator(states: int, seed: int) -> Floats:
    rates = np.random.default_rng(seed).uniform(0.0, 2.0, (states, states))
    np.fill_diagonal(rates, 0.0)
    return rates - np.diag(rates.sum(axis=1))


@pytest.mark.parametrize("minutes", [0.0, 0.3, 15.0, 400.0])
def test_sums_of_steps_are_the_exponential_and_its_integral(minutes: float) -> None:
    rates = generator(5, 3)
    rate = rate_of(float(-rates.diagonal().min()))
    start = np.eye(5)[:, [0, 3]]
    chances, spent = step_chances(rate, np.array([minutes])), step_minutes(rate, minutes)
    weights = np.stack((chances[:, 0], spent))
    after, total = summed(lambda now: now + rates.T @ now / rate, start, weights)
    # exp of the generator beside the start: its upper right block is the integral (Van Loan, 1978).
    both = expm(np.block([[rates.T, start], [np.zeros((2, 7))]]) * minutes)
    assert np.abs(after - both[:5, :5] @ start).max() < 1e-12
    assert np.abs(total - both[:5, 5:]).max() < 1e-10


def test_every_moment_has_its_own_chances() -> None:
    chances = step_chances(2.0, np.array([0.0, 1.0, 50.0]))
    assert np.abs(chances.sum(axis=0) - 1.0).max() < 1e-12
    assert np.abs(chances.T @ np.arange(len(chances)) - [0.0, 2.0, 100.0]).max() < 1e-9


def test_a_chain_that_stands_still_is_stepped_all_the_same() -> None:
    assert rate_of(0.0) > 0.0
    assert step_minutes(rate_of(0.0), 15.0).sum() == pytest.approx(15.0, abs=1e-12)
