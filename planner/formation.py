"""体制 and its temporary change, by role: how many of which grade cover what and when. No person here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecasts.distribution import Floats
from forecasts.slots import Grid, Period
from planner.desk import Desk

AwayKind = Literal["break", "operations"]


@dataclass(frozen=True, slots=True, order=True)
class Away:
    """Minutes of a duty not spent at reception: a break or operations work."""

    start_min: int
    end_min: int
    kind: AwayKind


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """One duty of a day, by grade: presence from ``start_min`` to ``end_min`` but for ``away``."""

    grade: str
    start_min: int
    end_min: int
    away: tuple[Away, ...] = ()
    is_extra: bool = False

    @property
    def break_min(self) -> int:
        """Length of the breaks."""
        return sum(a.end_min - a.start_min for a in self.away if a.kind == "break")

    @property
    def work_min(self) -> int:
        """Working time without breaks (operations work included)."""
        return self.end_min - self.start_min - self.break_min

    @property
    def at_reception(self) -> tuple[tuple[int, int], ...]:
        """The stretches spent at reception, (start, end) in minutes of the day."""
        out, at = [], self.start_min
        for away in sorted(self.away):
            if away.start_min > at:
                out.append((at, away.start_min))
            at = max(at, away.end_min)
        if at < self.end_min:
            out.append((at, self.end_min))
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Pattern:
    """The duties of a day: who (by grade) starts when, with breaks and operations work placed."""

    seats: tuple[Seat, ...]

    def heads(self, grid: Grid) -> Floats:
        """Return people at reception by slot of the day (S,), averaged over the minutes of a slot."""
        minutes = np.zeros(grid.slots * grid.slot_min + 24 * 60)
        for seat in self.seats:
            for start, end in seat.at_reception:
                minutes[start:end] += 1
        day = minutes[: grid.slots * grid.slot_min].reshape(grid.slots, grid.slot_min)
        heads: Floats = day.mean(axis=1)
        return heads

    def headcount(self) -> dict[str, int]:
        """Return the number of duties by grade."""
        out: dict[str, int] = {}
        for seat in self.seats:
            out[seat.grade] = out.get(seat.grade, 0) + 1
        return out


@dataclass(frozen=True, slots=True)
class Formation:
    """What the desk offers on a day: reception hours and heads by grade."""

    opens_min: int
    closes_min: int
    heads: tuple[tuple[str, int], ...]

    @property
    def total_heads(self) -> int:
        """People on duty."""
        return sum(n for _, n in self.heads)


@dataclass(frozen=True, slots=True)
class FormationChange:
    """A temporary change: days, reception earlier or later (minutes), extra people of one grade.

    ``opens_earlier_min`` and ``closes_later_min`` may be negative where the whole band is moved.
    """

    period: Period
    opens_earlier_min: int = 0
    closes_later_min: int = 0
    extra_heads: int = 0
    extra_grade: str = ""

    @property
    def is_none(self) -> bool:
        """Whether nothing changes (現状維持)."""
        return not (self.opens_earlier_min or self.closes_later_min or self.extra_heads)

    def applied(self, standing: Formation) -> Formation:
        """Return the formation while the change is in effect."""
        heads: dict[str, int] = dict(standing.heads)
        if self.extra_heads:
            heads[self.extra_grade] = heads.get(self.extra_grade, 0) + self.extra_heads
        return Formation(
            standing.opens_min - self.opens_earlier_min,
            standing.closes_min + self.closes_later_min,
            tuple(heads.items()),
        )


def standing_formation(desk: Desk) -> Formation:
    """Return the formation of normal times: the residents by grade, the usual hours."""
    heads: Mapping[str, int] = {
        g.id: n for g in desk.grades if (n := sum(p.grade == g.id for p in desk.residents))
    }
    return Formation(desk.reception.opens_min, desk.reception.closes_min, tuple(heads.items()))
