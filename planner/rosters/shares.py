"""How many duties of a kind that nobody likes fall to each person, so that a year comes out even."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count

from planner.desk import Person
from planner.formation import Seat
from planner.rosters.roster import Need, Record, RosterProblem

CATCH_UP = 2
"""Nobody is asked for more than this many times an even split of one period."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Which duties are shared, which needs ask for them, and how many somebody had."""

    counts: Callable[[date, Seat], bool]
    asks: Callable[[date, Need], bool]
    past: Callable[[Record], int]


def shares(problem: RosterProblem, kind: Kind) -> dict[str, int]:
    """Return the duties of a kind that fall to each person with a standing shift.

    They are dealt out within a grade. Where duties come from a menu nobody knows beforehand how many of them
    there will be: then the most heads that a day's needs ask for count, and all grades are dealt to together.
    """
    out: dict[str, int] = {}
    for people, demand in _pools(problem, kind):
        known = {p.id: kind.past(problem.records[p.id]) for p in people if p.id in problem.records}
        newcomer = min(known.values(), default=0)
        out |= dealt({p.id: known.get(p.id, newcomer) for p in people}, demand)
    return out


def dealt(past: Mapping[str, int], demand: int) -> dict[str, int]:
    """Deal ``demand`` duties out, to whoever has fewest first; everybody up to the level reached.

    Who joined within the year is not made to catch up at once: at most ``CATCH_UP`` even splits fall to a
    person, and who has no record at all counts as having as many as who has fewest (``shares``).
    """
    most = CATCH_UP * -(-demand // len(past))
    for level in count(min(past.values())):
        out = {person: max(0, min(level - had, most)) for person, had in past.items()}
        if sum(out.values()) >= demand:
            break
    return out


def _pools(problem: RosterProblem, kind: Kind) -> Iterator[tuple[list[Person], int]]:
    people = [person for person in problem.people if person.id in problem.standing]
    seats = [
        (day, seat.grade)
        for day in problem.days
        for seat in problem.seats.get(day, ())
        if not seat.is_extra and kind.counts(day, seat)
    ]
    if people and any(problem.menu.values()):
        n_seats = {day: sum(on == day for on, _ in seats) for day in problem.days}
        yield people, sum(max(n, _heads(problem, kind, day)) for day, n in n_seats.items())
        return
    for grade in sorted({person.grade for person in people}):
        yield [p for p in people if p.grade == grade], sum(asked == grade for _, asked in seats)


def _heads(problem: RosterProblem, kind: Kind, day: date) -> int:
    return max((need.heads for need in problem.needs.get(day, ()) if kind.asks(day, need)), default=0)
