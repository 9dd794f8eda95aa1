"""The account of one reading: no row vanishes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasts.faults import Fault, Notice
from forecasts.history.mapping import FileMapping

# Why a record is not data.
NOT_DATA = ("title", "header", "blank", "total", "note")
MOST_FAULTS = 100_000
"""A file with more rejected rows is refused as a whole: it is not what it was taken for."""
LISTED_FAULTS = 1_000
"""How many faults of one code in one column are shown to a person; the rest is only counted."""

Lines = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Account:
    """Records read = accepted + rejected + not data (by reason, see ``NOT_DATA``)."""

    read: int
    accepted: int
    rejected: int
    not_data: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_balanced(self) -> bool:
        """Whether every record is accounted for."""
        return self.read == self.accepted + self.rejected + sum(self.not_data.values())


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a file says, under a mapping.

    ``values``: the accepted records as the frame of their kind (``records.COLUMNS``), in the order of the
    file, with the column ``line``; a record of a table with months as columns gives several rows.
    ``supplied``: the columns of the frame that the file has; the others hold missing values and do not
    replace what other files said. ``faults``: of all rejected records, each with line, column, value.
    ``not_data``: reason → lines.
    """

    mapping: FileMapping
    header: tuple[str, ...]
    values: pd.DataFrame
    supplied: tuple[str, ...]
    account: Account
    faults: tuple[Fault, ...] = ()
    not_data: Mapping[str, Lines] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def listed(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults by row; of many of one kind in one column the first, and last how many more."""
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.code, fault.column), []).append(fault)
    first = [fault for kind in kinds.values() for fault in kind[:LISTED_FAULTS]]
    more = [
        Fault("more_faults", kind[0].place, None, column, str(len(kind) - LISTED_FAULTS), code)
        for (code, column), kind in kinds.items()
        if len(kind) > LISTED_FAULTS
    ]
    return sorted(first, key=lambda f: f.row or 0) + more
