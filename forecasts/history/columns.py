"""The columns of a table as they look: their names, and a sample of what they hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import time
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from forecasts.history.clocks import clock_of, span_of
from forecasts.history.dates import SOME_YEAR, day_of, month_of
from forecasts.history.kinds import FieldType
from forecasts.history.layout import Layout, cells_of
from forecasts.history.moments import is_timed, moment_of
from forecasts.history.numbers import amount_of, count_of, duration_of, flag_of
from forecasts.history.sheets.sheet import Sheet
from forecasts.history.text import Texts

SAMPLED_RECORDS = 400
MOST_WORDS = 1_000
"""A column with more different texts tells no channels."""

# What a text of a field looks like; None: anything may be a name.
_LOOKS: dict[FieldType, Callable[[str], bool] | None] = {
    "moment": lambda text: moment_of(text) is not None,
    "day": lambda text: moment_of(text) is not None,
    "clock": lambda text: span_of(text) is not None or clock_of(text) is not None,
    "month": lambda text: month_of(text, SOME_YEAR) is not None or day_of(text) is not None,
    "amount": lambda text: amount_of(text) is not None,
    "duration": lambda text: duration_of(text, "min") is not None,
    "count": lambda text: count_of(text) is not None,
    "flag": lambda text: flag_of(text) is not None,
    "name": None,
    "secret": None,
}


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Names and cells of a table's columns; ``at``: the records that are data."""

    header: tuple[str, ...]
    sheet: Sheet
    at: NDArray[np.int64]
    _samples: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, layout: Layout) -> "Columns":
        """Look at a table through its layout."""
        return cls(layout.header, sheet, layout.data)

    def words(self, column: str) -> tuple[str, ...]:
        """Return the texts of a column, each once, the first ``MOST_WORDS`` of them."""
        return tuple(islice(dict.fromkeys(self._texts(column, self.at).distinct), MOST_WORDS))

    def sample(self, column: str) -> tuple[str, ...]:
        """Return the texts of a column's first records that are not empty, in their order."""
        if column not in self._samples:
            texts = self._texts(column, self.at[:SAMPLED_RECORDS])
            words = texts.distinct
            self._samples[column] = tuple(words[code] for code in texts.codes.tolist() if words[code])
        return self._samples[column]

    def mostly(self, column: str, is_so: Callable[[str], bool]) -> bool:
        """Whether at least half of a sample is so; an empty column is nothing."""
        texts = self.sample(column)
        return bool(texts) and 2 * sum(map(is_so, texts)) >= len(texts)

    def may_be(self, column: str, kind: FieldType) -> bool:
        """Whether a column may be what a field of a type needs: it mostly looks so, or it is empty."""
        looks = _LOOKS[kind]
        return looks is None or not self.sample(column) or self.mostly(column, looks)

    def has_times(self, column: str) -> bool:
        """Whether the texts of a column mostly tell a time beside a date: not 0:00 in all of them."""
        return self.mostly(column, is_timed) and any(map(_is_after_midnight, self.sample(column)))

    def are_days(self, column: str) -> bool:
        """Whether a column mostly holds dates, and no times beside them."""
        return self.mostly(column, lambda text: moment_of(text) is not None) and not self.has_times(column)

    def are_counts(self, columns: Sequence[str]) -> bool:
        """Whether all of some columns hold counts (one that is empty may)."""
        return all(self.may_be(column, "count") for column in columns) and any(map(self.sample, columns))

    def _texts(self, column: str, at: NDArray[np.int64]) -> Texts:
        return Texts.of(cells_of(self.sheet.cells.column(self.header.index(column)), at))


def _is_after_midnight(text: str) -> bool:
    found = moment_of(text)
    return found is not None and found.time() != time.min
