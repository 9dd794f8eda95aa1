"""The candidates: 現状維持, other hours, one or two more people, and both, over the window of the change."""

from dataclasses import dataclass

from forecasts.slots import Period
from planner.desk import Desk
from planner.desk_levers import Levers
from planner.formation import FormationChange, standing_formation

KEYS = ("status_quo", "hours", "plus_1", "plus_2", "plus_1_hours", "plus_2_hours")
MOST_EXTRA_HEADS = 2  # DOMAIN.md §1: the contract names one or two more people at reception

Hours = tuple[int, int]  # minutes earlier at opening, minutes later at closing


def hours_variants(levers: Levers) -> tuple[Hours, ...]:
    """Return the ways to move reception hours: one end, both, or the whole band (loss at the other end)."""
    early, late = levers.earlier_min, levers.later_min
    variants = ((early, 0), (0, late), (early, late), (early, -early), (-late, late))
    return tuple(dict.fromkeys(v for v in variants if any(v)))


def extra_grade(desk: Desk) -> str:
    """Return the grade of extra people: the desk's, else the cheapest that sits at the desk."""
    if desk.levers.extra_grade:
        return desk.levers.extra_grade
    seated = [desk.grade(grade) for grade, _ in standing_formation(desk).heads]
    return min(seated, key=lambda g: (g.monthly_price_yen, g.id)).id


@dataclass(frozen=True, slots=True, order=True)
class Lever:
    """One setting of all levers: extra people, and how reception hours move."""

    heads: int = 0
    hours: Hours = (0, 0)

    @property
    def key(self) -> str:
        """Return its kind, of ``KEYS``."""
        if not self.heads:
            return "hours" if any(self.hours) else "status_quo"
        return f"plus_{self.heads}" + ("_hours" if any(self.hours) else "")

    def change(self, desk: Desk, period: Period) -> FormationChange:
        """Return the change of a desk over a period."""
        return changed(desk, period, self.heads, self.hours)


def levers_of(desk: Desk) -> tuple[Lever, ...]:
    """Return every setting of a desk's levers, 現状維持 first."""
    people = range(min(desk.levers.extra_heads, MOST_EXTRA_HEADS) + 1)
    hours = ((0, 0), *hours_variants(desk.levers))
    return tuple(Lever(heads, moved) for heads in people for moved in hours)


def changed(desk: Desk, window: Period, heads: int, hours: Hours = (0, 0)) -> FormationChange:
    """Return one change: so many extra people of the desk's extra grade, reception hours moved."""
    return FormationChange(window, *hours, heads, extra_grade(desk) if heads else "")
