"""Forecasts by slot of the day, and what a look at the day so far adds.

``slots_crps_vs_weekday_slot_mean``: CRPS of slot counts over the horizon of each fold (2-13 weeks), over that
of Poisson counts around the weekday x slot mean of the last twelve weeks; geometric mean over the real sets,
a row for each.

Within the day, on every day from the first fold on, when a quarter, half and three quarters of an average day
are over: the rest of the day, by a forecast at most a week old, with ``forecasts.update`` and without.
``update_wape_ratio``, ``update_crps_ratio``: with over without; ``busyness``: standard deviation of a day's
count around its forecast, Poisson noise taken off.
``within_day_update_ratio_busy``: geometric mean of the WAPE ratios where busyness is above .2, real or
invented; ``within_day_update_ratio_max``: the largest WAPE ratio of all. The same with ``_crps``.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.forecast_sets import FILES
from benchmarks.forecast_sim import first_member, mapped, named
from benchmarks.forecast_slot_sets import BUSYNESS, SlotSet, slot_set
from forecasts.distribution import Floats, Forecast
from forecasts.model import Known, Model, as_known
from forecasts.scores import crps
from forecasts.update import elapsed_firmness, updated_day

PROCESSES = 2
REAL, INVENTED = tuple(FILES), tuple(BUSYNESS)
IS_BUSY = 0.2
_SEED = 20261127
_PATHS = 500
_ALL = 100
_MEAN_WEEKS = 12
_PARTS_OF_DAY = (0.25, 0.5, 0.75)
_TOLD_DAYS = 7  # a forecast within the day is a week old at most

Told = tuple[float, float, float, float]
"""Absolute error of the rest of a day with the update and without, then CRPS with and without."""


def figures(run: Run) -> Mapping[str, float]:
    """Score all sets on two processes; --short takes one invented desk."""
    names = run.of((*REAL, *INVENTED), INVENTED[-1:])
    rows = mapped(partial(row_of, model=first_member(), origins=run.of(_ALL, 1)), names, run.of(PROCESSES, 1))
    found = dict(zip(names, rows, strict=True))
    out = {f"{name}.{k}": v for name, row in found.items() for k, v in row.items()}
    return dict(over_all(found)) | out


def over_all(found: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, float]]:
    """Yield the figures over all sets; those of slots only over the real ones, of which none may lack."""

    def geometric_mean(values: Sequence[float]) -> float:
        return float(np.exp(np.mean(np.log(values))))

    real = [row["slots_crps_ratio"] for name, row in found.items() if name in REAL]
    if len(real) == len(REAL):
        yield "slots_crps_vs_weekday_slot_mean", geometric_mean(real)
    busy = [row for row in found.values() if row["busyness"] > IS_BUSY]
    for score, suffix in (("wape", ""), ("crps", "_crps")):
        ratio = f"update_{score}_ratio"
        if busy:
            yield f"within_day_update_ratio_busy{suffix}", geometric_mean([row[ratio] for row in busy])
        yield f"within_day_update_ratio_max{suffix}", max(row[ratio] for row in found.values())


def row_of(name: str, model: str, origins: int = _ALL) -> dict[str, float]:
    """Return the figures of one set, from its last ``origins``."""
    one, learning = slot_set(name), named(model)
    slots = [
        _slots(one, *_ahead(one, learning, origin, one.horizon_days)) for origin in one.origins[-origins:]
    ]
    updates: list[Told] = []
    days: list[tuple[float, float]] = []
    for origin in _weekly(one)[-origins:]:
        then, forecast = _ahead(one, learning, origin, _TOLD_DAYS)
        updates += [told for day in forecast.days for told in _updates(one, then, forecast, day)]
        came = one.known.history.since(forecast.days[0]).count.sum(axis=(1, 2))[: len(forecast.days)]
        days += zip(came.tolist(), forecast.day_rate.sum(axis=2).mean(axis=0).tolist(), strict=True)
    ours, theirs = np.concatenate(slots, axis=1).mean(axis=1)
    error, error_without, score, score_without = np.sum(updates, axis=0)
    return {
        "slots_crps_ratio": float(ours / theirs),
        "update_wape_ratio": float(error / error_without),
        "update_crps_ratio": float(score / score_without),
        "busyness": _busyness(np.array(days)),
    }


def _weekly(one: SlotSet) -> tuple[date, ...]:
    """Return every seventh day from the first origin on; of a last, shorter week there is none."""
    days = one.known.history.days
    return days[days.index(one.origins[0]) : -_TOLD_DAYS : _TOLD_DAYS]


def _ahead(one: SlotSet, model: Model, origin: date, horizon_days: int) -> tuple[Known, Forecast]:
    """Return what was known at an origin and the forecast made of it."""
    days = one.known.history.days
    at = days.index(origin) + 1
    then = as_known(one.known.history, one.known.events, one.known.calendar, origin)
    return then, model.fit(then).forecast(days[at : at + horizon_days], _PATHS, _SEED)


def _busyness(days: Floats) -> float:
    """Return the spread of days' counts around their forecasts (N, 2), the Poisson noise taken off."""
    count, mean = days.T
    beyond_poisson = (np.square(count - mean) - mean).sum() / np.square(mean).sum()
    return float(np.sqrt(max(0.0, beyond_poisson)))


