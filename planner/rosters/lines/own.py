"""What of a ``Linear`` is one person's own, and what links people.

Own rows and charges of a person are compiled into a graph (``graph``); the links stay for the master.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.rosters.linear import Charge, Linear, Row
from planner.rosters.rule import Literal, Term


@dataclass(frozen=True, slots=True)
class Own:
    """One person's decisions by day (one of them a day at most), and the rows and charges on them alone.

    ``unions``: derived decision → the free ones of which one must hold.
    """

    person: str
    days: tuple[tuple[Literal, ...], ...]
    rows: tuple[Row, ...]
    charges: tuple[Charge, ...]
    unions: Mapping[Literal, tuple[Literal, ...]]


@dataclass(frozen=True, slots=True)
class Parted:
    """A question by whose it is. Links speak of free decisions and of ``shared`` unions.

    ``shared``: derived decisions that links read and that are not a plain sum; in rows of their own.
    """

    owns: tuple[Own, ...]
    rows: tuple[Row, ...]
    charges: tuple[Charge, ...]
    shared: Mapping[Literal, tuple[Literal, ...]]


def parted(linear: Linear, fixed: Mapping[int, int]) -> Parted | None:
    """Part a question; None where a person may have two duties on a day: then there are no lines."""
    return _Parting(linear, fixed).parted()


class _Parting:
    def __init__(self, linear: Linear, fixed: Mapping[int, int]) -> None:
        self.linear = linear
        self.days = tuple(day for day in linear.seats if day >= linear.problem.days[0])
        self.base: dict[Literal, tuple[Literal, ...]] = {x: (x,) for x in linear.places}
        for union, members in linear.unions.items():
            self.base[union] = tuple(sorted({x for member in members for x in self.base[member]}))
        single = [Row("", ((1, Literal(x)),), value, value) for x, value in fixed.items() if x in self.base]
        self.rows: dict[str, list[Row]] = {person.id: [] for person in linear.problem.people}
        self.charges: dict[str, list[Charge]] = {person.id: [] for person in linear.problem.people}
        self.link_rows: list[Row] = []
        self.link_charges: list[Charge] = []
        for row in (*linear.rows, *single):
            self.rows.get(self._whose(row.terms), self.link_rows).append(row)
        for charge in linear.charges:
            self.charges.get(self._whose(charge.terms), self.link_charges).append(charge)

    def parted(self) -> Parted | None:
        owns = tuple(self._own(person.id) for person in self.linear.problem.people)
        if not all(map(_is_one_a_day, owns)):
            return None
        shared: dict[Literal, tuple[Literal, ...]] = {}
        rows = tuple(
            Row(row.rule, self._plain(row.terms, shared), row.at_least, row.at_most) for row in self.link_rows
        )
        charges = tuple(
            Charge(c.rule, c.stage, self._plain(c.terms, shared), c.above, c.cost) for c in self.link_charges
        )
        return Parted(owns, (*rows, *_defining(shared)), charges, shared)

    def _whose(self, terms: Iterable[Term]) -> str:
        """Return the one person of a sum; "" for none or several."""
        people = {self.linear.places[x][0] for _, literal in terms for x in self.base[literal]}
        return people.pop() if len(people) == 1 else ""

    def _own(self, person: str) -> Own:
        rows, charges = tuple(self.rows[person]), tuple(self.charges[person])
        read = {x for terms in (*(r.terms for r in rows), *(c.terms for c in charges)) for _, x in terms}
        return Own(
            person,
            tuple(
                tuple(self.linear.works(person, day, i) for i in range(len(self.linear.seats[day])))
                for day in self.days
            ),
            rows,
            charges,
            {x: self.base[x] for x in sorted(read) if x in self.linear.unions},
        )

    def _plain(self, terms: Iterable[Term], shared: dict[Literal, tuple[Literal, ...]]) -> tuple[Term, ...]:
        """Write a link without those unions that are the sum of their members: one person's, of one day."""
        weights: dict[Literal, int] = {}
        for weight, literal in terms:
            if len({self.linear.places[x][:2] for x in self.base[literal]}) > 1:
                shared[literal] = self.base[literal]
                weights[literal] = weights.get(literal, 0) + weight
                continue
            for x in self.base[literal]:
                weights[x] = weights.get(x, 0) + weight
        return tuple((w, x) for x, w in weights.items() if w)


def _defining(shared: Mapping[Literal, tuple[Literal, ...]]) -> Iterable[Row]:
    for union, members in shared.items():
        yield Row("", ((-1, union), *((1, x) for x in members)), 0, None)
        for member in members:
            yield Row("", ((1, union), (-1, member)), 0, None)


def _is_one_a_day(own: Own) -> bool:
    """Tell whether rows of the person's own say so (or leave a day one decision at most)."""
    barred = {row.terms[0][1] for row in own.rows if len(row.terms) == 1 and row.at_most == 0}
    said = [{x for w, x in row.terms if w >= 1} for row in own.rows if row.at_most == 1 and _is_plain(row)]
    none = [{x for _, x in row.terms} for row in own.rows if row.at_most == 0 and _is_plain(row)]
    barred |= {x for literals in none for x in literals}
    free = [set(day) - barred for day in own.days]
    return all(len(day) <= 1 or any(day <= literals for literals in said) for day in free)


def _is_plain(row: Row) -> bool:
    return all(weight > 0 for weight, _ in row.terms)
