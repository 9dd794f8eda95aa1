"""Which of the first records of a table names its columns, and how the names read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecasts.history.aliases import ALIASES, unread_because
from forecasts.history.dates import SOME_YEAR, fiscal_year_of, month_number, month_of
from forecasts.history.moments import clocks, moments
from forecasts.history.numbers import amounts, without_unit
from forecasts.history.text import Texts, key_of
from forecasts.slots import FIRST_DAY, LAST_DAY

SEARCHED_RECORDS = 50  # a header further down is none that a person would see
LEAST_MONTHS = 3
"""So many cells 2025-04-01, 2025-05-01, … make a header; fewer are dates of data."""
_SEEN_RECORDS = 100  # the data right below tell how wide the table is

_KNOWN = {
    key_of(name) for fields in ALIASES.values() for field, names in fields.items() for name in (field, *names)
}

Record = tuple[str, ...]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, each once, and the one or two records that hold them (indexes)."""

    names: tuple[str, ...]
    rows: tuple[int, ...]


def month_head(name: str, fiscal_year: int | None = None) -> date | None:
    """Read the name of a column as a month: 4月 (of a fiscal year), 令和7年4月, 令和7年度 4月, 2025-04-01."""
    found = month_of(name, fiscal_year)
    if found is not None or "年度" not in name:
        return found
    year, _, month = name.rpartition("年度")
    told = fiscal_year_of(f"{year}年度")
    if month_number(month) is None or told is None or not FIRST_DAY.year <= told < LAST_DAY.year:
        return None
    return month_of(month, told)


def is_known(name: str) -> bool:
    """Tell whether a text is the usual name of a column: of one that is read, or never is (氏名, 件名)."""
    return key_of(without_unit(name)) in _KNOWN or unread_because(name) != "unused"


def found_header(records: Sequence[Record], at: int | None = None) -> Header | None:
    """Find the header among the first records (stripped cells of equal number); None = there is none.

    It is the record with the most names that are known, of at least half the usual width and without a
    date or number; failing that, the first record of the usual width that holds texts only, above a record
    that does not. A record above or below it that completes merged names belongs to it.

    Args:
        records: The first records of the table; those after ``SEARCHED_RECORDS`` only show its width.
        at: Where a person said that the header is.
    """
    top = _Top(tuple(records[:_SEEN_RECORDS]))
    if not top.records or not top.records[0]:
        return None
    if at is None:
        at = top.most_known()
    if at is None:
        at = top.first_of_texts()
    return None if at is None else top.completed(at)


class _Top:
    """The first records of a table while the header is sought."""

    def __init__(self, records: Sequence[Record]) -> None:
        """Look at every cell."""
        self.records = records
        self.filled = [_filled(record) for record in records]
        shape = (len(records), len(records[0]) if records else 0)
        texts = Texts.of([cell for record in records for cell in record])
        is_value = ~(np.isnat(moments(texts).at) & np.isnan(clocks(texts)) & np.isnan(amounts(texts)))
        months = [month_head(text, SOME_YEAR) is not None for text in texts.distinct]
        known = [is_known(text) for text in texts.distinct]
        is_month = texts.spread(np.array(months, np.bool_)).reshape(shape)
        is_value = is_value.reshape(shape)
        # A first day of a month is a name only among others, and never in a row with another value.
        as_heads = (is_month & is_value).sum(axis=1, keepdims=True) >= LEAST_MONTHS
        self.is_value: Bools = np.asarray(is_value & ~(is_month & as_heads))
        is_usual = texts.spread(np.array(known, np.bool_)).reshape(shape)
        self.is_known: Bools = np.asarray(is_usual | (is_month & ~self.is_value))

    def most_known(self) -> int | None:
        """Return the record with the most known names, the first of equal ones."""
        usual = Counter(n for n in self.filled if n).most_common(1)
        if not usual:
            return None
        least = max(min(2, max(self.filled)), usual[0][0] / 2)
        known = [self._known(n) if self.filled[n] >= least else 0 for n in range(self._searched)]
        best = max(known)
        return known.index(best) if best else None

    def first_of_texts(self) -> int | None:
        """Return the first record of the usual width if it holds texts only."""
        has_value = [bool(np.any(row)) for row in self.is_value]
        widths = Counter(n for n, has in zip(self.filled, has_value, strict=True) if has)
        if not widths:
            return None
        usual = widths.most_common(1)[0][0]
        first = next((n for n in range(self._searched) if self.filled[n] >= usual), None)
        return None if first is None or has_value[first] else first

    @property
    def _searched(self) -> int:
        return min(len(self.records), SEARCHED_RECORDS)

    def _known(self, n: int) -> int:
        if np.any(self.is_value[n]):
            return 0
        return len({key_of(self.records[n][column]) for column in np.flatnonzero(self.is_known[n])})

    def completed(self, at: int) -> Header:
        """Join the two records of merged names, and make every name stand once."""
        record = self.records[at]
        if self._may_join(at - 1) and _completes_above(self.records[at - 1], record):
            return Header(_unique(_joined(self.records[at - 1], record)), (at - 1, at))
        if self._may_join(at + 1) and _completes_below(record, self.records[at + 1]):
            return Header(_unique(_joined(record, self.records[at + 1])), (at, at + 1))
        return Header(_unique(record), (at,))

    def _may_join(self, n: int) -> bool:
        return 0 <= n < len(self.records) and self.filled[n] > 0 and not np.any(self.is_value[n])


def _filled(record: Record) -> int:
    """Count the different texts: a title merged over the whole table is one."""
    return len({cell for cell in record if cell})


def _completes_above(upper: Record, lower: Record) -> bool:
    """Tell whether an upper record names empty cells, tells equal names apart, or is merged over others."""
    if _filled(upper) > 1 and _completes_below(upper, lower):
        return True
    repeated = _repeated(lower)
    pairs = zip(upper, lower, strict=True)
    return _filled(upper) > 1 and any(u and u != low and (not low or low in repeated) for u, low in pairs)


def _completes_below(upper: Record, lower: Record) -> bool:
    """Tell whether a lower record only fills cells under names merged over several columns."""
    merged = [name in _repeated(upper) or not name for name in upper]
    for n in range(1, len(upper)):
        merged[n - 1] |= not upper[n] and bool(lower[n])  # the first cell of a merged one that was not filled
    under = [is_merged for u, low, is_merged in zip(upper, lower, merged, strict=True) if low and low != u]
    return bool(under) and all(under) and not all(merged)


def _repeated(record: Record) -> set[str]:
    return {name for name, n in Counter(record).items() if name and n > 1}


def _joined(upper: Record, lower: Record) -> Record:
    names: list[str] = []
    group = ""
    for above, below in zip(upper, lower, strict=True):
        group = above or (group if below else "")
        names.append(" ".join(dict.fromkeys(part for part in (group, below) if part)))
        group = group if below else ""
    return tuple(names)


def _unique(names: Record) -> tuple[str, ...]:
    """Name what has no name by the number of its column, and number what stands again."""
    width = max((n + 1 for n, name in enumerate(names) if name), default=0)
    unique: dict[str, int] = {}
    for n, name in enumerate(names[:width], start=1):
        written = " ".join(name.split()) or f"#{n}"
        count = unique[written] = unique.get(written, 0) + 1
        while count > 1 and f"{written}({count})" in unique:
            count += 1
        if count > 1:
            unique[f"{written}({count})"] = 1
    return tuple(unique)