def _slots(one: SlotSet, then: Known, forecast: Forecast) -> Floats:
    """Return the CRPS of each slot ahead, ours and that of the weekday x slot mean: (2, N)."""
    history = one.known.history
    at = history.days.index(forecast.days[0])
    actual = history.count[at : at + len(forecast.days)].sum(axis=2).reshape(-1)
    ours = forecast.slot_counts().sum(axis=3).reshape(forecast.paths, -1)
    mean = weekday_slot_mean(then, forecast.days).reshape(-1)
    theirs = np.random.default_rng([_SEED, 1]).poisson(mean, size=(forecast.paths, mean.size))
    is_open = (mean > 0) | (ours.mean(axis=0) > 0) | (actual > 0)
    return np.stack([crps(actual[is_open], ours[:, is_open]), crps(actual[is_open], theirs[:, is_open])])


def weekday_slot_mean(then: Known, days: Sequence[date]) -> Floats:
    """Return the mean of each slot on the same weekday of the last weeks: (D, S)."""
    seen = then.history
    first = seen.days[-1].toordinal() - 7 * _MEAN_WEEKS
    recent = [n for n, d in enumerate(seen.days) if d.toordinal() > first]
    count = seen.count.sum(axis=2)
    return np.stack(
        [count[[n for n in recent if seen.days[n].weekday() == d.weekday()]].mean(axis=0) for d in days]
    )


def _updates(one: SlotSet, then: Known, forecast: Forecast, day: date) -> Iterator[Told]:
    """Yield what the update does to the rest of a day, for each time of it."""
    history = one.known.history
    observed = history.count[history.days.index(day)]
    gone = np.cumsum(forecast.only([day]).mean_rate()[0].sum(axis=1))
    plain = forecast.only([day]).slot_counts()[:, 0].sum(axis=2)
    for part in _PARTS_OF_DAY:
        until = int(np.searchsorted(gone, part * gone[-1])) + 1
        firmness = elapsed_firmness(then.history, then.events, then.calendar, until)
        rest = updated_day(forecast, day, observed, until, _SEED, firmness).rest
        came = np.array([observed[until:].sum()])
        with_, without = rest.day_count[:, 0].sum(axis=1), plain[:, until:].sum(axis=1)
        mean = float(forecast.only([day]).mean_rate()[0, until:].sum())
        yield (
            abs(float(came[0]) - float(rest.day_rate[:, 0].sum(axis=1).mean())),
            abs(float(came[0]) - mean),
            float(crps(came, with_[:, None])[0]),
            float(crps(came, without[:, None])[0]),
        )
