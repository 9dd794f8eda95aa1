"""What a temporary change may move, when, and how calls follow reception hours. Plain data."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Aim = Literal["work", "cost", "hours"]
AIMS: tuple[Aim, ...] = ("work", "cost", "hours")
"""What makes a change small: person-hours, money, reception hours moved."""


@dataclass(frozen=True, slots=True)
class ExtraPeople:
    """Extra people who are to be had from ``first`` to ``last`` (included), and where from, by role."""

    first: date
    last: date
    heads: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Levers:
    """What a temporary change may move: minutes earlier and later, extra people and their grade.

    ``starts_min``: the minutes of the day at which a duty may start while the formation is changed.
    ``shortest_days``: office days that a change lasts at least. ``notice_days``: office days until extra
    people can be there; ``training_days``: office days before the change on which they learn and take no
    inquiries. ``people``: when how many are to be had; empty: always. ``order``: which change is smaller,
    the first aim before the next.
    """

    earlier_min: int = 60
    later_min: int = 60
    extra_heads: int = 2
    extra_grade: str = ""
    starts_min: tuple[int, ...] = ()
    shortest_days: int = 5
    notice_days: int = 0
    training_days: int = 0
    people: tuple[ExtraPeople, ...] = ()
    order: tuple[Aim, ...] = AIMS

    def heads_on(self, day: date) -> int:
        """Return how many extra people are to be had on a day, at most ``extra_heads``."""
        there = sum(p.heads for p in self.people if p.first <= day <= p.last)
        return min(there, self.extra_heads) if self.people else self.extra_heads


Band = tuple[float, float, float]
"""A share, 0 to 1: low, middle, high. What a figure is judged with, and how far it may be off."""
Level = Literal["low", "mid", "high"]
LEVELS: tuple[Level, Level, Level] = ("low", "mid", "high")
SHARES = ("earlier", "later", "new", "same_day", "next_day")
"""The shares of ``Following``."""


@dataclass(frozen=True, slots=True)
class Following:
    """How calls and visits follow reception hours, as shares of the calls of a piece of usual hours.

    Of time that is added, of the calls of as many minutes beside it: ``earlier`` come before the usual
    opening instead, ``later`` after the usual closing, ``new`` come besides. Of time that is closed, of its
    own calls: ``same_day`` come on the same day while the desk is open, ``next_day`` at the next opening; the
    rest are lost. Assumed (no source gives figures for a desk of this kind), unless ``learned`` names the
    share with the past days of other hours that it was learned from: its ends are then those of an 80 %
    interval.
    """

    earlier: Band = (0.05, 0.2, 0.4)
    later: Band = (0.05, 0.2, 0.4)
    new: Band = (0.0, 0.1, 0.3)
    same_day: Band = (0.1, 0.3, 0.5)
    next_day: Band = (0.2, 0.4, 0.5)
    learned: tuple[tuple[str, int], ...] = ()

    def at(self, level: Level) -> dict[str, float]:
        """Return all shares at one end, or in the middle, of their bands."""
        return {share: getattr(self, share)[LEVELS.index(level)] for share in SHARES}

    def days(self, share: str) -> int:
        """Return from how many days a share was learned; 0 = it is assumed."""
        return dict(self.learned).get(share, 0)
