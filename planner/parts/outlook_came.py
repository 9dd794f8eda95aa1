"""What came after an outlook was made: whole days, and the one that is running."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from forecasts.distribution import Forecast
from forecasts.events import known_on
from forecasts.update import updated_period
from planner import session
from planner.desk import Desk
from planner.desk_past import DeskPast
from planner.outlook import KeptOutlook
from planner.outlook.figures import View
from planner.outlook.running_day import RunningDay, is_running, reach_of, running_day


@dataclass(frozen=True, slots=True, eq=False)
class Came:
    """What came after ``as_of`` on days that count: whole days, ``count`` (N, C), and one that is not over.

    ``unfinished``: the day known in part, in no way among ``days``; ``running``: what is made of it, None
    where the times of its inquiries are not known.
    """

    days: tuple[date, ...]
    count: NDArray[np.int64]
    unfinished: date | None = None
    running: RunningDay | None = None

    def of(self, outlook: KeptOutlook, view: View) -> tuple[tuple[date, ...], list[int]]:
        """Return the days and the inquiries of what is looked at."""
        if not view.channel:
            return self.days, self.count.sum(axis=1).tolist()
        at = [channel for channel, _ in outlook.facts.channels].index(view.channel)
        return self.days, self.count[:, at].tolist()


def came_after(outlook: KeptOutlook, desk: Desk | None) -> Came | None:
    """Return what was imported of the days after ``as_of``; None where nothing was. Raises FaultyFile.

    The history is counted only where an import tells of such days: that takes a while.
    """
    facts = outlook.facts
    if desk is None or not _has_later(desk, facts.as_of):
        return None
    history = session.past(desk).history
    if history is None or history.channels != tuple(channel for channel, _ in facts.channels):
        return None
    ahead = set(facts.days)
    at = [n for n, d in enumerate(history.days) if d in ahead and d not in history.left_out]
    if not at:
        return None
    whole = Came(tuple(history.days[n] for n in at), history.day_count[at])
    return _with_unfinished(outlook, whole, session.past(desk))


def _with_unfinished(outlook: KeptOutlook, came: Came, past: DeskPast) -> Came:
    """Take the newest day out of the whole ones where its records end before it does."""
    history, day, desk = past.history, came.days[-1], past.desk
    told = past.records.counted_period
    if history is None or told is None or told.last != day:  # something of a later day is known
        return came
    reach, forecast = reach_of(past.records, day, history.channels), outlook.forecast()
    now = session.time_on(session.day_of(desk.id))
    if not is_running(reach, forecast, (now, *_taken_at(desk, day)), desk.reception.closes_min):
        return came
    days, count = came.days[:-1], came.count[:-1]
    if reach.last_min is None or history.grid != forecast.grid or day in history.spread:
        return Came(days, count, day)
    known = known_on(past.events, day), desk.calendar
    seen = running_day(_of_morning(forecast, days, count, day), history, reach, known, forecast.seed)
    return Came(days, count, day, seen)


def _taken_at(desk: Desk, day: date) -> list[datetime]:
    """Return when the last records of a day were taken in."""
    records = session.store().imports(desk.id)
    return sorted(r.at for r in records if r.is_active and r.last_day is not None and r.last_day >= day)[-1:]


def _of_morning(forecast: Forecast, days: tuple[date, ...], count: NDArray[np.int64], day: date) -> Forecast:
    """Return the forecast of a day as the whole days before it leave it."""
    return updated_period(forecast.only((*days, day)), days, count, forecast.seed)


def _has_later(desk: Desk, as_of: date) -> bool:
    records = session.store().imports(desk.id)
    return any(r.is_active and r.last_day is not None and r.last_day > as_of for r in records)
