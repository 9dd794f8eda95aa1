"""Batches from a few rows written out."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from forecasts.history.kinds import Kind
from forecasts.history.overlap import Batch
from forecasts.history.records import COLUMNS, conformed

Row = dict[str, Any]


def batch(kind: Kind, rows: Sequence[Row], supplied: tuple[str, ...] = ()) -> Batch:
    """Return a batch; ``supplied``: the columns of the file, else those that any row has."""
    names = supplied or tuple(name for name in COLUMNS[kind] if any(name in row for row in rows))
    found = pd.DataFrame([{name: row.get(name) for name in names} for row in rows], columns=list(names))
    blank = {name: "" for name in names if COLUMNS[kind][name] in {"category", "str"}}
    values = dict(found.fillna(blank).items())
    return Batch(conformed(kind, values, pd.RangeIndex(len(rows))), names)


def counted(rows: pd.DataFrame, names: Sequence[str] = ()) -> dict[tuple[str, ...], int]:
    """Return how often each row is there, as text."""
    texts = rows[list(names) or list(rows.columns)].astype(str)
    return texts.value_counts().to_dict()
