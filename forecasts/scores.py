"""How good was a forecast? Pure functions of what came and what was said.

Sources: Gneiting & Raftery 2007, "Strictly proper scoring rules, prediction, and estimation", JASA 102;
Czado, Gneiting & Held 2009, "Predictive model assessment for count data", Biometrics 65.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from forecasts.distribution import Floats


def wape(actual: ArrayLike, predicted: ArrayLike) -> float:
    """Weighted absolute percentage error: sum |y - f| / sum y. NaN where nothing came."""
    y, f = np.asarray(actual, dtype=float), np.asarray(predicted, dtype=float)
    total = y.sum()
    return float(np.abs(y - f).sum() / total) if total else float("nan")


def wape_floor(mean: ArrayLike) -> float:
    """WAPE that even the true means would have, by Poisson noise alone.

    E|Y - m| = 2 m^(k+1) e^-m / k! with k = floor(m) (de Moivre 1730; Crow 1958), summed over sum m.
    """
    m = np.asarray(mean, dtype=float)
    m = m[m > 0]
    if not m.size:
        return float("nan")
    k = np.floor(m)
    deviation = 2 * np.exp((k + 1) * np.log(m) - m - gammaln(k + 1))
    return float(deviation.sum() / m.sum())


def pinball(actual: ArrayLike, quantile: ArrayLike, level: float) -> Floats:
    """Quantile loss: level (y - q) where y >= q, else (1 - level)(q - y)."""
    gap = np.asarray(actual, dtype=float) - np.asarray(quantile, dtype=float)
    out: Floats = np.maximum(level * gap, (level - 1) * gap)
    return out


def crps(actual: ArrayLike, samples: ArrayLike) -> Floats:
    """Continuous ranked probability score of samples (P, D) by day: E|X - y| - E|X - X'|/2.

    One sample gives |x - y|. Computed from sorted samples: E|X - X'| = 2/P^2 sum (2i - P - 1) x_(i).
    """
    x = np.sort(np.asarray(samples, dtype=float), axis=0)
    paths = x.shape[0]
    rank = 2 * np.arange(1, paths + 1) - paths - 1
    spread = np.tensordot(rank, x, axes=1) / paths**2
    out: Floats = np.abs(x - np.asarray(actual, dtype=float)).mean(axis=0) - spread
    return out


def randomised_pit(actual: ArrayLike, samples: ArrayLike, rng: np.random.Generator) -> Floats:
    """Place of each actual among its samples (P, D), uniform on (0, 1) if the forecast is calibrated.

    Counts tie: the place is drawn among the tied ones, the actual itself counted in.
    """
    y, x = np.asarray(actual), np.asarray(samples)
    below, tied = (x < y).sum(axis=0), (x == y).sum(axis=0)
    out: Floats = (below + rng.uniform(size=y.shape) * (tied + 1)) / (x.shape[0] + 1)
    return out


def coverage(pit: ArrayLike, level: float = 0.8) -> float:
    """Share of days inside the central interval of this level, by their (randomised) PIT."""
    return float(np.mean(np.abs(np.asarray(pit) - 0.5) <= level / 2))
