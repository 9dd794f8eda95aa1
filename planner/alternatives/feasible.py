"""Which changes can be made at all: proposed in time, and with extra people who are to be had."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from forecasts.slots import Period
from planner.alternatives.blocks import Block
from planner.alternatives.levers import Lever
from planner.desk import Desk

Allows = Callable[[Lever, Block], bool]
"""Whether a change may be made on a block of days."""


def always(_lever: Lever, _block: Block) -> bool:
    """Allow every change."""
    return True


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a change must fulfil besides its risk: whether it may be made, and whether it ``holds`` the rest.

    One that may not be made is not looked at; one that does not hold is no worse than one at too high a risk.
    """

    allows: Allows = always
    holds: Allows = always


@dataclass(frozen=True, slots=True)
class Feasible:
    """What can be done on the days of a work, by their places.

    ``since``: the first day on which a change may begin; ``people_since``: on which extra people may sit at
    reception; ``heads``: how many of them are to be had on each day. ``training_days``: office days before
    the change on which they are there, learn, and are paid, but take no inquiries.
    """

    since: int
    people_since: int
    heads: tuple[int, ...]
    training_days: int = 0

    def allows(self, lever: Lever, block: Block) -> bool:
        """Tell whether a change may be made on a block of days; 現状維持 always may."""
        if lever == Lever():
            return True
        if not lever.heads:
            return block.first >= self.since
        there = self.heads[max(block.first - self.training_days, 0) : block.end]
        return block.first >= max(self.since, self.people_since) and min(there) >= lever.heads


def feasible(
    desk: Desk, days: Sequence[date], window: Period, today: date, propose_before_days: int
) -> Feasible:
    """Return what can be done on ``days`` as seen on ``today``, an office day.

    A change that begins where its proposal would be late (緊急) is looked at only where the peak itself
    begins there. Extra people need the desk's notice and training first, and are to be had on the days that
    the desk file names (all, where it names none).
    """
    in_time = desk.calendar.shifted(today, propose_before_days)
    since = today if window.start < in_time else in_time
    levers = desk.levers
    people_since = desk.calendar.shifted(today, levers.notice_days + levers.training_days)
    return Feasible(
        _place(days, since),
        _place(days, people_since),
        tuple(levers.heads_on(day) for day in days),
        levers.training_days,
    )


def _place(days: Sequence[date], since: date) -> int:
    return sum(day < since for day in days)
