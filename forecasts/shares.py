"""How a day's total falls into parts: channels, and slots of each channel.

Shares of a kind of day are drawn towards the overall shares as far as the data leave open (empirical
Bayes); how firmly single days keep to them is the concentration of a Dirichlet-multinomial, found by
maximum likelihood on a grid (Minka 2000, "Estimating a Dirichlet distribution").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from forecasts.calendar import Calendar
from forecasts.distribution import Floats, Forecast
from forecasts.events import Event
from forecasts.features import day_classes
from forecasts.history.counts import History

_FIRMNESS = np.geomspace(3.0, 10_000.0, 22)
MODEL_DAYS = 250  # a year of office days: mixes and profiles drift
TIMED_DAYS = 20  # four office weeks whose slots are all known teach the slots of a channel


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Shares of K parts: ``overall`` (K,), and per trait of a day the factors of each of its values."""

    overall: Floats
    factors: tuple[Mapping[int, Floats], ...]
    concentration: float

    def of(self, traits: Sequence[int]) -> Floats:
        """Return the mean shares (K,) of a day; a value never seen changes nothing."""
        out = self.overall.copy()
        for factor, value in zip(self.factors, traits, strict=True):
            out = out * factor.get(value, 1.0)
        total = out.sum()
        return out / total if total > 0 else self.overall


def learned_shares(rows: Floats, traits: Sequence[Sequence[int]], fallback: Floats) -> Shares:
    """Learn shares from counts ``rows`` (days, K) and each day's traits; ``fallback`` if nothing came."""
    total = rows.sum()
    if not total:
        return Shares(fallback, tuple({} for _ in traits[0]), float("inf"))
    overall = rows.sum(axis=0) / total
    factors = tuple(_factors(rows, [t[n] for t in traits], overall) for n in range(len(traits[0])))
    shares = Shares(overall, factors, float("inf"))
    means = np.stack([shares.of(t) for t in traits])
    return Shares(overall, factors, _firmness(rows, means))


def _factors(rows: Floats, values: Sequence[int], overall: Floats) -> dict[int, Floats]:
    """Return each value's shrunk shares over the overall shares."""
    found = sorted(set(values))
    sums = np.stack([rows[[v == f for v in values]].sum(axis=0) for f in found])
    firmness = _firmness(sums, np.broadcast_to(overall, sums.shape))
    if np.isinf(firmness):
        return {}
    shrunk = (sums + firmness * overall) / (sums.sum(axis=1, keepdims=True) + firmness)
    safe = np.where(overall > 0, overall, 1.0)
    return {f: shrunk[n] / safe for n, f in enumerate(found)}


def _firmness(rows: Floats, means: Floats) -> float:
    """Return the Dirichlet-multinomial concentration of ``rows`` around ``means``; inf = no spread seen."""
    n, p = rows[rows > 0], np.maximum(means[rows > 0], 1e-12)
    totals = rows.sum(axis=1)
    grid = _FIRMNESS[:, None]
    fit = (gammaln(grid) - gammaln(totals + grid)).sum(axis=1)
    fit += (gammaln(n + grid * p) - gammaln(grid * p)).sum(axis=1)
    best = int(np.argmax(fit))
    return float("inf") if best == _FIRMNESS.size - 1 else float(_FIRMNESS[best])


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """How the days of one desk fall into channels and slots."""

    history: History
    events: tuple[Event, ...]
    calendar: Calendar
    channels: Shares
    slots: tuple[Shares, ...]

    def spread(self, total_rate: Floats, days: Sequence[date], seed: int, model: str) -> Forecast:
        """Make a forecast of the paths (P, D) of each day's total rate."""
        rng = np.random.default_rng([seed, 1])
        traits = day_classes(days, self.events, self.calendar)
        means = np.stack([self.channels.of(t) for t in traits])
        rate = total_rate[:, :, None] * _noisy(means, self.channels.concentration, total_rate.shape[0], rng)
        share = np.stack([np.stack([s.of(t) for s in self.slots], axis=1) for t in traits])
        return Forecast(
            days=tuple(days),
            grid=self.history.grid,
            channels=self.history.channels,
            day_rate=rate,
            day_count=rng.poisson(rate).astype(np.int64),
            share=share,
            concentration=np.array([s.concentration for s in self.slots]),
            seed=seed,
            model=model,
        )


def learned_mix(
    history: History, rows: NDArray[np.bool_], events: tuple[Event, ...], calendar: Calendar
) -> Mix:
    """Learn channels and slots from the days in ``rows`` (D,).

    A channel's slots are learned from the days on which all of them are known; where those are too few, from
    all: what has no slot was put into the usual ones.
    """
    days = [d for d, use in zip(history.days, rows, strict=True) if use]
    count = history.count[rows].astype(float)
    traits = day_classes(days, events, calendar)
    channels, slots = len(history.channels), history.grid.slots
    mixed = learned_shares(count.sum(axis=1), traits, np.full(channels, 1 / channels))
    together = count.sum(axis=(0, 2))
    fallback = together / together.sum() if together.sum() else np.full(slots, 1 / slots)
    by_channel = []
    for c, channel in enumerate(history.channels):
        timed = [n for n, d in enumerate(days) if (d, channel) not in history.untimed]
        at = timed if len(timed) >= TIMED_DAYS else range(len(days))
        by_channel.append(learned_shares(count[at, :, c], [traits[n] for n in at], fallback))
    return Mix(history, events, calendar, mixed, tuple(by_channel))


def _noisy(means: Floats, concentration: float, paths: int, rng: np.random.Generator) -> Floats:
    """Draw shares (P, D, C) around their means (D, C)."""
    if np.isinf(concentration) or means.shape[1] == 1:
        return np.broadcast_to(means, (paths, *means.shape))
    draws = rng.standard_gamma(np.maximum(means * concentration, 1e-9), size=(paths, *means.shape))
    draws *= means > 0
    total = draws.sum(axis=2, keepdims=True)
    out: Floats = np.where(total > 0, draws / np.where(total > 0, total, 1.0), means)
    return out
