"""A day of any volume read from exact solutions at a few volumes (DESIGN.md, idea 1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator

from forecasts.distribution import Floats
from planner.queueing.exact.chain import Days

# Volumes that are solved: between them monotone cubics are off by less than 0.1 point of the day's share, up
# to eighty times the least volume (tested). Shares bend most at volumes near the people's capacity, which
# lie low in a wide range: equal steps of this power of the volume do better there than Chebyshev nodes.
_NODES, _MOST_NODES, _WIDE = 11, 17, 3.5
_POWER = 2 / 3
# Where slots of path-days stray by more than this share of their calls, so many are solved themselves.
_STRAYING, _STRAYING_DAYS = 0.01, 60

Solve = Callable[[Floats], Days]
"""Solves B days of a plan with rates (B, K) a minute, for one limit."""


@dataclass(frozen=True, slots=True, eq=False)
class DayTable:
    """A day's expected values by volume. ``factors`` (F,), increasing; ``values`` (F, columns), monotone.

    Columns by segment: share of late calls, minutes waited, hang-ups, minutes on calls; last the overtime.
    """

    factors: Floats
    values: Floats

    def read(self, factors: Floats) -> "Reading":
        """Return the day at volumes (n,) within those solved; one outside takes the nearest."""
        inside = np.clip(factors, self.factors[0], self.factors[-1])
        if self.factors.size == 1:
            found = np.repeat(self.values, len(inside), axis=0)
        else:
            found = np.asarray(PchipInterpolator(self.factors, self.values, axis=0)(inside))
        late, wait, lost, busy = np.split(found[:, :-1], 4, axis=1)
        return Reading(np.minimum(late, 1.0), wait, lost, busy, found[:, -1])


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Days read from a table (n, K): ``late_share`` of a segment's calls, and expected sums of all calls.

    What happens after closing stands in the last segment, minutes past a planned end in the segment in which
    they begin. ``overtime_min`` (n,).
    """

    late_share: Floats
    wait_min: Floats
    lost: Floats
    busy_min: Floats
    overtime_min: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Volumes:
    """Path-days that a table is asked for: their calls (n,), and the mean shape of a day of one call (K,).

    ``straying`` (X, K): some of the path-days' rates a minute, where slots stray from the mean by chance; a
    day of the mean shape would serve its callers better than these are served.
    """

    calls: Floats
    shape: Floats
    straying: Floats

    @classmethod
    def of(cls, rates: Floats, lengths_min: Floats) -> "Volumes":
        """Take path-days with rates (n, K) a minute."""
        calls = rates @ lengths_min
        known = calls > 0
        if not known.any():
            return cls(calls, np.zeros(rates.shape[1]), rates[:0])
        mean = rates[known].sum(axis=0) / calls[known].sum()
        strays = np.abs(rates - calls[:, None] * mean) @ lengths_min / 2
        if strays.sum() <= _STRAYING * calls.sum():
            return cls(calls, np.asarray(mean), rates[:0])
        some = np.linspace(0, len(rates) - 1, min(_STRAYING_DAYS, len(rates))).astype(np.int64)
        return cls(calls, np.asarray(mean), rates[some])

    def solved_at(self) -> Floats:
        """Return the volumes to solve (F,), from the least to the largest."""
        low, high = float(self.calls.min()), float(self.calls.max())
        if high - low <= 1e-9 * max(high, 1.0):
            return np.array([low])
        steps = np.linspace(low**_POWER, high**_POWER, _NODES if high <= _WIDE * low else _MOST_NODES)
        return np.asarray(np.clip(steps ** (1 / _POWER), low, high))


def day_tables(asked: Sequence[Volumes], solve: Solve) -> list[DayTable]:
    """Solve days of one plan at a few volumes each, all at once.

    Where slots stray, the days that do so are solved as well, and the table is scaled column by column to
    what they add up to: right on the whole, and as sure as the number of such days makes it.
    """
    factors = [volumes.solved_at() for volumes in asked]
    rates = [
        np.concatenate((at[:, None] * volumes.shape, volumes.straying))
        for at, volumes in zip(factors, asked, strict=True)
    ]
    columns = _columns(solve(np.concatenate(rates)))
    parts = np.split(columns, np.cumsum([len(r) for r in rates])[:-1])
    found = []
    for at, volumes, part in zip(factors, asked, parts, strict=True):
        table = DayTable(at, _shared(part[: at.size]))
        found.append(_scaled(table, part[at.size :]) if len(volumes.straying) else table)
    return found


def _scaled(table: DayTable, strayed: Floats) -> DayTable:
    """Scale a table's columns to the sums over days that strayed (X, columns)."""
    offered, late, *_ = np.split(strayed[:, :-1], 5, axis=1)
    read = table.read(offered.sum(axis=1))
    told = np.concatenate(
        (read.late_share * offered, read.wait_min, read.lost, read.busy_min, read.overtime_min[:, None]),
        axis=1,
    ).sum(axis=0)
    true = np.concatenate((late, strayed[:, 2 * late.shape[1] :]), axis=1).sum(axis=0)
    scale = np.divide(true, told, out=np.ones_like(true), where=told > 0)
    return DayTable(table.factors, table.values * scale)


def _columns(found: Days) -> Floats:
    """Return by day: calls offered, late, minutes waited, hang-ups, minutes on calls by segment; overtime."""
    busy = found.busy_min + found.overtime_min
    wait, lost = found.wait_min.copy(), found.abandoned.copy()
    busy[:, -1] += found.closed.busy_min
    wait[:, -1] += found.closed.wait_min
    lost[:, -1] += found.closed.abandoned + found.closed.left
    overtime = found.overtime_min.sum(axis=1) + found.closed.busy_min
    return np.concatenate((found.offered, found.late[0], wait, lost, busy, overtime[:, None]), axis=1)


def _shared(columns: Floats) -> Floats:
    """Turn the late calls of a segment into their share of those offered."""
    offered, late, *rest = np.split(columns[:, :-1], 5, axis=1)
    share = np.divide(late, offered, out=np.zeros_like(late), where=offered > 0)
    return np.concatenate((share, *rest, columns[:, -1:]), axis=1)
