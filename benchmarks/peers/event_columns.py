"""Columns of events for peers on invented desks: what a careful user of such a package would write.

For each kind of event that lies near the days: ``window`` (0/1: ten office days from the start, or from start
to end where it lasts for a purpose) and ``decay`` (exp(-t/5) over office days); of transfers also both by the
people they move. Of the calendar: the day after a long closure, after a holiday, the last days of March.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from forecasts.calendar import LONG_CLOSURE_DAYS
from forecasts.distribution import Floats
from forecasts.events import SESSIONS, Event
from forecasts.model import Known

_WINDOW_DAYS, _DECAY_DAYS, _REACH_DAYS = 10, 5.0, 25
_BEGUN = (*SESSIONS, "transfer")  # felt from their first day on, not until their end
_YEAR_END_DAYS = 5


def event_columns(known: Known, days: Sequence[date]) -> tuple[tuple[str, ...], Floats]:
    """Return names and values (D, names) on office days, past and coming; days in order, without gaps."""
    columns = dict(_columns(known, days))
    return tuple(columns), np.stack(list(columns.values()), axis=1)


def _columns(known: Known, days: Sequence[date]) -> Iterator[tuple[str, Floats]]:
    ordinal = np.array([d.toordinal() for d in days])
    gap = np.diff(ordinal, prepend=ordinal[0] - 1) - 1
    is_plain_monday = np.array([d.weekday() == 0 for d in days]) & (gap == 2)
    yield "after_closure", (gap >= LONG_CLOSURE_DAYS).astype(float)
    yield "after_holiday", ((gap > 0) & (gap < LONG_CLOSURE_DAYS) & ~is_plain_monday).astype(float)
    yield "year_end", _year_end(days)
    near = [e for e in known.events if days[0] <= e.start <= days[-1]]
    for kind in sorted({e.kind for e in near}):
        members = [e for e in near if e.kind == kind]
        yield f"{kind}.window", np.max([_window(e, ordinal) for e in members], axis=0)
        yield f"{kind}.decay", np.max([_decay(e, ordinal) for e in members], axis=0)
        heads = np.array([e.headcount or 0 for e in members], dtype=float)
        if heads.any():
            size = heads / heads.max()
            yield f"{kind}.window.heads", size @ np.stack([_window(e, ordinal) for e in members])
            yield f"{kind}.decay.heads", size @ np.stack([_decay(e, ordinal) for e in members])


def _year_end(days: Sequence[date]) -> Floats:
    out = np.zeros(len(days))
    for year in {d.year for d in days}:
        march = [n for n, d in enumerate(days) if (d.year, d.month) == (year, 3)]
        is_whole = any((d.year, d.month) > (year, 3) for d in days)
        out[march[-_YEAR_END_DAYS:] if is_whole else []] = 1.0
    return out


def _since(event: Event, ordinal: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Floats:
    """Return the office days since the first day of an event; negative before it."""
    since: Floats = np.arange(ordinal.size) - np.searchsorted(ordinal, event.start.toordinal()).astype(float)
    return since


def _window(event: Event, ordinal: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Floats:
    since = _since(event, ordinal)
    if event.kind in _BEGUN:
        return ((since >= 0) & (since < _WINDOW_DAYS)).astype(float)
    return ((since >= 0) & (ordinal <= event.end.toordinal())).astype(float)


def _decay(event: Event, ordinal: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Floats:
    since = _since(event, ordinal)
    return np.where((since >= 0) & (since < _REACH_DAYS), np.exp(-np.maximum(since, 0) / _DECAY_DAYS), 0.0)
