"""What our models are told of days, as columns that any package takes: national holidays and events."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from forecasts.distribution import Floats
from forecasts.model import Known

HOLIDAY = "holiday:"


def totals(known: Known) -> dict[date, float]:
    """Return the total of each day of the history, all channels together."""
    days = known.history.days
    return dict(zip(days, known.history.day_count.sum(axis=1).astype(float).tolist(), strict=True))


def named_days(known: Known, days: Iterable[date]) -> dict[str, frozenset[date]]:
    """Return, by name, which of these days are national holidays or lie in an event.

    A holiday that the events tell of on the very same days is told once.
    """
    asked = frozenset(days)
    events: dict[str, set[date]] = {}
    for event in known.events:
        events.setdefault(event.kind, set()).update(d for d in asked if event.start <= d <= event.end)
    national: dict[str, set[date]] = {}
    for day in sorted(asked):
        if name := known.calendar.holiday(day):
            national.setdefault(f"{HOLIDAY}{name}", set()).add(day)
    out = {name: frozenset(on) for name, on in events.items() if on}
    told = set(out.values())
    return out | {name: frozenset(on) for name, on in national.items() if frozenset(on) not in told}


def flags(named: dict[str, frozenset[date]], days: Sequence[date]) -> Floats:
    """Return a column of 0 and 1 for each name: (D, names)."""
    return np.array([[float(d in on) for on in named.values()] for d in days]).reshape(len(days), len(named))
