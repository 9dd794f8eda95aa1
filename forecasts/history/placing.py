"""Counts without a slot → whole counts in slots, every inquiry once.

Each slot gets its share rounded down or up, by rounding the running total (systematic sampling). The
largest remainder of every day alone would put the three mails of a day into the same three slots year in,
year out; here the rounding starts elsewhere on every day (by the golden ratio), so that over days each
slot gets its share.
"""

import numpy as np

from forecasts.distribution import Floats, Wholes
from forecasts.slots import Grid

_STEP, _STEPS = 633, 1024
"""633/1024 is about the golden ratio's fraction; a power of two, so that adding it rounds nothing."""


def even_slots(grid: Grid, first_min: int, last_min: int) -> Floats:
    """Return the minutes of each slot that lie between two minutes of the day: (S,)."""
    starts = np.arange(grid.slots) * grid.slot_min
    inside = np.minimum(starts + grid.slot_min, last_min) - np.maximum(starts, first_min)
    minutes: Floats = np.maximum(inside, 0).astype(np.float64)
    return minutes


def placed(count: Wholes, usual: Floats, number: Wholes) -> Wholes:
    """Put counts (D, C) into slots (D, S, C) by weights ``usual`` (S, C); ``number`` (D,) names the day."""
    below = np.cumsum(usual, axis=0) / usual.sum(axis=0)
    below[-1] = 1.0
    running = np.floor(count[:, None, :] * below + _offset(number)[:, None, None]).astype(np.int64)
    counts: Wholes = np.diff(running, axis=1, prepend=0)
    return counts


def share_of(count: Wholes, nth: Wholes, parts: Wholes, number: Wholes) -> Wholes:
    """Return the ``nth`` (from 0) of so many equal parts of a count; ``number`` names the count. All (N,)."""
    offset = _offset(number)
    low, high = (np.floor(count * ((nth + step) / parts) + offset) for step in (0, 1))
    share: Wholes = (high - low).astype(np.int64)
    return share


def _offset(number: Wholes) -> Floats:
    offset: Floats = number * _STEP % _STEPS / _STEPS
    return offset
