"""Parts too large to be solved as one: improved in turn with all else fixed, and bounded by prices.

Primal: each part is solved with the others' decisions as constants, so that every row and charge across parts
is exact; over again while it helps. Dual: a charge across parts is replaced by a price for each unit, which
falls apart into parts; the prices follow the subgradient (Held & Karp 1971; Fisher 1981).
"""

from collections.abc import Mapping, Sequence

from planner.rosters.linear import Charge, total
from planner.rosters.parts import part
from planner.rosters.roster import Stage
from planner.rosters.rule import Literal
from planner.rosters.search import Search, Solved
from planner.rosters.settle import Course, Days, Pieces, due, each, piece_solved

ROUNDS = 1
GOOD = 0.01
"""A gap that is not worth another round."""


def made_lawful(course: Course, stage: Stage, search: Search, parts: Sequence[Days]) -> bool:
    """Solve the parts one after the other, each with those before it known; tell whether all rows hold."""
    known: dict[Literal, int] = {}
    for days in parts:
        piece = part(course.index, course.inside(days), stage, known)
        answer = piece_solved(course, stage, search, piece)
        if answer.values is None:
            return False
        piece.write(answer.values, course.values)
        course.linear.completed(course.values)
        known |= {literal: course.values[literal] for literal in course.inside(days)}
        unions = course.linear.unions.items()
        known |= {union: course.values[union] for union, xs in unions if known.keys() >= set(xs)}
    course.is_lawful = not course.linear.broken(course.values)
    return course.is_lawful


def improved(course: Course, stage: Stage, search: Search, parts: Sequence[Days]) -> None:
    """Go over the parts of a lawful roster while the stage becomes cheaper; changes ``course.values``."""
    before = course.linear.cost(course.values, stage)
    for _ in range(ROUNDS):
        for n, days in enumerate(parts, start=1):
            known = {Literal(n): value for n, value in enumerate(course.values)}
            piece = part(course.index, course.inside(days), stage, known)
            answer = piece_solved(course, stage, search, piece)
            if answer.values is not None:
                piece.write(answer.values, course.values)
                course.linear.completed(course.values)
            search.progress(stage, n / len(parts))
        after = course.linear.cost(course.values, stage)
        if after in {0, before}:
            return
        before = after


def priced(course: Course, stage: Stage, search: Search, pieces: Pieces) -> float:
    """Return a better bound than that of the pieces, whose charges across parts count nothing.

    What the parts choose at a price is a roster too: taken into ``course`` where it is lawful and cheaper.
    """
    charges = course.linear.charges
    crossing = [
        n
        for n, c in enumerate(charges)
        if c.stage == stage and not any(course.linear.days_of(c.terms) <= days for days in pieces.parts)
    ]
    best = pieces.bound
    prices = {n: charges[n].cost if due(charges[n], course.values) else 0 for n in crossing}
    for round_ in range(ROUNDS):
        value = course.linear.cost(course.values, stage)
        if value - best <= GOOD * value or not any(prices.values()):
            break
        answers = _at(course, stage, search, pieces.parts, prices)
        values = list(course.values)
        for answer in answers:
            if answer.values is not None:
                answer.part.write(answer.values, values)
        _taken(course, stage, course.linear.completed(values))
        offset = sum(price * (_least(charges[n]) - charges[n].above) for n, price in prices.items())
        found = sum(answer.bound for answer in answers) + offset
        best = max(best, found)
        passed = {n: total(charges[n].terms, values) - charges[n].above for n in crossing}
        if not (norm := sum(g * g for g in passed.values())):
            break
        step = max(0.0, value - found) / norm / (1 + round_)
        prices = {n: min(charges[n].cost, max(0, round(prices[n] + step * passed[n]))) for n in crossing}
    return best


def _taken(course: Course, stage: Stage, values: list[int]) -> None:
    """Take another roster over if it keeps all rows, holds the earlier stages, and is cheaper."""
    linear = course.linear
    is_cheaper = linear.cost(values, stage) < linear.cost(course.values, stage)
    is_held = all(linear.cost(values, earlier) <= most for earlier, most in course.held.items())
    if is_cheaper and is_held and not linear.broken(values):
        course.values = values


def _at(
    course: Course, stage: Stage, search: Search, parts: Sequence[Days], prices: Mapping[int, int]
) -> list[Solved]:
    def one(days: Days) -> Solved:
        return piece_solved(
            course, stage, search, part(course.index, course.inside(days), stage, prices=prices)
        )

    return list(each(one, parts, stage, search))


def _least(charge: Charge) -> int:
    return sum(min(weight, 0) for weight, _ in charge.terms)
