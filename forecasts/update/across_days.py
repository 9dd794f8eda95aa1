"""The remaining days of a period, given what came on the days before: the level moves, the paths stay joint.

Every path is moved by how far the days that came lay from that path's own counts, times the gain
Cov(log rate ahead, seen) Cov(seen)^-1 over the paths (Matheron's rule; the analysis step of an ensemble
Kalman filter). The count of each path stands for the noise of the observation, so Poisson noise is counted
once. Weights of paths by likelihood would leave one path after a week; moved paths stay as many.

Counts are seen as log(count + shape): the posterior mean of a gamma rate is (shape + count) / (shape / mean
+ 1), so that the rule is the conjugate one for a single day, and a zero is as good as any other count.

A day far from the paths is believed up to a bound only: it may be an incident. Where the last days agree on a
level that the paths cannot reach, the paths are wrong, not the days: so far as the median of these days lies
beyond what the same median does on the paths, all paths are moved there first, and days before these tell
nothing any more. A lone odd day moves no median.

Sources: Evensen 2003, "The ensemble Kalman filter", Ocean Dynamics 53; Wilson et al. 2021, "Pathwise
conditioning of Gaussian processes", JMLR 22; Sakov & Oke 2008 on gains from another half of the ensemble.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from forecasts.distribution import Floats, Forecast, Wholes
from forecasts.update.observed import checked_counts

_FIRMEST = 1e4  # shape of a day, or concentration of its channels, beyond which nothing is learned from it
_LEAST_RATE = 1e-6
_FAR_SD = 3.0  # one odd day may be an incident; several of them are a level
_AGREEING_DAYS = (5, 10)  # that tell of a new level: more than half of the last two weeks, of one at least
_MOST_SHIFT = float(np.log(10.0))  # no path moves further: beyond, the forecast has to be made anew
_RIDGE = 1e-9
_LEAST_PATHS = 2  # have a covariance


def updated_period(forecast: Forecast, days: Sequence[date], actual: Wholes, seed: int) -> Forecast:
    """Return the days of ``forecast`` after ``days``, given what came on these: ``actual`` (len(days), C).

    ``days`` need not be without gaps; leave out those that must not be learned from (outages). Raises
    ValueError where a day is not forecast or stands twice, where no day is left, or on counts that are none.
    """
    counts = checked_counts(actual, (len(days), len(forecast.channels)))
    if not set(days) <= set(forecast.days) or len(set(days)) < len(days):
        message = f"days that came must be days of the forecast, each once: {list(map(str, days))}"
        raise ValueError(message)
    left = [d for d in forecast.days if not days or d > max(days)]
    if not left:
        message = f"nothing of the forecast is left after {max(days)}"
        raise ValueError(message)
    ahead = forecast.only(left)
    if not days:
        return ahead
    order = sorted(range(len(days)), key=days.__getitem__)
    rate = _moved(ahead.day_rate, forecast.only([days[n] for n in order]), counts[order])
    rng = np.random.default_rng([seed, 4])
    return replace(ahead, day_rate=rate, day_count=rng.poisson(rate).astype(np.int64), seed=seed)


def _moved(rate: Floats, past: Forecast, actual: Wholes) -> Floats:
    """Move the rates (P, D, C): the day's total first, then how it falls into channels."""
    total = rate.sum(axis=2)
    logs = np.log(np.maximum(total, _LEAST_RATE))
    agreed = _agreed(past, actual)
    shift = agreed + _shift(logs, *_seen_totals(*_on_level(past, actual, agreed)))
    # A path on which nobody is expected stays so.
    out: Floats = rate * np.exp(np.clip(shift, -_MOST_SHIFT, _MOST_SHIFT))[:, :, None]
    channels = rate.shape[2]
    if channels == 1:
        return out
    share = rate / np.maximum(total, _LEAST_RATE)[:, :, None]
    moved = np.empty_like(share)
    for c in range(channels):
        own = np.log(np.maximum(share[:, :, c], _LEAST_RATE))
        step = np.clip(_shift(own, *_seen_shares(past, actual, c)), -_MOST_SHIFT, _MOST_SHIFT)
        moved[:, :, c] = share[:, :, c] * np.exp(step)
    whole = moved.sum(axis=2, keepdims=True)
    moved = np.where(whole > 0, moved / np.where(whole > 0, whole, 1.0), share)
    split: Floats = out.sum(axis=2, keepdims=True) * moved
    return split


