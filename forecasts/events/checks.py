"""What is wrong with events: each by itself, and those of one list together. All faults at once."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from forecasts.calendar import Calendar
from forecasts.events.event import KINDS, OWN, SESSIONS, STATUSES, Event, is_cancelled
from forecasts.events.exceptions import days_of
from forecasts.events.known import ORDINARY_SESSION_DAYS, first_end
from forecasts.faults import Fault
from forecasts.slots import FIRST_DAY, LAST_DAY, Period

LONGEST: dict[str, int] = {
    "name": 100, "group": 100, "bureau": 100, "source": 200, "note": 1000, "kind": 40,
}  # fmt: skip
"""Characters that a text of an event may have."""
LONGEST_EXCEPTION_DAYS = 92
"""A desk that is closed longer is not closed for once: its calendar is another one."""
_DATES = ("start", "end", "planned_end", "announced_on", "changed_on")
_COUNTED = ("transfer", "rollout", "system_change", "password_expiry", "other")
_FIRST_ROW = 2  # the header is line 1


def event_faults(events: Sequence[Event], calendar: Calendar | None = None) -> tuple[Fault, ...]:
    """Return what is wrong with a list of events, in its order; row 2 is the first event.

    With the desk's ``calendar``, exceptions that change nothing are faults too. ``place`` is empty.
    """
    sound = [(n, e) for n, e in enumerate(events, _FIRST_ROW) if not own_faults(e)]
    faults = [replace(f, row=n) for n, e in enumerate(events, _FIRST_ROW) for f in own_faults(e)]
    for found in (_overlaps(sound), _duplicates(sound), _strays(sound), _exceptions(sound, calendar)):
        faults.extend(found)
    return tuple(sorted(faults, key=lambda f: f.row or 0))


def own_faults(event: Event) -> tuple[Fault, ...]:
    """Return what is wrong with an event by itself; ``column`` names the field, ``place`` is empty."""
    return field_faults(event) + course_faults(event)


def field_faults(event: Event) -> tuple[Fault, ...]:
    """Return what is wrong with single fields."""
    return (*_words(event), *_far_dates(event))


def course_faults(event: Event) -> tuple[Fault, ...]:
    """Return how the dates of an event, its kind and its status disagree; only of dates that can be."""
    return () if any(_far_dates(event)) else tuple(_course(event))


def _fault(code: str, column: str, value: object = "", allowed: str = "") -> Fault:
    return Fault(code, "", None, column, str(value), allowed)


# --- one event ---


def _words(event: Event) -> Iterator[Fault]:
    is_own = event.kind.startswith(OWN) and len(event.kind) > len(OWN)
    if event.kind not in KINDS and not is_own:
        yield _fault("unknown_value", "kind", event.kind, ", ".join((*KINDS, f"{OWN}…")))
    if event.status not in STATUSES:
        yield _fault("unknown_value", "status", event.status, ", ".join(STATUSES))
    elif event.status == "dissolved" and event.kind not in SESSIONS:
        yield _fault("dissolved_not_for_kind", "status", event.status)
    if event.headcount is not None and not (is_own or event.kind in _COUNTED):
        yield _fault("headcount_not_for_kind", "headcount", event.headcount)
    yield from _texts(event)


def _texts(event: Event) -> Iterator[Fault]:
    for column, longest in LONGEST.items():
        text: str = getattr(event, column)
        if column in {"name", "source"} and not text.strip():
            yield _fault("empty_cell", column)
        if len(text) > longest:
            yield _fault("long_cell", column, f"{text[:20]}…", f"<= {longest}")
        if any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in text):
            yield _fault("bad_character", column, ascii(text[:20]))


def _far_dates(event: Event) -> Iterator[Fault]:
    for column in _DATES:
        day: date | None = getattr(event, column)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            yield _fault("far_date", column, day, f"{FIRST_DAY}〜{LAST_DAY}")


def _course(event: Event) -> Iterator[Fault]:
    """Check how the dates of one event stand to each other."""
    for column in ("end", "planned_end"):
        day: date | None = getattr(event, column)
        if day is not None and day < event.start:
            yield _fault("end_before_start", column, day, f"{event.start}以後")
            return
    if event.announced_on > event.end:
        yield _fault("announced_too_late", "announced_on", event.announced_on, f"{event.end}以前")
    yield from _change(event)
    if event.status == "dissolved" and event.end > first_end(event):
        yield _fault("dissolved_after_end", "end", event.end, f"{first_end(event)}以前")
    if event.kind == "diet_ordinary" and _days(event.start, first_end(event)) > ORDINARY_SESSION_DAYS:
        last = event.start + timedelta(days=ORDINARY_SESSION_DAYS - 1)
        column = "end" if event.planned_end is None else "planned_end"
        yield _fault("session_too_long", column, first_end(event), f"{last}以前")
    if event.kind in {"closure", "opening"} and _days(event.start, event.end) > LONGEST_EXCEPTION_DAYS:
        last = event.start + timedelta(days=LONGEST_EXCEPTION_DAYS - 1)
        yield _fault("exception_too_long", "end", event.end, f"{last}以前")


def _change(event: Event) -> Iterator[Fault]:
    """Check the day on which a change became known, and what it changed."""
    is_moved = event.planned_end is not None and event.planned_end != event.end
    if event.changed_on is None:
        if is_moved or event.status == "extended":
            yield _fault("change_without_day", "changed_on")
    elif event.changed_on < event.announced_on:
        yield _fault("changed_too_early", "changed_on", event.changed_on, f"{event.announced_on}以後")
    elif event.changed_on > (last := _last_day_of_change(event)):
        yield _fault("changed_too_late", "changed_on", event.changed_on, f"{last}以前")
    if event.status == "extended":
        if event.planned_end is None:
            yield _fault("extension_without_end", "planned_end")
        elif event.planned_end >= event.end:
            yield _fault("extension_too_short", "end", event.end, f"{event.planned_end}より後")


def _last_day_of_change(event: Event) -> date:
    """Return the last day on which a change can become known: an extension before the first end is past."""
    if event.status == "extended" and event.kind in SESSIONS:
        return first_end(event)
    return event.end if event.status == "dissolved" else max(event.end, first_end(event))


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


# --- events together ---

_Rows = Sequence[tuple[int, Event]]


def _at(row: int, fault: Fault) -> Fault:
    return replace(fault, row=row)


def _live(rows: _Rows) -> list[tuple[int, Event]]:
    return [(row, event) for row, event in rows if not is_cancelled(event)]


def _overlaps(rows: _Rows) -> Iterator[Fault]:
    """One session ends before the next is convened (a session of the Diet is one)."""
    sessions = sorted(((e, row) for row, e in _live(rows) if e.kind in SESSIONS))
    for n, (event, row) in enumerate(sessions[1:], 1):
        before = max((e for e, _ in sessions[:n]), key=lambda e: e.end)
        if event.start <= before.end and not _is_same(event, before):
            yield _at(row, _fault("sessions_overlap", "start", before.name, f"{before.end}より後"))


def _is_same(one: Event, other: Event) -> bool:
    return _identity(one) == _identity(other)


def _identity(event: Event) -> tuple[object, ...]:
    """Return what tells two rows of a list apart.

    Of transfers and sessions the name does not count: it is that of the round. Of the rest it does.
    """
    is_round = bool(event.group) and event.kind in {"transfer", *SESSIONS}
    return (event.kind, event.group, event.start, event.bureau, "" if is_round else event.name)


def _duplicates(rows: _Rows) -> Iterator[Fault]:
    seen: set[tuple[object, ...]] = set()
    for row, event in _live(rows):
        if _identity(event) in seen:
            yield _at(row, _fault("duplicate_event", "start", f"{event.start} {event.name}"))
        seen.add(_identity(event))


def _strays(rows: _Rows) -> Iterator[Fault]:
    """A milestone lies within the session that it belongs to."""
    sessions = {e.group: e for _, e in rows if e.kind in SESSIONS and e.group}
    for row, event in rows:
        if event.kind != "diet_milestone" or is_cancelled(event):
            continue
        session = sessions.get(event.group)
        if session is None:
            yield _at(row, _fault("milestone_without_session", "group", event.group))
            continue
        last = max(session.end, first_end(session))
        if not session.start <= event.start <= event.end <= last:
            allowed = f"{session.start}〜{last}"
            yield _at(row, _fault("milestone_outside_session", "start", event.start, allowed))


def _exceptions(rows: _Rows, calendar: Calendar | None) -> Iterator[Fault]:
    """No day is closed and opened at once, and every exception changes at least one day."""
    live = [(row, e) for row, e in _live(rows) if e.kind in {"closure", "opening"}]
    closed = days_of("closure", (e for _, e in live))
    for row, event in live:
        is_closure, days = event.kind == "closure", Period.through(event.start, event.end).days
        if not is_closure and (both := closed & set(days)):
            yield _at(row, _fault("closure_and_opening", "start", min(both)))
        elif calendar is not None and not any(calendar.is_office_day(d) == is_closure for d in days):
            code = "closure_on_closing_day" if is_closure else "opening_on_office_day"
            yield _at(row, _fault(code, "start", event.start))
