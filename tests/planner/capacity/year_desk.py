"""A small desk, and a model that was told what comes: quick, and small enough to think through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasts.calendar import Calendar
from forecasts.distribution import Forecast
from forecasts.events import Event
from forecasts.features import window_of
from forecasts.history.counts import History
from forecasts.model import Explanation
from forecasts.slots import Grid, Period
from planner.desk import Desk
from planner.intake import Question
from tests.planner.alternatives.small_desk import make_desk

CALENDAR = Calendar()
AS_OF = date(2026, 3, 1)
GRID = Grid(30)


@dataclass(frozen=True)
class Told:
    """So many inquiries a day (two thirds by phone), and ``more`` times of them where an event acts."""

    a_day: float = 60.0
    more: float = 1.5
    firmness: float = float("inf")
    events: tuple[Event, ...] = ()

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        rng = np.random.default_rng(seed)
        level = rng.gamma(200, 1 / 200, (paths, 1))
        acting = np.array([any(d in window_of(e, CALENDAR) for e in self.events) for d in days])
        total = (
            self.a_day * level * np.where(acting, self.more, 1.0) * rng.gamma(50, 1 / 50, (paths, len(days)))
        )
        rate = total[:, :, None] * np.array([2 / 3, 1 / 3])
        minute = np.arange(GRID.slots) * GRID.slot_min
        flat = ((minute >= 8 * 60) & (minute < 19 * 60)).astype(float)
        share = np.broadcast_to((flat / flat.sum())[None, :, None], (len(days), flat.size, 2)).copy()
        return Forecast(
            tuple(days),
            GRID,
            ("phone", "mail"),
            rate,
            rng.poisson(rate),
            share,
            np.full(2, self.firmness),
            seed,
        )

    def explain(self, days: Sequence[date]) -> Explanation:
        return Explanation()

    def given(self, events: Sequence[Event]) -> "Told":
        return Told(self.a_day, self.more, self.firmness, tuple(events))


def make_question(desk: Desk | None = None, events: tuple[Event, ...] = ()) -> Question:
    """Return a question of the small desk on 1 March 2026; only its calendar and its past days are read."""
    desk = desk or make_desk()
    days = CALENDAR.office_days(date(2026, 1, 5), AS_OF)
    count = np.ones((len(days), GRID.slots, 2), dtype=np.int64)
    history = History(days, GRID, desk.channel_ids, count)
    return Question(desk, history, events, Period(date(2026, 3, 2), date(2026, 6, 1)), AS_OF, {}, {}, ())
