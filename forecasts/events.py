"""Regular events that move the inquiries, and on which day each became known.

One row of ``data/events/*.csv`` is one event; a transfer with several effective dates (発令日) is several
rows that share ``group``. A plan made on day d sees only events announced on or before d.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

from forecasts.faults import Fault, FaultyFile
from forecasts.slots import FIRST_DAY, LAST_DAY

KINDS = (
    "transfer",  # 人事異動; start = 発令日
    "diet_ordinary",  # 常会
    "diet_extraordinary",  # 臨時会
    "diet_special",  # 特別会
    "rollout",  # PC・OS 更改
    "system_change",  # システム変更
    "password_expiry",
    "election",
    "outage",  # 障害: the day is left out of learning
    "other",
)
STATUSES = ("planned", "confirmed", "closed", "dissolved", "cancelled")
EXPECTED = "expected"
"""Status of an event that nobody has announced, but that came in former years; never in a file."""
_ORDINARY_SESSION_DAYS = 150  # 国会法10条
COLUMNS = ("kind", "group", "name", "start", "end", "announced_on", "headcount", "status", "source", "note")


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One event. ``end`` is its last day, as people write it; ``headcount`` the people it moves, if known."""

    start: date
    end: date
    kind: str
    name: str
    announced_on: date
    group: str = ""
    headcount: int | None = None
    status: str = "confirmed"
    source: str = ""
    note: str = ""


def known_on(events: Iterable[Event], day: date) -> tuple[Event, ...]:
    """Return what a planner knew at the end of ``day``: events announced by then and not cancelled."""
    return _in_order(_seen_on(e, day) for e in events if e.announced_on <= day and e.status != "cancelled")


def _seen_on(event: Event, day: date) -> Event:
    """Return an event without its later course: nobody knows of a dissolution before it comes.

    Until then an ordinary session was to last its 150 days (国会法10条).
    """
    if event.status not in {"closed", "dissolved"} or event.end <= day:
        return event
    end = event.end
    if (event.kind, event.status) == ("diet_ordinary", "dissolved"):
        end = event.start + timedelta(days=_ORDINARY_SESSION_DAYS - 1)
    return replace(event, end=end, status="confirmed")


def read_events(paths: Iterable[Path]) -> tuple[Event, ...]:
    """Read event files (UTF-8 CSV, columns ``COLUMNS``).

    Raises FaultyFile with the faults of all files together.
    """
    faults: list[Fault] = []
    events = [event for path in paths for event in _events_of(path, faults)]
    if faults:
        raise FaultyFile(faults)
    return _in_order(events)


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda e: (e.start, e.end, e.kind, e.name, e.announced_on, e.group)))


def _events_of(path: Path, faults: list[Fault]) -> Iterator[Event]:
    place = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        faults.append(Fault("not_decodable", place, allowed="UTF-8"))
        return
    except OSError:
        faults.append(Fault("missing_file", place))
        return
    reader = csv.reader(StringIO(text))
    if not (header := next(reader, [])):
        faults.append(Fault("empty_file", place))
        return
    if missing := [c for c in COLUMNS if c not in header]:
        faults.extend(Fault("missing_key", place, 1, column, allowed=column) for column in missing)
        return
    for cells in filter(any, _readable(reader, place, faults)):
        row = _Row(place, reader.line_num, dict(zip(header, cells, strict=False)), [])
        if len(cells) != len(header):
            row.faults.append(Fault("bad_row", place, row.number, "", str(len(cells)), str(len(header))))
        else:
            event = row.event()
        if not row.faults:
            yield event
        faults.extend(row.faults)


def _readable(reader: Iterator[list[str]], place: str, faults: list[Fault]) -> Iterator[list[str]]:
    read = 1  # the header
    try:
        for cells in reader:
            read += 1
            yield cells
    except csv.Error as error:  # not strict, so that only a cell without end is left: a quote never closed
        faults.append(Fault("bad_quotes", place, read + 1, value=str(error)))


@dataclass(slots=True)
class _Row:
    """One row of an event file; collects its faults while it is read."""

    place: str
    number: int
    row: dict[str, str]
    faults: list[Fault]

    def event(self) -> Event:
        start, end = self._date("start"), self._date("end")
        if end < start and not self.faults:
            self._fault("end_before_start", "end", f"{start}以後")
        return Event(
            start=start,
            end=end,
            kind=self._one_of("kind", KINDS),
            name=self._text("name"),
            announced_on=self._date("announced_on"),
            group=self.row["group"].strip(),
            headcount=self._headcount(),
            status=self._one_of("status", STATUSES),
            source=self._text("source"),
            note=self.row["note"].strip(),
        )

    def _fault(self, code: str, column: str, allowed: str) -> None:
        self.faults.append(Fault(code, self.place, self.number, column, self.row[column], allowed))

    def _text(self, column: str) -> str:
        if not (text := self.row[column].strip()):
            self._fault("empty_cell", column, "")
        return text

    def _one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        if (text := self.row[column].strip()) not in allowed:
            self._fault("unknown_value", column, ", ".join(allowed))
        return text

    def _date(self, column: str) -> date:
        try:
            day = datetime.strptime(self.row[column].strip().replace("/", "-"), "%Y-%m-%d").date()
        except ValueError:
            self._fault("bad_date", column, "2026-04-01")
            return date.min
        if not FIRST_DAY <= day <= LAST_DAY:
            self._fault("far_date", column, f"{FIRST_DAY}〜{LAST_DAY}")
        return day

    def _headcount(self) -> int | None:
        text = self.row["headcount"].strip()
        if not text:
            return None
        if not text.isdecimal():
            self._fault("bad_number", "headcount", "0, 1, 2, …")
            return None
        return int(text)
