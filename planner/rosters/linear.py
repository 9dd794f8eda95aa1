"""What rules said, as linear rows over yes-or-no decisions: the question that every engine reads.

Knows no solver. Decisions of the tail are constants and are folded into the rows as they are written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.rosters.roster import Duty, RosterProblem, Stage
from planner.rosters.rule import Literal, Rule, Term, seats_by_day

Place = tuple[str, date, int]
"""Person, day, and place in ``seats_by_day(problem)[day]``."""

NOBODY = ""
"""Stands for the person of a decision that counts a seat for several people (``implicit``)."""
NO, YES = Literal(0), Literal(1)
"""The two constants; decisions count from 2."""


@dataclass(frozen=True, slots=True)
class Row:
    """A hard rule's demand: at_least <= sum of weight x decision <= at_most."""

    rule: str
    terms: tuple[Term, ...]
    at_least: int | None
    at_most: int | None


@dataclass(frozen=True, slots=True)
class Charge:
    """A soft rule's price: ``cost`` points for every unit by which the sum passes ``above`` (maybe < 0)."""

    rule: str
    stage: Stage
    terms: tuple[Term, ...]
    above: int
    cost: int


class Linear:
    """Decisions, rows and charges; filled by the rules through ``Variables``, then only read.

    ``places``: decision → who, when, where (the solver's free choices); ``unions``: derived decision → the
    decisions of which at least one must hold (its members may be derived themselves, and stand before it);
    ``most``: how often a decision may be taken at most, where that is not once (a seat counted for many).
    """

    def __init__(self, problem: RosterProblem, rules: Iterable[Rule]) -> None:
        """Number the decisions and let the rules speak."""
        self.problem = problem
        self.seats = seats_by_day(problem)
        self.places: dict[Literal, Place] = {}
        self.unions: dict[Literal, tuple[Literal, ...]] = {}
        self.most: dict[Literal, int] = {}
        self.rows: list[Row] = []
        self.charges: list[Charge] = []
        self._literal: dict[Place, Literal] = {}
        self._rule: Rule | None = None
        self._number()
        for rule in rules:
            self._rule = rule
            rule.apply(problem, self)

    def _number(self) -> None:
        tail = set(_places(self.seats, self.problem.tail))
        for day, seats in self.seats.items():
            for place in ((person.id, day, i) for person in self.problem.people for i in range(len(seats))):
                if day < self.problem.days[0]:
                    self._literal[place] = YES if place in tail else NO
                else:
                    literal = self._literal[place] = Literal(2 + len(self.places))
                    self.places[literal] = place

    @property
    def size(self) -> int:
        """How many numbers decisions take, the constants included."""
        return 2 + len(self.places) + len(self.unions)

    def works(self, person: str, day: date, seat: int) -> Literal:
        """See ``Variables``."""
        return self._literal[person, day, seat]

    def any_of(self, literals: Sequence[Literal]) -> Literal:
        """See ``Variables``."""
        members = tuple(sorted({x for x in literals if x != NO}))
        if not members or YES in members:
            return YES if members else NO
        if len(members) == 1:
            return members[0]
        found = Literal(self.size)
        self.unions[found] = members
        return found

    def keep(self, terms: Sequence[Term], at_least: int | None = None, at_most: int | None = None) -> None:
        """See ``Variables``. A row that cannot fail is left out; one that never holds stays."""
        left, known = folded(terms)
        low = None if at_least is None else at_least - known
        high = None if at_most is None else at_most - known
        if low is not None and low <= sum(min(w, 0) for w, _ in left):
            low = None
        if high is not None and high >= sum(max(w, 0) for w, _ in left):
            high = None
        if low is not None or high is not None:
            self.rows.append(Row(self._speaking.code, left, low, high))

    def penalise(self, terms: Sequence[Term], above: int, cost: int) -> None:
        """See ``Variables``. A charge that cannot fall due is left out, one that always does is cut up."""
        left, known = folded(terms)
        if known + sum(max(w, 0) for w, _ in left) <= above:
            return
        code, stage = self._speaking.code, self._speaking.stage
        if above <= known and all(w > 0 for w, _ in left):  # a plain sum: as many charges as decisions
            self.charges += [Charge(code, stage, (term,), 0, cost) for term in left]
            if known > above:
                self.charges.append(Charge(code, stage, (), above - known, cost))
        else:
            self.charges.append(Charge(code, stage, left, above - known, cost))

    def values(self, duties: Iterable[Duty]) -> list[int]:
        """Return the value of every decision in a roster; of equal seats each duty takes the next."""
        values = [0] * self.size
        values[YES] = 1
        for place in _places(self.seats, sorted(duties)):
            if (literal := self._literal.get(place)) is not None and literal in self.places:
                values[literal] = 1
        return self.completed(values)

    def completed(self, values: list[int]) -> list[int]:
        """Set the derived decisions to what the free ones say; returns the same list."""
        for literal, members in self.unions.items():
            values[literal] = max(values[x] for x in members)
        return values

    def duties(self, values: Sequence[int]) -> tuple[Duty, ...]:
        """Return the roster of these values."""
        return tuple(
            sorted(
                Duty(day, person, self.seats[day][i])
                for literal, (person, day, i) in self.places.items()
                if values[literal]
            )
        )

    def cost(self, values: Sequence[int], stage: Stage | None = None) -> int:
        """Return the points that a roster is charged, in one stage or in all."""
        return sum(
            c.cost * max(0, total(c.terms, values) - c.above)
            for c in self.charges
            if stage is None or c.stage == stage
        )

    def broken(self, values: Sequence[int]) -> list[Row]:
        """Return the rows that a roster does not keep."""
        return [row for row in self.rows if not is_kept(row, values)]

    def span(self, terms: Iterable[Term]) -> tuple[int, int]:
        """Return the least and the most that a sum can be."""
        reach = [weight * self.most.get(literal, 1) for weight, literal in terms]
        return sum(min(each, 0) for each in reach), sum(max(each, 0) for each in reach)

    def places_of(self, terms: Iterable[Term]) -> set[Place]:
        """Return whose and which decisions a sum reads, through derived ones too."""
        out: set[Place] = set()
        for _, literal in terms:
            if literal in self.places:
                out.add(self.places[literal])
            else:
                out |= self.places_of((1, member) for member in self.unions.get(literal, ()))
        return out

    def days_of(self, terms: Iterable[Term]) -> frozenset[date]:
        """Return the days that a sum reads."""
        return frozenset(day for _, day, _ in self.places_of(terms))

    @property
    def _speaking(self) -> Rule:
        if self._rule is None:
            raise RuntimeError("only a rule writes rows")
        return self._rule


