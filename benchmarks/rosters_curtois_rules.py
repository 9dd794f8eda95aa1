"""The rules of the instances of Curtois and Qu (2014), written for ``Variables`` like the desk's own.

Rows are as tight as is known: successions as cliques, a stretch too short forbidden from its first day on,
totals in units of the shifts' common length. A rule has no checker here: ``rosters_curtois_check`` reads the
instance itself.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import gcd

from planner.rosters.roster import RosterProblem
from planner.rosters.rule import Literal, Rule, Term, Variables

_WEEK, _SATURDAY = 7, 5


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift; none of ``not_next`` may be worked on the day after it."""

    id: str
    length_min: int
    not_next: frozenset[str]


@dataclass(frozen=True, slots=True)
class Employee:
    """One person's limits: shifts of each type, days off, minutes in all, days in a row, weekends."""

    id: str
    max_shifts: tuple[tuple[str, int], ...]
    days_off: frozenset[int]
    max_min: int
    min_min: int
    max_in_row: int
    min_in_row: int
    min_off_in_row: int
    max_weekends: int


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks to work a shift (``is_on``) or not to; ``weight`` if not granted."""

    employee: str
    day: int
    shift: str
    weight: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """People wanted on a shift of a day, and the weight of each below and above."""

    day: int
    shift: str
    people: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Instance:
    """One question of the benchmark; days count from 0, a Monday."""

    days: int
    shifts: tuple[Shift, ...]
    employees: tuple[Employee, ...]
    requests: tuple[Request, ...]
    covers: tuple[Cover, ...]


class _Asked:
    """The decisions by the instance's own names."""

    def __init__(self, instance: Instance, problem: RosterProblem, variables: Variables) -> None:
        self.instance = instance
        self.variables = variables
        self._days = problem.days
        self._place = {shift.id: i for i, shift in enumerate(instance.shifts)}

    def works(self, who: str, day: int, shift: str) -> Literal:
        return self.variables.works(who, self._days[day], self._place[shift])

    def day(self, who: str, day: int, weight: int = 1) -> list[Term]:
        """Return weight x (works on the day)."""
        return [(weight, self.works(who, day, shift)) for shift in self._place]

    def each(self) -> Iterator[Employee]:
        yield from self.instance.employees


def _one_a_day(asked: _Asked) -> None:
    for who in asked.each():
        for day in range(asked.instance.days):
            asked.variables.keep(asked.day(who.id, day), at_most=0 if day in who.days_off else 1)


def _of_each_type(asked: _Asked) -> None:
    for who in asked.each():
        for shift, most in who.max_shifts:
            days = range(asked.instance.days)
            asked.variables.keep([(1, asked.works(who.id, day, shift)) for day in days], at_most=most)


def _total(asked: _Asked) -> None:
    unit = gcd(*(shift.length_min for shift in asked.instance.shifts))
    for who in asked.each():
        terms = [
            (shift.length_min // unit, asked.works(who.id, day, shift.id))
            for day in range(asked.instance.days)
            for shift in asked.instance.shifts
        ]
        asked.variables.keep(terms, at_least=-(-who.min_min // unit), at_most=who.max_min // unit)


def _in_row(asked: _Asked) -> None:
    for who in asked.each():
        for first in range(asked.instance.days - who.max_in_row):
            window = range(first, first + who.max_in_row + 1)
            terms = [term for day in window for term in asked.day(who.id, day)]
            asked.variables.keep(terms, at_most=who.max_in_row)


def _long_enough(asked: _Asked) -> None:
    """A stretch that begins after the first day lasts; so does one of days off."""
    for who in asked.each():
        for day in range(1, asked.instance.days):
            before, start = asked.day(who.id, day - 1), asked.day(who.id, day)
            for ahead in range(day + 1, min(day + who.min_in_row, asked.instance.days)):
                later = asked.day(who.id, ahead)
                asked.variables.keep([*before, *_negated(start), *later], at_least=0)
            for ahead in range(day + 1, min(day + who.min_off_in_row, asked.instance.days)):
                later = asked.day(who.id, ahead)
                asked.variables.keep([*before, *_negated(start), *later], at_most=1)


def _succession(asked: _Asked) -> None:
    """Of a shift, those that forbid no less on the next day, and what they forbid, one at most is worked."""
    shifts = asked.instance.shifts
    cliques = {
        (frozenset(s.id for s in shifts if s.not_next >= shift.not_next), shift.not_next)
        for shift in shifts
        if shift.not_next
    }
    for who in asked.each():
        for day, after in pairwise(range(asked.instance.days)):
            for today, tomorrow in sorted(cliques, key=lambda c: (sorted(c[0]), sorted(c[1]))):
                terms = [(1, asked.works(who.id, day, shift)) for shift in sorted(today)]
                terms += [(1, asked.works(who.id, after, shift)) for shift in sorted(tomorrow)]
                asked.variables.keep(terms, at_most=1)


def _weekends(asked: _Asked) -> None:
    """A weekend counts once; that either day alone makes it count is said as a sum, which is tighter."""
    for who in asked.each():
        counted: list[Term] = []
        for saturday in range(_SATURDAY, asked.instance.days, _WEEK):
            days = [asked.day(who.id, day) for day in (saturday, saturday + 1) if day < asked.instance.days]
            worked = asked.variables.any_of([literal for day in days for _, literal in day])
            counted.append((1, worked))
            for day in days:
                asked.variables.keep([*day, (-1, worked)], at_most=0)
        asked.variables.keep(counted, at_most=who.max_weekends)


def _requests(asked: _Asked) -> None:
    for request in asked.instance.requests:
        works = asked.works(request.employee, request.day, request.shift)
        sign = -1 if request.is_on else 1
        asked.variables.penalise([(sign, works)], above=min(sign, 0), cost=request.weight)


def _cover(asked: _Asked) -> None:
    for cover in asked.instance.covers:
        people = [asked.works(who.id, cover.day, cover.shift) for who in asked.each()]
        asked.variables.penalise([(-1, x) for x in people], above=-cover.people, cost=cover.under)
        asked.variables.penalise([(1, x) for x in people], above=cover.people, cost=cover.over)


def _negated(terms: Sequence[Term]) -> list[Term]:
    return [(-weight, literal) for weight, literal in terms]


_HARD = {
    "one_a_day": _one_a_day,
    "of_each_type": _of_each_type,
    "total": _total,
    "in_row": _in_row,
    "long_enough": _long_enough,
    "succession": _succession,
    "weekends": _weekends,
}
_SOFT = {"requests": _requests, "cover": _cover}


def rules(instance: Instance) -> tuple[Rule, ...]:
    """Return the rules of an instance, hard ones first."""
    return tuple(_rule(instance, code, said) for code, said in {**_HARD, **_SOFT}.items())


def _rule(instance: Instance, code: str, said: Callable[[_Asked], None]) -> Rule:
    def apply(problem: RosterProblem, variables: Variables) -> None:
        said(_Asked(instance, problem, variables))

    return Rule(
        code=code,
        name_ja=code,
        remedy_ja="",
        source=(),
        is_hard=code in _HARD,
        apply=apply,
        check=lambda _problem, _roster: (),
        keeps=(),
        breaks=(),
    )
