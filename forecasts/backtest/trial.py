"""The past as it was known then: what a model said at earlier origins, beside what came.

At each origin the history and the announcements are cut (``as_known``); the model is fitted once and draws
joint paths over the whole horizon, so that scores of days, of windows and at every lead come from one fit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecasts.distribution import Floats, Wholes
from forecasts.features import event_days, learned_rows, rounds, window_of
from forecasts.model import Known, Model, as_known

HORIZONS: Mapping[str, int] = {"day": 1, "week": 5, "month": 20, "quarter": 65}
"""Furthest lead of each horizon in office days: 1 day, 1, 4 and 13 weeks."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One origin's forecast of the days' totals, all channels together, and what came.

    Shapes: P paths, D scored days. ``samples`` (P, D): inquiries a day, joint over days. ``mean`` (D,): their
    expected value. ``is_event`` (D,): an event acts, as known today. ``lead`` (D,): how many office days
    after the origin, from 1 on. ``round_at``: the places (in D) of the days of each round of events.
    """

    origin: date
    days: tuple[date, ...]
    actual: Wholes
    samples: Wholes
    mean: Floats
    is_event: NDArray[np.bool_]
    lead: Wholes
    round_at: tuple[tuple[int, ...], ...] = ()


def trials(
    model: Model, known: Known, origins: Sequence[date], horizon_days: int, paths: int, seed: int
) -> tuple[Trial, ...]:
    """Let a model forecast up to ``horizon_days`` office days from the end of each origin.

    Days that must not be learned from are not scored either. Raises ValueError if an origin has too short
    a history before it or nothing after it.
    """
    past = _Past.of(known)
    return tuple(_trial(model, past, origin, horizon_days, (paths, seed)) for origin in origins)


@dataclass(frozen=True, slots=True, eq=False)
class _Past:
    """What is the same at every origin: ``total`` (D,), ``learned_rows`` (D,), the days of events."""

    known: Known
    total: Wholes
    learned_rows: NDArray[np.bool_]
    acting: frozenset[date]
    round_days: tuple[tuple[date, ...], ...]

    @classmethod
    def of(cls, known: Known) -> "_Past":
        """Compute it once."""
        history, events, calendar = known.history, known.events, known.calendar
        return cls(
            known,
            history.count.sum(axis=(1, 2)),
            learned_rows(history, events),
            frozenset(event_days(events, calendar)),
            tuple(
                tuple(sorted({d for e in r.events for d in window_of(e, calendar)}))
                for r in rounds(events, calendar)
            ),
        )

    def rows_after(self, origin: date, horizon_days: int) -> Wholes:
        """Return the rows of the days of the horizon."""
        first = sum(d <= origin for d in self.known.history.days)
        return np.arange(first, min(first + horizon_days, self.total.size), dtype=np.int64)


def _trial(model: Model, past: _Past, origin: date, horizon_days: int, draw: tuple[int, int]) -> Trial:
    known, rows = past.known, past.rows_after(origin, horizon_days)
    at = np.flatnonzero(past.learned_rows[rows])
    if not at.size:
        message = f"nothing to score after {origin}"
        raise ValueError(message)
    then = as_known(known.history, known.events, known.calendar, origin)
    # All days are drawn and some scored: what was left out later must not change the draws of the others.
    forecast = model.fit(then).forecast([known.history.days[n] for n in rows], *draw)
    days = tuple(forecast.days[n] for n in at)
    place = {d: n for n, d in enumerate(days)}
    round_at = (tuple(place[d] for d in of_round if d in place) for of_round in past.round_days)
    return Trial(
        origin=origin,
        days=days,
        actual=past.total[rows[at]],
        samples=forecast.day_count.sum(axis=2)[:, at],
        mean=forecast.day_rate.sum(axis=2).mean(axis=0)[at],
        is_event=np.array([d in past.acting for d in days], dtype=np.bool_),
        lead=at + 1,
        round_at=tuple(at for at in round_at if at),
    )
