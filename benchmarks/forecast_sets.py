"""The five real daily series of the shared folder, with their folds: what forecasts are measured on.

Every calendar day is an office day, so that our models and the peers see the same regular series; what the
data tell of holidays and events stands in the event calendar. Totals of days only: one channel, one slot.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd

from benchmarks.shared_data import shared
from forecasts.calendar import Calendar
from forecasts.events import OWN, Event, in_order
from forecasts.history.counts import History
from forecasts.model import Known
from forecasts.slots import Grid

FILES = {
    "ae_uk": "data/ae_uk_hourly.csv",
    "uihc_ed": "data/uihc_ed_hourly.csv",
    "anonbank": "data/anonbank1999_6min.csv",
    "helpdesk_italy": "data/helpdesk_italy_tickets.csv",
    "servicenow": "data/servicenow_incidents.csv",
}
AE_UK_EVENTS = "data/ae_uk_events_daily.csv"
NEEDS = (*FILES.values(), AE_UK_EVENTS)

_GRID = Grid(60)
_SLOT = 9  # the totals have no time of day: all in one slot
_AHEAD = timedelta(days=730)  # holidays, school terms and fixtures are known so long before
_WARM_UPS, _WARM_UP_STEP, _WARM_UP_LEAST = 6, 37, 60
_UIHC_EVENTS = ("xmas", "xmas2", "nye", "nyd", "thx", "thx1", "ind", "game_day")
_AE_UK_NAMED = ("festive_day", "public_holiday", "school_holiday")
_AE_UK_FLAGS = ("is_rugby", "is_rug_in_Cardiff", "is_rug_out_Cardiff")


@dataclass(frozen=True, slots=True)
class Folds:
    """``origins`` are the last days seen, in order; ``warm_up`` origins before them are never scored."""

    origins: tuple[date, ...]
    warm_up: tuple[date, ...]
    horizon_days: int

    @property
    def all_origins(self) -> tuple[date, ...]:
        """Those of the warm-up and those that are scored, in order of time."""
        return (*self.warm_up, *self.origins)


@dataclass(frozen=True, slots=True, eq=False)
class DailySet:
    """``known``: everything, to the end of the data; folds cut it."""

    name: str
    known: Known
    folds: Folds


@cache
def daily_set(name: str) -> DailySet:
    """Read one of ``FILES``."""
    return _READERS[name]()


def _ae_uk() -> DailySet:
    """Emergency department in Wales, 2014-04 to 2019-02."""
    hours = pd.read_csv(shared(FILES["ae_uk"]))
    # The written day, not the instant: the hour that clocks repeat in October stands there twice.
    total = _totals(hours["local"], hours["n_attendance"])
    table = pd.read_csv(shared(AE_UK_EVENTS))
    days = _dates(table["Date"])
    named = [_named(days, table[c].fillna("").tolist()) for c in _AE_UK_NAMED]
    flags = [_named(days, [c * bool(f) for f in table[c]]) for c in _AE_UK_FLAGS]
    return _set("ae_uk", "GB", total, [e for part in (*named, *flags) for e in part], (9, 37, 91))


def _uihc_ed() -> DailySet:
    """Emergency department in Iowa, 2013-07 to 2018-03. Not the temperature: nobody knows it ahead."""
    hours = pd.read_csv(shared(FILES["uihc_ed"]))
    noon = hours[hours["t"].str[11:13] == "12"]
    days = _dates(noon["t"])
    events = [e for c in _UIHC_EVENTS for e in _named(days, [c * bool(f) for f in noon[c]])]
    return _set("uihc_ed", "US", _totals(hours["t"], hours["Arrivals"]), events, (9, 37, 91))


def _anonbank() -> DailySet:
    """Call centre of a bank in Israel, 1999."""
    parts = pd.read_csv(shared(FILES["anonbank"]))
    return _set("anonbank", "IL", _totals(parts["t"], parts["calls"]), (), (8, 37, 13))


def _helpdesk_italy() -> DailySet:
    """IT help desk in Italy, 2010-01 to 2012-09, four tickets a day."""
    tickets = pd.read_csv(shared(FILES["helpdesk_italy"]))
    return _set("helpdesk_italy", "IT", _totals(tickets["opened"], tickets["case"] * 0 + 1), (), (9, 37, 91))


def _servicenow() -> DailySet:
    """IT service desk in Brazil: the three months of 2016 that the file tells densely."""
    opened = pd.read_csv(shared(FILES["servicenow"]))["opened"]
    dense = opened[(opened >= "2016-03-01") & (opened < "2016-06-01")]
    return _set("servicenow", "BR", _totals(dense, dense.str.len() * 0 + 1), (), (6, 3, 28))


_READERS: Mapping[str, Callable[[], DailySet]] = {
    "ae_uk": _ae_uk,
    "uihc_ed": _uihc_ed,
    "anonbank": _anonbank,
    "helpdesk_italy": _helpdesk_italy,
    "servicenow": _servicenow,
}


def _dates(written: "pd.Series[str]") -> list[date]:
    return [date.fromisoformat(w[:10]) for w in written]


def _totals(written: "pd.Series[str]", count: "pd.Series[int]") -> dict[date, int]:
    by_day = count.fillna(0).astype(int).groupby(written.str[:10]).sum()
    return {date.fromisoformat(str(d)): int(n) for d, n in by_day.items()}


def _named(days: Sequence[date], names: Sequence[str]) -> Iterator[Event]:
    """Yield an event for each run of days that bear the same name; "" is none."""
    clean = [n.strip() for n in names]
    runs = [n for n, name in enumerate(clean) if name and (n == 0 or clean[n - 1] != name)]
    for first in runs:
        last = first
        while last + 1 < len(days) and clean[last + 1] == clean[first]:
            last += 1
        start, name = days[first], clean[first]
        yield Event(start, days[last], f"{OWN}{name}", name, start - _AHEAD)


def _set(
    name: str, country: str, total: Mapping[date, int], events: Iterable[Event], cut: tuple[int, int, int]
) -> DailySet:
    """Put a series into our form; ``cut``: number of origins, days from one to the next, horizon."""
    first, last = min(total), max(total)
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    count = np.zeros((len(days), _GRID.slots, 1), dtype=np.int64)
    count[:, _SLOT, 0] = [total.get(d, 0) for d in days]
    # Further than the data go: a model may ask what the day after the last one is.
    opened = frozenset(first + timedelta(days=n) for n in range(-730, len(days) + 730))
    calendar = Calendar(country, year_end_closure=False, opened=opened)
    known = Known(last, History(days, _GRID, ("all",), count), in_order(events), calendar)
    return DailySet(name, known, folds_of(days, *cut))


def folds_of(days: Sequence[date], number: int, step: int, horizon_days: int) -> Folds:
    """Cut origins from the end of the history, and warm-up origins from what is left before them."""
    ends = [len(days) - 1 - horizon_days - step * n for n in range(number)]
    before = [ends[-1] - _WARM_UP_STEP * (n + 1) for n in range(_WARM_UPS)]
    warm_up = [n for n in before if n + 1 >= _WARM_UP_LEAST]
    return Folds(
        tuple(days[n] for n in reversed(ends)), tuple(days[n] for n in reversed(warm_up)), horizon_days
    )
