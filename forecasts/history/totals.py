"""Totals of days, weeks or months by channel: a row each, or with months or channels as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from forecasts.faults import Fault, FaultyFile
from forecasts.history.dates import SOME_YEAR, calendar_year_of, fiscal_year_of, month_number, month_of
from forecasts.history.header import month_head
from forecasts.history.kinds import SPANS
from forecasts.history.labels import is_total
from forecasts.history.mapping import EVERY_OTHER
from forecasts.history.moments import days, moments
from forecasts.history.numbers import amounts
from forecasts.history.records import conformed
from forecasts.history.rows import A_COUNT, A_DAY, Floats, Rows, Times, Values, whole_counts
from forecasts.history.text import Texts, key_of
from forecasts.history.timed import A_POSSIBLE_DAY, is_possible
from forecasts.slots import FIRST_DAY, LAST_DAY

_NONE: Mapping[int, str] = MappingProxyType({})
A_MONTH = "2025年4月, 令和7年4月, 2025/4"
A_YEAR = "令和7年度, 2025年度"
YEAR_HEADS = {
    key_of(name): "年" if name == "年" else "年度" for name in ("年度", "会計年度", "年", "fiscal year")
}
"""Names of a column that tells the year of a record → what a bare year in it (2025, 令和7) leaves out."""


@dataclass(frozen=True, slots=True)
class _Year:
    """The year in which months without one lie."""

    number: int
    is_calendar: bool

    def month(self, number: int) -> date:
        """Return the first day of a month of the year; a fiscal year runs from April to March."""
        return date(self.number + (number < 4 and not self.is_calendar), number, 1)


def totals(rows: Rows, titles: Sequence[str], below: Mapping[int, str] = _NONE) -> Values:
    """Read totals (``records.COLUMNS["totals"]``); of a record with several columns of counts, one row each.

    An empty cell among several says nothing and gives no row; 0 is a count. A record that says again what
    one above it says (same day, same written channel, same labels in columns that are not read) is rejected;
    other records of the same day and channel are parts of one total.

    Args:
        rows: The data records. Where the mapping has ``*``: for month, the columns named like months are
            the counts; for channel, those named like a written channel.
        titles: Texts above the table and names of it, in which the year of its months is sought.
        below: Record → the title that stands there, below the header: another year begins.

    Raises:
        FaultyFile: ``missing_year`` where months have no year, ``missing_column`` where no column is named
            like a month or channel.
    """
    columns = _count_columns(rows)
    rows.reject_broken(columns)
    free = [n for n in range(len(rows.header)) if n not in {*rows.numbers.values(), *columns}]
    years = _Years.of(rows, titles, below, free)
    if rows.mapping.columns.get("month") == EVERY_OTHER:
        day = _months_of_heads(rows, columns, years)
    else:
        day = np.repeat(_days(rows, years)[:, None], len(columns), axis=1)
    count = _counts(rows, columns)
    if rows.mapping.columns.get("channel") == EVERY_OTHER:
        codes: pd.Categorical[Any] = pd.Categorical([rows.code_of(rows.header[n]) for n in columns])
        channel = codes.take(np.tile(np.arange(len(columns)), len(rows.records)))
    else:
        codes = rows.coded("channel", "unknown_channel")
        channel = codes.take(np.repeat(np.arange(len(rows.records)), len(columns)))
    _reject_repeated(rows, day[:, 0], columns, free)
    kept = np.flatnonzero((~np.isnan(count) & ~rows.is_rejected[:, None]).ravel())
    span = _span(rows)
    frame = conformed(
        "totals",
        {
            "day": day.ravel()[kept],
            "span": pd.Categorical([span] * len(kept), categories=pd.Index([span], dtype="str")),
            "channel": channel.take(kept).remove_unused_categories(),
            "count": count.ravel()[kept],
        },
    )
    frame["line"] = np.repeat(rows.lines, len(columns))[kept]
    return Values(frame, ("day", "span", "channel", "count"))


def without_sums(rows: Rows) -> Rows:
    """Pass over records that add up others of their day and channel: 合計 in a column that is not read."""
    told = [rows.column(rows.numbers[name]) for name in (*SPANS, "channel") if name in rows.numbers]
    keys = pd.DataFrame({n: np.array(texts.distinct, object)[texts.codes] for n, texts in enumerate(told)})
    group = keys.groupby([*keys], sort=False).ngroup().to_numpy() if told else np.zeros(len(rows.records))
    kept = np.ones(len(rows.records), dtype=np.bool_)
    for number in sorted({*range(len(rows.header))} - {*rows.numbers.values()}):
        texts = rows.column(number)
        is_sum = texts.spread(np.array([is_total(word) for word in texts.distinct], dtype=np.bool_))
        kept &= ~(is_sum & np.isin(group, group[kept & ~is_sum]))
    return rows.taken(kept, as_totals=True)


def _span(rows: Rows) -> str:
    """Return what each total is of: the finest span that the file tells, else a month."""
    return next((name for name in SPANS if name in rows.numbers), "month")


def _count_columns(rows: Rows) -> list[int]:
    """Return the columns that hold counts."""
    mapped = rows.mapping.columns
    if mapped.get("month") == EVERY_OTHER:
        found = [n for n, name in enumerate(rows.header) if month_head(name, SOME_YEAR)]
        field = "month"
    elif mapped.get("channel") == EVERY_OTHER:
        keys = {key_of(name) for name in rows.mapping.channels} - {EVERY_OTHER}
        found = [n for n, name in enumerate(rows.header) if key_of(name) in keys]
        field = "channel"
    else:
        return [rows.numbers["count"]]
    if not found:
        allowed = A_MONTH if field == "month" else ", ".join(rows.header)
        raise FaultyFile([Fault("missing_column", rows.place, None, EVERY_OTHER, field, allowed)])
    return found


def _counts(rows: Rows, columns: Sequence[int]) -> Floats:
    """Return the counts (N, columns), NaN where nothing is said."""
    count = np.full((len(rows.records), len(columns)), np.nan)
    for at, number in enumerate(columns):
        texts = rows.column(number)
        count[:, at] = whole_counts(texts)
        rows.reject("bad_number", number, np.isnan(count[:, at]) & ~texts.is_empty, A_COUNT)
    if "count" in rows.numbers:
        rows.reject_empty("count", A_COUNT)
    return count


def _days(rows: Rows, years: "_Years") -> Times:
    """Return the first day of what each record tells of (N,)."""
    name = _span(rows)
    texts = rows.column(rows.numbers[name])
    rows.reject("empty_cell", name, texts.is_empty, A_MONTH if name == "month" else A_DAY)
    if name != "month":
        found, code, allowed = days(texts), "bad_date", A_DAY
    else:
        found, code, allowed = _months(rows, texts, years), "bad_month", A_MONTH
    at = found.astype("datetime64[us]")
    rows.reject(code, name, np.isnat(at) & ~texts.is_empty, allowed)
    rows.reject("far_date", name, ~np.isnat(at) & ~is_possible(at), A_POSSIBLE_DAY)
    return at


def _months(rows: Rows, texts: Texts, years: "_Years") -> Times:
    words = texts.distinct
    bare = [month_number(word) for word in words]
    found = np.array([np.datetime64(month_of(word) or "NaT", "D") for word in words], "datetime64[D]")
    found = texts.spread(found)
    number = texts.spread(np.array([n or 0 for n in bare], np.int64))
    for row in np.flatnonzero((number > 0) & np.isnat(found)).tolist():
        found[row] = years.needed(rows, row).month(int(number[row]))
    return found


def _months_of_heads(rows: Rows, columns: Sequence[int], years: "_Years") -> Times:
    """Return the month of each column for each record (N, columns)."""
    heads = [rows.header[n] for n in columns]
    told = [month_head(head) for head in heads]
    numbers = [m.month if (m := month_head(head, SOME_YEAR)) else 0 for head in heads]
    # 4月 … 12月, 1月 … 3月 run over the turn of a year, whatever the year is called.
    is_turned = any(second < first for first, second in pairwise(numbers))
    found = np.full((len(rows.records), len(columns)), np.datetime64("NaT", "us"))
    for at, (month, number) in enumerate(zip(told, numbers, strict=True)):
        if month is not None:
            found[:, at] = np.datetime64(month, "us")
            continue
        for row in range(len(rows.records)):
            year = years.needed(rows, row)
            found[row, at] = _Year(year.number, year.is_calendar and not is_turned).month(number)
    return found


@dataclass(frozen=True, slots=True)
class _Years:
    """The year of each record: by its column, else by a title; None where nothing tells it."""

    by_row: Sequence[_Year | None]

    @classmethod
    def of(cls, rows: Rows, titles: Sequence[str], below: Mapping[int, str], free: Sequence[int]) -> "_Years":
        """Look for a column of years and for a year in the titles; a blank means the year above."""
        titled = _titled(titles)
        by_row: list[_Year | None] = [titled] * len(rows.records)
        for record, title in sorted(below.items()):
            if (year := _year(title)) is not None:
                start = int(np.searchsorted(rows.records, record))
                by_row[start:] = [year] * (len(by_row) - start)
        column = next((n for n in free if key_of(rows.header[n]) in YEAR_HEADS), None)
        if column is not None:
            texts = rows.column(column)
            years = [_year_in(word, YEAR_HEADS[key_of(rows.header[column])]) for word in texts.distinct]
            last = titled
            for row, (code, is_empty) in enumerate(zip(texts.codes.tolist(), texts.is_empty, strict=True)):
                last = by_row[row] = last if is_empty else years[code]
        return cls(by_row)

    def needed(self, rows: Rows, row: int) -> _Year:
        """Return the year of a record; without it the months of the file mean nothing."""
        year = self.by_row[row]
        if year is None:
            raise FaultyFile([Fault("missing_year", rows.place, int(rows.lines[row]), allowed=A_YEAR)])
        return year


def _year_in(text: str, ending: str) -> _Year | None:
    """Read a cell of a column of years: 令和7年度, 令和7, 2025; ``ending`` is what a bare year lacks."""
    return _year(text) or _year(text + ending)


def _year(text: str) -> _Year | None:
    fiscal = fiscal_year_of(text)
    number = calendar_year_of(text) if fiscal is None else fiscal
    if number is None or not FIRST_DAY.year <= number < LAST_DAY.year:
        return None
    return _Year(number, fiscal is None)


def _titled(titles: Sequence[str]) -> _Year | None:
    """Return the first year of the titles; a calendar year, as dates have too, only after fiscal ones."""
    found = [year for title in titles if (year := _year(title)) is not None]
    return min(found, key=lambda year: year.is_calendar, default=None)


def _is_label(texts: Texts) -> bool:
    """Tell whether a column that is not read only describes: it holds words, no figures."""
    is_figure = ~(np.isnat(moments(texts).at) & np.isnan(amounts(texts)))
    return not is_figure.any() and not texts.is_empty.all()


def _reject_repeated(rows: Rows, day: Times, columns: Sequence[int], free: Sequence[int]) -> None:
    """Reject records that say again what one above them says."""
    named = [rows.numbers[name] for name in ("channel",) if name in rows.numbers]
    labels = named + [n for n in free if _is_label(rows.column(n))]
    keys = pd.DataFrame({"day": day, **{str(n): rows.column(n).codes for n in labels}})
    is_repeated = (keys.duplicated() & keys["day"].notna()).to_numpy() & ~rows.is_rejected
    where = next((rows.numbers[name] for name in SPANS if name in rows.numbers), (*labels, *columns)[0])
    rows.reject("duplicate_total", where, is_repeated)
