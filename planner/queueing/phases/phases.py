"""Handling times of two phases, fitted to mean and coefficient of variation (CV)."""

from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
from scipy.linalg import expm

from forecasts.distribution import Floats

LEAST_CV = sqrt(0.5)
"""Two phases do not vary less (Aldous and Shepp, 1987): below, the nearest law, Erlang-2, takes the place."""

_LEAST_FIRST = 0.1  # of the mean: the shorter the first phase, the more steps a day takes


@dataclass(frozen=True, slots=True)
class Phases:
    """A call starts in phase 1 with chance ``first_share``, else in phase 2; phases end at rates a minute.

    ``on_share`` of the calls go on from phase 1 to phase 2; all others are done after one phase. ``cv``: of
    this law, which is that asked for, but never below ``LEAST_CV``.
    """

    first_share: float
    first_per_min: float
    on_share: float
    second_per_min: float
    cv: float

    @property
    def rest_min(self) -> Floats:
        """Mean minutes still to go in phase 1 and in phase 2, (2,)."""
        second = 1.0 / self.second_per_min
        return np.array([1.0 / self.first_per_min + self.on_share * second, second])

    def still(self, after_min: float) -> Floats:
        """Return the chances that a call in phase 1 or 2 is in phase 1 or 2 so many minutes later, (2, 2)."""
        first, second = self.first_per_min, self.second_per_min
        return np.asarray(expm(np.array([[-first, first * self.on_share], [0.0, -second]]) * after_min))


def phases(handling_min: float, cv: float) -> Phases:
    """Fit two phases to mean minutes and CV of lognormal handling times.

    Call centres measure that law: Brown et al. (2005), "Statistical analysis of a telephone call center". CV
    above 1: hyperexponential, with its third moment too (up to CV 1.5 nearer to simulated days than balanced
    means). Below: one phase after the other, so that short calls are as rare as in the lognormal law; the
    first one no shorter than a tenth of the mean, and where that would be too steady some calls leave out the
    second (Coxian; Tijms, "A first course in stochastic models", 2003, appendix B).

    Raises ValueError for a CV below 0 or no number.
    """
    if not (isfinite(cv) and cv >= 0):
        message = f"handling cv is {cv}: a number of 0 or more is wanted"
        raise ValueError(message)
    if cv == 1.0:
        return Phases(0.5, 1.0 / handling_min, 0.0, 1.0 / handling_min, cv)
    return _hyperexponential(handling_min, cv) if cv > 1.0 else _coxian(handling_min, max(cv, LEAST_CV))


def _hyperexponential(handling_min: float, cv: float) -> Phases:
    """Mean phases are the roots of z^2 - v z + v - m2, with m2, m3 = E[X^k] / k! of X in means."""
    second = (1.0 + cv**2) / 2.0
    third = (1.0 + cv**2) ** 3 / 6.0
    v = (third - second) / (second - 1.0)
    half_gap = sqrt(v**2 / 4.0 - v + second)
    long = v / 2.0 + half_gap
    short = (v - second) / long  # the product of the roots is v - m2: no digits cancel
    share = (long - 1.0) / (long - short)
    return Phases(share, 1.0 / (short * handling_min), 0.0, 1.0 / (long * handling_min), cv)


def _coxian(handling_min: float, cv: float) -> Phases:
    first = (1.0 - sqrt(max(2.0 * cv**2 - 1.0, 0.0))) / 2.0
    if first >= _LEAST_FIRST:
        return Phases(1.0, 1.0 / (first * handling_min), 1.0, 1.0 / ((1.0 - first) * handling_min), cv)
    first = _LEAST_FIRST
    second = ((1.0 + cv**2) / 2.0 - first**2) / (1.0 - first) - first
    on_share = (1.0 - first) / second
    return Phases(1.0, 1.0 / (first * handling_min), on_share, 1.0 / (second * handling_min), cv)
