"""The day that is running: how far its records reach, what came, what is still expected of it.

A day of which records end before closing must not be judged as a whole day, nor teach the days ahead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd

from forecasts.calendar import Calendar
from forecasts.distribution import Floats, Forecast
from forecasts.events import Event
from forecasts.history.counts import History
from forecasts.history.records import Records
from forecasts.slots import DAY_MIN
from forecasts.update import DayUpdate, Surprise, elapsed_firmness, surprise_so_far, updated_day

_SILENT = 0.001
"""Rarer than this, nobody asks until midnight: the records were cut off, they do not tell of silence."""
_UNSEEN = 1.0
"""The slot of the last record is taken for whole where less than this is expected in what is left of it."""
_LEVELS = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far records tell of a day. ``last_min``: minute of the day of the last one, None without times."""

    day: date
    last_min: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Inquiries since the start of the day, by minute of the day: (T,), bands (T, 3) as 10, 50, 90 %."""

    minute: tuple[int, ...]
    band: Floats


@dataclass(frozen=True, slots=True, eq=False)
class RunningDay:
    """A day that is not over. ``actual``: minute of the day, inquiries since its start.

    ``before``: how the day was expected to go; ``after``: how from ``update.until_slot`` on, given what came.
    """

    reach: Reach
    update: DayUpdate
    found: Surprise
    actual: tuple[tuple[int, int], ...]
    before: Course
    after: Course


def reach_of(records: Records, day: date, channels: Sequence[str]) -> Reach:
    """Return how far the records of inquiries and of an exchange tell of a day."""
    midnight = pd.Timestamp(day)
    inquiries, intervals = records.inquiries, records.intervals
    timed = inquiries.loc[inquiries["is_timed"] & inquiries["channel"].isin(channels), "received_at"]
    # Reports are often filled with zeros to the end of the day.
    busy = intervals[(intervals["offered"] > 0) & intervals["channel"].isin(channels)]
    ends = busy["start_at"] + pd.to_timedelta(busy["length_min"], unit="min")
    of_day = pd.concat(
        [timed[timed.dt.normalize() == midnight], ends[busy["start_at"].dt.normalize() == midnight]]
    )
    if of_day.empty:
        return Reach(day, None)
    return Reach(day, min((of_day.max() - midnight) / pd.Timedelta(minutes=1), DAY_MIN))


def is_running(reach: Reach, forecast: Forecast, clocks: Sequence[datetime], closes_min: int) -> bool:
    """Tell whether a day is only known in part.

    ``clocks``: now, then when its last records were taken in. A day that is past is whole, unless its
    records were taken in before it closed. A clock that stands before the last record is that of another
    world (the sample's) and decides nothing.
    """
    midnight = datetime.combine(reach.day, time())
    last = midnight + timedelta(minutes=reach.last_min or 0)
    closing = midnight + timedelta(minutes=closes_min)
    if any(last <= clock < closing for clock in clocks):
        return True
    if reach.last_min is None or clocks[0].date() > reach.day:
        return False
    one = forecast.only([reach.day])
    ahead = (one.day_rate[:, 0] * _share_after(one, reach.last_min)).sum(axis=1)
    return float(np.exp(-ahead).mean()) < _SILENT


def running_day(
    forecast: Forecast,
    history: History,
    reach: Reach,
    known: tuple[Sequence[Event], Calendar],
    seed: int,
) -> RunningDay:
    """Return what came of a day and what is expected of its rest. ``forecast``: as of that morning.

    ``history`` counts the day itself in the slots of the forecast; how firmly days keep to their course is
    learned from the days before it. Raises ValueError where the day is not in both, or has no known times.
    """
    if reach.last_min is None or history.grid != forecast.grid or reach.day in history.spread:
        message = f"the times of the inquiries of {reach.day} are not known by the slots of the forecast"
        raise ValueError(message)
    one = forecast.only([reach.day])
    until = _until_slot(one, reach.last_min)
    counts = history.count[history.days.index(reach.day)]
    firmness = elapsed_firmness(history.before(reach.day), *known, until)
    update = updated_day(one, reach.day, counts, until, seed, firmness)
    loose = one.concentration if firmness is None else np.minimum(one.concentration, firmness)
    sums = np.cumsum(counts[:until].sum(axis=1))
    came = int(update.so_far.sum())
    return RunningDay(
        reach=reach,
        update=update,
        found=surprise_so_far(one, reach.day, counts, until, firmness),
        actual=((0, 0), *((one.grid.start_min(n + 1), int(total)) for n, total in enumerate(sums))),
        before=_course(replace(one, concentration=loose), 0, 0),
        after=_course(update.rest, until, came),
    )


def _share_after(one: Forecast, minute: float) -> Floats:
    """Return the share (C,) of a day's inquiries that comes after a minute."""
    slot = min(one.grid.slot_of(minute), one.grid.slots - 1)
    left = one.grid.start_min(slot + 1) - minute
    out: Floats = one.share[0, slot + 1 :].sum(axis=0) + one.share[0, slot] * left / one.grid.slot_min
    return out


def _until_slot(one: Forecast, last_min: float) -> int:
    """Return the first slot that is not known: that of the last record, or the next one."""
    slot = min(one.grid.slot_of(last_min), one.grid.slots - 1)
    end = one.grid.start_min(slot + 1)
    rest = float(one.mean_rate()[0, slot].sum()) * (end - last_min) / one.grid.slot_min
    return slot + 1 if rest < _UNSEEN else slot


def _course(one: Forecast, from_slot: int, came: int) -> Course:
    """Return the course of a day from a slot on, at the end of each slot; ``came``: before that slot."""
    sums = came + np.cumsum(one.slot_counts()[:, 0, from_slot:].sum(axis=2), axis=1)
    start = np.full((1, len(_LEVELS)), float(came))
    band = np.quantile(sums, _LEVELS, axis=0, method="inverted_cdf").T
    minutes = (one.grid.start_min(n) for n in range(from_slot, one.grid.slots + 1))
    return Course(tuple(minutes), np.concatenate([start, band]))
