"""exp(Q t) by uniformisation: a Poisson number of steps of a chain that never goes below zero.

Jensen (1953), "Markoff chains as an aid in the study of Markoff processes". Only sums of positive numbers, so
that every probability keeps its digits; the price are steps in proportion to the fastest rate.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import gammainc, gammaln, xlogy

from forecasts.distribution import Floats

_TAIL = 1e-16
_LEAST_RATE = 0.05  # a minute: a chain that stands still is stepped all the same
_AT_ONCE = 16  # steps summed up by one product of matrices


def rate_of(fastest: float) -> float:
    """Return the steps a minute for a generator whose fastest state is left at this rate."""
    return max(fastest, _LEAST_RATE)


def step_chances(rate: float, minutes: Floats) -> Floats:
    """Return the chances of 0, 1, … steps within so many minutes (X,), (steps, X)."""
    mean = rate * np.asarray(minutes, dtype=np.float64)
    steps = np.arange(_steps(float(mean.max(initial=0.0))), dtype=np.float64)[:, None]
    chances = np.exp(xlogy(steps, mean) - mean - gammaln(steps + 1))
    return np.asarray(chances / chances.sum(axis=0))  # thousands of steps cost digits


def step_minutes(rate: float, minutes: float) -> Floats:
    """Return the expected minutes that pass between steps 0, 1, … and the next, within so many minutes."""
    return np.asarray(gammainc(np.arange(_steps(rate * minutes)) + 1.0, rate * minutes) / rate)


def summed(step: Callable[[Floats], Floats], start: Floats, weights: Floats) -> Floats:
    """Return sum over n of weights[:, n] x the n-th step from ``start``: (R, steps), (X, B) → (R, X, B)."""
    out = np.zeros((len(weights), start.size))
    held = np.empty((_AT_ONCE, start.size))
    now = start
    steps = weights.shape[1]
    for n in range(steps):
        place = n % _AT_ONCE
        held[place] = now.ravel()
        if place == _AT_ONCE - 1 or n == steps - 1:
            out += weights[:, n - place : n + 1] @ held[: place + 1]
        now = step(now)
    return out.reshape(len(weights), *start.shape)


def _steps(mean: float) -> int:
    """Return how many steps leave no more than a rounding error to later ones."""
    most = int(mean + 12 * np.sqrt(mean) + 30)
    return int(np.searchsorted(-gammainc(np.arange(most) + 1.0, mean), -_TAIL)) + 1
