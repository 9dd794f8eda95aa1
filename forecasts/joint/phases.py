"""Phases of a session of the Diet: openings are events of their own, these are the days within.

"In session" is nearly the same as the month (2020-25: all of February to May, none of July): a flag of it
would only take over the season. What is left are short phases with dates of their own: speeches, questions of
the parties, the budget committee with the day before it (notices of questions come in the evening before),
the last week before the end as it is known.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from forecasts.calendar import Calendar
from forecasts.distribution import Floats
from forecasts.events import SESSIONS, Event, is_cancelled
from forecasts.regressors import Column

PHASE_BLOCK = "diet_phase"
PHASES = ("speech", "questions", "budget", "last_week", "other")
# What the name of a milestone says of its phase; the first that fits.
_WORDS = (("演説", "speech"), ("代表質問", "questions"), ("予算", "budget"))
_LAST_DAYS = 5
_LEAST_SESSION_DAYS = 30  # a session of a few days has no phases


def phase_columns(
    days: Sequence[date], events: Sequence[Event], calendar: Calendar
) -> Iterator[tuple[Column, Floats]]:
    """Yield a column (D,) of 0 and 1 per phase that any event has."""
    acting: dict[str, set[date]] = {}
    for event in events:
        if not is_cancelled(event):
            acting.setdefault(_phase(event), set()).update(_days(event, calendar))
    for phase in PHASES:
        if acting.get(phase):
            yield Column(PHASE_BLOCK, phase), np.array([float(d in acting[phase]) for d in days])


def _phase(event: Event) -> str:
    """Return the phase that an event marks; "" = none."""
    if event.kind == "diet_milestone":
        return next((phase for word, phase in _WORDS if word in event.name), "other")
    is_long = (event.end - event.start).days >= _LEAST_SESSION_DAYS
    return "last_week" if event.kind in SESSIONS and is_long else ""


def _days(event: Event, calendar: Calendar) -> tuple[date, ...]:
    """Return the office days of an event's phase."""
    if event.kind in SESSIONS:
        first = event.end - timedelta(days=3 * _LAST_DAYS)
        return calendar.office_days(first, event.end + timedelta(days=1))[-_LAST_DAYS:]
    days = calendar.office_days(event.start, event.end + timedelta(days=1))
    return (calendar.shifted(event.start, -1), *days) if _phase(event) == "budget" else days
