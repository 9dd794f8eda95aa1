"""Event files: CSV → events, events → CSV. All faults of all files are collected before they are refused."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import StringIO
from pathlib import Path

from forecasts.events.checks import course_faults, event_faults, field_faults
from forecasts.events.event import Event, in_order
from forecasts.faults import Fault, FaultyFile

_REQUIRED = ("kind", "group", "name", "start", "end", "announced_on", "headcount", "status", "source", "note")
_OPTIONAL = ("planned_end", "changed_on", "bureau")
COLUMNS = (*_REQUIRED, *_OPTIONAL)
LARGEST_BYTES = 5_000_000
MOST_EVENTS = 5_000
_MOST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class _Placed:
    """An event and where it stands."""

    place: str
    row: int
    event: Event


def read_events(paths: Iterable[Path]) -> tuple[Event, ...]:
    """Read event files (CSV; UTF-8, UTF-16 with BOM or CP932; columns ``COLUMNS``, the last three optional).

    Raises FaultyFile with the faults of all files together: of each event, and of events that do not agree.
    """
    faults: list[Fault] = []
    placed = [found for path in paths for found in _of_path(path, faults)]
    for fault in event_faults([p.event for p in placed]):
        at = placed[(fault.row or 0) - 2]  # the first event is row 2
        faults.append(replace(fault, place=at.place, row=at.row))
    if faults:
        raise FaultyFile(faults)
    return in_order(p.event for p in placed)


def events_in(place: str, raw: bytes) -> tuple[tuple[Event, ...], tuple[Fault, ...]]:
    """Return the sound events of an event file, each by itself, and what is wrong with the rest."""
    faults: list[Fault] = []
    placed = _of_bytes(place, raw, faults)
    return in_order(p.event for p in placed), tuple(faults)


def write_events(events: Iterable[Event]) -> bytes:
    """Write an event file (UTF-8 with BOM, as Excel wants it) that ``read_events`` reads back equal."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(cells_of(event).values() for event in events)
    return stream.getvalue().encode("utf-8-sig")


def cells_of(event: Event) -> dict[str, str]:
    """Return an event as ``event_of`` reads it: column → text, in the order of ``COLUMNS``."""
    values = ((column, getattr(event, column)) for column in COLUMNS)
    return {column: "" if value is None else str(value) for column, value in values}


def _of_path(path: Path, faults: list[Fault]) -> list[_Placed]:
    place = str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except OSError:
        faults.append(Fault("missing_file", place))
        return []
    return _of_bytes(place, raw, faults)


def _of_bytes(place: str, raw: bytes, faults: list[Fault]) -> list[_Placed]:
    """Read the events of one file; their faults, and those of the file, are added to ``faults``."""
    if len(raw) > LARGEST_BYTES:
        faults.append(Fault("file_too_large", place, value=_megabytes(len(raw)), allowed=_megabytes()))
        return []
    text = _decoded(raw)
    if text is None:
        faults.append(Fault("not_decodable", place, allowed="UTF-8"))
        return []
    rows = _numbered(text, place, faults)
    header = [name.strip() for name in next(rows, (1, []))[1]]
    if wrong := _header_faults(place, header):
        faults.extend(() if faults else wrong)
        return []
    return list(_events(place, header, rows, faults))


def _megabytes(size: int = LARGEST_BYTES) -> str:
    return f"{size / 1_000_000:.0f} MB"


def _decoded(raw: bytes) -> str | None:
    """Return the text of a file: UTF-16 with its mark, UTF-8, else CP932; None where it is none of these."""
    encodings: tuple[str, ...] = ("utf-8-sig", "cp932")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _numbered(text: str, place: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a file, each with the line on which it begins."""
    reader, row = csv.reader(StringIO(text, newline="")), 1
    try:
        for cells in reader:
            yield row, cells
            row = reader.line_num + 1
    except csv.Error as error:  # not strict, so that only a cell without end is left: a quote never closed
        faults.append(Fault("bad_quotes", place, row, value=str(error)))


def _header_faults(place: str, header: Sequence[str]) -> list[Fault]:
    if not any(header):
        return [Fault("empty_file", place)]
    twice = [Fault("duplicate_column", place, 1, c) for c in COLUMNS if header.count(c) > 1]
    return twice + [Fault("missing_key", place, 1, c, allowed=c) for c in _REQUIRED if c not in header]


def _events(
    place: str, header: Sequence[str], rows: Iterator[tuple[int, list[str]]], faults: list[Fault]
) -> Iterator[_Placed]:
    """Yield the sound events of a file; what is wrong with the others is added to ``faults``."""
    count = 0
    for row, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if (count := count + 1) > MOST_EVENTS:
            faults.append(Fault("too_many_events", place, row, allowed=str(MOST_EVENTS)))
            return
        if len(cells) != len(header):
            faults.append(Fault("bad_row", place, row, "", str(len(cells)), str(len(header))))
            continue
        event, wrong = event_of(dict(zip(header, cells, strict=True)))
        if not wrong:
            yield _Placed(place, row, event)
        faults.extend(replace(f, place=place, row=row) for f in wrong)


def event_of(cells: Mapping[str, str]) -> tuple[Event, tuple[Fault, ...]]:
    """Return the event of one row, column → text, and what is wrong with it, in the order of the columns.

    A column that is not there is empty. An event with faults is not to be used; faults have no place.
    """
    row = _Row({column: cells.get(column, "").strip() for column in COLUMNS}, [])
    event = row.event()
    return event, row.all_faults(event)


@dataclass(slots=True)
class _Row:
    """One row of an event file; collects what cannot be read. An unreadable date is the first of all."""

    cells: dict[str, str]
    unread: list[Fault]

    def event(self) -> Event:
        return Event(
            start=self._day("start") or date.min,
            end=self._day("end") or date.min,
            kind=self.cells["kind"],
            name=self.cells["name"],
            announced_on=self._day("announced_on") or date.min,
            group=self.cells["group"],
            headcount=self._headcount(),
            status=self.cells["status"],
            source=self.cells["source"],
            note=self.cells["note"],
            planned_end=self._day("planned_end"),
            changed_on=self._day("changed_on"),
            bureau=self.cells["bureau"],
        )

    def all_faults(self, event: Event) -> tuple[Fault, ...]:
        columns = {f.column for f in self.unread}
        found = [*self.unread, *(f for f in field_faults(event) if f.column not in columns)]
        if columns <= {"headcount"}:  # every date was read
            found += course_faults(event)
        return tuple(sorted(found, key=lambda f: COLUMNS.index(f.column)))

    def _day(self, column: str) -> date | None:
        text = self.cells[column]
        if not text and column in _OPTIONAL:
            return None
        try:
            return datetime.strptime(text.replace("/", "-"), "%Y-%m-%d").date()
        except ValueError:
            bad = Fault("bad_date", "", None, column, text, "2026-04-01")
            self.unread.append(bad if text else Fault("empty_cell", "", None, column))
            return None

    def _headcount(self) -> int | None:
        text = self.cells["headcount"]
        if not text:
            return None
        if not text.isdecimal() or len(text) > _MOST_DIGITS:
            self.unread.append(Fault("bad_number", "", None, "headcount", text, "0, 1, 2, …"))
            return None
        return int(text)
