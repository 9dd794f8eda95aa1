"""The data records of a table while they are read: columns by field, faults, and who is rejected."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasts.faults import Fault, FaultyFile, Notice
from forecasts.history.account import LISTED_FAULTS, MOST_FAULTS
from forecasts.history.kinds import Kind
from forecasts.history.labels import is_total
from forecasts.history.layout import Layout, cells_of
from forecasts.history.locating import located
from forecasts.history.mapping import EVERY_OTHER, FileMapping
from forecasts.history.numbers import Unit, counts, durations, unit_in
from forecasts.history.records import COLUMNS, conformed
from forecasts.history.sheets.sheet import Broken, FileSheets, Sheet
from forecasts.history.text import Texts, key_of

A_MOMENT = "2026-03-02 08:30"
A_DAY = "2026-03-02"
A_CLOCK = "8:30, 25:31"
A_SPAN = "8:30-9:00, 22:00-30:00"
A_COUNT = "0, 12, 1,200"
A_DURATION = "12.5, 0:03:25"
A_FLAG = "1, 0, yes, no"

MOST_COUNTED = 10_000_000
"""Inquiries in a cell, or minutes or seconds of one: more is mistyped."""

UNITS: Mapping[str, Unit] = {"s": "s", "min": "min", "h": "h"}

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]
Times = NDArray[np.datetime64]
Read = TypeVar("Read", bound=NDArray[Any])


@dataclass(frozen=True, slots=True)
class Values:
    """What a kind made of the data records: ``frame`` with ``line``, and its columns that the file has."""

    frame: pd.DataFrame
    supplied: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """One kind of fault in one column: rows (of the data records) that have it, and the texts there."""

    code: str
    column: str
    rows: Indexes
    values: Sequence[str]
    allowed: str


@dataclass(slots=True, eq=False)
class Rows:
    """The data records of a table (N of them), read column by column.

    ``numbers``: field → number of its column. ``records`` (N,): their indexes in the table.
    ``is_rejected`` (N,) grows as faults are found; of ``is_unread`` (N,) no cell is looked at.
    """

    place: str
    sheet: Sheet
    header: tuple[str, ...]
    mapping: FileMapping
    numbers: dict[str, int]
    records: Indexes
    is_rejected: Bools
    is_unread: Bools
    notices: list[Notice] = field(default_factory=list)
    totals: Indexes = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    _found: list[_Found] = field(default_factory=list)
    _texts: dict[int, Texts] = field(default_factory=dict)
    _broken: dict[int, list[int]] = field(default_factory=dict)  # column → rows where its cell is broken

    @classmethod
    def of(cls, sheets: FileSheets, sheet: Sheet, layout: Layout, mapping: FileMapping) -> "Rows":
        """Take the data records of a table. Raises FaultyFile if the mapping does not fit the header."""
        line = int(sheet.line[layout.header_rows[-1]])
        at = located(mapping, layout.header, sheets.place, line)
        none = np.zeros(len(layout.data), dtype=np.bool_)
        return cls(sheets.place, sheet, layout.header, mapping, at, layout.data, none, none.copy())

    def taken(self, kept: Bools, *, as_totals: bool = False) -> "Rows":
        """Go on with some of the records, before faults are sought; the others are passed over, or totals."""
        if kept.all():
            return self
        totals = np.concatenate([self.totals, self.records[~kept]]) if as_totals else self.totals
        none = np.zeros(int(kept.sum()), dtype=np.bool_)
        return Rows(
            self.place, self.sheet, self.header, self.mapping, self.numbers, self.records[kept],
            none, none.copy(), self.notices, totals,
        )  # fmt: skip

    def without_totals(self, fields: Iterable[str]) -> "Rows":
        """Pass over records that have a word for sums (合計) where a day, a time or a channel should be."""
        kept = np.ones(len(self.records), dtype=np.bool_)
        for name in fields:
            if (texts := self.texts(name)) is not None:
                kept &= ~texts.spread(np.array([is_total(word) for word in texts.distinct], dtype=np.bool_))
        return self.taken(kept, as_totals=True)

    @property
    def lines(self) -> Indexes:
        """Line of the file on which each record starts (N,)."""
        return self.sheet.line[self.records]

    def texts(self, name: str) -> Texts | None:
        """Return the column of a field; None if it has none."""
        column = self.numbers.get(name)
        return None if column is None else self.column(column)

    def column(self, number: int) -> Texts:
        """Return a column by its number."""
        if number not in self._texts:
            self._texts[number] = Texts.of(cells_of(self.sheet.cells.column(number), self.records))
        return self._texts[number]

    def reject_broken(self, columns: Iterable[int]) -> None:
        """Reject records that are broken as a whole, or in a column that is read."""
        read = set(columns)
        for record, parts in self.sheet.broken.items():
            row = int(np.searchsorted(self.records, record))
            if row == len(self.records) or self.records[row] != record:
                continue  # not a record of data
            for part in parts:
                if part.column in read or (part.column is None and not self.is_unread[row]):
                    self._reject_broken(row, part)

    def _reject_broken(self, row: int, part: Broken) -> None:
        if part.column is None:
            self.is_unread[row] = True
        else:
            self._broken.setdefault(part.column, []).append(row)
        name = "" if part.column is None else self.header[part.column]
        self._found.append(_Found(part.code, name, np.array([row]), (part.value,), part.allowed))
        self.is_rejected[row] = True

    def reject_wrong_width(self) -> None:
        """Reject records with fewer cells than names, or with text beyond the last name: cells have moved."""
        width, names = self.sheet.width[self.records], len(self.header)
        is_wrong = (width < names) & ~self.is_unread
        for number in range(names, self.sheet.cells.num_columns) if (width > names).any() else ():
            is_wrong |= ~self.column(number).is_empty & ~self.is_unread
        rows = np.flatnonzero(is_wrong)
        self._found.append(_Found("bad_row", "", rows, [str(n) for n in width[rows]], str(names)))
        self.is_rejected |= is_wrong
        self.is_unread |= is_wrong

    def reject(self, code: str, column: int | str, is_wrong: Bools, allowed: str = "") -> None:
        """Reject records for what a cell of theirs holds; ``column``: its number, or its field."""
        number = self.numbers[column] if isinstance(column, str) else column
        rows = np.flatnonzero(is_wrong & ~self.is_unread)
        rows = rows[~np.isin(rows, self._broken.get(number, ()))]
        if rows.size:
            texts = self.column(number).taken(rows[:MOST_FAULTS])
            words = texts.distinct
            values = [words[code] for code in texts.codes.tolist()]
            self._found.append(_Found(code, self.header[number], rows, values, allowed))
            self.is_rejected[rows] = True

    def read(self, name: str, reader: Callable[[Texts], Read], code: str, allowed: str) -> Read | None:
        """Read the column of a field, if it has one; rejects what is neither readable nor empty."""
        texts = self.texts(name)
        if texts is None:
            return None
        values = reader(texts)
        self.reject(code, name, np.asarray(pd.isna(values)) & ~texts.is_empty, allowed)
        return values

    def durations(self, name: str, into: Unit) -> Floats | None:
        """Read a column of durations; bare numbers in the unit of the mapping, else of the column's name."""
        if name not in self.numbers:
            return None
        told = self.mapping.units.get(name) or unit_in(self.header[self.numbers[name]])
        unit = UNITS.get(told or "", into)
        return self.read(name, lambda texts: lengths_of_time(texts, unit, into), "bad_number", A_DURATION)

    def reject_empty(self, name: str, allowed: str) -> None:
        """Reject records whose cell of a field is empty."""
        texts = self.texts(name)
        if texts is not None:
            self.reject("empty_cell", name, texts.is_empty, allowed)

    def coded(self, name: str, code: str) -> pd.Categorical:
        """Return the codes that the mapping gives to written channels or roles (N,).

        Where there is no column, or the cell is empty and no ``*`` takes it, the mapping's ``channel``.
        """
        texts = self.texts(name)
        if texts is None:
            constant = np.zeros(len(self.records), dtype=np.int8)
            return pd.Categorical.from_codes(
                constant, categories=pd.Index([self.mapping.channel], dtype="str")
            )
        words = texts.distinct
        codes = [self.code_of(word) for word in words]
        unknown = texts.spread(np.array([not c for c in codes], dtype=np.bool_))
        allowed = ", ".join(self.mapping.channels)
        self.reject("empty_cell", name, unknown & texts.is_empty, allowed)
        self.reject(code, name, unknown & ~texts.is_empty, allowed)
        return categorical(texts, codes)

    def code_of(self, written: str) -> str:
        """Return the code of a channel or role as it is written; "" = the mapping does not name it."""
        by_key = {key_of(name): code for name, code in self.mapping.channels.items()}
        other = self.mapping.channels.get(EVERY_OTHER, "")
        return by_key.get(key_of(written), other) or ("" if written else self.mapping.channel)

    def faults(self) -> tuple[Fault, ...]:
        """Return every fault, by line.

        Raises FaultyFile ``too_many_faults`` where more than ``MOST_FAULTS`` records are rejected.
        """
        count = int(self.is_rejected.sum())
        most = LISTED_FAULTS if count > MOST_FAULTS else None
        lines = self.lines
        faults = [
            Fault(found.code, self.place, int(lines[row]), found.column, value, found.allowed)
            for found in self._found
            for row, value in zip(found.rows[:most].tolist(), found.values[:most], strict=True)
        ]
        faults.sort(key=lambda fault: fault.row or 0)
        if most is not None:
            allowed = f"<= {MOST_FAULTS:,}"
            total = Fault("too_many_faults", self.place, value=f"{count:,}", allowed=allowed)
            raise FaultyFile([total, *faults[:LISTED_FAULTS]])
        return tuple(faults)

    def framed(self, kind: Kind, columns: Mapping[str, Any]) -> Values:
        """Make the frame of the accepted records, one row for each; ``columns`` hold N values."""
        kept = np.flatnonzero(~self.is_rejected)
        if len(kept) < len(self.is_rejected):
            taken = {name: _without_unused(values[kept]) for name, values in columns.items()}
        else:
            taken = dict(columns)
        frame = conformed(kind, taken)
        frame["line"] = self.lines[kept]
        return Values(frame, tuple(name for name in COLUMNS[kind] if name in columns))


def _without_unused(values: Any) -> Any:
    """Drop names that only rejected records hold."""
    return values.remove_unused_categories() if isinstance(values, pd.Categorical) else values


def whole_counts(texts: Texts) -> Floats:
    """Read counts (N,); NaN also for what no desk has counted."""
    found = counts(texts)
    return np.where(found <= MOST_COUNTED, found, np.nan)


def lengths_of_time(texts: Texts, unit: Unit, into: Unit) -> Floats:
    """Read durations (N,); NaN also for negative ones and for more than ``MOST_COUNTED``."""
    found = durations(texts, unit, into)
    return np.where((found >= 0) & (found <= MOST_COUNTED), found, np.nan)


def categorical(texts: Texts, names: Sequence[str]) -> pd.Categorical:
    """Give each row the name of its word; ``names`` has one per word of ``texts``, and may repeat itself."""
    numbers = {name: n for n, name in enumerate(sorted(set(names)))}
    codes = texts.spread(np.array([numbers[name] for name in names], dtype=np.int64))
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(numbers), dtype="str"))
