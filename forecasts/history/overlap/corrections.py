"""What a batch corrected, cell by cell, for people to read."""

from typing import Any

import numpy as np
import pandas as pd

from forecasts.history.kinds import Kind
from forecasts.history.overlap.batch import NONE, Changes
from forecasts.history.overlap.figures import KEYS
from forecasts.history.overlap.matching import Joined

CORRECTION_COLUMNS = ("key", "column", "before", "after")


def corrections(kind: Kind, before: pd.DataFrame, changes: Changes, limit: int) -> pd.DataFrame:
    """Return the corrected cells of at most ``limit`` rows: key, column, before, after, as text.

    ``key``: the number of an inquiry, else its time and channel; of a figure its time, and whose it is. A row
    that was removed has all its values in ``before`` and nothing in ``after``.
    """
    was, now = changes.was[:limit], changes.now[:limit]
    old = before.take(was).reset_index(drop=True)
    new = changes.state.take(np.maximum(now, 0)).reset_index(drop=True)
    both, is_removed = Joined(old, new), now == NONE
    keys = _keys(kind, old)
    found = []
    for name in old.columns:
        codes = both.codes(name)
        at = np.flatnonzero((codes[: len(was)] != codes[len(was) :]) | is_removed)
        after = [("" if is_removed[n] else text) for n, text in zip(at, _texts(new[name], at), strict=True)]
        found.append(
            pd.DataFrame(
                {
                    "key": [keys[n] for n in at],
                    "column": name,
                    "before": _texts(old[name], at),
                    "after": after,
                },
                index=at,
                dtype=str,
            )
        )
    return pd.concat(found).sort_index(kind="stable").reset_index(drop=True)


def _keys(kind: Kind, rows: pd.DataFrame) -> list[str]:
    everyone = np.arange(len(rows))
    names = KEYS.get(kind, ("received_at", "channel"))
    parts = zip(*(_texts(rows[name], everyone) for name in names), strict=True)
    keys = [" ".join(part) for part in parts]
    if kind == "inquiries":
        keys = [number or key for number, key in zip(rows["number"], keys, strict=True)]
    return keys


def _texts(column: "pd.Series[Any]", at: "np.ndarray[Any, np.dtype[np.int64]]") -> list[str]:
    """Write values: times as 2026-03-02 09:05:30, numbers without needless digits, missing as nothing."""
    values = column.iloc[at]
    if column.dtype.kind == "M":
        return ["" if pd.isna(value) else f"{value:%Y-%m-%d %H:%M:%S}" for value in values]
    if column.dtype == "float64":
        return ["" if pd.isna(value) else f"{value:g}" for value in values]
    return [str(value) for value in values]
