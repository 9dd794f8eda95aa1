"""A table as it stands in a file, before anybody knows what its rows mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from forecasts.faults import Fault


@dataclass(frozen=True, slots=True)
class Broken:
    """Something of a record that cannot be read. ``column``: its number from 0; None = the whole record."""

    column: int | None
    code: str
    value: str = ""
    allowed: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Every record of a table in the order of the file: titles, blanks and totals too.

    ``name``: of the worksheet; "" for a text file. ``cells``: string columns "0", "1", …, never null, of
    equal length R; a short record is padded with "". ``line`` (R,): line of the file, or row of the
    worksheet, on which each record starts, from 1. ``width`` (R,): cells that the record has in the file.
    ``broken``: record → what of it cannot be read; a record broken as a whole has empty cells.
    """

    name: str
    cells: pa.Table
    line: NDArray[np.int64]
    width: NDArray[np.int64]
    broken: Mapping[int, tuple[Broken, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the records."""
        return len(self.line)


@dataclass(frozen=True, slots=True, eq=False)
class FileSheets:
    """A file that was opened: its name, SHA-256, how it is written, and its tables.

    ``form``: ``csv`` or ``xlsx``. ``encoding``: utf-8, cp932, utf-16 ("" for a workbook). ``delimiter``:
    of a text file. ``warnings``: faults of the file as a whole that did not hinder reading.
    """

    place: str
    digest: str
    form: str
    encoding: str
    delimiter: str
    sheets: tuple[Sheet, ...]
    warnings: tuple[Fault, ...] = ()
