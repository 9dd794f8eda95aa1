"""Which rows of two sets are the same: by equal columns, the n-th occurrence with the n-th."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasts.history.overlap.batch import NONE, Rows

_WIDEST = 2**62  # a key of several columns stays within 64 bits
_MISSING_TIME = np.iinfo(np.int64).min


class Joined:
    """The rows of two frames of one kind, one after the other: first ``size`` of the one, then the other's.

    Columns are joined when they are asked for.
    """

    def __init__(self, first: pd.DataFrame, second: pd.DataFrame) -> None:
        """Join frames with the same columns and dtypes."""
        self._frames = (first, second)
        self.size = len(first)
        self._columns: dict[str, pd.Series[Any]] = {}
        self._codes: dict[str, Rows] = {}

    def column(self, name: str) -> "pd.Series[Any]":
        """Return a column of both."""
        if name not in self._columns:
            first, second = (frame[name] for frame in self._frames)
            if not self.size:  # the first file of a desk: nothing to join
                joined = second.reset_index(drop=True)
            elif isinstance(first.dtype, pd.CategoricalDtype):
                joined = _names_joined(first, second)
            else:
                joined = pd.concat([first, second], ignore_index=True)
            self._columns[name] = joined
        return self._columns[name]

    def codes(self, name: str) -> Rows:
        """Return whole numbers that are equal where the values of a column are; missing equals missing."""
        if name not in self._codes:
            self._codes[name] = _codes(self.column(name))
        return self._codes[name]

    def is_said(self, name: str) -> NDArray[np.bool_]:
        """Return where a column of names is not blank."""
        column = self.column(name)
        # One more for the code of a missing value, -1, which is the last.
        blank = np.append(np.asarray(column.cat.categories == "", dtype=np.bool_), True)
        said: NDArray[np.bool_] = ~blank[column.cat.codes.to_numpy()]
        return said

    def taken(self, rows: Rows, special: Mapping[str, Rows]) -> pd.DataFrame:
        """Return a frame of the rows at these positions; ``special``: other positions for some columns."""
        names = self._frames[0].columns
        if not special and np.array_equal(rows, np.arange(sum(map(len, self._frames)))):
            return pd.DataFrame({n: self.column(n) for n in names}, copy=False)
        return pd.DataFrame({n: self.column(n).array.take(special.get(n, rows)) for n in names}, copy=False)


def _names_joined(first: "pd.Series[Any]", second: "pd.Series[Any]") -> "pd.Series[Any]":
    # Not union_categoricals: it refuses names without a single value, which have no type.
    names = [[str(name) for name in column.cat.categories] for column in (first, second)]
    place = {name: n for n, name in enumerate(dict.fromkeys([*names[0], *names[1]]))}
    codes = [
        np.array([*(place[name] for name in own), NONE], dtype=np.int32)[column.cat.codes.to_numpy()]
        for own, column in zip(names, (first, second), strict=True)
    ]
    return pd.Series(pd.Categorical.from_codes(np.concatenate(codes), pd.Index(list(place), dtype="str")))


def _codes(column: "pd.Series[Any]") -> Rows:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64)
    if column.dtype == "float64":
        # One bit pattern for all that is missing, and one for zero.
        known = column.to_numpy(copy=True) + 0.0
        known[np.isnan(known)] = np.nan
        return known.view(np.int64)
    if column.dtype.kind in "Mbi":
        return column.to_numpy().astype(np.int64)
    return _factorized(column)


def _factorized(values: "pd.Series[Any] | Rows") -> Rows:
    return pd.factorize(values)[0].astype(np.int64, copy=False)


def identified(columns: Sequence[Rows], size: int) -> Rows:
    """Return a number from 0 for each of ``size`` rows, equal where all columns are. Exact, not a hash."""
    key, width = np.zeros(size, dtype=np.int64), 1
    for column in columns if size else ():
        steps = _steps(column)
        high = int(steps.max()) + 1
        if high * width > _WIDEST:
            steps, key = _factorized(steps), _factorized(key)
            high, width = int(steps.max()) + 1, int(key.max()) + 1
        if high > 1:
            key = key * high + steps
            width *= high
    return _factorized(key)


def _steps(column: Rows) -> Rows:
    """Return small numbers from 0 in place of codes: times of whole minutes, say, need no microseconds.

    That saves most of the factorizing, which is what takes time.
    """
    is_missing = column == _MISSING_TIME
    known = column[~is_missing] if is_missing.any() else column
    if not len(known):
        return np.zeros(len(column), dtype=np.int64)
    low, high = int(known.min()), int(known.max())
    if high - low >= _WIDEST:
        return _factorized(column)
    step = int(np.gcd.reduce(known[:1_000] - low))
    step = int(np.gcd.reduce(known - low)) if step != 1 else 1
    steps = (column - low) // max(step, 1) + 1
    steps[is_missing] = 0
    return steps if len(known) < len(column) else steps - 1


def partners(ids: Rows, size: int, beside: Rows | int = 0) -> Rows:
    """Return for each row from ``size`` on its partner among the first ``size`` rows, NONE without one.

    Of rows with equal ids the n-th of the second set is the partner of the n-th of the first, or of the one
    that comes ``beside`` rows later.
    """
    first, second = ids[:size], ids[size:]
    kinds = int(ids.max()) + 1 if len(ids) else 0
    order, count, start = _ordered(first, kinds)
    nth = occurrence(second) + beside
    found = nth < count[second]
    partner = np.full(len(second), NONE, dtype=np.int64)
    partner[found] = order[start[second[found]] + nth[found]]
    return partner


def occurrence(ids: Rows) -> Rows:
    """Return for each row how many rows before it have its id."""
    nth = np.empty(len(ids), dtype=np.int64)
    order, count, start = _ordered(ids, 0)
    nth[order] = np.arange(len(ids)) - np.repeat(start, count)
    return nth


def _ordered(ids: Rows, kinds: int) -> tuple[Rows, Rows, Rows]:
    """Return rows in order of their ids, and for each id how many rows it has and where they begin."""
    count = np.bincount(ids, minlength=kinds)
    return np.argsort(ids, kind="stable"), count, np.cumsum(count) - count
