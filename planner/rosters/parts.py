"""A piece of the question: some of the decisions, the others relaxed or fixed.

Relaxed: what the others could at best contribute is taken for granted, so that no roster of the whole costs
less in its piece than the piece's own optimum. Fixed: the others stay as they are in a given roster.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.rosters.linear import NO, YES, Charge, Linear, Row, folded
from planner.rosters.roster import STAGES, Stage
from planner.rosters.rule import Literal, Term


@dataclass(frozen=True, slots=True)
class Part:
    """A piece as a question of its own, and where its decisions stand in the whole: ``whole[n]``."""

    linear: Linear
    whole: tuple[Literal, ...]

    def read(self, values: Sequence[int]) -> list[int]:
        """Return the piece's values out of those of the whole."""
        own = [values[literal] for literal in self.whole]
        return self.linear.completed(own)

    def write(self, own: Sequence[int], values: list[int]) -> None:
        """Put the piece's free decisions into the values of the whole."""
        for n in self.linear.places:
            values[self.whole[n]] = own[n]


class Index:
    """Which rows, charges and unions read a decision; made once for many pieces of a question."""

    def __init__(self, linear: Linear) -> None:
        """Walk all rows and charges."""
        self.linear = linear
        self.blank = replace(linear.problem, people=())
        self.rows: dict[Literal, list[int]] = {}
        self.charges: dict[Literal, list[int]] = {}
        self.unions: dict[Literal, list[Literal]] = {}
        for n, row in enumerate(linear.rows):
            for _, literal in row.terms:
                self.rows.setdefault(literal, []).append(n)
        for n, charge in enumerate(linear.charges):
            for _, literal in charge.terms:
                self.charges.setdefault(literal, []).append(n)
        for union, members in linear.unions.items():
            for literal in members:
                self.unions.setdefault(literal, []).append(union)


def part(
    index: Index,
    inside: Collection[Literal],
    stage: Stage,
    known: Mapping[Literal, int] | None = None,
    prices: Mapping[int, int] | None = None,
) -> Part:
    """Return the question of the decisions ``inside``; the others are fixed where ``known``, else relaxed.

    Only charges up to ``stage`` are taken along: later ones do not matter yet.

    A relaxed charge that reads decisions outside is left out: its points are not counted in any piece. With a
    price (number of the charge in the whole → points, 0 to its cost) its own decisions are charged that much
    for each unit instead: cost x max(0, sum - above) is never below price x (sum - above), which falls apart
    into pieces (Lagrangian relaxation).
    """
    return _Cut(index, inside, known or {}).part(index, STAGES[: STAGES.index(stage) + 1], prices or {})


class _Cut:
    """Numbers the pieces' decisions anew and rewrites rows and charges."""

    def __init__(self, index: Index, inside: Collection[Literal], known: Mapping[Literal, int]) -> None:
        self.linear, self.known = index.linear, dict(known)
        self.whole: list[Literal] = [NO, YES]
        self.number: dict[Literal, Literal] = {NO: NO, YES: YES}
        self.out = Linear(index.blank, ())
        for literal in sorted(inside):
            number = self._numbered(literal)
            self.out.places[number] = self.linear.places[literal]
            if (most := self.linear.most.get(literal, 1)) > 1:
                self.out.most[number] = most
            self.known.pop(literal, None)
        derived: set[Literal] = set()
        waiting = {u for x in inside for u in index.unions.get(x, ())}
        while waiting:
            derived |= waiting
            waiting = {u for x in waiting for u in index.unions.get(x, ())} - derived
        for union in derived:
            self.known.pop(union, None)
        for union in sorted(derived):  # unions of unions stand behind their members
            self._unite(union, self.linear.unions[union])

    def part(self, index: Index, stages: Sequence[Stage], prices: Mapping[int, int]) -> Part:
        for n in sorted({n for x in self.number for n in index.rows.get(x, ())}):
            self._row(self.linear.rows[n])
        for n in sorted({n for x in self.number for n in index.charges.get(x, ())}):
            if self.linear.charges[n].stage in stages:
                self._charge(self.linear.charges[n], prices.get(n, 0))
        return Part(self.out, tuple(self.whole))

    def _numbered(self, literal: Literal) -> Literal:
        number = self.number[literal] = Literal(len(self.whole))
        self.whole.append(literal)
        return number

    def _unite(self, union: Literal, members: tuple[Literal, ...]) -> None:
        """A union of which a member is neither inside nor known is relaxed with it."""
        if any(self.number.get(x) == YES or self.known.get(x) for x in members):
            self.number[union] = YES
        elif all(x in self.number or x in self.known for x in members):
            within = tuple(self.number[x] for x in members if self.number.get(x, NO) != NO)
            self.out.unions[self._numbered(union)] = within

    def _row(self, row: Row) -> None:
        terms, low, high = self._outside(row.terms)
        if not terms and low != high:
            return
        at_least = None if row.at_least is None else row.at_least - high
        at_most = None if row.at_most is None else row.at_most - low
        least, most = self.out.span(terms)
        if at_least is not None and at_least <= least:
            at_least = None
        if at_most is not None and at_most >= most:
            at_most = None
        if at_least is not None or at_most is not None:
            self.out.rows.append(Row(row.rule, terms, at_least, at_most))

    def _charge(self, charge: Charge, price: int) -> None:
        terms, low, high = self._outside(charge.terms)
        if low != high and price and terms:
            least = self.out.span(terms)[0]
            self.out.charges.append(Charge(charge.rule, charge.stage, terms, least, price))
        elif low == high and self.out.span(terms)[1] + low > charge.above:
            above = charge.above - low
            self.out.charges.append(Charge(charge.rule, charge.stage, terms, above, charge.cost))

    def _outside(self, terms: Iterable[Term]) -> tuple[tuple[Term, ...], int, int]:
        """Return the terms inside, and the least and the most that the others add."""
        within: list[Term] = []
        low = high = 0
        for weight, literal in terms:
            if literal in self.number:
                within.append((weight, self.number[literal]))
            elif (value := self.known.get(literal)) is None:
                reach = weight * self.linear.most.get(literal, 1)
                low, high = low + min(reach, 0), high + max(reach, 0)
            else:
                low, high = low + weight * value, high + weight * value
        inside, known = folded(within)
        return inside, low + known, high + known
