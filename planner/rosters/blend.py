"""Parts too large to be solved as one: their answers are columns, and a small master blends them.

A charge across parts is replaced by a price for each unit, which falls apart into parts; what the parts then
prove, added up, bounds the whole (Lagrange). Their answers become columns of a master that picks one for each
part: as a linear program it sets the next prices (Dantzig & Wolfe 1960), in whole columns it is a roster.
Prices move only part of the way from the best so far, which keeps them from swinging (Wentges 1997).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.rosters.engine import Ask
from planner.rosters.engines.relaxed import relaxed
from planner.rosters.linear import NOBODY, Charge, Linear, Row, total
from planner.rosters.roster import Stage
from planner.rosters.rule import Literal, Term
from planner.rosters.search import Search, Solved
from planner.rosters.settle import Course, Days, Pieces, always, due, each, piece_solved

ROUNDS = 12
GOOD = 0.01
"""A gap that is not worth another round."""
STAY = 0.5
"""Share of the best prices in the next ones."""

Prices = Mapping[int, int]
"""Charge's number in the whole → points for each unit."""


def blended(course: Course, stage: Stage, search: Search, pieces: Pieces) -> Pieces:
    """Improve a lawful roster across parts, and its bound. Changes ``course.values``."""
    master = _Master(course, stage, pieces)
    best, centre, used = pieces.bound, master.at_present(), pieces.engines
    unavoidable = always(course.linear, stage)
    prices, proving = centre, pieces.prices
    for _ in range(ROUNDS):
        if not any(prices.values()):
            break
        answers = _at(course, stage, search, pieces.parts, prices)
        found = unavoidable + sum(answer.bound for answer in answers) + master.offset(prices)
        is_better = found > best
        if is_better:
            best, centre, proving = found, prices, prices
        used |= {answer.engine for answer in answers if answer.engine}
        for days, answer in zip(pieces.parts, answers, strict=True):
            if answer.values is not None:
                values = list(course.values)
                answer.part.write(answer.values, values)
                master.add(days, course.linear.completed(values))
        course.take(master.picked(search), stage)
        value = course.linear.cost(course.values, stage)
        least, wanted = master.wanted()
        if value - best <= GOOD * value or least - best < 1:
            break
        stay = 0.0 if is_better else STAY
        prices = {n: round(stay * centre[n] + (1 - stay) * wanted[n]) for n in wanted}
    return replace(pieces, values=course.values, bound=best, engines=used, prices=proving)


def _at(course: Course, stage: Stage, search: Search, parts: Sequence[Days], prices: Prices) -> list[Solved]:
    def one(days: Days) -> Solved:
        return piece_solved(course, stage, search, days, prices)

    return list(each(one, parts, stage, search))


@dataclass(slots=True)
class _Column:
    """A part's answer: its own charges' points by stage, and what it adds to each sum across parts."""

    days: Days
    values: dict[Literal, int]
    costs: dict[Stage, int]
    adds: dict[int, int]


