"""A small desk's history drawn from known rates, for the tests of models, backtest and choice."""

from datetime import date, timedelta

import numpy as np

from forecasts.calendar import Calendar
from forecasts.distribution import Floats
from forecasts.events import Event
from forecasts.features import rounds, window_of
from forecasts.history.counts import History
from forecasts.model import Known, as_known
from forecasts.slots import Grid

CALENDAR = Calendar()
GRID = Grid(60)
CHANNELS = ("phone", "mail")
WEEKDAYS = np.array([1.2, 1.0, 0.95, 0.95, 0.9, 1.0, 1.0])
PROFILE = np.array([0.0] * 8 + [1, 3, 2, 2, 1, 2, 2, 2, 1, 1] + [0.0] * 6) / 17


def transfer(day: date, headcount: int | None = 500) -> Event:
    """A transfer that is announced two weeks ahead."""
    return Event(day, day, "transfer", f"transfer {day}", day - timedelta(days=14), f"{day}", headcount)


def transfers(first: int, last: int) -> tuple[Event, ...]:
    """The April and July rounds of the years ``first`` to ``last``."""
    years = range(first, last + 1)
    return tuple(sorted(transfer(date(y, m, 1), n) for y in years for m, n in ((4, 500), (7, 300))))


def history(
    start: date, end: date, events: tuple[Event, ...] = (), peak: float = 1.8, seed: int = 1
) -> History:
    """Draw a history with 50 inquiries a day, overdispersed; events raise it to ``peak`` times, decaying."""
    rng = np.random.default_rng(seed)
    days = CALENDAR.office_days(start, end)
    rate = 50 * WEEKDAYS[[d.weekday() for d in days]] * event_factor(days, events, peak)
    total = rng.poisson(rate * rng.gamma(1 / 0.02, 0.02, size=len(days)))
    phone = rng.binomial(total, 0.7)
    by_channel = [rng.multinomial(n, PROFILE) for n in (phone, total - phone)]
    return History(days, GRID, CHANNELS, np.stack(by_channel, axis=2).astype(np.int64))


def event_factor(days: tuple[date, ...], events: tuple[Event, ...], peak: float) -> Floats:
    """Return how many times the usual inquiries come, at ``peak`` on the first day of a round of 500."""
    out, row = np.ones(len(days)), {d: n for n, d in enumerate(days)}
    for found in rounds(events, CALENDAR):
        window = [d for d in window_of(found.events[0], CALENDAR) if d >= found.start]
        for t, day in enumerate(window):
            if day in row:
                out[row[day]] += (peak - 1) * np.exp(-t / 5) * (found.headcount or 500) / 500
    return out


def known(start: date, as_of: date, events: tuple[Event, ...] = (), seed: int = 1) -> Known:
    """Return what is known at the end of ``as_of`` of a history that goes on after it."""
    seen = history(start, as_of + timedelta(days=1), events, seed=seed)
    return as_known(seen, events, CALENDAR, as_of)