def total(terms: Iterable[Term], values: Sequence[int]) -> int:
    """Return a sum's value."""
    return sum(weight * values[literal] for weight, literal in terms)


def is_kept(row: Row, values: Sequence[int]) -> bool:
    """Tell whether a row holds."""
    found = total(row.terms, values)
    return (row.at_least is None or found >= row.at_least) and (row.at_most is None or found <= row.at_most)


def folded(terms: Sequence[Term]) -> tuple[tuple[Term, ...], int]:
    """Return the terms without constants, equal decisions added up, and what the constants add."""
    weights: dict[Literal, int] = {}
    for weight, literal in terms:
        weights[literal] = weights.get(literal, 0) + weight
    known = weights.pop(YES, 0)
    weights.pop(NO, None)
    return tuple((w, x) for x, w in weights.items() if w), known


def _places(seats: Mapping[date, Sequence[object]], duties: Collection[Duty]) -> Iterable[Place]:
    """Yield the places that these duties take; of equal seats each duty takes the next."""
    n_taken: dict[tuple[date, object], int] = {}
    for duty in sorted(duties):
        equal = [i for i, seat in enumerate(seats.get(duty.day, ())) if seat == duty.seat]
        if equal:
            n = n_taken[duty.day, duty.seat] = n_taken.get((duty.day, duty.seat), 0) + 1
            yield duty.person, duty.day, equal[min(n, len(equal)) - 1]
