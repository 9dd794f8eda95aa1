"""Penalised negative-binomial regression by iteratively reweighted least squares.

Counts y with mean mu = exp(offset + X beta) and variance mu + dispersion mu^2. Each block of coefficients
has a Gaussian prior; its standard deviation is set by the marginal likelihood (the fixed point of MacKay
1992, "Bayesian interpolation", Neural Computation 4(3), for GLMs: Wood & Fasiolo 2017, Biometrics 73(4)),
held by pseudo-observations of a prior guess, so that a block with two members does not run away.
The penalty keeps every coefficient finite also where all counts of a kind of day are zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.optimize import brentq

from forecasts.distribution import Floats

_ROUNDS = 40
_TOLERANCE = 1e-3
_STEP = 2.0  # largest change of a day's log rate in one iteration
_ANCHOR = 1e-2  # precision of a prior so wide that it only keeps the level from floating
_LEAST, _MOST = 1e-6, 5.0  # of the dispersion


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Coefficients ``columns`` with prior sd ``sd``; ``penalty`` (k, k) is the identity for a plain ridge.

    ``held``: how many pseudo-observations hold the sd at its guess (inf = fixed).
    """

    columns: slice
    penalty: Floats
    sd: float
    held: float


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Gaussian approximation of what is known of the coefficients (Laplace)."""

    mean: Floats
    factor: Floats  # upper triangular U with U'U = precision
    sds: tuple[float, ...]
    dispersion: float

    def draws(self, n: int, rng: np.random.Generator) -> Floats:
        """Draw coefficients: (n, columns)."""
        noise = rng.standard_normal((self.mean.size, n))
        out: Floats = self.mean + solve_triangular(self.factor, noise).T
        return out

    def variance(self, x: Floats) -> Floats:
        """Return the variance of X beta by row."""
        out: Floats = np.square(solve_triangular(self.factor, x.T, trans="T")).sum(axis=0)
        return out


def fitted_negative_binomial(
    x: Floats, y: Floats, offset: float | Floats, blocks: Sequence[Block]
) -> Posterior:
    """Fit; every column of ``x`` must belong to exactly one block."""
    beta = np.zeros(x.shape[1])
    sds = np.array([b.sd for b in blocks])
    dispersion = 0.05
    for _ in range(_ROUNDS):
        before = beta
        mu = np.exp(offset + x @ beta)
        weight = mu / (1 + dispersion * mu)
        information = (x * weight[:, None]).T @ x
        factor, _lower = cho_factor(information + _precision(blocks, sds, x.shape[1]))
        gradient = information @ beta + x.T @ (weight * (y - mu) / mu)
        step = cho_solve((factor, False), gradient) - beta
        beta = beta + step / max(1.0, float(np.abs(x @ step).max()) / _STEP)
        covariance = cho_solve((factor, False), np.eye(x.shape[1]))
        sds = np.array([_sd(b, sd, beta, covariance) for b, sd in zip(blocks, sds, strict=True)])
        freedom = float(np.sum(covariance * information))
        dispersion = pearson_dispersion(y, np.exp(offset + x @ beta), y.size - freedom)
        if np.abs(x @ (beta - before)).max() < _TOLERANCE:
            break
    return Posterior(beta, np.triu(factor), tuple(float(s) for s in sds), dispersion)


def pearson_dispersion(y: Floats, mu: Floats, freedom: float, squares: Floats | None = None) -> float:
    """Return the dispersion at which Pearson's chi-squared equals its degrees of freedom.

    ``squares``: of counts that are sums over days, the sum of the squared means of these days.
    """
    spread = mu * mu if squares is None else squares

    def excess(dispersion: float) -> float:
        return float(np.sum(np.square(y - mu) / (mu + dispersion * spread))) - max(freedom, 1.0)

    if excess(_LEAST) <= 0:
        return _LEAST
    return _MOST if excess(_MOST) >= 0 else float(brentq(excess, _LEAST, _MOST, xtol=1e-6))


def _precision(blocks: Sequence[Block], sds: Floats, size: int) -> Floats:
    out = np.eye(size) * _ANCHOR
    for block, sd in zip(blocks, sds, strict=True):
        out[block.columns, block.columns] += block.penalty / sd**2
    return out


def _sd(block: Block, sd: float, beta: Floats, covariance: Floats) -> float:
    """Return the block's next sd: (squares + held guess) / (effective number of coefficients + held)."""
    if np.isinf(block.held):
        return block.sd
    own = beta[block.columns]
    learned = np.linalg.matrix_rank(block.penalty) - float(
        np.sum(covariance[block.columns, block.columns] * block.penalty) / sd**2
    )
    squares = float(own @ block.penalty @ own)
    return float(np.sqrt((squares + block.held * block.sd**2) / (max(learned, 0.0) + block.held)))
