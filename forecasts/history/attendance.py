"""Who really sat there: heads by role and span of time. Names are never read."""

import re
import unicodedata

import numpy as np

from forecasts.history.moments import clocks
from forecasts.history.rows import A_CLOCK, A_COUNT, A_SPAN, Bools, Floats, Rows, Values, whole_counts
from forecasts.history.text import Texts
from forecasts.history.timed import Told, read_times
from forecasts.slots import DAY_MIN

_LATE_HOUR = re.compile(r"(?<!\d)(?:2[4-9]|3\d|4[0-7])(?=[:時]|[0-5]\d(?!\d))")
_MINUTE_US = 60_000_000


def attendance(rows: Rows) -> Values:
    """Read attendance (``records.COLUMNS["attendance"]``); without a column ``heads`` a row is one head.

    A span ends after it starts; past midnight only where the hours say so (22:00-30:00): an end before the
    start is rejected, as two times that were exchanged would else be a night. 0:00 is the end of the day.
    """
    told = read_times(rows, "", "day", "start_time")
    start = rows.column(rows.numbers["start_time"])
    rows.reject("empty_cell", "start_time", start.is_empty, A_CLOCK)
    length = _lengths(rows, told, start)
    role = rows.coded("role", "unknown_role")
    heads = rows.read("heads", whole_counts, "bad_number", A_COUNT)
    rows.reject_empty("heads", A_COUNT)
    columns = {
        "start_at": told.at,
        "end_at": told.at + (np.nan_to_num(length) * _MINUTE_US).astype("timedelta64[us]"),
        "role": role,
        "heads": np.ones(len(length)) if heads is None else np.nan_to_num(heads),
    }
    return rows.framed("attendance", columns)


def _lengths(rows: Rows, told: Told, start: Texts) -> Floats:
    """Return the minutes of each span; rejects those without an end after the start."""
    start_min: Floats = (told.at - told.on) / np.timedelta64(1, "m")
    is_known = told.is_timed & ~np.isnat(told.at)
    ends = rows.texts("end_time")
    if ends is None:
        is_exchanged = (start_min + told.length_min > DAY_MIN) & ~_says_late_hour(start)
        rows.reject("bad_span", "start_time", is_known & (is_exchanged | np.isnan(told.length_min)), A_SPAN)
        return told.length_min
    end = clocks(ends)
    rows.reject("empty_cell", "end_time", ends.is_empty, A_CLOCK)
    rows.reject("bad_clock", "end_time", np.isnan(end) & ~ends.is_empty, A_CLOCK)
    length: Floats = np.where(end == 0, DAY_MIN, end) - start_min
    rows.reject("bad_span", "end_time", is_known & (length <= 0), A_SPAN)
    return length


def _says_late_hour(texts: Texts) -> Bools:
    late = [bool(_LATE_HOUR.search(unicodedata.normalize("NFKC", word))) for word in texts.distinct]
    is_late: Bools = texts.spread(np.array(late, dtype=np.bool_))
    return is_late
