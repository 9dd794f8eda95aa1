"""When something was, told in one column or in a day and a time."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from forecasts.faults import Notice
from forecasts.history.moments import days, joined, moments, spans
from forecasts.history.rows import A_CLOCK, A_DAY, A_MOMENT, Bools, Floats, Rows, Times
from forecasts.history.text import Texts
from forecasts.slots import FIRST_DAY, LAST_DAY

A_POSSIBLE_DAY = f"{FIRST_DAY}〜{LAST_DAY}"
_CLOCKS = {"received_on": ("received_time",), "start_on": ("start_time",), "day": ("start_time",)}
"""Column of a day → the column of times beside it."""
_FIRST = np.datetime64(FIRST_DAY, "us")
_END = np.datetime64(LAST_DAY + timedelta(days=1), "us")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """When each record was (N,).

    ``at``: NaT where wrong. ``on``: the day as written; 25:31 is on the day after it. ``is_timed``: a time
    was told; without one ``at`` is midnight. ``length_min``: of spans (9:00-9:30); NaN without an end.
    """

    at: Times
    on: Times
    is_timed: Bools
    length_min: Floats


def read_times(rows: Rows, whole: str, on: str, time: str) -> Told:
    """Read times from the field ``whole``, or from ``on`` with or without ``time``; rejects what is wrong."""
    name, allowed = (whole, A_MOMENT) if whole in rows.numbers else (on, A_DAY)
    texts = day_texts(rows, name)
    clock = None if name == whole else rows.texts(time)
    told = _of_two(rows, texts, clock, time) if clock is not None else _of_one(texts)
    rows.reject("empty_cell", name, texts.is_empty, allowed)
    is_missing = np.isnat(told.at)
    rows.reject("bad_date", name, is_missing & ~texts.is_empty, allowed)
    rows.reject("far_date", name, ~is_missing & ~is_possible(told.at), A_POSSIBLE_DAY)
    return told


def day_texts(rows: Rows, name: str) -> Texts:
    """Return the column of a day (or moment); where a day stands in its first row only, in all its rows.

    That is so if most rows have none, but a time in a column beside it. No day reaches over a row that could
    not be read: it may have been the first of the next day.
    """
    texts = rows.column(rows.numbers[name])
    is_below = texts.is_empty & ~rows.is_unread
    has_clock = any(field in rows.numbers for field in _CLOCKS.get(name, ()))
    if not has_clock or 2 * is_below.sum() <= len(is_below) or is_below[0]:
        return texts
    above = np.maximum.accumulate(np.where(is_below, 0, np.arange(len(is_below))))
    notice = Notice("days_from_above", rows.header[rows.numbers[name]])
    rows.notices += [notice] if notice not in rows.notices else []
    return Texts(texts.codes[above], texts.words)


def is_possible(at: Times) -> Bools:
    """Tell which times lie in a year in which something can have happened."""
    possible: Bools = (at >= _FIRST) & (at < _END)
    return possible


def _of_one(texts: Texts) -> Told:
    """Read a column of moments: a column of days may hold times all the same."""
    found = moments(texts)
    on = found.at.astype("datetime64[D]")
    # 2026/3/2 0:00:00 in every row is how programs write a day.
    is_day = int(found.is_timed.sum()) > 1 and bool((found.at == on)[found.is_timed].all())
    is_timed = found.is_timed & (not is_day)
    return Told(found.at, on, is_timed, np.full(len(texts), np.nan))


def _of_two(rows: Rows, texts: Texts, clock: Texts, time: str) -> Told:
    start, end = spans(clock)
    is_timed = ~np.isnan(start)
    rows.reject("bad_clock", time, ~is_timed & ~clock.is_empty, A_CLOCK)
    on = days(texts)
    return Told(joined(on, np.nan_to_num(start)), on, is_timed, end - start)
