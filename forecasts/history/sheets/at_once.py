"""All records of a well formed text at once, through pyarrow: a million in a second.

Whether it is well formed is not believed but checked: every quote begins or ends a cell or is doubled, and
there are as many records as line ends outside quotes.
"""

import csv
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from forecasts.history.sheets.by_record import broken_cells, broken_line, holds_another
from forecasts.history.sheets.columns import Row, with_rows
from forecasts.history.sheets.decoding import Text
from forecasts.history.sheets.delimiter import Dialect
from forecasts.history.sheets.limits import LONGEST_CELL, LONGEST_LINE
from forecasts.history.sheets.sheet import Broken, Sheet

_BLOCK = 1 << 22
_MOST_ODD = 1_000  # records that are not like the others: more are quicker read one by one
_QUOTE, _LINE_FEED = ord('"'), ord("\n")


def sheet_at_once(text: Text, dialect: Dialect) -> Sheet | None:
    """Read a text; None where only reading record by record tells what stands there."""
    if not dialect.delimiter.isascii():
        return None
    ends = _record_ends(text.utf8, ord(dialect.delimiter))
    parsed = None if ends is None else _parsed(text.utf8, dialect)
    if ends is None or parsed is None:
        return None
    table, odd = parsed
    count = table.num_rows + len(odd)
    line = np.concatenate([[1], ends.next_line])[:count].astype(np.int64)
    if count != len(ends.next_line) or _longest(table) > LONGEST_CELL:
        return None
    is_spanning = np.diff(ends.next_line, prepend=1) > 1
    broken = _broken(text, odd, line, ends.next_line)
    if is_spanning[[*odd, *broken]].any() or (is_spanning.any() and _has_swallowed(table, dialect.delimiter)):
        return None  # a stray quote may have swallowed lines
    width = np.full(count, dialect.width, np.int64)
    width[ends.is_blank] = 1
    width[list(odd)] = [len(row) for row in odd.values()]
    width[list(broken)] = 0
    table = with_rows(table, {at: () if at in broken else row for at, row in odd.items()}, is_replacing=False)
    table = with_rows(table, dict.fromkeys(broken.keys() - odd.keys(), ()), is_replacing=True)
    return Sheet("", table, line, width, broken)


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """Of each record: ``next_line`` on which the one after it starts, and whether it ``is_blank``."""

    next_line: NDArray[np.int64]
    is_blank: NDArray[np.bool_]


def _record_ends(utf8: bytes, delimiter: int) -> _Ends | None:
    """Find where records end; None if a quote stands where none may stand."""
    outside = np.isin(np.arange(256), [delimiter, _LINE_FEED, _QUOTE])
    has_quotes = _QUOTE in utf8
    next_lines, blanks = [], []
    quotes, line_feeds, last = 0, 0, -1
    for start in range(0, len(utf8), _BLOCK):
        around = np.frombuffer(b"\n" * (not start) + utf8[max(start - 1, 0) : start + _BLOCK + 1], np.uint8)
        if len(around) < min(_BLOCK, len(utf8) - start) + 2:
            around = np.append(around, np.uint8(_LINE_FEED))
        block = around[1:-1]
        feeds = np.flatnonzero(block == _LINE_FEED)
        edges = np.concatenate([[last], feeds + start, [min(start + _BLOCK, len(utf8))]])
        if np.diff(edges).max() > LONGEST_LINE:
            return None
        last = int(edges[-2])
        numbers = np.arange(len(feeds)) + line_feeds
        line_feeds += len(feeds)
        if has_quotes:
            at = np.flatnonzero(block == _QUOTE)
            is_closing = (np.arange(len(at)) + quotes) % 2 == 1
            if not outside[np.where(is_closing, around[at + 2], around[at])].all():
                return None
            is_end = (np.searchsorted(at, feeds) + quotes) % 2 == 0
            feeds, numbers = feeds[is_end], numbers[is_end]
            quotes += len(at)
        next_lines.append(numbers + 2)
        blanks.append(around[feeds] == _LINE_FEED)
    if quotes % 2:
        return None
    if not utf8.endswith(b"\n"):
        next_lines.append(np.array([line_feeds + 2]))
        blanks.append(np.array([False]))
    return _Ends(np.concatenate(next_lines).astype(np.int64), np.concatenate(blanks))


def _parsed(utf8: bytes, dialect: Dialect) -> tuple[pa.Table, dict[int, Row]] | None:
    """Parse: records of the usual width as columns, the few others by their index."""
    odd: dict[int, Row] = {}

    def keep(row: arrow_csv.InvalidRow) -> Literal["skip", "error"]:
        try:
            odd[(row.number or 0) - 1] = next(
                csv.reader([row.text], delimiter=dialect.delimiter, strict=True)
            )
        except csv.Error:  # a cell beyond all measure
            return "error"
        return "skip" if len(odd) <= _MOST_ODD else "error"

    names = [str(number) for number in range(dialect.width)]
    try:
        table = arrow_csv.read_csv(
            BytesIO(utf8),
            arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=_BLOCK),
            arrow_csv.ParseOptions(
                delimiter=dialect.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            arrow_csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:  # too many odd records, or one that is longer than a block
        return None
    return table, odd


def _has_swallowed(table: pa.Table, delimiter: str) -> bool:
    """Tell whether a cell of any record holds the beginning of another one."""
    last_lines = rf"\n[^\n]*[0-9０-９][-/.年／．][^\n]*{re.escape(delimiter)}[^\n]*$"
    for column in table.columns:
        rows = table.filter(pc.match_substring_regex(column, last_lines))
        records = zip(*(cells.to_pylist() for cells in rows.columns), strict=True)
        if any(holds_another(cells, delimiter) for cells in records):
            return True
    return False


def _longest(table: pa.Table) -> int:
    """Return the bytes of the longest cell."""
    longest = (pc.max(pc.binary_length(column)).as_py() for column in table.columns)
    return max((length or 0 for length in longest), default=0)


def _broken(
    text: Text, odd: dict[int, Row], line: NDArray[np.int64], next_line: NDArray[np.int64]
) -> dict[int, tuple[Broken, ...]]:
    """Find the records that are broken by their line, or because they are like no others."""
    touched = np.searchsorted(line, sorted(text.broken), side="right") - 1
    broken: dict[int, tuple[Broken, ...]] = {}
    for at in sorted({*touched.tolist(), *odd}):
        fault = broken_line(text, int(line[at]), int(next_line[at])) or broken_cells(odd.get(at, ()))
        if fault:
            broken[at] = (fault,)
    return broken
