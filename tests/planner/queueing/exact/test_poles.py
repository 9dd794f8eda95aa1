"""The exponential as a sum of fractions."""

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.poles import fractions

NEGATIVE: Floats = -np.concatenate(([0.0], np.logspace(-8, 7, 6001)))


def summed(weights: np.ndarray) -> Floats:
    poles = fractions()[0]
    return np.asarray(2 * (weights / (NEGATIVE[:, None] - poles)).sum(axis=1).real)


def test_it_is_the_exponential_on_the_whole_negative_axis() -> None:
    assert np.abs(summed(fractions()[1]) - np.exp(NEGATIVE)).max() < 1e-12


def test_weights_over_poles_give_the_integral() -> None:
    poles, weights = fractions()
    below = NEGATIVE < 0
    integral = np.expm1(NEGATIVE[below]) / NEGATIVE[below]
    assert np.abs(summed(weights / poles)[below] - integral).max() < 1e-11


def test_one_of_each_pair_is_kept() -> None:
    poles, weights = fractions()
    assert poles.size == weights.size == 7
    assert (poles.imag > 0).all()