class _Master:
    """Sums across parts and the columns known. Sums are numbered: charges of the stage first."""

    def __init__(self, course: Course, stage: Stage, pieces: Pieces) -> None:
        self.course, self.stage, self.parts = course, stage, pieces.parts
        linear = course.linear
        self.home: dict[Literal, Days] = {}
        self.own: dict[tuple[Stage, Days], list[Charge]] = {}
        for literal in (*linear.places, *linear.unions):
            if (home := self._home(((1, literal),))) is not None:
                self.home[literal] = home
        self.charges: dict[int, Charge] = {}
        self.rows: list[Row] = [row for row in linear.rows if self._home(row.terms) is None]
        self.most = dict(course.held)  # of the earlier stages within the parts, across them as it is
        for n, charge in enumerate(linear.charges):
            if (home := self._home(charge.terms)) is not None:
                self.own.setdefault((charge.stage, home), []).append(charge)
            elif charge.stage == stage:
                self.charges[n] = charge
            elif charge.stage in self.most:
                units = due(charge, course.values)
                self.most[charge.stage] -= charge.cost * units
                self.rows.append(Row(charge.rule, charge.terms, None, charge.above + units))
        across = [*(c.terms for c in self.charges.values()), *(row.terms for row in self.rows)]
        self.sums = [self._by_part(terms) for terms in across]
        self.columns: list[_Column] = []
        for days in self.parts:
            self.add(days, course.values)
            self.add(days, pieces.values)

    def _home(self, terms: Sequence[Term]) -> Days | None:
        days = self.course.linear.days_of(terms)
        return next((some for some in self.parts if days <= some), None)

    def _by_part(self, terms: Sequence[Term]) -> dict[Days, list[Term]]:
        out: dict[Days, list[Term]] = {}
        for weight, literal in terms:
            if (home := self.home.get(literal)) is not None:  # a derived one across parts counts nothing
                out.setdefault(home, []).append((weight, literal))
        return out

    def at_present(self) -> Prices:
        """Return first prices: the whole cost of what the roster so far pays across parts."""
        return {n: c.cost if due(c, self.course.values) else 0 for n, c in self.charges.items()}

    def offset(self, prices: Prices) -> int:
        """Return what the parts' priced charges leave out (``parts.part``)."""
        span = self.course.linear.span
        return sum(
            price * (span(self.charges[n].terms)[0] - self.charges[n].above) for n, price in prices.items()
        )

    def add(self, days: Days, values: Sequence[int]) -> None:
        """Take a part's answer as a column."""
        inside = {literal: values[literal] for literal in self.course.inside(days)}
        if any(column.days == days and column.values == inside for column in self.columns):
            return
        costs = {
            stage: sum(charge.cost * due(charge, values) for charge in self.own.get((stage, days), ()))
            for stage in (self.stage, *self.most)
        }
        adds = {n: total(sums[days], values) for n, sums in enumerate(self.sums) if days in sums}
        self.columns.append(_Column(days, inside, costs, adds))

    def wanted(self) -> tuple[float, Mapping[int, float]]:
        """Return what shares of columns would cost, rows across parts apart, and the prices of its sums."""
        found = relaxed(self._question(self._picks(), is_whole=False), self.stage)
        first = len(self.columns)  # behind the columns' own charges
        return found.value, dict(zip(self.charges, found.prices[first:], strict=True))

    def picked(self, search: Search) -> list[int]:
        """Return the roster of the best column of each part; as it is where none was found in time."""
        picks = self._picks()
        _, engine, limit_s = search.engines[0]
        ask = Ask(self._question(picks, is_whole=True), self.stage, seed=search.seed, limit_s=limit_s)
        answer = engine(replace(ask, watch=search.watch))
        values = list(self.course.values)
        chosen = [column for pick, column in picks.items() if answer.values and answer.values[pick]]
        for literal, value in (item for column in chosen for item in column.values.items()):
            values[literal] = value
        return self.course.linear.completed(values)

    def _picks(self) -> Mapping[Literal, _Column]:
        return {Literal(2 + n): column for n, column in enumerate(self.columns)}

    def _question(self, picks: Mapping[Literal, _Column], *, is_whole: bool) -> Linear:
        """Ask for one column of each part, sums across parts charged; ``is_whole``: all rows too."""
        out = Linear(self.course.index.blank, ())
        for pick, column in picks.items():
            out.places[pick] = (NOBODY, min(column.days), pick)
            out.charges.append(Charge("", self.stage, ((column.costs[self.stage], pick),), 0, 1))
        for days in self.parts:
            mine = tuple((1, pick) for pick, column in picks.items() if column.days == days)
            out.rows.append(Row("", mine, 1, 1))
        adds = [
            tuple((column.adds[n], pick) for pick, column in picks.items() if column.adds.get(n))
            for n in range(len(self.sums))
        ]
        charged, kept = adds[: len(self.charges)], adds[len(self.charges) :]
        for charge, terms in zip(self.charges.values(), charged, strict=True):
            out.charges.append(replace(charge, terms=terms))
        if not is_whole:
            return out
        for row, terms in zip(self.rows, kept, strict=True):
            out.rows.append(replace(row, terms=terms))
        for stage, most in self.most.items():
            paid = tuple((column.costs[stage], pick) for pick, column in picks.items())
            out.rows.append(Row("", paid, None, most))
        return out
