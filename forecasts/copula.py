"""Joint paths for a member that only knows each day's quantiles: a Gaussian copula of its past errors.

A copula joins given marginals without touching them (Sklar 1959). Errors of one origin go together: a part
common to all days (the level was missed) and a part that is forgotten over days; both are found by moments
of the lagged products and drawn towards a guess while few errors are known. Each day's draws are replaced
by their ranks among evenly spaced quantiles, so that every day's marginal is kept exactly (ensemble copula
coupling: Schefzik, Thorarinsdottir & Gneiting 2013, Statistical Science 28(4)).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from forecasts.distribution import Floats

_MOST_LAG = 40  # office days: two months tell the common part from the forgotten one
_HELD = 60.0  # pseudo-products that hold a lag's correlation at the guess
_MEMORIES = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
_GUESS_LEVEL, _GUESS_SHORT, _GUESS_MEMORY = 0.15, 0.2, 0.8


@dataclass(frozen=True, slots=True)
class Dependence:
    """Correlation of the errors of two days ``lag`` office days apart: level + short x memory^lag.

    ``level`` + ``short`` <= 1; the rest is each day's own.
    """

    level: float
    short: float
    memory: float

    def correlation(self, leads: Sequence[int]) -> Floats:
        """Return the correlation matrix (D, D) of days that lie so many office days ahead."""
        at = np.asarray(leads, dtype=float)
        out: Floats = self.level + self.short * self.memory ** np.abs(at[:, None] - at[None, :])
        np.fill_diagonal(out, 1.0)
        return out


GUESS = Dependence(_GUESS_LEVEL, _GUESS_SHORT, _GUESS_MEMORY)


def normal_scores(errors: Floats) -> Floats:
    """Return errors as the normal quantiles of their ranks (Blom 1958); NaN stays NaN."""
    out = np.full(errors.shape, np.nan)
    known = np.isfinite(errors)
    rank = np.argsort(np.argsort(errors[known], kind="stable"), kind="stable") + 1
    out[known] = ndtri((rank - 0.375) / (rank.size + 0.25))
    return out


def learned_dependence(scores: Floats, reliability: float = 1.0) -> Dependence:
    """Learn from standardised errors (origins, leads), NaN where one is not known.

    ``reliability``: share of the errors' variance that the paths carry, 0 to 1; the rest (Poisson noise) is
    drawn after the paths and is nobody's memory. Errors are not centred by origin: their mean is the level.
    """
    lags = np.arange(1, min(scores.shape[1], _MOST_LAG + 1))
    if not lags.size:
        return GUESS
    products = [scores[:, :-n] * scores[:, n:] for n in lags]
    counts = np.array([np.isfinite(p).sum() for p in products], dtype=float)
    sums = np.array([np.nansum(p) for p in products]) / max(reliability, 0.05)
    guessed = _GUESS_LEVEL + _GUESS_SHORT * _GUESS_MEMORY**lags
    seen = np.clip((sums + _HELD * guessed) / (counts + _HELD), 0.0, 1.0)
    return _nearest(lags, seen, counts + _HELD)


def _nearest(lags: Floats, seen: Floats, weight: Floats) -> Dependence:
    """Return the dependence nearest to the correlations ``seen`` by lag, in weighted least squares."""
    found = (np.inf, GUESS)
    for memory in _MEMORIES:
        forgotten = memory**lags
        x = np.stack([np.ones(lags.size), forgotten], axis=1)
        squares = (x * weight[:, None]).T @ x + 1e-9 * np.eye(2)
        level, short = np.linalg.solve(squares, x.T @ (weight * seen)).tolist()
        if level < 0:
            level, short = 0.0, float(weight @ (forgotten * seen) / (weight @ forgotten**2))
        if short < 0:
            level, short = float(weight @ seen / weight.sum()), 0.0
        level = min(max(level, 0.0), 1.0)
        tried = Dependence(level, min(max(short, 0.0), 1.0 - level), memory)
        miss = float(weight @ np.square(seen - tried.level - tried.short * forgotten))
        found = min(found, (miss, tried), key=lambda f: f[0])
    return found[1]


def joint_uniforms(
    dependence: Dependence, leads: Sequence[int], paths: int, rng: np.random.Generator
) -> Floats:
    """Draw (paths, days): by day exactly the levels (n + 1/2) / paths, in an order that the copula joins."""
    correlation = dependence.correlation(leads)
    factor = np.linalg.cholesky(correlation + 1e-9 * np.eye(len(leads)))
    normal = rng.standard_normal((paths, len(leads))) @ factor.T
    rank = np.argsort(np.argsort(normal, axis=0, kind="stable"), axis=0, kind="stable")
    out: Floats = (rank + 0.5) / paths
    return out


def through_quantiles(levels: Floats, quantiles: Floats, uniforms: Floats) -> Floats:
    """Map uniforms (P, D) through each day's quantiles (Q, D) at ``levels`` (Q,), ascending within (0, 1).

    Linear between the levels; beyond them exponential tails as steep as the outermost piece, never below
    zero. Quantiles that cross are sorted (Chernozhukov, Fernández-Val & Galichon 2010, Econometrica 78(3)).
    """
    ordered = np.sort(quantiles, axis=0)
    out = np.empty_like(uniforms)
    for d in range(uniforms.shape[1]):
        out[:, d] = np.interp(uniforms[:, d], levels, ordered[:, d])
    below, above = uniforms < levels[0], uniforms > levels[-1]
    low = (ordered[1] - ordered[0]) / np.log(levels[1] / levels[0])
    high = (ordered[-1] - ordered[-2]) / np.log((1 - levels[-2]) / (1 - levels[-1]))
    out += np.where(below, low * np.log(np.where(below, uniforms, levels[0]) / levels[0]), 0.0)
    out += np.where(above, high * np.log((1 - levels[-1]) / (1 - np.where(above, uniforms, levels[-1]))), 0.0)
    return np.maximum(out, 0.0)
