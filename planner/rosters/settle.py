"""One stage of a roster: solved in parts that are nearly independent, put together, and checked.

Days hang together by few rows. So a stage is first solved day by day, each row and charge that reaches
beyond taken at its best (``parts``): the sum of what the parts proved is a bound for the whole. Put together,
the days may break such a row, or pay such a charge. What is broken is mended part by part with all else
fixed; the parts that are still joined by something broken or paid are solved as one, until nothing is. What
remains is optimal if every part was. Parts that would grow beyond ``MOST`` decisions stay apart (``apart``).

How a part holds an earlier stage: proved was a sum over the parts, charges across them at their prices
(``blend``). So no roster that holds the stage pays more in a part than one of them does there, plus what the
proof left open.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from planner.rosters.linear import NOBODY, Charge, Linear, Row, total
from planner.rosters.parts import Index, part
from planner.rosters.roster import STAGES, Stage
from planner.rosters.rule import Literal
from planner.rosters.search import Infeasible, Search, Solved, solved

Days = frozenset[date]
NO_PRICES: Mapping[int, int] = MappingProxyType({})
MOST = 4_000
"""Decisions of a part of more than a week. A week stays one part however large: it is solved well as one."""
FEW = 3
"""People whose whole lines are mended together."""


@dataclass(slots=True)
class Course:
    """Where the search stands: the roster so far (``is_lawful``: it keeps all rows), what is settled.

    ``held``: what the settled stages may cost; ``bounds``: what was proved of them, with these ``prices`` of
    charges (by number) across the ``parts``: days that have to be looked at together. A later stage never
    cuts them again, since what an earlier one holds may lie across their days.
    """

    linear: Linear
    index: Index
    values: list[int]
    is_lawful: bool = False
    held: dict[Stage, int] = field(default_factory=dict)
    bounds: dict[Stage, int] = field(default_factory=dict)
    prices: dict[int, int] = field(default_factory=dict)
    by_day: dict[date, list[Literal]] = field(default_factory=dict)
    parts: tuple[Days, ...] = ()

    def __post_init__(self) -> None:
        """Sort the decisions by day; begin with each day as a part."""
        for literal, (_, day, _) in self.linear.places.items():
            self.by_day.setdefault(day, []).append(literal)
        self.parts = tuple(frozenset({day}) for day in sorted(self.by_day))

    def keeps(self, values: Sequence[int]) -> bool:
        """Tell whether a roster keeps all rows and what the earlier stages reached."""
        is_held = all(self.linear.cost(values, earlier) <= most for earlier, most in self.held.items())
        return is_held and not self.linear.broken(values)

    def take(self, values: list[int], stage: Stage) -> None:
        """Take a roster over if it keeps all that, and is cheaper or the first one to do so."""
        cost = self.linear.cost
        if self.is_lawful and cost(values, stage) >= cost(self.values, stage):
            return
        if self.keeps(values):
            self.values, self.is_lawful = values, True

    def settle(self, stage: Stage, bound: int, prices: Mapping[int, int]) -> None:
        """Hold a stage from now on, and the earlier ones at what they cost by now."""
        self.held = {each: self.linear.cost(self.values, each) for each in (*self.held, stage)}
        self.bounds[stage] = bound
        self.prices |= prices

    def inside(self, days: Days) -> list[Literal]:
        """Return the decisions of these days."""
        return [literal for day in sorted(days) for literal in self.by_day.get(day, ())]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A stage solved in parts: ``values`` put together, the parts, and who solved them.

    ``bound``: no roster that holds the earlier stages costs less; charges across parts count at ``prices``
    (by number). ``clashes``: rows and charges across parts that the values break or pay, left because the
    parts that they join are too large.
    """

    values: list[int]
    parts: tuple[Days, ...]
    bound: int
    engines: frozenset[str]
    clashes: tuple[Row | Charge, ...]
    prices: Mapping[int, int] = field(default_factory=dict)


def in_pieces(course: Course, stage: Stage, search: Search) -> Pieces:
    """Minimise one stage, as good as it goes in parts. Raises Infeasible, Cancelled."""
    parts = list(course.parts)
    if course.is_lawful:
        parts = _united(course, parts, paid_across(course.linear, stage, course.values))
    done: dict[Days, Solved] = {}
    unavoidable = always(course.linear, stage)
    while True:
        todo = [days for days in parts if days not in done]
        done |= zip(todo, _each(course, stage, search, todo), strict=True)
        merged = list(course.values)
        for days in parts:
            if (own := done[days].values) is not None:
                done[days].part.write(own, merged)
        clashes = clashing(course, stage, course.linear.completed(merged))
        wider = _united(course, parts, clashes)
        _mend(course, stage, search, parts, merged)
        left_over = clashing(course, stage, merged)
        proved = unavoidable + sum(done[days].bound for days in parts)
        is_best = course.linear.cost(merged, stage) <= proved and course.keeps(merged)
        if is_best or len(wider) == len(parts):
            break
        parts = wider
    left = tuple(c for c in left_over if not any(course.linear.days_of(c.terms) <= days for days in parts))
    used = frozenset(done[days].engine for days in parts if done[days].engine)
    return Pieces(merged, tuple(parts), proved, used, left)


