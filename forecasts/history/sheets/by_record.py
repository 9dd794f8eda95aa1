"""Records one after the other: exact for every text, and one faulty quote costs one line."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets.columns import Row
from forecasts.history.sheets.decoding import Text
from forecasts.history.sheets.delimiter import Dialect
from forecasts.history.sheets.growing import GrowingSheet
from forecasts.history.sheets.limits import (
    LONGEST_CELL,
    LONGEST_LINE,
    MOST_COLUMNS,
    MOST_RECORD_LINES,
    MOST_REREAD_BYTES,
)
from forecasts.history.sheets.sheet import Broken, Sheet


def sheet_by_record(place: str, text: Text, dialect: Dialect) -> Sheet:
    """Read a text record by record.

    A record whose quotes are faulty is broken as one line, and reading resumes at the next line. So is a
    record that spans lines and has an odd number of quotes, not the usual number of cells, the beginning of
    another record in a cell, or a line that cannot be read: a stray quote swallowed what follows.

    Raises:
        FaultyFile: bad_quotes, in so many records that it would take minutes to find them all.
    """
    sheet = GrowingSheet(place, least_width=dialect.width)
    for line, end, cells, fault in _records(place, text, dialect):
        broken = fault or broken_line(text, line, end) or broken_cells(cells)
        sheet.add(line, cells, [broken] if broken else ())
    return sheet.finished()


def broken_line(text: Text, start: int, end: int) -> Broken | None:
    """Return what cannot be read in the lines start ≤ line < end."""
    if not text.broken:
        return None
    first = next((line for line in range(start, end) if line in text.broken), None)
    return None if first is None else text.broken[first]


def holds_another(cells: Row, delimiter: str) -> bool:
    """Tell whether a cell swallowed the beginning of another record: it has a day in the same column.

    So two faulty quotes look that complement each other: cells and quotes are in order, but rows are gone.
    """
    days = [column for column, cell in enumerate(cells) if _DAY.match(cell)]
    for column, cell in enumerate(cells):
        begun = cell.rpartition("\n")[2].split(delimiter) if "\n" in cell else []
        if len(begun) == column + 1 and any(day < column and _DAY.match(begun[day]) for day in days):
            return True
    return False


_DAY = re.compile(r"\s*\d{1,4}[-/.年／．]\d")


def broken_cells(cells: Row) -> Broken | None:
    """Return why a record is none that a table can hold."""
    if len(cells) > MOST_COLUMNS:
        return Broken(None, "too_many_columns", f"{len(cells):,}", f"{MOST_COLUMNS:,}")
    longest = max(map(len, cells), default=0)
    if longest > LONGEST_CELL:
        return Broken(None, "long_cell", f"{longest:,}", f"{LONGEST_CELL:,}")
    return None


_BAD_QUOTES = Broken(None, "bad_quotes")
_LONG_CELL = Broken(None, "long_cell", allowed=f"{LONGEST_CELL:,}")
_LONG_LINE = Broken(None, "long_line", allowed=f"{LONGEST_LINE:,}")


def _records(place: str, text: Text, dialect: Dialect) -> Iterator[tuple[int, int, Row, Broken | None]]:
    """Yield each record: its first line, the line after it, its cells, and what is wrong with its quotes."""
    lines = _Lines(text.utf8)
    broken: Broken | None
    is_table = False  # a title above the table may span lines
    while True:
        line = lines.begin()
        try:
            cells = next(lines.reader(dialect.delimiter))
        except StopIteration:
            return
        except csv.Error as error:
            is_long = lines.number == line + 1 and "field limit" in str(error)
            cells, broken = [], _LONG_CELL if is_long else _BAD_QUOTES
        else:
            is_usual = len(cells) == dialect.width
            is_swallowing = lines.number > line + 1 and (
                lines.has_odd_quotes
                or (is_table and not is_usual)
                or holds_another(cells, dialect.delimiter)
                or broken_line(text, line, lines.number) is not None  # it may have lost a quote
            )
            broken = _LONG_LINE if lines.is_long else _BAD_QUOTES if is_swallowing else None
            is_table = is_table or is_usual
        if broken:
            lines.resume_after(line)
            if lines.reread > MOST_REREAD_BYTES:
                raise FaultyFile([Fault("bad_quotes", place, line)])
        yield line, lines.number, cells or ("",), broken


class _Lines:
    """Lines of a text, numbered from 1, from which one can read on after the first line of a record.

    ``number``: of the line that comes next. ``is_long``: whether a line of the record is too long to read;
    it is taken for a blank one. ``reread``: bytes that had to be given back.
    """

    def __init__(self, utf8: bytes) -> None:
        self._file = BytesIO(utf8)
        self._reader: Iterator[list[str]] | None = None
        self._start, self._second, self._quotes = 1, 0, 0
        self.number, self.reread, self.is_long = 1, 0, False

    def reader(self, delimiter: str) -> Iterator[list[str]]:
        """Return the reader of the records; after a fault it is a new one."""
        if self._reader is None:
            self._reader = csv.reader(self, delimiter=delimiter, strict=True)
        return self._reader

    @property
    def has_odd_quotes(self) -> bool:
        """Whether a quote of the record neither begins nor ends a cell nor is doubled."""
        return self._quotes % 2 == 1

    def begin(self) -> int:
        """Begin a record; returns the number of its first line."""
        self._start, self._quotes, self.is_long = self.number, 0, False
        return self.number

    def resume_after(self, line: int) -> None:
        """Go back to the line after the first one of the record."""
        self.reread += self._file.tell() - self._second
        self._file.seek(self._second)
        self.number, self._reader = line + 1, None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self._file.readline()
        if not raw:
            raise StopIteration
        if self.number == self._start:
            self._second = self._file.tell()
        self.number += 1
        self._quotes += raw.count(b'"')
        if self.number - self._start > MOST_RECORD_LINES:
            raise csv.Error
        if len(raw) > LONGEST_LINE:
            self.is_long = True
            return "\n"
        return raw.decode()
