"""Parts too large to be solved as one: made lawful, then improved, in turn.

Each part is solved with the others' decisions as constants, so that every row and charge across parts is
exact; over again while it helps. How good that can be at best: ``blend``.
"""

from collections.abc import Sequence

from planner.rosters.parts import part
from planner.rosters.roster import Stage
from planner.rosters.rule import Literal
from planner.rosters.search import Infeasible, Search, solved
from planner.rosters.settle import Course, Days, again

ROUNDS = 1


def made_lawful(course: Course, stage: Stage, search: Search, parts: Sequence[Days]) -> None:
    """Find a first roster that keeps all rows: the parts one after the other, then all days as one.

    Raises Infeasible, Cancelled. None may be found in time: ``course.is_lawful``.
    """
    _in_turn(course, stage, search, parts)
    if not course.is_lawful:
        piece = part(course.index, list(course.linear.places), stage)
        answer = solved(piece, stage, {}, None, search)
        if answer.values is not None:
            values = list(course.values)
            piece.write(answer.values, values)
            course.take(course.linear.completed(values), stage)


def _in_turn(course: Course, stage: Stage, search: Search, parts: Sequence[Days]) -> None:
    """Solve each part with those before it known."""
    known: dict[Literal, int] = {}
    values = list(course.values)
    for days in parts:
        piece = part(course.index, course.inside(days), stage, known)
        try:
            answer = solved(piece, stage, {}, None, search)
        except Infeasible:
            return  # with the parts before it
        if answer.values is None:
            return
        piece.write(answer.values, values)
        course.linear.completed(values)
        known |= {literal: values[literal] for literal in course.inside(days)}
        unions = course.linear.unions.items()
        known |= {union: values[union] for union, xs in unions if known.keys() >= set(xs)}
    course.take(values, stage)


def improved(course: Course, stage: Stage, search: Search, parts: Sequence[Days]) -> None:
    """Go over the parts of a lawful roster while the stage becomes cheaper; changes ``course.values``."""
    before = course.linear.cost(course.values, stage)
    for _ in range(ROUNDS):
        for n, days in enumerate(parts, start=1):
            values = list(course.values)
            again(course, stage, search, course.inside(days), values)
            course.take(values, stage)
            search.progress(stage, n / len(parts))
        after = course.linear.cost(course.values, stage)
        if after in {0, before}:
            return
        before = after
