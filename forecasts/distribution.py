"""The forecast that everything downstream reads: joint sample paths of rates and of counts.

A *rate path* is one possible course of the latent intensity, a *count path* the whole inquiries drawn
from it. Queueing reads rates, scores and screens read counts; Poisson noise is thus never counted twice.
Paths are joint over days, slots and channels: sums over a window are sums along a path.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecasts.slots import Grid

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Joint sample paths for the office days of a period.

    Shapes: P paths, D days, S slots of a day (0:00 to 24:00), C channels.

    ``day_rate`` (P, D, C): expected inquiries a day, >= 0, given the path.
    ``day_count`` (P, D, C): whole inquiries a day, drawn Poisson from ``day_rate``.
    ``share`` (D, S, C): mean share of a day's inquiries that falls into each slot; sums to 1 over S.
    ``concentration`` (C): how firmly a single day keeps to ``share`` (Dirichlet; inf = exactly).
    ``seed``: slots are drawn from (seed, day), so any subset of days gives the same draws.

    What came on a closing day is part of the next office day, in its first slot (0:00).
    """

    days: tuple[date, ...]
    grid: Grid
    channels: tuple[str, ...]
    day_rate: Floats
    day_count: Wholes
    share: Floats
    concentration: Floats
    seed: int
    model: str = ""

    @property
    def paths(self) -> int:
        """Number of sample paths."""
        return int(self.day_rate.shape[0])

    def slot_rates(self) -> Floats:
        """Return the rate paths by slot, inquiries per slot: (P, D, S, C)."""
        return np.stack([self._rates_of(d) for d in range(len(self.days))], axis=1)

    def slot_counts(self) -> Wholes:
        """Return the count paths by slot, drawn from the rate paths: (P, D, S, C); sums to ``day_count``."""
        return np.stack([self._counts_of(d) for d in range(len(self.days))], axis=1)

    def only(self, days: Sequence[date]) -> "Forecast":
        """Return the same paths for some of the days."""
        at = [self.days.index(d) for d in days]
        return Forecast(
            tuple(days), self.grid, self.channels, self.day_rate[:, at], self.day_count[:, at],
            self.share[at], self.concentration, self.seed, self.model,
        )  # fmt: skip

    def day_quantiles(self, levels: Sequence[float]) -> Floats:
        """Return quantiles of the day's count over all channels: (len(levels), D)."""
        quantiles: Floats = np.quantile(self.day_count.sum(axis=2), levels, axis=0, method="inverted_cdf")
        return quantiles

    def total_quantiles(self, levels: Sequence[float]) -> Floats:
        """Return quantiles of the whole period's count, from joint paths: (len(levels),)."""
        quantiles: Floats = np.quantile(self.day_count.sum(axis=(1, 2)), levels, method="inverted_cdf")
        return quantiles

    def mean_rate(self) -> Floats:
        """Return the expected inquiries by slot, averaged over paths: (D, S, C)."""
        rate: Floats = self.day_rate.mean(axis=0)[:, None, :] * self.share
        return rate

    def _shares_of(self, d: int) -> Floats:
        """Return one day's shares per path (P, S, C), drawn from a Dirichlet around ``share``."""
        rng = np.random.default_rng([self.seed, self.days[d].toordinal(), 0])
        out = np.zeros((self.paths, self.grid.slots, len(self.channels)))
        for c, firmness in enumerate(self.concentration):
            open_ = np.flatnonzero(self.share[d, :, c])
            mean = self.share[d, open_, c]
            out[:, open_, c] = mean
            if np.isfinite(firmness):
                draws = rng.standard_gamma(mean * firmness, size=(self.paths, mean.size))
                total = draws.sum(axis=1, keepdims=True)
                out[:, open_, c] = np.divide(draws, total, out=out[:, open_, c], where=total > 0)
        return out

    def _rates_of(self, d: int) -> Floats:
        rates: Floats = self._shares_of(d) * self.day_rate[:, d, None, :]
        return rates

    def _counts_of(self, d: int) -> Wholes:
        shares = self._shares_of(d)
        rng = np.random.default_rng([self.seed, self.days[d].toordinal(), 1])
        out = np.zeros(shares.shape, dtype=np.int64)
        for c in range(len(self.channels)):
            # Open slots only: numpy gives the last category what rounding leaves over.
            open_ = np.flatnonzero(self.share[d, :, c])
            out[:, open_, c] = rng.multinomial(self.day_count[:, d, c], shares[:, open_, c])
        return out
