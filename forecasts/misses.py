"""How far a rule missed in the past, as what makes its forecasts uncertain.

Relative errors of out-of-sample forecasts are taken apart by moments: Poisson noise, noise of each day's
own, an error of the level that all days of a forecast share, and its growth with every office day ahead
(a random walk). Errors of two days of one forecast go together by the common parts alone, so these come
from products of neighbouring days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.optimize import nnls

from forecasts.calendar import Calendar
from forecasts.distribution import Floats

REHEARSED_DAYS = 65
"""So many office days ahead the past is forecast again; how misses grow beyond, it cannot tell."""
_LEAST_MEAN = 1e-3  # inquiries a day: below it nothing can be learned
_WEIGHED_NOISE = 0.05
_MOST = 3.0  # relative error beyond which a day counts as this
_LAGS = 5  # office days: neighbours whose errors are multiplied
_HELD = 20.0  # pseudo-products that hold the guess
_GUESS_NOISE, _GUESS_LEVEL, _GUESS_DRIFT = 0.02, 0.004, 0.0002
_LEAST_DRIFT = 2.5e-5  # beyond the days rehearsed: 8 % a year, as the joint model's level and trend have it
_LEAST, _MOST_VARIANCE = 1e-4, 2.0


@dataclass(frozen=True, slots=True)
class Misses:
    """Squared relative errors: ``noise`` of a day alone, ``level`` of all days, ``drift`` a day ahead."""

    noise: float
    level: float
    drift: float

    def common(self, leads: Sequence[int]) -> Floats:
        """Return the variance (D,) that a day so many office days ahead shares with its neighbours.

        No level stands still for years: beyond ``REHEARSED_DAYS`` it grows though nothing grew in the past.
        """
        ahead = np.asarray(leads, dtype=float)
        beyond = np.maximum(ahead - REHEARSED_DAYS, 0.0) * max(_LEAST_DRIFT - self.drift, 0.0)
        out: Floats = np.minimum(self.level + self.drift * ahead + beyond, _MOST_VARIANCE)
        return out

    def factors(self, leads: Sequence[int], paths: int, rng: np.random.Generator) -> Floats:
        """Draw factors (P, D) of mean 1 on the expected inquiries of days so many office days ahead."""
        # Variances of a lognormal factor of mean 1, so that its relative variance is the one learned.
        walk = _walk(np.log1p(self.common(leads)), paths, rng)
        out: Floats = walk * rng.gamma(1 / self.noise, self.noise, size=walk.shape)
        return out

    def later_factors(self, leads: Sequence[int], paths: int, rng: np.random.Generator) -> Floats:
        """Draw of these factors the growth beyond ``REHEARSED_DAYS`` alone: (P, D), 1 on days before."""
        near = np.minimum(leads, REHEARSED_DAYS)
        return _walk(np.log1p(self.common(leads)) - np.log1p(self.common(near.tolist())), paths, rng)


def _walk(variance: Floats, paths: int, rng: np.random.Generator) -> Floats:
    """Draw factors (P, D) of mean 1, the exponentials of a random walk of ``variance`` (D,), ascending."""
    steps = np.sqrt(np.maximum(np.diff(variance, prepend=0.0), 0.0))
    walk = np.cumsum(rng.standard_normal((paths, variance.size)) * steps, axis=1)
    out: Floats = np.exp(walk - variance / 2)
    return out


GUESS = Misses(_GUESS_NOISE, _GUESS_LEVEL, _GUESS_DRIFT)


def learned_misses(actual: Floats, expected: Floats) -> Misses:
    """Learn from what came and what was said, (origins, office days ahead), NaN where nothing is known.

    Days weigh as much as they tell: on a day of half an inquiry the noise of Poisson hides all else.
    """
    mean = np.where(np.isfinite(actual * expected), np.maximum(expected, _LEAST_MEAN), np.nan)
    error = np.clip(actual / mean - 1, -1.0, _MOST)
    weight = 1 / np.square(1 / mean + _WEIGHED_NOISE)  # one over the variance of a squared error
    lead = np.broadcast_to(np.arange(1, error.shape[1] + 1), error.shape)
    level, drift = _common(error, weight, lead)
    own = np.square(error) - 1 / mean - level - drift * lead
    held = _HELD * (np.nanmean(weight) if np.isfinite(weight).any() else 1.0)
    noise = (np.nansum(weight * own) + held * _GUESS_NOISE) / (np.nansum(weight) + held)
    return Misses(float(np.clip(noise, _LEAST, _MOST_VARIANCE)), level, drift)


def _common(error: Floats, weight: Floats, lead: Floats) -> tuple[float, float]:
    """Return level and drift from products of neighbouring days: least squares, none below zero."""
    lags = range(1, min(_LAGS + 1, error.shape[1]))
    product = [(error[:, :-n] * error[:, n:]).ravel() for n in lags]
    weights = [np.sqrt(weight[:, :-n] * weight[:, n:]).ravel() for n in lags]
    at = [lead[:, :-n].ravel() for n in lags]
    # Two pseudo-rows hold the guess at a near and at a far lead.
    held = np.array([1.0, 60.0])
    y = np.concatenate([*product, _GUESS_LEVEL + _GUESS_DRIFT * held])
    known = np.isfinite(y)
    usual = float(np.nanmean(np.concatenate(weights))) if known[:-2].any() else 1.0
    w = np.concatenate([*weights, np.full(2, _HELD * _LAGS / 2 * usual)])[known]
    x = np.stack([np.ones(known.sum()), np.concatenate([*at, held])[known]], axis=1)
    (level, drift), _ = nnls((x.T * w) @ x, (x.T * w) @ y[known])
    return float(np.clip(level, _LEAST, _MOST_VARIANCE)), float(drift)


def office_days_ahead(days: Sequence[date], last: date, calendar: Calendar) -> list[int]:
    """Return for each day how many office days after ``last`` it lies: 1 = the next one."""
    ahead = calendar.office_days(last + timedelta(days=1), max(days) + timedelta(days=1))
    found = np.searchsorted([d.toordinal() for d in ahead], [d.toordinal() for d in days]) + 1
    return [int(n) for n in found]
