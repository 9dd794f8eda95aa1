"""Measured figures with 80 % intervals; figures of few rows drawn towards those of their like."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]

INTERVAL = 0.8
"""Chance with which an interval holds the true figure."""
_NOTHING = 1e-12
_SHARES = (np.arange(60) + 0.5) / 60  # the grid, as shares of the prior


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the ends of its 80 % interval, in the same unit."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Logs:
    """Logarithms of one figure of K like things, as estimated.

    ``variance`` (K,): of sampling; inf = not measured. ``freedom``: degrees of freedom of the variances.
    ``own_weight`` (K,): how much of each figure is its own, 1 unless they were drawn together.
    """

    value: Floats
    variance: Floats
    freedom: int
    own_weight: Floats

    @classmethod
    def measured(cls, value: Floats, variance: Floats, freedom: int) -> "Logs":
        """Return figures that stand on their own rows alone."""
        return cls(value, variance, freedom, np.ones(len(value)))

    def estimate(self, k: int) -> Estimate | None:
        """Return one figure itself, no longer its logarithm; None where nothing tells how sure it is.

        The interval is that of Student's t on the scale of logarithms: what is positive has a positive one.
        """
        if self.freedom < 1 or not np.isfinite(self.variance[k]):
            return None
        reach = float(stdtrit(self.freedom, 0.5 + INTERVAL / 2)) * float(np.sqrt(self.variance[k]))
        middle = float(self.value[k])
        low, value, high = np.exp([middle - reach, middle, middle + reach]).tolist()
        return Estimate(value, low, high)


def shrunk(logs: Logs, scale: float) -> Logs:
    """Draw figures of like things towards their common mean, the more the less their own rows tell.

    Normal hierarchical model, its common mean under a flat prior, the standard deviation between the things
    under a half-Cauchy one, integrated over a grid (Gelman et al. 2013, "Bayesian Data Analysis", ch. 5;
    Polson & Scott 2012, "On the half-Cauchy prior for a global scale parameter"): of few things the moments
    often say that they are equal, and intervals that believe it hold too little. Of a thing that was not
    measured the figure is the common mean; where none was, nothing changes.

    Args:
        logs: The figures.
        scale: Standard deviation between the things that is as likely to be exceeded as not.
    """
    if not np.isfinite(logs.variance).any():
        return logs
    spread = (scale * np.tan(np.pi / 2 * _SHARES))[:, None] ** 2  # equally likely a priori: (G, 1)
    noise = np.maximum(logs.variance, _NOTHING)
    is_known = np.isfinite(noise)
    own = np.where(is_known, logs.value, 0.0)
    precision = 1 / (noise + spread)
    total = precision.sum(axis=1)
    common = (precision * own).sum(axis=1) / total
    misfit = (precision * (own - common[:, None]) ** 2).sum(axis=1)
    likelihood = (np.log(precision[:, is_known]).sum(axis=1) - np.log(total) - misfit) / 2
    chance = np.exp(likelihood - likelihood.max())
    chance = (chance / chance.sum())[:, None]
    weight = spread * precision
    value = weight * own + (1 - weight) * common[:, None]
    held = spread * (1 - weight) + (1 - weight) ** 2 / total[:, None]
    mean = (chance * value).sum(axis=0)
    variance = (chance * (held + (value - mean) ** 2)).sum(axis=0)
    return Logs(mean, variance, logs.freedom, (chance * weight).sum(axis=0))
