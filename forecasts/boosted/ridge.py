"""Penalised log-linear fit of counts with given priors: small, quick, and refitted on parts of the days.

Quasi-likelihood with variance mu + dispersion mu^2 at a fixed dispersion (McCullagh & Nelder 1989, ch. 9);
every coefficient has a Gaussian prior around zero, so none runs away where counts are all zero.
"""

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from forecasts.distribution import Floats

_DISPERSION = 0.02
_ROUNDS = 25
_STEP = 1.5  # largest change of a day's log rate in one iteration
_TOLERANCE = 1e-4


def fitted_log_linear(x: Floats, y: Floats, offset: float, sd: Floats) -> Floats:
    """Return coefficients (K,) of mean exp(offset + x beta) of counts y (D,); ``sd`` (K,): of the priors."""
    beta = np.zeros(x.shape[1])
    precision = np.diag(1 / np.square(sd))
    for _ in range(_ROUNDS):
        mu = np.exp(offset + x @ beta)
        weight = mu / (1 + _DISPERSION * mu)
        weighted = x.T * weight
        factor = cho_factor(weighted @ x + precision)
        step = cho_solve(factor, weighted @ ((y - mu) / mu) - precision @ beta)
        furthest = float(np.abs(x @ step).max())
        beta = beta + step / max(1.0, furthest / _STEP)
        if furthest < _TOLERANCE:
            break
    return beta


def ramps(at_days: Floats, span_days: float, every_days: float) -> Floats:
    """Return a level that may walk: for each piece of ``every_days`` a ramp from 0 to 1, flat outside."""
    pieces = max(1, int(np.ceil(span_days / every_days)))
    out: Floats = np.clip(at_days[:, None] / every_days - np.arange(pieces), 0.0, 1.0)
    return out
