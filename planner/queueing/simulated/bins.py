"""Intervals of time of many lanes, summed by small bins of the day."""

import numpy as np

from forecasts.distribution import Floats, Wholes
from forecasts.slots import DAY_MIN

BIN_MIN = 5
BINS = DAY_MIN // BIN_MIN


def minutes_by_bin(row: Wholes, start: Floats, end: Floats, rows: int) -> Floats:
    """Return the minutes of the intervals [start, end) that fall into each bin (rows, BINS).

    What lies past midnight is left out. Linear in the number of intervals, however long they are: each
    end of an interval is booked once, and a running count carries it on.
    """
    (begun, first), (ended, last) = _booked(row, start, rows), _booked(row, end, rows)
    change = begun - ended
    running = np.cumsum(change, axis=1)
    running -= change
    minutes = BIN_MIN * running + first
    minutes -= last
    return np.asarray(minutes[:, :BINS])


def _booked(row: Wholes, at: Floats, rows: int) -> tuple[Wholes, Floats]:
    """Count the moments by bin, and sum the minutes from each to the end of its bin."""
    at = np.minimum(at, DAY_MIN)
    cell = np.asarray(at // BIN_MIN).astype(np.int64)
    place = row * (BINS + 1) + cell
    shape = (rows, BINS + 1)
    count = np.bincount(place, minlength=rows * (BINS + 1)).reshape(shape)
    rest = np.bincount(place, (cell + 1) * BIN_MIN - at, minlength=rows * (BINS + 1)).reshape(shape)
    return count, rest.astype(np.float64, copy=False)
