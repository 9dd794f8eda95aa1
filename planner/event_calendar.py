"""iCalendar (RFC 5545): events → .ics, .ics → events.

What the standard has no word for travels in X-MADOGUCHI-… properties, so that our own file comes back equal.
A foreign calendar gives events of kind ``other``. Organiser, attendees, place and description are not read:
they may name people.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from icalendar import Calendar
from icalendar import Event as Entry

from forecasts.events import LARGEST_BYTES, MOST_EVENTS, Event, cells_of, event_of, in_order
from forecasts.faults import Fault
from forecasts.slots import FIRST_DAY, LAST_DAY
from planner.wording.terms import event_kind

_OURS = "X-MADOGUCHI-"
# In our own properties; start, end and name stand in the standard ones, where another program may edit them.
_COLUMNS = (
    "kind", "group", "announced_on", "headcount", "status", "source", "note", "planned_end", "changed_on",
    "bureau",
)  # fmt: skip
_STATUS = {"planned": "TENTATIVE", "cancelled": "CANCELLED"}
_JAPAN = timezone(timedelta(hours=9))
_DAY = timedelta(days=1)


def as_ical(events: Iterable[Event], name: str) -> bytes:
    """Write events as a calendar of whole days; equal events give equal bytes (DTSTAMP = announced_on)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Madoguchi//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name, parameters={"VALUE": "TEXT"})
    seen: dict[str, int] = {}
    for event in in_order(events):
        uid = _identity(event)
        seen[uid] = seen.get(uid, 0) + 1
        calendar.add_component(_entry(event, f"{uid}-{seen[uid]}@madoguchi"))
    written: bytes = calendar.to_ical()
    return written


def from_ical(
    place: str, raw: bytes, announced_on: date | None = None
) -> tuple[tuple[Event, ...], tuple[Fault, ...]]:
    """Return the sound events of a calendar file, each by itself, and what is wrong with the rest.

    ``announced_on``: for entries that do not tell when they were made, or tell it wrongly. Nothing is
    assumed silently: without it such an entry is a fault. ``row`` is the line on which an entry begins.
    """
    faults: list[Fault] = []
    events = []
    for row, entry in _entries(place, raw, faults):
        event, wrong = _event(entry, place, announced_on)
        if event is not None and not wrong:
            events.append(event)
        faults.extend(replace(fault, place=place, row=row) for fault in wrong)
    return in_order(events), tuple(faults)


# --- writing ---


def _identity(event: Event) -> str:
    what = (event.kind, event.group, event.start.isoformat(), event.bureau, event.name)
    return hashlib.sha256("\0".join(what).encode()).hexdigest()[:24]


def _entry(event: Event, uid: str) -> Entry:
    entry = Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", datetime.combine(event.announced_on, time(), UTC))
    entry.add("dtstart", event.start)
    entry.add("dtend", event.end + _DAY)
    entry.add("summary", event.name)
    entry.add("categories", [event_kind(event.kind)])
    entry.add("status", _STATUS.get(event.status, "CONFIRMED"))
    entry.add("transp", "TRANSPARENT")  # it makes nobody busy
    cells = cells_of(event)
    for column in _COLUMNS:
        if cells[column]:
            entry.add(_property(column), cells[column], parameters={"VALUE": "TEXT"})
    return entry


def _property(column: str) -> str:
    return _OURS + column.replace("_", "-").upper()


# --- reading ---


def _entries(place: str, raw: bytes, faults: list[Fault]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the entries of a file, each with the line on which it begins."""
    if len(raw) > LARGEST_BYTES:
        size, largest = (f"{n / 1_000_000:.0f} MB" for n in (len(raw), LARGEST_BYTES))
        faults.append(Fault("file_too_large", place, value=size, allowed=largest))
        return
    text = _decoded(raw)
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line.strip().upper() == "BEGIN:VEVENT"]
    if len(lines) > MOST_EVENTS:
        faults.append(Fault("too_many_events", place, allowed=str(MOST_EVENTS)))
        return
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError):  # KeyError: an END without its BEGIN
        faults.append(Fault("bad_calendar", place))
        return
    entries = [part for calendar in calendars for part in calendar.subcomponents if part.name == "VEVENT"]
    if not entries:
        faults.append(Fault("no_events" if text.strip() else "empty_file", place))
    yield from zip(lines, entries, strict=False)  # as many as entries, unless one stands within another


def _decoded(raw: bytes) -> str:
    """Return the text (UTF-8 by the standard, CP932 from old programs)."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp932", "replace")


def _event(
    entry: Mapping[str, Any], place: str, announced_on: date | None
) -> tuple[Event | None, Sequence[Fault]]:
    """Return the event of one entry and what is wrong with it."""
    name = _text(entry, "SUMMARY")
    if any(entry.get(rule) is not None for rule in ("RRULE", "RDATE", "RECURRENCE-ID")):
        return None, [Fault("recurring_event", "", None, "", name)]
    start = _moment(entry, "DTSTART")
    if start is None:
        return None, [Fault("no_start", "", None, "", name)]
    first, last = start.date(), _last_day(entry, start)
    cells = {column: _text(entry, _property(column)) for column in _COLUMNS}
    if not cells["kind"]:
        made = _made_on(entry, last) or announced_on
        if made is None:
            return None, [Fault("no_announced_day", "", None, "", name)]
        cells |= {
            "kind": "other",
            "source": place,
            "announced_on": made.isoformat(),
            "status": _status(entry),
        }
    elif _status(entry) == "cancelled":
        cells["status"] = "cancelled"
    return event_of(cells | {"name": name, "start": first.isoformat(), "end": last.isoformat()})


def _status(entry: Mapping[str, Any]) -> str:
    written = {word: status for status, word in _STATUS.items()}
    return written.get(_text(entry, "STATUS").upper(), "confirmed")


def _text(entry: Mapping[str, Any], name: str) -> str:
    return str(_one(entry, name) or "").strip()


def _one(entry: Mapping[str, Any], name: str) -> Any:
    """Return a property, of a repeated one the first."""
    value = entry.get(name)
    return value[0] if isinstance(value, list) and value else value


def _moment(entry: Mapping[str, Any], name: str) -> datetime | None:
    """Return a date (its midnight) or a time, as the clocks in Japan showed it; None where it is neither."""
    try:
        value = getattr(_one(entry, name), "dt", None)
        if isinstance(value, datetime):
            return value.astimezone(_JAPAN).replace(tzinfo=None) if value.tzinfo else value
    except (ValueError, OverflowError):  # a broken property; a time at the edge of all times
        return None
    return datetime.combine(value, time()) if isinstance(value, date) else None


def _last_day(entry: Mapping[str, Any], start: datetime) -> date:
    """Return the last day: the end is not included (RFC 5545 3.6.1); without an end the first day."""
    end = _moment(entry, "DTEND")
    if end is None:
        try:
            length = getattr(_one(entry, "DURATION"), "dt", None)
            end = start + length if isinstance(length, timedelta) else start
        except (ValueError, OverflowError):
            end = start
    if end == start:
        return start.date()
    return (end - timedelta(microseconds=1)).date() if end > start else end.date()


def _made_on(entry: Mapping[str, Any], last: date) -> date | None:
    """Return the day on which an entry was made, if that can be: some programs write 1900."""
    moments = (_moment(entry, name) for name in ("CREATED", "DTSTAMP"))
    days = (m.date() for m in moments if m is not None)
    return next((d for d in days if FIRST_DAY <= d <= min(last, LAST_DAY)), None)
