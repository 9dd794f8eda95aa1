"""Models of statsforecast (Nixtla) as models of ours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from statsforecast.models import AutoETS, SeasonalNaive

from benchmarks.peers.drawn import of_days
from forecasts.distribution import Floats, Forecast
from forecasts.model import Explanation, Known

# Central intervals whose ends are the quantiles 0.5 %, 1.5 %, … 99.5 %.
_LEVELS = tuple(range(1, 100, 2))


@dataclass(slots=True)
class Peer:
    """``model``: makes the package's model from the length of the week in working days."""

    name: str
    model: Callable[[int], Any]
    min_office_days: int = 20

    def fit(self, known: Known) -> "FittedPeer":
        """Take the counts; the package fits and forecasts in one step."""
        return FittedPeer(self, known)


@dataclass(frozen=True, slots=True)
class FittedPeer:
    """A model of the package and what it is given."""

    peer: Peer
    known: Known

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:  # noqa: ARG002 - it draws nothing
        """Forecast every working weekday up to the last day asked for, and keep the days asked for.

        A holiday is filled with the week before, as is usual with models that know no calendar: left out,
        it would shift the weekdays after it.
        """
        seen = self.known.history
        total = dict(zip(seen.days, seen.day_count.sum(axis=1).astype(float).tolist(), strict=True))
        week = sorted({d.weekday() for d in seen.days})
        span = (max(days) - seen.days[0]).days + 1
        line = [d for n in range(span) if (d := seen.days[0] + timedelta(days=n)).weekday() in week]
        past = [d for d in line if d <= seen.days[-1]]
        y: list[float] = []
        for d in past:
            y.append(total[d] if d in total else y[-len(week)] if len(y) >= len(week) else y[-1])
        ahead = line[len(past) :]
        said = self.peer.model(len(week)).forecast(y=np.array(y), h=len(ahead), level=list(_LEVELS))
        quantiles = _quantiles(said)[:, [ahead.index(d) for d in days]]
        return of_days(quantiles, days, self.known, paths, self.peer.name)

    def explain(self, days: Sequence[date]) -> Explanation:  # noqa: ARG002 - nothing to tell of any day
        """Say nothing."""
        return Explanation()


def _quantiles(said: Mapping[str, Floats]) -> Floats:
    low = [said[f"lo-{level}"] for level in reversed(_LEVELS)]
    return np.stack([*low, *(said[f"hi-{level}"] for level in _LEVELS)])


PEERS = (
    Peer("statsforecast_seasonal_naive", lambda week: SeasonalNaive(season_length=week)),
    Peer("statsforecast_auto_ets", lambda week: AutoETS(season_length=week)),
)
