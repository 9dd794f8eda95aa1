"""Duties that a person's own rules cannot tell apart are chosen for the desk, not for the person.

Where the menu offers one shift with many places of its break, people's own rules read the shift, and the
desk's rules read how many sit where, whoever they are. So a person chooses a *shift* (seats of equal weight
in all that is the person's own), a *crew* (people of equal weight at each seat) chooses how many sit on each
seat, and both agree shift by shift; who takes which seat is dealt out afterwards (implicit modelling of
breaks: Bechtold & Jacobs 1990, Management Science 36(11)). It is the same question without its permutations:
each answer of one is an answer of the other, at equal charges.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.rosters.linear import NO, NOBODY, YES, Charge, Linear, Row
from planner.rosters.rule import Literal, Term

Own = tuple[str, date]
"""Whose day."""
Shift = tuple[Literal, str, int]
"""A seat's decision, whose it is, and the number of its shift."""
Groups = Collection[Sequence[Literal]]
WORTH = 0.7
"""Share of the decisions above which a rewriting is not worth it."""


@dataclass(frozen=True, slots=True)
class Implicit:
    """A question rewritten, and how its answers are read.

    ``shifts``: its decision → a person's seats; ``counts``: its decision → the one seat, for each of a crew.
    """

    linear: Linear
    whole: Linear
    shifts: Mapping[Literal, tuple[Literal, ...]]
    counts: Mapping[Literal, tuple[Literal, ...]]

    def read(self, values: Sequence[int]) -> list[int]:
        """Return this question's values of a roster."""
        if self.linear is self.whole:
            return list(values)
        out = [0] * self.linear.size
        out[YES] = 1
        for literal, seats in (*self.shifts.items(), *self.counts.items()):
            out[literal] = sum(values[x] for x in seats)
        return self.linear.completed(out)

    def write(self, values: Sequence[int]) -> list[int]:
        """Deal the counted seats to those who chose their shift; return the roster's values."""
        if self.linear is self.whole:
            return list(values)
        out = [0] * self.whole.size
        out[YES] = 1
        waiting = {x: shift for shift, seats in self.shifts.items() if values[shift] for x in seats}
        dealt: set[Literal] = set()
        for count, seats in self.counts.items():
            takers = [x for x in seats if waiting.get(x, NO) not in {NO, *dealt}]
            for x in takers[: values[count]]:
                out[x] = 1
                dealt.add(waiting[x])
        return self.whole.completed(out)


def implicit(linear: Linear) -> Implicit:
    """Rewrite a question; as it is where it would not become much smaller."""
    sums = [*(_Sum(row, linear) for row in linear.rows), *(_Sum(charge, linear) for charge in linear.charges)]
    shifts = _shifts(linear, sums)
    seats_of: dict[date, list[Shift]] = {}
    for x, (who, day, _) in linear.places.items():
        seats_of.setdefault(day, []).append((x, who, shifts[x]))
    for one in sums:
        one.is_by_shift = _is_by_shift(one, seats_of)
    crews = _crews(linear, sums)
    by_shift: dict[object, list[Literal]] = {}
    by_seat: dict[object, list[Literal]] = {}
    for x, (who, day, seat) in linear.places.items():
        by_shift.setdefault((who, shifts[x]), []).append(x)
        by_seat.setdefault((crews[who, day], seat), []).append(x)
    if len(by_shift) + len(by_seat) > WORTH * len(linear.places):
        return Implicit(linear, linear, {}, {})
    rewriting = _Rewriting(linear, by_shift.values(), by_seat.values())
    rewriting.agree(shifts, crews)
    for one in sums:
        rewriting.add(one)
    return rewriting.made()


class _Sum:
    """A row or a charge: its free decisions, apart from the derived ones."""

    __slots__ = ("days", "is_by_shift", "people", "terms", "what")

    def __init__(self, what: Row | Charge, linear: Linear) -> None:
        self.what = what
        self.terms = [term for term in what.terms if term[1] in linear.places]
        self.people = {linear.places[x][0] for _, x in self.terms}
        self.days = {linear.places[x][1] for _, x in self.terms}
        self.is_by_shift = False

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is broken or charged where none of the decisions is taken."""
        if isinstance(self.what, Charge):
            return self.what.above >= 0
        return (self.what.at_least or 0) <= 0 and (self.what.at_most is None or self.what.at_most >= 0)

    def mark(self, n: int) -> object:
        """Return what tells two sums apart.

        Sums of one decision are the same by what they ask, where they ask nothing of a decision not taken: of
        a shift's seats at most one is.
        """
        if len(self.what.terms) > 1 or not self.is_idle:
            return n
        if isinstance(self.what, Row):
            return (self.what.at_least, self.what.at_most)
        return (self.what.stage, self.what.above, self.what.cost)


def _shifts(linear: Linear, sums: Sequence[_Sum]) -> dict[Literal, int]:
    """Number the shifts: what the own rules of one person tell apart is told apart for all of the day."""
    marks = _own_marks(linear, sums)
    by_seat: dict[tuple[date, int], list[Literal]] = {}
    for x, (_, day, seat) in linear.places.items():
        by_seat.setdefault((day, seat), []).append(x)
    known: dict[object, int] = {}
    out: dict[Literal, int] = {}
    for (day, _), seats in by_seat.items():
        joint = (day, tuple((linear.places[x][0], tuple(sorted(marks[x]))) for x in seats))
        out |= dict.fromkeys(seats, known.setdefault(joint, len(known)))
    return out


def _own_marks(linear: Linear, sums: Sequence[_Sum]) -> dict[Literal, list[int]]:
    """Number what a person's own rows, charges and derived decisions ask of each seat."""
    known: dict[object, int] = {}
    marks: dict[Literal, list[int]] = {x: [] for x in linear.places}
    for n, one in enumerate(sums):
        if len(one.people) == 1:
            mark = one.mark(n)
            for weight, x in one.terms:
                marks[x].append(known.setdefault((weight, mark), len(known)))
    for union, members in free_members(linear).items():
        for x in members:
            marks[x].append(known.setdefault(("any of", union), len(known)))
    for x in _unbounded(linear):
        marks[x].append(known.setdefault(("alone", x), len(known)))
    return marks


