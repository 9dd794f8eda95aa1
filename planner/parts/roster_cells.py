"""Cells of a roster: one person's day changed, locked, compared. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from planner.formation import Seat
from planner.rosters.check import violations
from planner.rosters.roster import Duty, Lock, Roster, RosterProblem, Violation
from planner.rosters.rule import seats_by_day

Cell = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Draft:
    """A roster in hand: checked, with locked cells and absences (person, day); ``said``: what was done."""

    roster: Roster
    locks: tuple[Lock, ...] = ()
    absent: frozenset[Cell] = frozenset()
    said: str = ""

    @property
    def locked(self) -> frozenset[Cell]:
        """The cells that stay."""
        return frozenset((lock.person, lock.day) for lock in self.locks)


def asked_of(problem: RosterProblem, absent: Collection[Cell], locks: Iterable[Lock] = ()) -> RosterProblem:
    """Return the question with absences as leave, and with locked cells."""
    away: dict[str, set[date]] = {}
    for person, day in absent:
        away.setdefault(person, set()).add(day)
    people = tuple(replace(p, leave=p.leave | away.get(p.id, set())) for p in problem.people)
    return replace(problem, people=people, reachable=problem.reachable - set(absent), locks=tuple(locks))


def checked(problem: RosterProblem, draft: Draft) -> Draft:
    """Return a draft with what its roster breaks, found by the checkers alone; it takes its absences."""
    found = violations(asked_of(problem, draft.absent, draft.locks), draft.roster)
    absent = tuple(sorted(draft.absent))
    return replace(draft, roster=replace(draft.roster, violations=found, absent=absent))


def without_absences(problem: RosterProblem, draft: Draft, cells: Collection[Cell]) -> Draft:
    """Return the draft with absences taken back, nobody's duty changed; their cells are free again."""
    locks = tuple(lock for lock in draft.locks if (lock.person, lock.day) not in set(cells))
    return checked(problem, replace(draft, locks=locks, absent=draft.absent - set(cells)))


def seat_of(roster: Roster, cell: Cell) -> Seat | None:
    """Return the duty of a cell, None for no duty."""
    return next((d.seat for d in roster.duties if (d.person, d.day) == cell), None)


def options(problem: RosterProblem, day: date) -> tuple[Seat, ...]:
    """Return the different duties of a day."""
    return tuple(sorted(set(seats_by_day(problem).get(day, ()))))


def holder(problem: RosterProblem, roster: Roster, day: date, seat: Seat, but: str) -> str:
    """Return who would have to give a duty up: "" while one of its kind is free or anybody may take it."""
    if seat in problem.menu.get(day, ()):
        return ""
    holding = sorted(d.person for d in roster.duties if d.day == day and d.seat == seat and d.person != but)
    room = Counter(problem.seats.get(day, ()))[seat]
    return holding[0] if holding and len(holding) >= room else ""


def changed(problem: RosterProblem, draft: Draft, cell: Cell, seat: Seat | None) -> Draft:
    """Return the draft with a cell changed and locked; who held the duty takes this person's."""
    person, day = cell
    other = holder(problem, draft.roster, day, seat, person) if seat else ""
    new: dict[Cell, Seat | None] = {cell: seat}
    if other:
        new[other, day] = seat_of(draft.roster, cell)
    kept = [d for d in draft.roster.duties if (d.person, d.day) not in new]
    added = [Duty(day, who, held) for (who, day), held in new.items() if held]
    locks = {(lock.person, lock.day): lock for lock in draft.locks}
    locks |= {(who, day): Lock(who, day, held) for (who, day), held in new.items()}
    after = Roster(tuple(sorted((*kept, *added))))
    ordered = tuple(locks[key] for key in sorted(locks))
    return checked(problem, replace(draft, roster=after, locks=ordered))


def with_lock(draft: Draft, cell: Cell) -> Draft:
    """Return the draft with a cell locked as it is, or free again."""
    locks = {(lock.person, lock.day): lock for lock in draft.locks}
    if cell in locks:
        del locks[cell]
    else:
        locks[cell] = Lock(*cell, seat_of(draft.roster, cell))
    return replace(draft, locks=tuple(locks[key] for key in sorted(locks)))


def moved_min(problem: RosterProblem, duty: Duty) -> int:
    """Return the minutes by which a duty starts off the person's usual start; 0 for who has none."""
    usual = problem.standing.get(duty.person)
    return abs(duty.seat.start_min - usual[0]) if usual else 0


def new_and_gone(before: Roster, after: Roster) -> tuple[list[Violation], list[Violation]]:
    """Return what the later roster breaks anew, and what it breaks no more, in their orders."""
    old, new = Counter(before.violations), Counter(after.violations)
    return list((new - old).elements()), list((old - new).elements())


def heads_at(seats: Iterable[Seat]) -> list[tuple[int, int, int]]:
    """Return the people at reception through a day: (start, end, heads), without empty stretches."""
    return list(_stretches([span for seat in seats for span in seat.at_reception]))


def _stretches(spans: Collection[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    cuts = sorted({minute for span in spans for minute in span})
    for start, end in pairwise(cuts):
        yield start, end, sum(a <= start and end <= b for a, b in spans)
