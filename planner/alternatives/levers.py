"""The candidates: 現状維持, other hours, one or two more people, and both, over the window of the change."""

from forecasts.slots import Period
from planner.desk import Desk, Levers
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


def changes(desk: Desk, window: Period, hours: Hours | None) -> dict[str, FormationChange]:
    """Return the candidates of a desk by key, 現状維持 first; without hours where these are None."""
    most = min(desk.levers.extra_heads, MOST_EXTRA_HEADS)
    out = {"status_quo": FormationChange(window)}
    if hours:
        out["hours"] = changed(desk, window, 0, hours)
    out |= {f"plus_{n}": changed(desk, window, n) for n in range(1, most + 1)}
    if hours:
        out |= {f"plus_{n}_hours": changed(desk, window, n, hours) for n in range(1, most + 1)}
    return out


def changed(desk: Desk, window: Period, heads: int, hours: Hours = (0, 0)) -> FormationChange:
    """Return one change: so many extra people of the desk's extra grade, reception hours moved."""
    return FormationChange(window, *hours, heads, extra_grade(desk) if heads else "")
