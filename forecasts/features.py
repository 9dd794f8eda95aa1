"""What a model may know of a day: which events act on it, with which others they belong, what is learned.

Everything is computed from the calendar and from the events given; a caller passes the events known on
its day (``events.known_on``), so nothing here can look ahead.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from forecasts.calendar import Calendar, fiscal_year
from forecasts.events import EXPECTED, OWN, Event
from forecasts.history.breaks import gaps
from forecasts.history.counts import History

LONG_SESSION_DAYS = 100
GAP_DAYS = 10
"""From so many office days in a row without an inquiry on, records are missing."""
CACHED = 8192  # a backtest asks for the same days at every origin
_SAME_ROUND_DAYS = 45


@dataclass(frozen=True, slots=True)
class Window:
    """Office days on which a kind of event acts, counted from its first office day (= 0).

    ``to_end``: acts until the last day of the event, whatever ``after`` says.
    """

    before: int = 0
    after: int = 0
    to_end: bool = False


# Kinds that are not here act on no day. A flat "in session" flag would only repeat the month: phases.
EVENT_WINDOWS: Mapping[str, Window] = {
    "transfer": Window(before=2, after=9),
    "diet_ordinary": Window(after=9),
    "diet_special": Window(after=9),
    "rollout": Window(to_end=True),
    "system_change": Window(after=1),
    "password_expiry": Window(before=1, after=1),
    "election": Window(after=1),
    "other": Window(to_end=True),
}
# Openings of ordinary and of long special sessions are the same work: learned together.
_FAMILY = {kind: "diet_opening" if kind.startswith("diet_") else kind for kind in EVENT_WINDOWS}


def family_of(kind: str) -> str:
    """Return the name under which kinds of event that act alike are learned together; "" = acts never."""
    return kind if kind.startswith(OWN) else _FAMILY.get(kind, "")


def window_of(event: Event, calendar: Calendar) -> tuple[date, ...]:
    """Return the office days on which an event acts; empty for kinds and sessions that do not count."""
    window = EVENT_WINDOWS.get("other" if event.kind.startswith(OWN) else event.kind)
    length = (event.end - event.start).days + 1
    if window is None or (event.kind == "diet_special" and length < LONG_SESSION_DAYS):
        return ()
    if window.to_end:
        return calendar.office_days(event.start, event.end + timedelta(days=1))
    days = days_around(event.start, calendar, window.before, window.after)
    is_session = event.kind.startswith("diet_")
    return tuple(d for d in days if not is_session or d <= event.end)


def event_days(events: Iterable[Event], calendar: Calendar) -> dict[date, tuple[str, ...]]:
    """Return every office day on which an event acts, with the names of its events."""
    out: dict[date, tuple[str, ...]] = {}
    for event in sorted(events):
        for day in window_of(event, calendar):
            names = out.setdefault(day, ())
            if event.name and event.name not in names:
                out[day] = (*names, event.name)
    return out


def is_learned(days: Sequence[date], left_out: frozenset[date], events: Iterable[Event]) -> NDArray[np.bool_]:
    """Return which days a model learns from (D,): not left out and no outage."""
    outages = [e for e in events if e.kind == "outage"]
    learned = [d not in left_out and not any(e.start <= d <= e.end for e in outages) for d in days]
    return np.array(learned, dtype=np.bool_)  # of no days too


def learned_rows(history: History, events: Iterable[Event]) -> NDArray[np.bool_]:
    """Return which days of a history a model learns from (D,): those of ``is_learned`` that no gap holds.

    Two office weeks without one inquiry, which chance does not explain, are records that are missing, however
    they came to stand there as zeros: they tell nothing of the level. A desk never called has none.
    """
    learned = is_learned(history.days, history.left_out, events)
    total = history.count.sum(axis=(1, 2)).astype(float)
    if total.any():
        place = {day: n for n, day in enumerate(history.days)}
        for gap in gaps(history.days, total):
            if gap.office_days >= GAP_DAYS:
                learned[place[gap.first] : place[gap.last] + 1] = False
    return learned


@dataclass(frozen=True, slots=True)
class Round:
    """Events of one kind that belong together: the effective dates of one transfer, or one event alone."""

    kind: str
    events: tuple[Event, ...]

    @property
    def start(self) -> date:
        """The first day."""
        return self.events[0].start

    @property
    def season(self) -> int:
        """Quarter that holds the start: 0 December-February, 1 March-May (the April round), 2, 3."""
        return self.start.month % 12 // 3

    @property
    def headcount(self) -> int:
        """People moved over all dates; 0 if not known."""
        return sum(e.headcount or 0 for e in self.events)


def is_alike(one: Round, other: Round) -> bool:
    """Tell whether what one round did speaks of the other: their family and, of transfers, their season."""
    is_same_season = one.kind != "transfer" or one.season == other.season
    return family_of(one.kind) == family_of(other.kind) and is_same_season


def rounds(events: Iterable[Event], calendar: Calendar) -> tuple[Round, ...]:
    """Gather the events that act on some day into rounds, by kind, group and fiscal year."""

    def key(e: Event) -> tuple[str, str, int]:
        return (e.kind, e.group or f"{e.start} {e.name}", fiscal_year(e.start))

    acting = sorted((e for e in events if window_of(e, calendar)), key=lambda e: (key(e), e))
    return tuple(sorted((Round(k[0], tuple(g)) for k, g in groupby(acting, key)), key=lambda r: r.start))


def expected_rounds(events: Sequence[Event], as_of: date) -> tuple[Event, ...]:
    """Return the transfers of the next two years that nobody has announced but that came two years running.

    A transfer is announced two or three weeks ahead, yet everybody knows in February that April comes, and
    that it comes again the year after. The events returned repeat the dates and headcounts of the year
    before, have no name and the status ``EXPECTED``.
    """
    transfers = [e for e in events if e.kind == "transfer"]
    first = _repeated(transfers, as_of)
    return (*first, *_repeated((*transfers, *first), as_of))


def _repeated(transfers: Sequence[Event], as_of: date) -> tuple[Event, ...]:
    """Return transfers a year later, where that lies ahead, one came a year before too, and none is near."""

    def has_one_near(day: date) -> bool:
        return any(abs((e.start - day).days) <= _SAME_ROUND_DAYS for e in transfers)

    return tuple(
        replace(
            e,
            start=_shifted(e.start, 1),
            end=_shifted(e.end, 1),
            announced_on=as_of,
            name="",
            group=f"{e.group}+1",
            status=EXPECTED,
        )
        for e in transfers
        if as_of < _shifted(e.start, 1) <= _shifted(as_of, 2)
        and has_one_near(_shifted(e.start, -1))
        and not has_one_near(_shifted(e.start, 1))
    )


def _shifted(day: date, years: int) -> date:
    """Return the same date of another year; of 29 February the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, day.month, 28 if is_leap_day else day.day)


def day_classes(days: Sequence[date], events: Iterable[Event], calendar: Calendar) -> list[tuple[int, int]]:
    """Return what shares may depend on: the place in the week, and whether an event acts (0 or 1).

    The first office day after any closure counts as a Monday: it carries what came meanwhile.
    """
    acting = event_days(events, calendar)
    return [(0 if calendar.closed_days_before(d) else d.weekday(), int(d in acting)) for d in days]


@lru_cache(CACHED)
def days_around(start: date, calendar: Calendar, before: int, after: int) -> tuple[date, ...]:
    """Return the office days around an event's first office day, that day itself at index ``before``."""
    first = calendar.first_office_day(start)
    earlier = calendar.office_days(first - timedelta(days=2 * before + 14), first)
    later = calendar.office_days(first, first + timedelta(days=2 * after + 14))
    return (earlier[-before:] if before else ()) + later[: after + 1]
