"""Forecasts of days by others in our form, so that ``forecasts.backtest`` scores them with the same code."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from forecasts.distribution import Floats, Forecast
from forecasts.model import Known


def of_days(quantiles: Floats, days: Sequence[date], known: Known, paths: int, name: str) -> Forecast:
    """Return paths of each day's total with these evenly spaced quantiles (Q, D).

    Days are right one by one; sums over days mean nothing (every path keeps its rank), nor do slots.
    """
    samples = np.maximum(np.quantile(quantiles, (np.arange(paths) + 0.5) / paths, axis=0), 0.0)
    slots, channels = known.history.grid.slots, known.history.channels
    shape = (paths, len(days), len(channels))
    count, rate = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    # The whole in the first channel, and the mean on every path: only totals of a day are scored.
    count[:, :, 0], rate[:, :, 0] = np.rint(samples), samples.mean(axis=0)
    share = np.full((len(days), slots, len(channels)), 1 / slots)
    firm = np.full(len(channels), np.inf)
    return Forecast(tuple(days), known.history.grid, channels, rate, count, share, firm, 0, name)
