"""Has more come than expected (想定以上の問合せ), and how unusual is that?

What came is placed among the forecast's joint paths: today so far, and the sums of the last days, in which
a small excess that goes on shows before any single day does. The more sums are looked at, the more often
one of them is extreme by chance; how often is counted on the paths themselves, which are looked at alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from scipy.special import pdtr

from forecasts.distribution import Floats, Forecast, Wholes
from forecasts.update.observed import checked_counts, checked_part

Code = Literal["within", "above", "far_above", "below", "far_below"]

WINDOW_DAYS = (1, 3, 5, 10)
OUTSIDE, FAR_OUTSIDE = 0.05, 0.005
"""Chances of as much or more, or of as little or less: beyond lie those outside 90 % and 99 % intervals."""
_QUANTILE_RATES = 100


@dataclass(frozen=True, slots=True)
class Surprise:
    """Inquiries from ``first`` to ``last`` against the paths; ``until_slot``: of one day not over yet.

    ``low`` and ``high`` bound the 90 % interval. ``chance``: how often as many or more come (as few or
    fewer, where fewer came than expected), ties halved; never below half a path, for paths tell no more.
    """

    first: date
    last: date
    days: int
    until_slot: int | None
    actual: int
    expected: float
    low: float
    high: float
    chance: float
    code: Code


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the last days say together. ``windows`` end at the last day, the shortest first.

    ``chance``: how often any of these sums is as extreme as the most extreme of them (``strongest``) now.
    """

    code: Code
    chance: float
    strongest: Surprise
    windows: tuple[Surprise, ...]


def surprise(forecast: Forecast, days: Sequence[date], actual: Wholes) -> Alarm:
    """Place what came on ``days`` (N, C), in order of time, among the paths, over all channels together.

    Raises ValueError without any day, where a day is not forecast, or on counts that are none.
    """
    counts = checked_counts(actual, (len(days), len(forecast.channels))).sum(axis=1)
    if not days or not set(days) <= set(forecast.days) or list(days) != sorted(set(days)):
        message = f"needs days of the forecast in order of time, each once, not {list(map(str, days))}"
        raise ValueError(message)
    past = forecast.only(days)
    rate, drawn = past.day_rate.sum(axis=2), past.day_count.sum(axis=2)
    lengths = [n for n in WINDOW_DAYS if n <= len(days)]
    windows = tuple(
        _placed((days[-n], days[-1]), n, None, int(counts[-n:].sum()), rate[:, -n:].sum(axis=1))
        for n in lengths
    )
    came = np.array([w.actual for w in windows])
    sums = np.stack([drawn[:, -n:].sum(axis=1) for n in lengths], axis=1)
    many, strongest_many = _any_as_extreme(sums, came)
    few, strongest_few = _any_as_extreme(-sums, -came)
    is_more = many <= few
    chance = min(many, few)
    return Alarm(
        _code(chance, is_more=is_more), chance, windows[strongest_many if is_more else strongest_few], windows
    )


def surprise_so_far(
    forecast: Forecast, day: date, observed: Wholes, until_slot: int, firmness: Floats | None = None
) -> Surprise:
    """Place what came on ``day`` before ``until_slot`` among the paths; ``observed`` (S, C).

    ``firmness`` (C,): as ``elapsed_firmness`` learned it; without, that of the forecast's slots. Raises
    ValueError as ``updated_day`` does.
    """
    counts = checked_part(observed, forecast, day, until_slot)
    one = forecast.only([day])
    elapsed = np.clip(one.share[0, :until_slot].sum(axis=0), 0.0, 1.0)
    firm = one.concentration if firmness is None else np.minimum(one.concentration, firmness)
    rng = np.random.default_rng([forecast.seed, day.toordinal(), 2])
    share = np.broadcast_to(elapsed, (one.paths, elapsed.size)).copy()
    for c in np.flatnonzero(np.isfinite(firm) & (elapsed > 0) & (elapsed < 1)):
        share[:, c] = rng.beta(firm[c] * elapsed[c], firm[c] * (1 - elapsed[c]), size=one.paths)
    came = int(counts[:until_slot].sum())
    return _placed((day, day), 1, until_slot, came, (one.day_rate[:, 0] * share).sum(axis=1))


def _placed(
    span: tuple[date, date], days: int, until_slot: int | None, actual: int, rate: Floats
) -> Surprise:
    """Place a count among Poisson counts of the paths' rates (P,), smoothly: each path tells a whole law."""
    least = 0.5 / rate.size
    more = 1 - (_share_up_to(actual, rate) + _share_up_to(actual - 1, rate)) / 2
    chance, is_more = max(min(more, 1 - more), least), more <= 1 - more
    low, high = (_quantile(rate, level) for level in (OUTSIDE, 1 - OUTSIDE))
    return Surprise(
        first=span[0],
        last=span[1],
        days=days,
        until_slot=until_slot,
        actual=actual,
        expected=float(rate.mean()),
        low=low,
        high=high,
        chance=chance,
        code=_code(chance, is_more=is_more),
    )


def _share_up_to(count: int, rate: Floats) -> float:
    """Return the chance of at most ``count``: Poisson, averaged over the paths' rates (P,)."""
    return float(np.mean(pdtr(count, rate))) if count >= 0 else 0.0


def _quantile(rate: Floats, level: float) -> float:
    """Return the least count that a share ``level`` of the mixture does not pass (by halving)."""
    if rate.size > _QUANTILE_RATES:  # so many stand for all: these levels lie far from the ends
        rate = np.quantile(rate, (np.arange(_QUANTILE_RATES) + 0.5) / _QUANTILE_RATES)
    low, high = -1, int(rate.max() + 10 * np.sqrt(rate.max()) + 10)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _share_up_to(middle, rate) >= level else (middle, high)
    return float(high)


def _any_as_extreme(sums: Wholes, came: Wholes) -> tuple[float, int]:
    """Return how often any window of a path (P, W) is as high as the highest of ``came`` (W,), and which."""
    paths = sums.shape[0]
    ordered = np.sort(sums, axis=0)
    places = np.stack([_share_above(ordered[:, w], sums[:, w]) for w in range(came.size)], axis=1)
    ours = np.array([_share_above(ordered[:, w], came[w : w + 1])[0] for w in range(came.size)])
    lowest = places.min(axis=1)
    as_extreme = float(np.mean(lowest < ours.min()) + np.mean(lowest == ours.min()) / 2)
    return max(as_extreme, 0.5 / paths), int(np.argmin(ours))


def _share_above(ordered: Wholes, values: Wholes) -> Floats:
    """Return which share of the ordered (P,) is above each value, ties halved."""
    below, up_to = (np.searchsorted(ordered, values, side=side) for side in ("left", "right"))
    out: Floats = 1 - (below + up_to) / (2 * ordered.size)
    return out


def _code(chance: float, *, is_more: bool) -> Code:
    if chance > OUTSIDE:
        return "within"
    if chance > FAR_OUTSIDE:
        return "above" if is_more else "below"
    return "far_above" if is_more else "far_below"
