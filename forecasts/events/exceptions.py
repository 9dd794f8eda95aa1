"""The desk's calendar with what events say of single days: 臨時閉庁, 臨時開庁."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from forecasts.calendar import Calendar
from forecasts.events.event import Event, is_cancelled
from forecasts.slots import Period

_EXCEPTIONS = frozenset({"closure", "opening"})


def calendar_with(calendar: Calendar, events: Iterable[Event]) -> Calendar:
    """Return the calendar with the closures and openings among events; they win over the desk file.

    Pass the events known on the day of a plan: a closure that nobody had announced closes nothing.
    """
    live = [e for e in events if not is_cancelled(e)]
    closed, opened = days_of("closure", live), days_of("opening", live)
    if not (closed or opened):
        return calendar
    return replace(
        calendar, closed=(calendar.closed - opened) | closed, opened=(calendar.opened - closed) | opened
    )


def calendar_as_known(calendar: Calendar, events: Sequence[Event], seen: Iterable[Event]) -> Calendar:
    """Return the calendar of a day on which only ``seen`` was known of all ``events`` that made it.

    Closures and openings among ``events`` leave it, those among ``seen`` act as they stood then. What the
    desk file said of such a day before an event overruled it is lost: the general rule holds there. The same
    object comes back where nothing changes, so that what is cached by calendar stays.
    """
    live = [e for e in events if e.kind in _EXCEPTIONS and not is_cancelled(e)]
    bare = replace(
        calendar,
        closed=calendar.closed - days_of("closure", live),
        opened=calendar.opened - days_of("opening", live),
    )
    then = calendar_with(bare, seen)
    return calendar if then == calendar else then


def days_of(kind: str, events: Iterable[Event]) -> frozenset[date]:
    """Return every day of the events of one kind."""
    return frozenset(d for e in events if e.kind == kind for d in Period.through(e.start, e.end).days)
