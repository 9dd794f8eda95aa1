"""A sheet as it grows, record by record."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets.columns import Row, joined, table_of
from forecasts.history.sheets.limits import MOST_CELLS
from forecasts.history.sheets.sheet import Broken, Sheet

_CHUNK = 5_000  # records that become columns together, as wide as the widest of them


class GrowingSheet:
    """Takes records and makes a sheet of them, in chunks, so that few rows are held as lists."""

    def __init__(self, place: str, name: str = "", least_width: int = 1) -> None:
        self._place, self._name, self._least_width = place, name, least_width
        self._rows: list[Row] = []
        self._tables: list[pa.Table] = []
        self._lines: list[int] = []
        self._widths: list[int] = []
        self._broken: dict[int, tuple[Broken, ...]] = {}
        self._cells = 0

    def add(self, line: int, cells: Row, broken: Sequence[Broken] = (), width: int | None = None) -> None:
        """Add a record; one that is broken as a whole loses its cells.

        Raises:
            FaultyFile: too_many_cells.
        """
        if broken:
            self._broken[len(self._lines)] = tuple(broken)
            if any(part.column is None for part in broken):
                cells, width = (), 0
        self._lines.append(line)
        self._widths.append(len(cells) if width is None else width)
        self._rows.append(cells)
        if len(self._rows) == _CHUNK:
            self._to_columns()

    def finished(self) -> Sheet:
        """Return the sheet."""
        self._to_columns()
        line, width = np.asarray(self._lines, np.int64), np.asarray(self._widths, np.int64)
        return Sheet(self._name, joined(self._tables, self._least_width), line, width, self._broken)

    def _to_columns(self) -> None:
        table = table_of(self._rows)
        self._tables.append(table)
        self._rows = []
        self._cells += table.num_rows * table.num_columns
        if self._cells > MOST_CELLS:
            allowed = f"{MOST_CELLS:,}"
            raise FaultyFile(
                [Fault("too_many_cells", self._place, value=f"{self._cells:,}", allowed=allowed)]
            )
