"""How fast a level is forgotten: the past forecast again from many origins with each speed.

The level at an origin is what came over what was expected, each weighted by age (discounted likelihood of
a gamma-Poisson level: West & Harrison 1997, "Bayesian Forecasting and Dynamic Models", ch. 8; Harvey &
Fernandes 1989, JBES 7(4)); it is carried on flat.
"""

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from forecasts.distribution import Floats
from forecasts.misses import REHEARSED_DAYS

_HALF_LIVES = (10, 20, 40, 80, 160)  # office days
_STEP_DAYS = 5
_MOST_DAYS = 730
_NOISE = 0.02  # relative variance beyond Poisson by which days are weighted against each other


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The last ``level``, inquiries a day at a factor of 1; ``actual``, ``expected`` of the rehearsal.

    These two are (origins, office days ahead), NaN after the end of the history.
    """

    half_life_days: int
    level: float
    actual: Floats
    expected: Floats


def learned_level(count: Floats, factor: Floats) -> Level:
    """Learn from counts (D,) and what was expected of them but for a level (D,), from data without them."""
    days = count.size
    origins = np.arange(max(days // 3, days - _MOST_DAYS), days - 1, _STEP_DAYS)
    at = origins[:, None] + np.arange(1, REHEARSED_DAYS + 1)
    ahead = np.minimum(at, days - 1)
    actual = np.where(at < days, count[ahead], np.nan)
    tried = []
    for half_life in _HALF_LIVES:
        level = _levels(count, factor, half_life)
        expected = np.where(at < days, level[origins][:, None] * factor[ahead], np.nan)
        weight = 1 / (np.nanmean(actual) + _NOISE * np.square(expected) + 1e-9)
        missed = float(np.nanmean(weight * np.square(actual - expected)))
        tried.append((missed, Level(half_life, float(level[-1]), actual, expected)))
    return min(tried, key=lambda t: t[0])[1]


def current_level(count: Floats, factor: Floats, half_life_days: int) -> float:
    """Return the level at the end of these days."""
    return float(_levels(count, factor, half_life_days)[-1])


def _levels(count: Floats, factor: Floats, half_life_days: int) -> Floats:
    """Return the level at the end of each day: (D,)."""
    kept = [1.0, -(0.5 ** (1 / half_life_days))]
    came, expected = (np.asarray(lfilter([1.0], kept, v), dtype=float) for v in (count, factor))
    out: Floats = came / np.maximum(expected, 1e-9)
    return out
