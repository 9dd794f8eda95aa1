"""People at reception by role and clock hour: as near as the client's copy comes to the duties of a day.

The contractor alone decides who starts when, breaks and rests (昭和61年労働省告示第37号), so that no duty
of one person may be read from it: where a role has one duty only, all roles stand together.
"""

from collections.abc import Iterator, Sequence

from planner.alternatives.alternative import Alternative
from planner.formation import Seat

_HOUR = 60
_ALONE = 1
_TOGETHER = "全ての役割"


def clock_hours(opens_min: int, closes_min: int) -> Iterator[tuple[int, int]]:
    """Cut the reception hours at full hours: (510, 540), (540, 600), … in minutes of the day."""
    for start in range(opens_min // _HOUR * _HOUR, closes_min, _HOUR):
        yield max(start, opens_min), min(start + _HOUR, closes_min)


def by_role(alternative: Alternative, names: dict[str, str]) -> dict[str, tuple[float, ...]]:
    """Return role → mean people at reception in each clock hour of the reception hours."""
    seats = alternative.pattern.seats
    roles = {
        name: those for grade, name in names.items() if (those := [s for s in seats if s.grade == grade])
    }
    if any(len(those) == _ALONE for those in roles.values()):
        roles = {_TOGETHER: [*seats]}
    hours = [*clock_hours(alternative.formation.opens_min, alternative.formation.closes_min)]
    return {role: tuple(_present(those, *hour) for hour in hours) for role, those in roles.items()}


def _present(seats: Sequence[Seat], start: int, end: int) -> float:
    minutes = (max(0, min(last, end) - max(first, start)) for s in seats for first, last in s.at_reception)
    return sum(minutes) / (end - start)
