"""Every lever over every block of days: risk, read as sums from what each lever delivers on each day.

A target is measured over a calendar month, so that the risk of a change depends on its lever and its days
through sums by path alone. One pass over the days for each lever answers all blocks (METHODS.md section 2).
Work that may wait carries over from day to day: at both ends of a block it is taken as if the lever had
always been in force.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.desk import Target
from planner.staffing import Service

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class DayFigures:
    """What a formation delivers on each day of each path, in contacts (P, D)."""

    offered: Floats
    in_time: Floats
    answered: Floats
    due: Floats
    same_day: Floats

    @classmethod
    def of(cls, found: Service) -> "DayFigures":
        """Sum a service up by day."""
        offered, in_time, answered = (
            np.asarray(by_slot.sum(axis=2)) for by_slot in (found.offered, found.in_time, found.answered)
        )
        return cls(offered, in_time, answered, found.deferred, found.same_day)


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """Office days in a row, by their places: from ``first`` up to ``end`` (excluded)."""

    first: int
    end: int

    @property
    def days(self) -> int:
        """How many office days."""
        return self.end - self.first


@dataclass(frozen=True, slots=True, eq=False)
class BlockRisks:
    """By block (N,): share of paths that miss a target in the worst month, and by how much in the mean.

    ``short``: the largest distance of a share to its target, 0 where all are met, mean of the paths, in the
    worst month.
    """

    risk: Floats
    short: Floats


def blocks(days: int, shortest: int = 1) -> Iterator[Block]:
    """Yield all blocks of a period, the shorter ones first, of equal ones the earlier; at least the whole."""
    for length in range(min(shortest, days), days + 1):
        yield from (Block(first, first + length) for first in range(days - length + 1))


def block_risks(
    standing: DayFigures,
    changed: DayFigures,
    some: Sequence[Block],
    months: Sequence[Sequence[int]],
    target: Target,
) -> BlockRisks:
    """Return the risk of a change on each block, the standing formation on all other days.

    ``months``: the places of the days of each measured window (``staffing.measured_windows``).
    """
    ends = np.array([[block.first, block.end] for block in some]).reshape(-1, 2).T
    promised = (
        ("in_time", "offered", target.within_share),
        ("answered", "offered", target.answer_rate),
        ("same_day", "due", target.same_day_share),
    )
    names = dict.fromkeys(name for part, whole, _ in promised for name in (part, whole))
    sums = {name: _Sums(getattr(standing, name), getattr(changed, name)) for name in names}
    risk, short = np.zeros(len(some)), np.zeros(len(some))
    for month in months:
        span = month[0], month[-1] + 1
        first, end = np.clip(ends, *span)
        of_month = {name: each.over(span, first, end) for name, each in sums.items()}
        gaps = [least - _share(of_month[part], of_month[whole]) for part, whole, least in promised]
        worst = np.maximum(np.max(gaps, axis=0), 0.0)
        risk, short = np.maximum(risk, (worst > 0).mean(axis=0)), np.maximum(short, worst.mean(axis=0))
    return BlockRisks(risk, short)


class _Sums:
    """A figure summed over any days, with the change on some of them."""

    def __init__(self, standing: Floats, changed: Floats) -> None:
        self._standing = _running(standing)
        self._more = _running(changed - standing)

    def over(self, span: tuple[int, int], first: Wholes, end: Wholes) -> Floats:
        """Return sums by path and block (P, N) over a span of days, changed from ``first`` to ``end``."""
        usual = self._standing[:, span[1]] - self._standing[:, span[0]]
        return np.asarray(usual[:, None] + self._more[:, end] - self._more[:, first])


def _share(part: Floats, whole: Floats) -> Floats:
    """Divide; 1 where there is nothing to be served."""
    return np.asarray(np.divide(part, whole, out=np.ones_like(part), where=whole > _NOTHING))


def _running(values: Floats) -> Floats:
    """Return sums of the days before each (P, D + 1)."""
    return np.concatenate((np.zeros((len(values), 1)), np.cumsum(values, axis=1)), axis=1)
