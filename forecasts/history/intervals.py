"""The report of a telephone exchange: one row per interval and channel."""

from typing import Any

import numpy as np

from forecasts.faults import Fault, FaultyFile, Notice
from forecasts.history.rows import (
    A_CLOCK,
    A_COUNT,
    A_SPAN,
    Floats,
    Indexes,
    Rows,
    Times,
    Values,
    whole_counts,
)
from forecasts.history.timed import Told, read_times
from forecasts.slots import DAY_MIN

LENGTHS_MIN = (15, 30, 60)
LONGEST_MIN = 120
"""A longer interval that runs past midnight was written with its ends exchanged (9:30-9:00)."""
_USUAL_SHARE = 0.05  # of all steps from one start to the next: fewer are stray rows
_MINUTE = np.timedelta64(1, "m")


def intervals(rows: Rows) -> Values:
    """Read intervals (``records.COLUMNS["intervals"]``); ``talk_s`` and ``wait_s`` are seconds.

    A report without times tells whole days. The same interval twice, or two that overlap, under the same
    written channel: the first one counts, the others are rejected; under two written names of one channel
    both count (two queues).

    Raises:
        FaultyFile: ``unknown_interval`` where neither the cells, nor the mapping, nor the steps from start
            to start tell how long an interval is.
    """
    told = read_times(rows, "start_at", "start_on", "start_time")
    if (clock := rows.texts("start_time")) is not None and "start_at" not in rows.numbers:
        rows.reject("empty_cell", "start_time", clock.is_empty, A_CLOCK)
        start_min = (told.at - told.on) / _MINUTE
        is_exchanged = (told.length_min > LONGEST_MIN) & (start_min + told.length_min > DAY_MIN)
        rows.reject("bad_span", "start_time", is_exchanged, A_SPAN)
    columns: dict[str, Any] = {"start_at": told.at, "channel": rows.coded("channel", "unknown_channel")}
    for name in ("offered", "answered", "abandoned"):
        if (number := rows.read(name, whole_counts, "bad_number", A_COUNT)) is not None:
            columns[name] = number
    rows.reject_empty("offered", A_COUNT)
    for name in ("talk_s", "wait_s"):
        if (mean := rows.durations(name, "s")) is not None:
            columns[name] = mean
    columns["length_min"] = _lengths(rows, told)
    _reject_repeated(rows, told.at, columns["length_min"])
    columns["offered"] = np.nan_to_num(columns["offered"])
    _tell_excess(rows, columns)
    return rows.framed("intervals", columns)


def _lengths(rows: Rows, told: Told) -> Indexes:
    """Return the minutes of each interval; 0 where its record is rejected."""
    length = told.length_min.copy()
    left = np.isnan(length) & ~rows.is_rejected
    if left.any():
        length[left] = rows.mapping.interval_min or _usual_step(rows, told)
    lengths: Indexes = np.nan_to_num(length).astype(np.int64)
    return lengths


def _usual_step(rows: Rows, told: Told) -> int:
    """Return the smallest usual step from start to start."""
    kept = ~rows.is_rejected
    if not told.is_timed[kept].any():
        return DAY_MIN
    starts = np.unique(told.at[kept].astype("datetime64[m]").astype(np.int64))
    steps = np.diff(starts)
    usual = [n for n in np.unique(steps).tolist() if (steps == n).mean() >= _USUAL_SHARE]
    if usual and usual[0] in LENGTHS_MIN:
        return int(usual[0])
    seen = f"{usual[0]}" if usual else ""
    allowed = ", ".join(map(str, LENGTHS_MIN))
    raise FaultyFile([Fault("unknown_interval", rows.place, value=seen, allowed=allowed)])


def _reject_repeated(rows: Rows, at: Times, length_min: Indexes) -> None:
    """Reject intervals that begin before an accepted one of the same written channel has ended."""
    kept = np.flatnonzero(~rows.is_rejected)
    written = rows.texts("channel")
    channel = np.zeros(len(kept), dtype=np.int64) if written is None else written.codes[kept]
    start = at[kept].astype("datetime64[m]").astype(np.int64)
    end = start + length_min[kept]
    order = np.lexsort((kept, start, channel))
    is_same = channel[order][1:] == channel[order][:-1]
    if not (is_same & (start[order][1:] < end[order][:-1])).any():
        return
    is_repeated = np.zeros(len(rows.records), dtype=np.bool_)
    ends: dict[int, int] = {}
    for n in order.tolist():
        if start[n] < ends.get(channel[n], start[n]):
            is_repeated[kept[n]] = True
        else:
            ends[channel[n]] = end[n]
    name = next(field for field in ("start_at", "start_time", "start_on") if field in rows.numbers)
    rows.reject("duplicate_interval", name, is_repeated)


def _tell_excess(rows: Rows, columns: dict[str, Any]) -> None:
    parts: list[Floats] = [
        np.nan_to_num(columns[name]) for name in ("answered", "abandoned") if name in columns
    ]
    if not parts:
        return
    is_excess = (np.sum(parts, axis=0) > columns["offered"]) & ~rows.is_rejected
    if is_excess.any():
        rows.notices.append(Notice("more_than_offered", f"{int(is_excess.sum()):,}"))
