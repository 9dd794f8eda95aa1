"""Counts by slot of the day to forecast: the five real sets again, and invented desks of known busyness."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd

from benchmarks.forecast_sets import FILES, daily_set, folds_of
from benchmarks.shared_data import shared
from forecasts.calendar import Calendar
from forecasts.distribution import Wholes
from forecasts.history.counts import History
from forecasts.model import Known
from forecasts.slots import Grid

BUSYNESS = {"invented_even": 0.1, "invented_busy": 0.3, "invented_busier": 0.45}
"""Standard deviation of the day's factor of invented desks."""

_COLUMNS = {
    "anonbank": ("t", "calls", 30),  # six-minute counts fall whole into half hours
    "ae_uk": ("local", "n_attendance", 60),
    "uihc_ed": ("t", "Arrivals", 60),
    "servicenow": ("opened", "", 60),
    "helpdesk_italy": ("opened", "", 60),
}
_ORIGINS, _STEP_DAYS, _HORIZON_DAYS = 8, 20, 20  # of invented desks; real sets have the folds of their days
_SEED = 20261126
_DAYS, _RATE, _FIRMNESS = 400, 60.0, 150.0
_PROFILE = np.array([0.0] * 8 + [2, 4, 4, 3, 2, 3, 3, 3, 2, 1] + [0.0] * 6) / 27


@dataclass(frozen=True, slots=True, eq=False)
class SlotSet:
    """``known``: everything, to the end of the data; ``origins``: last days seen, in order."""

    name: str
    known: Known
    origins: tuple[date, ...]
    horizon_days: int


@cache
def slot_set(name: str) -> SlotSet:
    """Read one of ``FILES``, or draw one of ``BUSYNESS``."""
    if name in BUSYNESS:
        known = _invented(name)
        folds = folds_of(known.history.days, _ORIGINS, _STEP_DAYS, _HORIZON_DAYS)
    else:
        known, folds = _real(name), daily_set(name).folds
    return SlotSet(name, known, folds.origins, folds.horizon_days)


def _real(name: str) -> Known:
    """Return a set with the days, events and calendar of the daily sets, by slot."""
    known = daily_set(name).known
    written, counted, slot_min = _COLUMNS[name]
    table = pd.read_csv(shared(FILES[name]))
    count = table[counted].fillna(0).astype(int).tolist() if counted else [1] * len(table)
    grid = Grid(slot_min)
    return replace(known, history=_by_slot(known.history, grid, table[written].tolist(), count))


def _by_slot(history: History, grid: Grid, written: Iterable[str], count: Iterable[int]) -> History:
    """Put counts into the slots of their written times (1999-01-01 00:06:00); days not there are left."""
    row = {d.isoformat(): n for n, d in enumerate(history.days)}
    out: Wholes = np.zeros((len(row), grid.slots, 1), dtype=np.int64)
    for text, n in zip(written, count, strict=True):
        if text[:10] in row:
            out[row[text[:10]], grid.slot_of(int(text[11:13]) * 60 + int(text[14:16])), 0] += n
    return replace(history, grid=grid, count=out)


def _invented(name: str) -> Known:
    """Draw a desk whose days are busy by a factor of their own, slots strewn around the profile."""
    busyness = BUSYNESS[name]
    rng = np.random.default_rng([_SEED, round(100 * busyness)])
    calendar = Calendar()
    last = date(2026, 2, 27)
    days = calendar.office_days(last - timedelta(days=round(_DAYS * 1.5)), last + timedelta(days=1))[-_DAYS:]
    weekday = np.array([1.15, 1.0, 0.97, 0.95, 0.93])[[d.weekday() for d in days]]
    factor = rng.gamma(busyness**-2, busyness**2, size=len(days))
    share = rng.dirichlet(_FIRMNESS * _PROFILE[_PROFILE > 0], size=len(days))
    count = np.zeros((len(days), _PROFILE.size, 1), dtype=np.int64)
    count[:, _PROFILE > 0, 0] = rng.poisson(_RATE * (weekday * factor)[:, None] * share)
    return Known(last, History(days, Grid(60), ("all",), count), (), calendar)
