"""Parts too large to be solved as one: made lawful, then improved, in turn.

Each part is solved with the others' decisions as constants, so that every row and charge across parts is
exact; over again while it helps. How good that can be at best: ``blend``.
"""

from collections.abc import Sequence

from planner.rosters.parts import part
from planner.rosters.roster import Stage
from planner.rosters.rule import Literal
from planner.rosters.search import Search
from planner.rosters.settle import Course, Days, piece_solved

ROUNDS = 1


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
