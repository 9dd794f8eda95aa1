"""Models of statsforecast (Nixtla): they know the week and, from two years on, the year, but no calendar."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from statsforecast.models import MSTL, AutoETS, SeasonalNaive

from benchmarks.peers.columns import totals
from benchmarks.peers.drawn import Drawn, Peer, samples_of
from forecasts.distribution import Floats
from forecasts.model import Known

_INTERVALS = tuple(range(1, 100, 2))
_LEVELS = np.array([(100 - i) / 200 for i in reversed(_INTERVALS)] + [(100 + i) / 200 for i in _INTERVALS])
_YEAR_DAYS, _WEEKS = 365, 52
Made = Callable[[int, int], Any]
"""(days of a week, days of history) → a model of the package."""


def _drawn_by(made: Made) -> Drawn:
    def drawn(known: Known, days: Sequence[date], paths: int, seed: int) -> Floats:  # noqa: ARG001 - it draws nothing
        y, ahead, week = _line(known, days)
        said = made(week, y.size).forecast(y=y, h=len(ahead), level=list(_INTERVALS))
        low = [said[f"lo-{i}"] for i in reversed(_INTERVALS)]
        quantiles = np.stack([*low, *(said[f"hi-{i}"] for i in _INTERVALS)])
        return samples_of(_LEVELS, quantiles[:, [ahead.index(d) for d in days]], paths)

    return drawn


def _line(known: Known, days: Sequence[date]) -> tuple[Floats, list[date], int]:
    """Return the counts of every working weekday, those up to the last day asked for, the week's length.

    A closing day is filled with the week before, as is usual with models that know no calendar: left out,
    it would shift the weekdays after it.
    """
    total = totals(known)
    first, last = min(total), max(total)
    week = {d.weekday() for d in total}
    span = (max(days) - first).days + 1
    line = [d for n in range(span) if (d := first + timedelta(days=n)).weekday() in week]
    y: list[float] = []
    for d in line:
        if d <= last:
            y.append(total[d] if d in total else y[-len(week)] if len(y) >= len(week) else y[-1])
    return np.array(y), line[len(y) :], len(week)


def _mstl(week: int, seen: int) -> Any:
    year = _YEAR_DAYS if week == 7 else _WEEKS * week
    return MSTL(season_length=[week, year] if seen >= 2 * year else [week])


PEERS = (
    Peer("statsforecast_seasonal_naive", _drawn_by(lambda week, _: SeasonalNaive(season_length=week))),
    Peer("statsforecast_auto_ets", _drawn_by(lambda week, _: AutoETS(season_length=week))),
    Peer("statsforecast_mstl", _drawn_by(_mstl)),
)
