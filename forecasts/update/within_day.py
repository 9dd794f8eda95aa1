"""The rest of a day, given what came until now: a forecast of its own, with the uncertainty that is left."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasts.distribution import Floats, Forecast, Wholes
from forecasts.update.observed import checked_part
from forecasts.update.remainder import Prior, drawn_rest

INTERVAL = (0.1, 0.9)
_LEAST_SHARE = 1e-9


@dataclass(frozen=True, slots=True)
class Span:
    """Inquiries: the mean and the 80 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class DayUpdate:
    """A day of which the slots before ``until_slot`` are known.

    ``so_far``, ``expected_so_far`` (C,): inquiries that came and that the forecast expected until then.
    ``rest``: the forecast of what is still to come, that day alone; its shares are zero before
    ``until_slot``, so that ``rest.slot_rates()`` is what staffing reads. ``total`` and ``before``: the whole
    day over all channels, with what is known and as it was forecast.
    """

    day: date
    until_slot: int
    so_far: Wholes
    expected_so_far: Floats
    rest: Forecast
    total: Span
    before: Span


def updated_day(
    forecast: Forecast,
    day: date,
    observed: Wholes,
    until_slot: int,
    seed: int,
    firmness: Floats | None = None,
) -> DayUpdate:
    """Return the rest of ``day`` given ``observed`` (S, C), whose slots from ``until_slot`` on are ignored.

    Path p of the rest keeps the rank of path p of the forecast: where the day was busier than on other
    paths, it still is. What came in slots in which the forecast expects nobody counts in ``so_far``, but
    tells nothing of the rest. ``firmness`` (C,): how firmly days keep to the share gone by ``until_slot``, as
    ``elapsed_firmness`` learned it; without, as firmly as single slots, which trusts early hours too much
    where days start late as a whole. Raises ValueError where the day is not forecast, or where what is
    observed are no counts of it.
    """
    counts = checked_part(observed, forecast, day, until_slot)
    one = forecast.only([day])
    prior = Prior.of(one, counts, until_slot, firmness)
    left, rate = drawn_rest(prior, one.day_rate[:, 0].sum(axis=1), np.random.default_rng([seed, 3]))
    so_far: Wholes = counts[:until_slot].sum(axis=0)
    rest = Forecast(
        one.days, one.grid, one.channels, rate[:, None], left[:, None], _share_left(one, until_slot),
        np.where(prior.elapsed < 1, one.concentration, 1.0) * np.maximum(1 - prior.elapsed, _LEAST_SHARE),
        seed, one.model,
    )  # fmt: skip
    return DayUpdate(
        day=day,
        until_slot=until_slot,
        so_far=so_far,
        expected_so_far=one.day_rate[:, 0].mean(axis=0) * prior.elapsed,
        rest=rest,
        total=_span(rest, int(so_far.sum())),
        before=_span(one, 0),
    )


def _share_left(one: Forecast, until_slot: int) -> Floats:
    """Return the shares (1, S, C) of the slots to come; where none is left, the last slot takes the zero."""
    share = one.share.copy()
    share[:, :until_slot] = 0.0
    total = share.sum(axis=1, keepdims=True)
    share[:, -1] = np.where(total[:, 0] > 0, share[:, -1], 1.0)
    out: Floats = share / np.where(total > 0, total, 1.0)
    return out


def _span(forecast: Forecast, known: int) -> Span:
    low, high = forecast.day_quantiles(INTERVAL)[:, 0].tolist()
    return Span(known + float(forecast.day_rate.sum(axis=2).mean()), known + low, known + high)
