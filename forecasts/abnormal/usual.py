"""What a day should have brought, estimated so that the days which stand out do not spoil it.

Forward search: the regression is fitted on the days that look usual, every day is judged by it, and those
beyond chance are left out of the next fit, until nothing changes (after Noufaily et al. 2013, "An improved
algorithm for outbreak detection in multiple surveillance systems", Statistics in Medicine 32(7): past
outbreaks are kept out of the baseline, and the bound is a quantile of the negative binomial).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import nbinom

from forecasts.distribution import Floats
from forecasts.irls import Block, fitted_negative_binomial

Bools = NDArray[np.bool_]

_FITS = 4
_LEARNED_FROM = 1e-3  # a day less probable than this is not learned from
_ROLLING_DAYS = 21
_CRUDE_RATIO, _CRUDE_DEVIATIONS, _CRUDE_CV = 1.8, 4.0, 0.15
_SIDE_DAYS, _LEAST_SIDE_DAYS = 15, 5
_MEDIAN_SE = 1.2533  # standard error of a median over that of a mean, normal data
_COUNTED = 3.0  # inquiries a day from which a day with none stands out by itself
_LEAST_SPREAD = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """What is usual on each day (D,).

    ``mean``: expected inquiries. ``spread``: variance of the rate over its square: noise from day to day
    and what the fit leaves open. ``least`` and ``most``: the lower and the higher of ``mean`` and the
    levels just before and just after the day: where the level jumps, the days beside the jump are usual.
    """

    mean: Floats
    spread: Floats
    least: Floats
    most: Floats

    def little(self, count: Floats) -> Floats:
        """Return the probability of so few inquiries or fewer: (D,)."""
        return np.asarray(nbinom.cdf(count, *_shape(self.least, self.spread)))

    def much(self, count: Floats) -> Floats:
        """Return the probability of so many inquiries or more: (D,)."""
        return np.asarray(nbinom.sf(count - 1, *_shape(self.most, self.spread)))

    def bounds(self, share: float) -> tuple[Floats, Floats]:
        """Return the central ``share`` of what is usual: (D,) and (D,)."""
        tail = (1 - share) / 2
        shape = _shape(self.mean, self.spread)
        return np.asarray(nbinom.ppf(tail, *shape)), np.asarray(nbinom.ppf(1 - tail, *shape))


def _shape(mean: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Return scipy's two parameters of a negative binomial."""
    return 1 / spread, 1 / (1 + spread * mean)


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """A regression of counts: ``x`` (D, columns), ``offset`` (D,) log rate that is given, priors."""

    x: Floats
    offset: Floats
    blocks: Sequence[Block]


def usual(count: Floats, regression: Regression, may_learn: Bools, usable: Bools) -> Usual:
    """Estimate what is usual.

    ``may_learn`` (D,): days not known to be abnormal; ``usable`` (D,): of these, those the first fit is
    made on. At least one day must be usable.
    """
    kept = usable
    for _ in range(_FITS):
        mean, spread = _fitted(count, regression, kept)
        found = Usual(mean, spread, mean, mean)
        is_chance = np.minimum(found.little(count), found.much(count)) > _LEARNED_FROM
        if np.array_equal(kept, may_learn & is_chance) or not (may_learn & is_chance).any():
            break
        kept = may_learn & is_chance
    least, most = _beside_jumps(count, found, may_learn & ((count > 0) | (mean < _COUNTED)))
    return Usual(mean, spread, least, most)


def _fitted(count: Floats, regression: Regression, kept: Bools) -> tuple[Floats, Floats]:
    r = regression
    posterior = fitted_negative_binomial(r.x[kept], count[kept], r.offset[kept], r.blocks)
    mean: Floats = np.exp(r.offset + r.x @ posterior.mean)
    spread: Floats = np.maximum(posterior.dispersion + posterior.variance(r.x), _LEAST_SPREAD)
    return mean, spread


def looks_usual(count: Floats, days: Sequence[date], may_learn: Bools, acting: Bools) -> Bools:
    """Return the days (D,) near the rolling median of their weeks, and days of events with more.

    A first cut only, by medians that outliers do not move; the regression then takes days back.
    """
    series = pd.Series(np.where(may_learn, count, np.nan))
    if (middle := float(series.median())) >= _COUNTED:
        series = series.where(series > 0)  # the level of a gap in the records is that around it
    level = _rolling_median(series, middle)
    weekday = pd.Series([d.weekday() for d in days])
    factor = (series / level).groupby(weekday).transform("median").fillna(1.0).clip(0.05, 20)
    expected = (_rolling_median(series / factor, middle) * factor).to_numpy()
    margin = _CRUDE_DEVIATIONS * np.sqrt(expected + np.square(_CRUDE_CV * expected))
    is_much = (count > _CRUDE_RATIO * expected) & (count - expected > margin) & ~acting
    margin = np.minimum(margin, np.maximum(expected - 0.5, 0)) if middle >= 2 * _COUNTED else margin
    is_little = (count * _CRUDE_RATIO < expected) & (expected - count > margin)
    out: Bools = may_learn & ~is_much & ~is_little
    return out


def _rolling_median(series: "pd.Series[float]", otherwise: float) -> "pd.Series[float]":
    rolled = series.rolling(_ROLLING_DAYS, center=True, min_periods=_LEAST_SIDE_DAYS).median()
    return rolled.interpolate(limit_direction="both").fillna(otherwise).clip(lower=0.1)


def _beside_jumps(count: Floats, found: Usual, seen: Bools) -> tuple[Floats, Floats]:
    """Return ``least`` and ``most``: the mean times the level of the days before and of those after.

    A level is the median ratio of 15 seen days, drawn towards 1 by its standard error.
    """
    at = np.flatnonzero(seen)
    ratio = pd.Series(count[at] / found.mean[at])
    medians = ratio.rolling(_SIDE_DAYS, min_periods=_LEAST_SIDE_DAYS).median()
    before = np.concatenate(([np.nan], medians))  # entry n: the days before the n-th seen one
    backwards = ratio[::-1].rolling(_SIDE_DAYS, min_periods=_LEAST_SIDE_DAYS).median()
    after = np.concatenate((backwards[::-1], [np.nan]))
    days = np.arange(len(count))
    sides = np.stack([before[np.searchsorted(at, days)], after[np.searchsorted(at, days, side="right")]])
    error = _MEDIAN_SE * np.sqrt((1 / np.maximum(found.mean, 0.1) + found.spread) / _SIDE_DAYS)
    logs = np.log(np.maximum(np.nan_to_num(sides, nan=1.0), 0.05))
    logs = np.sign(logs) * np.maximum(np.abs(logs) - error, 0)
    low, high = np.minimum(logs.min(axis=0), 0), np.maximum(logs.max(axis=0), 0)
    return found.mean * np.exp(low), found.mean * np.exp(high)