def _mend(course: Course, stage: Stage, search: Search, parts: Sequence[Days], values: list[int]) -> None:
    """Solve those parts again, all else fixed, that break a row across parts or cost more than they did.

    What is still broken is tried once more along the other side: the people of the broken rows, on all days.
    """
    broken: list[Row | Charge] = [*course.linear.broken(values), *_dearer(course, stage, values)]
    for days in [days for days in parts if any(days & course.linear.days_of(c.terms) for c in broken)]:
        again(course, stage, search, course.inside(days), values)
    rows = course.linear.broken(values)
    people = {who for row in rows for who, _, _ in course.linear.places_of(row.terms)} - {NOBODY}
    if 0 < len(people) <= FEW:
        lines = [literal for literal, (who, _, _) in course.linear.places.items() if who in people | {NOBODY}]
        again(course, stage, search, lines, values)


def again(course: Course, stage: Stage, search: Search, inside: Sequence[Literal], values: list[int]) -> None:
    """Solve some decisions of a roster once more, all others as they are; changes ``values``."""
    known = {Literal(n): value for n, value in enumerate(values)}
    piece = part(course.index, inside, stage, known)
    at_present = piece.read(values)
    held = {
        earlier: most - course.linear.cost(values, earlier) + piece.linear.cost(at_present, earlier)
        for earlier, most in course.held.items()
    }
    is_kept = not piece.linear.broken(at_present) and all(
        piece.linear.cost(at_present, earlier) <= most for earlier, most in held.items()
    )
    try:
        answer = solved(piece, stage, held, at_present if is_kept else None, search)
    except Infeasible:
        return  # with these neighbours: the parts are put together
    if answer.values is not None:
        answer.part.write(answer.values, values)
        course.linear.completed(values)


def _each(course: Course, stage: Stage, search: Search, todo: Sequence[Days]) -> Iterable[Solved]:
    def one(days: Days) -> Solved:
        return piece_solved(course, stage, search, days)

    return each(one, todo, stage, search)


def each(
    solve: Callable[[Days], Solved], todo: Sequence[Days], stage: Stage, search: Search
) -> Iterable[Solved]:
    """Solve pieces side by side; tell how far it got."""
    out = []
    with ThreadPoolExecutor(search.workers) as pool:
        for n, answer in enumerate(pool.map(solve, todo), start=1):
            out.append(answer)
            search.progress(stage, n / len(todo))
    return out


def piece_solved(
    course: Course, stage: Stage, search: Search, days: Days, prices: Mapping[int, int] = NO_PRICES
) -> Solved:
    """Solve a part by itself; its bound holds for all rosters that hold the earlier stages.

    Charges across parts count at ``prices``, those of earlier stages at the prices of their proof. No such
    roster can pay more of an earlier stage here than the roster so far, plus what its proof left open.
    """
    piece = part(course.index, course.inside(days), stage, prices={**course.prices, **prices})
    start = piece.read(course.values)
    held = {
        earlier: piece.linear.cost(start, earlier) + most - course.bounds[earlier]
        for earlier, most in course.held.items()
    }
    return solved(piece, stage, held, start if course.is_lawful else None, search)


def clashing(course: Course, stage: Stage, values: Sequence[int]) -> list[Row | Charge]:
    """Return what a roster breaks, pays across days in this stage, or newly pays in earlier ones."""
    linear = course.linear
    return [*linear.broken(values), *paid_across(linear, stage, values), *_dearer(course, stage, values)]


def _dearer(course: Course, stage: Stage, values: Sequence[int]) -> list[Charge]:
    linear, earlier = course.linear, set(STAGES[: STAGES.index(stage)])
    paid = [c for c in linear.charges if c.stage in earlier and due(c, values) > due(c, course.values)]
    return [c for c in paid if len(linear.days_of(c.terms)) > 1]


def paid_across(linear: Linear, stage: Stage, values: Sequence[int]) -> list[Charge]:
    """Return the stage's charges that fall due and read several days."""
    paid = [c for c in linear.charges if c.stage == stage and due(c, values)]
    return [c for c in paid if len(linear.days_of(c.terms)) > 1]


def always(linear: Linear, stage: Stage) -> int:
    """Return the points that fall due whatever is decided."""
    return sum(c.cost * -c.above for c in linear.charges if c.stage == stage and not c.terms)


def due(charge: Charge, values: Sequence[int]) -> int:
    """Return the units for which a charge falls due."""
    return max(0, total(charge.terms, values) - charge.above)


def _united(course: Course, parts: Sequence[Days], clashes: Iterable[Row | Charge]) -> list[Days]:
    """Return the parts, those that one row or charge reads put together unless that is too large."""
    out = list(parts)
    for clash in clashes:
        days = course.linear.days_of(clash.terms)
        touched = [some for some in out if some & days]
        joined: Days = frozenset().union(*touched)
        is_week = joined and max(joined) - min(joined) < timedelta(days=7)
        if len(touched) > 1 and (is_week or len(course.inside(joined)) <= MOST):
            out = [joined if some is touched[0] else some for some in out if some not in touched[1:]]
    return out
