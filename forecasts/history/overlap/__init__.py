"""What a desk's past says: the fold of its imports in order, nothing counted twice. Pure.

A later import replaces what it says of the same inquiry or figure, in the columns that its file has; the
rules are those of ``inquiries`` and ``figures``. The state of the fold holds more than what counts: rows that
others stand for are left out by ``settled``, so that the fold without an import is as if it never had been.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import numpy as np
import pandas as pd

from forecasts.history.kinds import Kind
from forecasts.history.overlap.batch import NONE, Batch, Changes
from forecasts.history.overlap.corrections import CORRECTION_COLUMNS, corrections
from forecasts.history.overlap.figures import KEYS, figure_changes
from forecasts.history.overlap.inquiries import BESIDE, inquiry_changes, settled_inquiries
from forecasts.history.records import COLUMNS

__all__ = [
    "CORRECTION_COLUMNS",
    "KEYS",
    "NONE",
    "STATE_COLUMNS",
    "Batch",
    "Changes",
    "changes",
    "corrections",
    "days",
    "folded",
    "known_before",
    "merged",
    "nothing",
    "settled",
]

STATE_COLUMNS: Mapping[Kind, Mapping[str, str]] = {
    kind: {**columns, BESIDE: "int64"} if kind == "inquiries" else columns
    for kind, columns in COLUMNS.items()
}
"""The columns of a state, with their dtypes."""
_TIME = {"inquiries": "received_at", "intervals": "start_at", "totals": "day", "attendance": "start_at"}


def changes(kind: Kind, state: pd.DataFrame, batch: Batch) -> Changes:
    """Return what a batch changes in a state (columns ``STATE_COLUMNS``, index 0, 1, …)."""
    return inquiry_changes(state, batch) if kind == "inquiries" else figure_changes(kind, state, batch)


def nothing(kind: Kind) -> pd.DataFrame:
    """Return the state before the first batch."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in STATE_COLUMNS[kind].items()})


def folded(kind: Kind, batches: Iterable[Batch], state: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the state after batches in their order, from a state before them (None: nothing)."""
    state = nothing(kind) if state is None else state
    for batch in batches:
        state = changes(kind, state, batch).state
    return state


def settled(kind: Kind, state: pd.DataFrame) -> pd.DataFrame:
    """Return what counts of a state, by time (columns ``records.COLUMNS``)."""
    counting = settled_inquiries(state) if kind == "inquiries" else state
    return counting.sort_values(_TIME[kind], kind="stable", ignore_index=True)


def merged(kind: Kind, batches: Iterable[Batch]) -> pd.DataFrame:
    """Return what the batches say together, by time."""
    return settled(kind, folded(kind, batches))


def known_before(kind: Kind, rows: pd.DataFrame, moment: datetime) -> pd.DataFrame:
    """Return what could be known at a time: inquiries received and figures whose span had ended."""
    is_known = _ends(kind, rows) <= pd.Timestamp(moment)
    return rows[is_known.to_numpy(dtype=np.bool_)].reset_index(drop=True)


def days(kind: Kind, rows: pd.DataFrame) -> tuple[date, date] | None:
    """Return the first and the last day of which rows speak; None without rows."""
    if rows.empty:
        return None
    last = _ends(kind, rows).max() - pd.Timedelta(microseconds=1)
    return rows[_TIME[kind]].min().date(), last.date()


def _ends(kind: Kind, rows: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """Return when the span of each row ends, itself excluded."""
    start = rows[_TIME[kind]]
    if kind == "inquiries":
        return start + pd.Timedelta(microseconds=1)
    if kind == "attendance":
        return rows["end_at"]
    if kind == "intervals":
        return start + pd.to_timedelta(rows["length_min"], unit="min")
    ends = start + pd.offsets.MonthBegin(1)
    for span, days in (("day", 1), ("week", 7)):
        ends = ends.where(rows["span"] != span, start + pd.Timedelta(days=days))
    return ends
