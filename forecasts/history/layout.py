"""What each record of a table is: header, data, or something else (title, blank, total, note).

Evidence decides, never a guess that loses a record: what is not clearly something else is data, and will
be rejected with its reason where it cannot be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from forecasts.faults import Fault, FaultyFile
from forecasts.history.account import NOT_DATA
from forecasts.history.dates import calendar_year_of, fiscal_year_of
from forecasts.history.header import SEARCHED_RECORDS, Header, Record, found_header
from forecasts.history.labels import TOTAL_BEGINS, is_note, is_total, is_wording
from forecasts.history.moments import moments
from forecasts.history.sheets.sheet import Sheet
from forecasts.history.text import DASHES, Texts

_FIRST_DATA = 10  # records below the header that show what data look like
_NOTHING = pa.scalar("")
_BEGINS = pa.array(["", *DASHES, *sorted(TOTAL_BEGINS)])  # of a cell that tells nothing, or may be a total

Indexes = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What the records of a table are, by index from 0.

    ``header``: names of the columns, each once; records may have more cells. ``header_rows``: the one or
    two records that hold them. ``data`` (N,) in the order of the file. ``not_data``: reason (of ``NOT_DATA``)
    → records. Every record of the table is in ``data`` or has one reason.
    """

    header: tuple[str, ...]
    header_rows: tuple[int, ...]
    data: Indexes
    not_data: Mapping[str, Indexes]


def cells_of(column: "pa.ChunkedArray[Any]", records: Indexes) -> "pa.ChunkedArray[Any]":
    """Return the cells of some records in ascending order; without a copy where they lie together."""
    if not records.size:
        return column.slice(0, 0)  # ``take`` would copy all cells to take none of them
    if records[-1] - records[0] + 1 == records.size:
        return column.slice(int(records[0]), records.size)
    return column.take(records)


def laid_out(sheet: Sheet, header_line: int = 0, place: str = "") -> Layout:
    """Find the header of a table and tell data from the rest.

    Args:
        sheet: The table.
        header_line: The line of the header where a person said it; 0 = found by itself.
        place: The file, for faults.

    Raises:
        FaultyFile: ``empty_file`` (blank records only), ``no_header`` (value = what was seen instead) or
            ``no_rows`` (no data below the header).
    """
    table = _Table(sheet)
    if table.is_blank.all():
        raise FaultyFile([Fault("empty_file", place, value=sheet.name)])
    header = _header(sheet, header_line)
    if header is None:
        line = header_line or int(sheet.line[np.argmin(table.is_blank)])
        raise FaultyFile([Fault("no_header", place, line, value=_seen(table), allowed=str(SEARCHED_RECORDS))])
    reason = table.reasons(header)
    data = np.flatnonzero(reason < 0)
    if not data.size:
        line = int(sheet.line[header.rows[-1]])
        raise FaultyFile([Fault("no_rows", place, line, value=sheet.name)])
    not_data = {name: np.flatnonzero(reason == n) for n, name in enumerate(NOT_DATA)}
    return Layout(header.names, header.rows, data, {name: at for name, at in not_data.items() if at.size})


def _header(sheet: Sheet, header_line: int) -> Header | None:
    if not header_line:
        return found_header(_records(sheet, range(min(len(sheet), 2 * SEARCHED_RECORDS))))
    at = int(np.searchsorted(sheet.line, header_line, side="right")) - 1
    start = max(at - 1, 0)
    records = _records(sheet, range(start, min(at + SEARCHED_RECORDS, len(sheet)))) if at >= 0 else ()
    if not records or not any(records[at - start]):
        return None
    header = found_header(records, at - start)
    return header and Header(header.names, tuple(start + row for row in header.rows))


def _records(sheet: Sheet, at: range) -> tuple[Record, ...]:
    """Return some records as stripped cells."""
    columns = [Texts.of(column.slice(at.start, len(at))) for column in sheet.cells.columns]
    cells = [np.array(c.distinct, object)[c.codes] for c in columns if len(c)]
    return tuple(tuple(str(cell) for cell in record) for record in zip(*cells, strict=True))


def _seen(table: "_Table") -> str:
    """Show the first record that is not blank."""
    at = int(np.argmin(table.is_blank))
    first = _records(table.sheet, range(at, at + 1))[0]
    return ", ".join(cell for cell in first if cell)[:80]