def _agreed(past: Forecast, actual: Wholes) -> float:
    """Return by how much (log) the last days together lie beyond where the paths' own days together lie."""
    least, most = _AGREEING_DAYS
    if len(past.days) < least or past.paths < 2 * _LEAST_PATHS:
        return 0.0
    drawn = past.day_count[:, -most:].sum(axis=2)
    usual = np.log(drawn.mean(axis=0) + 0.5)
    medians = np.median(np.log(drawn + 0.5) - usual, axis=1)
    off = float(np.median(np.log(actual[-most:].sum(axis=1) + 0.5) - usual) - medians.mean())
    beyond = max(abs(off) - _FAR_SD * float(medians.std()), 0.0)
    return float(np.copysign(min(beyond, _MOST_SHIFT), off))


def _on_level(past: Forecast, actual: Wholes, agreed: float) -> tuple[Forecast, Wholes]:
    """Move the paths to the level that the last days agree on; days before tell nothing of a new one."""
    if agreed == 0.0:
        return past, actual
    last = past.only(past.days[-_AGREEING_DAYS[1] :])
    rate = last.day_rate * np.exp(agreed)
    rng = np.random.default_rng([past.seed, 5])
    moved = replace(last, day_rate=rate, day_count=rng.poisson(rate).astype(np.int64))
    return moved, actual[-len(last.days) :]


def _seen_totals(past: Forecast, actual: Wholes) -> tuple[Floats, Floats]:
    """Return how the days that came are seen: by the paths (P, N) and in fact (N,)."""
    rate, count = past.day_rate.sum(axis=2), past.day_count.sum(axis=2)
    shape = np.minimum(rate.mean(axis=0) ** 2 / np.maximum(rate.var(axis=0), _LEAST_RATE**2), _FIRMEST)
    shape = np.maximum(shape, 0.5)  # log(0 + shape) must not pass for an event
    seen: Floats = np.log(count + shape)
    fact: Floats = np.log(actual.sum(axis=1) + shape)
    return seen, fact


def _seen_shares(past: Forecast, actual: Wholes, channel: int) -> tuple[Floats, Floats]:
    """Return how a channel's share of each day is seen: its posterior mean under a Dirichlet."""
    total = past.day_rate.sum(axis=2)
    share = past.day_rate[:, :, channel] / np.maximum(total, _LEAST_RATE)
    mean = np.maximum(share.mean(axis=0), _LEAST_RATE)
    firmness = np.clip(mean * (1 - mean) / np.maximum(share.var(axis=0), _LEAST_RATE**2) - 1, 1.0, _FIRMEST)
    seen: Floats = np.log(
        (past.day_count[:, :, channel] + firmness * mean) / (past.day_count.sum(axis=2) + firmness)
    )
    fact: Floats = np.log((actual[:, channel] + firmness * mean) / (actual.sum(axis=1) + firmness))
    return seen, fact


def _shift(state: Floats, seen: Floats, actual: Floats) -> Floats:
    """Return how far each path's ``state`` (P, D) moves, its ``seen`` (P, N) being ``actual`` (N,) in fact.

    The gain of each half of the paths is that of the other half: a gain taken from the very paths it moves
    makes them look surer than they are.
    """
    far = _FAR_SD * seen.std(axis=0)
    believed = np.clip(actual, seen.mean(axis=0) - far, seen.mean(axis=0) + far)
    if state.shape[0] < 2 * _LEAST_PATHS:
        return np.zeros_like(state)
    out = np.empty_like(state)
    for half, other in ((slice(0, None, 2), slice(1, None, 2)), (slice(1, None, 2), slice(0, None, 2))):
        out[half] = (believed - seen[half]) @ _gain(state[other], seen[other])
    return out


def _gain(state: Floats, seen: Floats) -> Floats:
    """Return the gain (N, D), its covariances held back by as much as so few paths leave open."""
    paths, days = seen.shape
    gaps, far = seen - seen.mean(axis=0), state - state.mean(axis=0)
    spread, reach = np.square(gaps).mean(axis=0), np.square(far).mean(axis=0)
    covariance = gaps.T @ gaps / paths
    covariance[np.diag_indices(days)] += spread * days / paths + _RIDGE
    cross = gaps.T @ far / paths
    certain = np.square(cross) / np.maximum(np.outer(spread, reach), _RIDGE**2)
    # A correlation of pure chance has the square 1 / paths.
    out: Floats = np.linalg.solve(covariance, cross * certain / (certain + 1 / paths))
    return out
