"""What an import adds to the past, and what it changes there."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Rows = NDArray[np.int64]
"""Positions in a frame; NONE = no row."""
NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The rows of one import as they were read (``Reading.values``), and the columns that its file has."""

    values: pd.DataFrame
    supplied: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What a batch does to the state before it.

    Rows of the batch = added + corrected + unchanged + repeated. ``repeated``: rows for which another row of
    the same file stands: an earlier row of the same number, or a figure added to one of the same key.
    ``removed``: rows of the state whose place the batch takes with rows of another key.
    ``added_on_known_days``: added rows of days of which the state had spoken. ``was`` and ``now``: positions
    of the corrected rows in the state before and after; of a removed row ``now`` is NONE.
    """

    state: pd.DataFrame
    added: int
    corrected: int
    unchanged: int
    repeated: int
    removed: int
    added_on_known_days: int
    was: Rows
    now: Rows