def free_members(linear: Linear) -> dict[Literal, tuple[Literal, ...]]:
    """Return each derived decision's free ones, of which one must hold."""
    out: dict[Literal, tuple[Literal, ...]] = {}
    for union, members in linear.unions.items():
        out[union] = tuple(sorted({x for member in members for x in out.get(member, (member,))}))
    return out


def _unbounded(linear: Linear) -> Iterator[Literal]:
    """Yield the decisions of people who may take several of a day: no row allows them one at most."""
    mine: dict[Own, set[Literal]] = {}
    for x, (who, day, _) in linear.places.items():
        mine.setdefault((who, day), set()).add(x)
    bounded: set[Own] = set()
    for row in linear.rows:
        if row.at_most in {0, 1} and all(weight > 0 for weight, _ in row.terms):
            literals = {x for _, x in row.terms}
            own = {linear.places[x][:2] for x in literals if x in linear.places}
            bounded |= {key for key in own if mine[key] <= literals}
    for own_day, literals in mine.items():
        if len(literals) > 1 and own_day not in bounded:
            yield from sorted(literals)


def _is_by_shift(one: _Sum, seats_of: Mapping[date, Sequence[Shift]]) -> bool:
    """Tell whether a sum gives one weight to all seats of a person's shift."""
    if len(one.people) <= 1:
        return True
    given = {x: weight for weight, x in one.terms}
    first: dict[tuple[str, int], int] = {}
    return all(
        first.setdefault((who, shift), given.get(x, 0)) == given.get(x, 0)
        for day in sorted(one.days)
        for x, who, shift in seats_of[day]
    )


def _crews(linear: Linear, sums: Sequence[_Sum]) -> dict[Own, int]:
    """Number the crews: people of a day whom no sum that reads single seats tells apart."""
    marks: dict[Own, list[object]] = {linear.places[x][:2]: [] for x in linear.places}
    for n, one in enumerate(sums):
        if not one.is_by_shift:
            weights: dict[Own, list[tuple[int, int]]] = {}
            for weight, x in one.terms:
                who, day, seat = linear.places[x]
                weights.setdefault((who, day), []).append((seat, weight))
            for own, given in weights.items():
                marks[own].append((n, tuple(given)))
    known: dict[object, int] = {}
    return {own: known.setdefault((own[1], tuple(mark)), len(known)) for own, mark in marks.items()}


class _Rewriting:
    """Numbers shifts, counts and derived decisions, and rewrites what reads them."""

    def __init__(self, linear: Linear, shifts: Groups, counts: Groups) -> None:
        self.whole, self.shifts, self.counts = linear, list(shifts), list(counts)
        self.out = Linear(replace(linear.problem, people=()), ())
        self.by_shift = dict(self._numbered(self.shifts))
        self.by_count = dict(self._numbered(self.counts))
        for seats in self.counts:
            count = self.by_count[seats[0]]
            self.out.most[count] = len(seats)
            self.out.places[count] = (NOBODY, *self.out.places[count][1:])
        self.derived: dict[Literal, Literal] = {}
        shift_of = {x: self.by_shift[seats[0]] for seats in self.shifts for x in seats}
        for union, members in free_members(linear).items():
            self.derived[union] = Literal(self.out.size)
            self.out.unions[self.derived[union]] = tuple(sorted({shift_of[x] for x in members}))

    def _numbered(self, groups: Sequence[Sequence[Literal]]) -> Iterator[tuple[Literal, Literal]]:
        """Yield each group's first seat and its new decision."""
        for seats in groups:
            literal = Literal(self.out.size)
            self.out.places[literal] = self.whole.places[seats[0]]
            yield seats[0], literal

    def agree(self, shifts: Mapping[Literal, int], crews: Mapping[Own, int]) -> None:
        """Demand that as many of a crew choose a shift as sit on its seats."""
        terms: dict[tuple[int, int], list[Term]] = {}
        for sign, group in ((1, self.by_shift), (-1, self.by_count)):
            for x, literal in group.items():
                terms.setdefault((crews[self.whole.places[x][:2]], shifts[x]), []).append((sign, literal))
        self.out.rows += [Row("", tuple(sum_), 0, 0) for sum_ in terms.values()]

    def add(self, one: _Sum) -> None:
        """Rewrite a row or charge: one decision stands for all seats of its group."""
        group = self.by_shift if one.is_by_shift else self.by_count
        terms = tuple((weight, group[x]) for weight, x in one.terms if x in group)
        if one.terms and not terms:
            return  # of one seat, and said of its group's first seat as well
        terms += tuple((weight, self.derived[x]) for weight, x in one.what.terms if x in self.derived)
        if isinstance(one.what, Row):
            self.out.rows.append(replace(one.what, terms=terms))
        else:
            self.out.charges.append(replace(one.what, terms=terms))

    def made(self) -> Implicit:
        """Return the rewritten question."""
        return Implicit(
            self.out,
            self.whole,
            {self.by_shift[seats[0]]: tuple(seats) for seats in self.shifts},
            {self.by_count[seats[0]]: tuple(seats) for seats in self.counts},
        )
