"""Hours of work → the seats of the problem that they are, else seats of their own."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from planner.desk import Person
from planner.formation import Away, Seat
from planner.rosters.handmade.cells import Hours
from planner.rosters.roster import Duty, RosterProblem
from planner.rosters.rule import grade_steps
from planner.rosters.rules.breaks import ABOVE_6_H, ABOVE_8_H

_ROUND_MIN = 15


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody's hours on a day, as they were written."""

    day: date
    person: str
    hours: Hours


def seated(problem: RosterProblem, entries: Iterable[Entry]) -> tuple[Duty, ...]:
    """Return the duties: people of the very grade take a seat first, then others who may fill what is left.

    Whoever finds no seat of these hours has one of their own, of their grade; the checkers say so.
    """
    people = {person.id: person for person in problem.people}
    ordered = sorted(entries, key=lambda e: (e.day, e.person, e.hours.start_min))
    free = Counter((day, seat) for day, seats in problem.seats.items() for seat in seats)
    found: dict[int, Seat] = {}
    for is_higher in (False, True):
        for n, entry in enumerate(ordered):
            if n in found:
                continue
            fitting = (seat for seat in _open(problem, entry, free) if _fits(seat, entry.hours))
            ranked = [
                (steps, seat)
                for seat in fitting
                if (steps := grade_steps(problem, people[entry.person], seat)) is not None
            ]
            if ranked and (is_higher or min(ranked)[0] == 0):
                found[n] = min(ranked)[1]
                free[entry.day, found[n]] -= 1
    own = (
        found[n] if n in found else _made(problem, people[entry.person], entry.hours)
        for n, entry in enumerate(ordered)
    )
    return tuple(sorted(Duty(e.day, e.person, seat) for e, seat in zip(ordered, own, strict=True)))


def _open(problem: RosterProblem, entry: Entry, free: Counter[tuple[date, Seat]]) -> Iterator[Seat]:
    yield from (seat for seat in problem.seats.get(entry.day, ()) if free[entry.day, seat] > 0)
    yield from problem.menu.get(entry.day, ())


def _fits(seat: Seat, hours: Hours) -> bool:
    """Tell whether a seat has these hours, and the breaks and operations work as far as they are told."""
    told_breaks, told_work = _spans(seat, "break"), _spans(seat, "operations")
    return (
        (seat.start_min, seat.end_min) == (hours.start_min, hours.end_min)
        and hours.breaks in {None, told_breaks}
        and hours.break_min in {None, seat.break_min}
        and hours.operations in {(), told_work}
    )


def _spans(seat: Seat, kind: str) -> tuple[tuple[int, int], ...]:
    return tuple((a.start_min, a.end_min) for a in sorted(seat.away) if a.kind == kind)


def _made(problem: RosterProblem, person: Person, hours: Hours) -> Seat:
    """Return a seat of a person's own: breaks as told, else as in a seat of these hours, else by law."""
    alike = [seat for seats in _all(problem) for seat in seats if _fits(seat, hours)]
    away = alike[0].away if alike and hours.breaks is None and not hours.operations else _away(hours)
    is_extra = person.id in problem.extra_people
    return Seat(person.grade, hours.start_min, hours.end_min, away, is_extra)


def _all(problem: RosterProblem) -> Iterator[Sequence[Seat]]:
    for seats in (problem.seats, problem.menu):
        yield from (seats[day] for day in sorted(seats))


def _away(hours: Hours) -> tuple[Away, ...]:
    length = lawful_break_min(hours.end_min - hours.start_min) if hours.break_min is None else hours.break_min
    start = (hours.start_min + hours.end_min - length) // 2 // _ROUND_MIN * _ROUND_MIN
    breaks = ((start, start + length),) if hours.breaks is None and length else hours.breaks or ()
    return tuple(
        sorted([*(Away(*b, "break") for b in breaks), *(Away(*w, "operations") for w in hours.operations)])
    )


def lawful_break_min(presence_min: int) -> int:
    """Return the shortest break that a presence needs (労働基準法34条1項)."""
    if presence_min <= 6 * 60:
        return 0
    return ABOVE_6_H.figure if presence_min - ABOVE_6_H.figure <= 8 * 60 else ABOVE_8_H.figure
