"""Real daily series of the shared folder as desks: every hour of a day and every day that they are open."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from benchmarks.shared_data import shared
from forecasts.calendar import Calendar
from forecasts.history.counts import History, counted
from forecasts.history.log import read_log
from forecasts.history.records import Records
from forecasts.model import Known
from forecasts.slots import Grid, Period

_GRID = Grid(60)


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A history to forecast pieces of: ``origins`` are the last days seen, in order."""

    name: str
    known: Known
    origins: tuple[date, ...]
    horizon_days: int


def ae_uk(origins: int) -> Series:
    """Emergency department in the UK, 2014-04 to 2019-02."""
    hours = pd.read_csv(shared("data/ae_uk_hourly.csv"))
    # The written hour, not the instant: the hour that clocks repeat in October stands there twice.
    return _always_open("ae_uk", "GB", hours["local"].str[:13], hours["n_attendance"], origins)


def uihc_ed(origins: int) -> Series:
    """Emergency department in Iowa, 2013-07 to 2018-03."""
    hours = pd.read_csv(shared("data/uihc_ed_hourly.csv"))
    return _always_open("uihc_ed", "US", hours["t"].str[:13], hours["Arrivals"], origins)


def servicenow(origins: int) -> Series:
    """IT service desk in Brazil, the three dense months: two weeks ahead, from the 41st day on."""
    log = read_log(shared("data/servicenow_incidents.csv"), {"received_at": "opened"}, {"*": "all"})
    calendar = Calendar("BR", year_end_closure=False)
    period = Period.through(date(2016, 3, 1), date(2016, 5, 31))
    history = counted(Records(log), calendar, _GRID, ("all",), period)
    return _series("servicenow", history, calendar, (41, 10, 3, origins))


def _always_open(
    name: str, country: str, hour: "pd.Series[str]", count: "pd.Series[float]", origins: int
) -> Series:
    """Count a desk without closing days; quarters ahead, the last two years and a quarter."""
    day = pd.to_datetime(hour.str[:10]).dt.date
    days = tuple(day.min() + timedelta(days=n) for n in range((day.max() - day.min()).days + 1))
    counts = np.zeros((len(days), _GRID.slots, 1), dtype=np.int64)
    row = np.array([(d - days[0]).days for d in day])
    np.add.at(counts[:, :, 0], (row, hour.str[11:13].astype(int).to_numpy()), count.fillna(0).astype(int))
    # The last day of a file may be a part of one.
    history = History(days[:-1], _GRID, ("arrival",), counts[:-1])
    calendar = Calendar(country, year_end_closure=False, opened=frozenset(days))
    return _series(name, history, calendar, (500, 91, 91, origins))


def _series(name: str, history: History, calendar: Calendar, cut: tuple[int, int, int, int]) -> Series:
    """Cut origins from the end of the history: least days before one, horizon, step, number."""
    least, horizon, step, number = cut
    ends = range(len(history.days) - 1 - horizon, least - 2, -step)[:number]
    known = Known(history.days[-1], history, (), calendar)
    return Series(name, known, tuple(history.days[n] for n in reversed(ends)), horizon)
