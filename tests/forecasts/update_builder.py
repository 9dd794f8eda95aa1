"""Forecasts drawn from a law that is written down here, so that an update can be checked against truth."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from forecasts.distribution import Floats, Forecast
from forecasts.slots import Grid

GRID = Grid(60)
OPEN = slice(8, 18)
MIX = np.array([0.6, 0.4])


def made(
    paths: int = 500,
    days: int = 1,
    mean: float = 60.0,
    level_sd: float = 0.0,
    shape: float = np.inf,
    seed: int = 1,
) -> Forecast:
    """One channel, hourly slots from 8:00 to 18:00 in equal shares, which every day keeps to exactly."""
    rng = np.random.default_rng(seed)
    level = np.exp(rng.normal(0, level_sd, size=(paths, 1)))
    noise = rng.gamma(shape, 1 / shape, size=(paths, days)) if np.isfinite(shape) else np.ones((paths, days))
    return of_rate((mean * level * noise)[:, :, None], seed)


def of_rate(rate: Floats, seed: int = 1) -> Forecast:
    """A forecast of these rates (P, D, C) from 1 April 2026 on."""
    _, days, channels = rate.shape
    share = np.zeros((days, GRID.slots, channels))
    share[:, OPEN] = 1 / 10
    count = np.random.default_rng([seed, 9]).poisson(rate).astype(np.int64)
    dates = tuple(date(2026, 4, 1) + timedelta(days=n) for n in range(days))
    names = ("phone", "mail", "form")[:channels]
    return Forecast(dates, GRID, names, rate, count, share, np.full(channels, np.inf), seed, "made")


def mixed(forecast: Forecast, concentration: float, seed: int = 1) -> Forecast:
    """Split the one channel into two by a Dirichlet around ``MIX``, anew every day."""
    rng = np.random.default_rng([seed, 8])
    mix = rng.dirichlet(MIX * concentration, size=forecast.day_rate.shape[:2])
    return of_rate(forecast.day_rate * mix, seed)


def loose(forecast: Forecast, concentration: float) -> Forecast:
    """Let days stray from their shares."""
    return replace(forecast, concentration=np.full(len(forecast.channels), concentration))
