"""Reports of figures that overlap: intervals of a telephone exchange, totals, attendance.

Rows of one file with the same key are parts of one figure (two queues of one channel, two categories of a
total, one person per row) and are added up. A later file replaces the figures of its keys. Where it cuts time
another way, it also takes the place of what it covers: intervals of the same channel that its own overlap
(an hour instead of two half hours), and all of a role on a day of which it tells the attendance.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasts.history.kinds import Kind
from forecasts.history.overlap.batch import NONE, Batch, Changes, Rows
from forecasts.history.overlap.matching import Joined, identified, partners

KEYS: dict[Kind, tuple[str, ...]] = {
    "intervals": ("start_at", "channel"),
    "totals": ("day", "span", "channel"),
    "attendance": ("start_at", "end_at", "role"),
}
_MEAN_OF = {"talk_s": "answered", "wait_s": "offered"}
_MINUTE_US = 60_000_000
_DAY_US = 1_440 * _MINUTE_US
_APART = 2**33  # more minutes than any two times are apart: keeps the channels apart on one axis
Mask = NDArray[np.bool_]


def figure_changes(kind: Kind, state: pd.DataFrame, batch: Batch) -> Changes:
    """Return what a batch of figures changes."""
    values = _added_up(kind, batch.values[list(state.columns)])
    both = Joined(state, values)
    size, total = both.size, both.size + len(values)
    partner = partners(identified([both.codes(name) for name in KEYS[kind]], total), size)
    matched, new = np.flatnonzero(partner != NONE), np.flatnonzero(partner == NONE)
    at = partner[matched]
    is_gone = _is_displaced(kind, both)
    is_gone[at] = False

    kept = np.flatnonzero(~is_gone)
    place = np.full(size, NONE, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    rows = np.concatenate([kept, size + new])
    is_changed = np.zeros(len(matched), dtype=np.bool_)
    special: dict[str, Rows] = {}
    for name in _replaced(kind, state, batch):
        special[name] = rows.copy()
        special[name][place[at]] = size + matched
        is_changed |= both.codes(name)[size + matched] != both.codes(name)[at]

    gone, changed = np.flatnonzero(is_gone), at[is_changed]
    was = np.concatenate([changed, gone])
    return Changes(
        both.taken(rows, special),
        added=len(new),
        corrected=len(changed),
        unchanged=len(matched) - len(changed),
        repeated=len(batch.values) - len(values),
        removed=len(gone),
        added_on_known_days=_on_known_days(kind, both, new),
        was=was,
        now=place[was],
    )


def _replaced(kind: Kind, state: pd.DataFrame, batch: Batch) -> list[str]:
    known = {*batch.supplied, "length_min", "heads", "count"} - {*KEYS[kind]}
    return [name for name in state.columns if name in known]


def _on_known_days(kind: Kind, both: Joined, new: Rows) -> int:
    day = both.codes(KEYS[kind][0]) // _DAY_US
    return int(np.isin(day[both.size + new], day[: both.size]).sum())


def _is_displaced(kind: Kind, both: Joined) -> Mask:
    """Return which rows of the state the rows of the batch leave no place for."""
    size = both.size
    if kind == "attendance":
        day = both.codes("start_at") // _DAY_US
        ids = identified([day, both.codes("role")], len(day))
        return np.isin(ids[:size], ids[size:])
    if kind == "intervals":
        axis = both.codes("channel") * _APART
        start = axis + both.codes("start_at") // _MINUTE_US
        return _is_overlapped(start, start + both.codes("length_min"), size)
    return np.zeros(size, dtype=np.bool_)


def _is_overlapped(start: Rows, end: Rows, size: int) -> Mask:
    """Return which of the first ``size`` spans overlap one of the others."""
    if len(start) == size:
        return np.zeros(size, dtype=np.bool_)
    order = np.argsort(start[size:], kind="stable")
    begun = np.searchsorted(start[size:][order], end[:size], side="left")
    latest_end = np.maximum.accumulate(end[size:][order])
    overlapped: Mask = (begun > 0) & (latest_end[np.maximum(begun, 1) - 1] > start[:size])
    return overlapped


def _added_up(kind: Kind, values: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each key, at the place of its first one: counts added, means weighed."""
    ids = identified([Joined(values, values.iloc[:0]).codes(n) for n in KEYS[kind]], len(values))
    if len(values) == 0 or int(ids.max()) + 1 == len(values):
        return values
    summed = values[~pd.Series(ids).duplicated().to_numpy()].reset_index(drop=True)  # ids count up from 0
    for name in values.columns.difference([*KEYS[kind], "length_min"]):
        column = values[name].to_numpy(dtype=np.float64)
        if name in _MEAN_OF:
            weight = values[_MEAN_OF[name]].fillna(values["offered"]).to_numpy(dtype=np.float64)
            # Never nothing: where nobody was answered the mean of the parts stands.
            weight = np.maximum(weight, 1e-9)
            total = _sum(ids, column * weight) / _sum(ids, np.where(np.isnan(column), np.nan, weight))
        else:
            total = _sum(ids, column)
        summed[name] = pd.Series(total).astype(values[name].dtype)
    return summed


def _sum(ids: Rows, column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up by id what is known; NaN where nothing is."""
    is_known = ~np.isnan(column)
    total = np.bincount(ids, np.where(is_known, column, 0.0))
    return np.where(np.bincount(ids, is_known) > 0, total, np.nan)