class _Table:
    """A sheet while its records are told apart."""

    def __init__(self, sheet: Sheet) -> None:
        """Find the records that are blank; what could not be read at all is not among them."""
        self.sheet = sheet
        self.is_whole_broken = np.zeros(len(sheet), dtype=np.bool_)
        for record, parts in sheet.broken.items():
            self.is_whole_broken[record] = any(part.column is None for part in parts)
        self.first_empty = (
            _is_empty(sheet.cells.column(0)) if sheet.cells.num_columns else ~self.is_whole_broken
        )
        self.is_blank = ~self.is_whole_broken & self._all_empty(
            range(1, sheet.cells.num_columns), self.first_empty
        )

    def _all_empty(self, columns: Iterable[int], among: Bools) -> Bools:
        """Tell which of some records are empty in all of some columns."""
        left = np.flatnonzero(among)
        for column in columns:
            if not left.size:
                break
            left = left[_is_empty(cells_of(self.sheet.cells.column(column), left))]
        found = np.zeros(len(self.sheet), dtype=np.bool_)
        found[left] = True
        return found

    def reasons(self, header: Header) -> Indexes:
        """Return for every record the number of its reason in ``NOT_DATA``; -1 = data."""
        reason = np.full(len(self.sheet), -1, dtype=np.int64)
        above = np.arange(header.rows[0])
        titles = above[~self.is_blank[above] & ~self.is_whole_broken[above]]
        titles = np.compress(~self._are_like_data(titles, header), titles)
        lone = self._lone_texts(header)
        repeated = self._repeats(titles[lone[titles]], header.rows[-1])
        headers = self._repeats(np.array(header.rows), header.rows[-1])
        reason[self._notes(lone, header)] = NOT_DATA.index("note")
        reason[self._totals(header)] = NOT_DATA.index("total")
        reason[titles] = reason[repeated] = NOT_DATA.index("title")
        reason[self._titles_of_years(headers, lone, header)] = NOT_DATA.index("title")
        reason[headers] = NOT_DATA.index("header")
        reason[list(header.rows)] = NOT_DATA.index("header")
        reason[self.is_blank] = NOT_DATA.index("blank")
        return reason

    def _are_like_data(self, titles: Indexes, header: Header) -> Bools:
        """Tell which records above the header have their dates in the columns in which data have them.

        Such a record is one of data whose header was damaged, above the header of the next page.
        """
        if not titles.size:
            return np.zeros(0, dtype=np.bool_)
        below = range(header.rows[-1] + 1, min(header.rows[-1] + 1 + _FIRST_DATA, len(self.sheet)))
        data = np.array([at for at in below if not self.is_blank[at]], dtype=np.int64)
        dates, filled = self._dates(data), self._filled(data)
        of_data = {tuple(row) for row in dates if row.any()}
        # 出力日時, 2026/03/06 has its date under a heading too, but hardly any other cell.
        least = int(np.min(filled[dates.any(axis=1)], initial=len(header.names))) / 2
        pairs = zip(self._dates(titles), self._filled(titles), strict=True)
        return np.array([tuple(row) in of_data and n >= least for row, n in pairs], dtype=np.bool_)

    def _filled(self, records: Indexes) -> Indexes:
        """Count the cells of some records that hold something."""
        counts = np.zeros(len(records), dtype=np.int64)
        for column in self.sheet.cells.take(records).columns:
            counts += ~_is_empty(column)
        return counts

    def _dates(self, records: Indexes) -> Bools:
        """Tell which cells of some records are dates: (records, columns)."""
        columns = [cells_of(column, records) for column in self.sheet.cells.columns]
        if not records.size or not columns:
            return np.zeros((len(records), len(columns)), dtype=np.bool_)
        flat = pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string())
        return _is_date(Texts.of(flat)).reshape(len(columns), len(records)).T

    def _lone_texts(self, header: Header) -> Bools:
        """Tell which records hold one text only: in the first column, or merged over all of them."""
        columns = range(1, self.sheet.cells.num_columns)
        if len(header.names) < 2:
            return ~self.is_blank & ~self.is_whole_broken
        is_lone = self._all_empty(columns, ~self.first_empty)
        merged = np.flatnonzero(~self.first_empty & ~is_lone)
        for column in columns:
            first, other = (cells_of(self.sheet.cells.column(n), merged) for n in (0, column))
            is_same = _as_mask(pc.equal(first, other))
            # Merged over the first columns at least: a record may be so too, but then more of it is filled.
            merged = merged[is_same if column == 1 else is_same | _is_empty(other)]
            if not merged.size:
                break
        is_lone[merged] = True
        return is_lone

    def _notes(self, lone: Bools, header: Header) -> Indexes:
        """Find notes: what is written like one, and words below the last of the data."""
        at = np.flatnonzero(lone & (np.arange(len(lone)) > header.rows[-1]))
        words = Texts.of(self.sheet.cells.column(0).take(at))
        noted = words.spread(np.array([is_note(word) for word in words.distinct], dtype=np.bool_))
        if len(header.names) > 1:
            is_other = ~self.is_blank & ~lone
            last = int(np.flatnonzero(is_other)[-1]) if is_other.any() else -1
            is_word = words.spread(np.array([is_wording(word) for word in words.distinct], dtype=np.bool_))
            noted |= is_word & (at > last)
        return np.concatenate([np.compress(noted, at), self._notes_aside(header)])

    def _notes_aside(self, header: Header) -> Indexes:
        """Find records whose one text is a note that stands in another column, such as 以上 at the right."""
        at = np.flatnonzero(self.first_empty & ~self.is_blank & ~self.is_whole_broken)
        at = at[at > header.rows[-1]]
        if not at.size:
            return at
        cells = [cells_of(column, at) for column in self.sheet.cells.columns]
        parts: list[Any] = [*cells, "\t"]  # the stubs want columns only; the last one is what joins them
        words = Texts.of(pc.utf8_trim_whitespace(pc.binary_join_element_wise(*parts)))
        noted = np.array(["\t" not in word and is_note(word) for word in words.distinct], dtype=np.bool_)
        return np.compress(words.spread(noted), at)

    def _totals(self, header: Header) -> Indexes:
        """Find records whose first text is a word for sums and that hold no date."""
        found = [np.empty(0, dtype=np.int64)]
        left = np.arange(header.rows[-1] + 1, len(self.sheet))
        for column in self.sheet.cells.columns:
            bare = pc.utf8_trim_whitespace(cells_of(column, left))
            begun = _as_mask(pc.is_in(pc.utf8_slice_codeunits(bare, 0, 1), _BEGINS))
            at = np.flatnonzero(begun)  # key_of is slow; hardly any cell begins like this
            words = Texts.of(bare.take(at))
            is_word = words.spread(np.array([is_total(word) for word in words.distinct], dtype=np.bool_))
            found.append(left[at[is_word]])
            left = left[at[words.is_empty]]
            if not left.size:
                break
        totals: Indexes = np.sort(np.concatenate(found))
        has_date = np.any(self._dates(totals), axis=1)
        return np.compress(~has_date, totals)

    def _titles_of_years(self, headers: Indexes, lone: Bools, header: Header) -> Indexes:
        """Find lone texts with a year (令和7年度) right above a header that stands again."""
        found = []
        for at in headers.tolist():
            above = np.flatnonzero(~self.is_blank[header.rows[-1] + 1 : at])
            title = header.rows[-1] + 1 + int(above[-1]) if above.size else 0
            text = str(self.sheet.cells.column(0)[title])
            if above.size and lone[title] and (fiscal_year_of(text) or calendar_year_of(text)):
                found.append(title)
        return np.array(found, dtype=np.int64)

    def _repeats(self, records: Indexes, after: int) -> Indexes:
        """Find records below that are equal, cell by cell, to one of some records."""
        found = [np.empty(0, dtype=np.int64)]
        for record in records:
            left = np.arange(after + 1, len(self.sheet))
            for column in self.sheet.cells.columns:
                left = left[_as_mask(pc.equal(cells_of(column, left), column[int(record)]))]
                if not left.size:
                    break
            found.append(left)
        return np.concatenate(found)


def _is_date(texts: Texts) -> Bools:
    """Tell which texts are dates. A number of five digits is none here: it may be a sum."""
    is_short_number = np.array([len(w) < len("20260302") and w.isdecimal() for w in texts.distinct], np.bool_)
    return np.asarray(~np.isnat(moments(texts).at) & ~texts.spread(is_short_number))


def _is_empty(column: "pa.ChunkedArray[Any]") -> Bools:
    return _as_mask(pc.equal(pc.utf8_trim_whitespace(column), _NOTHING))


def _as_mask(values: Any) -> Bools:  # the stubs take what is computed of chunks for an array
    return np.asarray(values, dtype=np.bool_)
