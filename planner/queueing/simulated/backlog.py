"""Work that may wait: mail, forms and what came outside reception hours. Calls interrupt it at any moment.

First come, first served in the minutes that calls leave idle, as a fluid by bins of five minutes: right for
"done by closing", and carried over from day to day (the reflection of Lindley, 1952, and Reich, 1958).
"""

from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.queueing.simulated.bins import BIN_MIN, BINS

# Sums of a month's minutes agree to this; a contact is done if no more than this is left of it.
_ROUNDING_MIN = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Deferred:
    """Contacts that wait (n,), flat, in order of row and arrival.

    ``row`` (path x D + day) is the day on which it is due, ``minute`` when somebody may begin with it.
    """

    row: Wholes
    minute: Floats
    handling_min: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Drained:
    """By path and day (P, D): contacts that fell due, those of them done by closing, all left at closing.

    ``done_min``: minutes spent on them until the last duty of the day ends.
    """

    due: Floats
    same_day: Floats
    backlog: Floats
    done_min: Floats


def drained(work: Deferred, idle_min: Floats, closes_min: Floats) -> Drained:
    """Work off what waits in the idle minutes by path, day and bin (P, D, BINS), closing by day (D,)."""
    paths, days, _ = idle_min.shape
    rows = paths * days
    place = work.row * BINS + np.minimum(work.minute // BIN_MIN, BINS - 1).astype(np.int64)
    came = np.bincount(place, work.handling_min, minlength=rows * BINS).reshape(idle_min.shape)
    left, at_end = _left(np.cumsum(came - idle_min, axis=2), closes_min)
    due = np.bincount(work.row, minlength=rows)
    taken = np.concatenate(([0.0], np.cumsum(work.handling_min)))
    until = np.cumsum(due)
    # Served in order, so what is left at closing is the end of the line: count who stands before it.
    reached = np.searchsorted(taken, taken[until] - left.ravel() + _ROUNDING_MIN, side="right") - 1
    done = np.minimum(reached, until)
    same_day = np.clip(done - (until - due), 0, due)
    shape = (paths, days)
    return Drained(
        due.reshape(shape).astype(np.float64),
        same_day.reshape(shape).astype(np.float64),
        (until - done).reshape(shape).astype(np.float64),
        came.sum(axis=2) - np.diff(at_end, axis=1, prepend=0.0),
    )


def _left(net: Floats, closes_min: Floats) -> tuple[Floats, Floats]:
    """Return minutes of work left at closing and at the day's end: (P, D), (P, D).

    ``net``: work minus idle minutes up to each bin's end.
    """
    closing = np.clip(np.ceil(closes_min / BIN_MIN).astype(np.int64), 1, BINS)
    is_open = np.arange(BINS) < closing[:, None]
    at_close = np.take_along_axis(net, (closing - 1)[None, :, None], axis=2)[:, :, 0]
    lowest_open = np.where(is_open, net, np.inf).min(axis=2)
    at_end = net[:, :, -1]
    lowest = net.min(axis=2)
    left, after = np.zeros_like(at_close), np.zeros_like(at_close)
    before = np.zeros(net.shape[0])
    for d in range(net.shape[1]):
        left[:, d] = np.maximum(before + at_close[:, d], at_close[:, d] - lowest_open[:, d])
        after[:, d] = before = np.maximum(before + at_end[:, d], at_end[:, d] - lowest[:, d])
    return left, after
