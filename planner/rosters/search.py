"""One piece of a stage put to the engines, and what a search is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Self

from planner.rosters.engine import Answer, Ask, Engine, Watch
from planner.rosters.parts import Part
from planner.rosters.roster import Stage

ROUNDING = 1e-6
"""Share by which an engine that calculates in floating point may miss a bound."""


class Infeasible(Exception):  # a fact about the question, not a mishap
    """Proved: no roster keeps every row."""


class NotFound(Exception):  # the time was too short to tell
    """No roster was found, and none was proved impossible."""


class Cancelled(Exception):  # wanted by whoever waits
    """Nobody waits for the answer any more."""


@dataclass(frozen=True, slots=True)
class Search:
    """How to search: ``engines`` in the order in which they are asked, with the seconds each may take a part.

    ``workers``: parts solved at the same time (each with one thread). ``progress``: told (stage, share done).
    """

    engines: tuple[tuple[str, Engine, float], ...]
    seed: int = 0
    workers: int = 2
    watch: Watch = lambda: True
    progress: Callable[[Stage, float], None] = lambda _stage, _share: None

    def hurried(self) -> Self:
        """Return the same search with the first engine alone and a tenth of its time a piece."""
        name, engine, limit_s = self.engines[0]
        return replace(self, engines=((name, engine, limit_s / 10),))


@dataclass(frozen=True, slots=True)
class Solved:
    """A piece's best values (None: nothing found), ``bound`` (no answer costs less), the engines asked."""

    part: Part
    values: Sequence[int] | None
    bound: int
    engine: str


def solved(
    piece: Part, stage: Stage, held: Mapping[Stage, int], start: Sequence[int] | None, search: Search
) -> Solved:
    """Ask the engines in turn until one proves its answer; ``start``: the piece's values if lawful.

    Raises Infeasible (never with a start), Cancelled.
    """
    if not search.watch():
        raise Cancelled
    linear, best, bound, used = piece.linear, start, 0, list[str]()
    if best is not None and linear.cost(best, stage) == 0:
        return Solved(piece, best, 0, "")
    for name, engine, limit_s in search.engines:
        answer = engine(Ask(linear, stage, held, best, search.seed, limit_s, watch=search.watch))
        used.append(name)
        if answer.is_infeasible and best is None:
            raise Infeasible
        bound = max(bound, whole_points(answer.bound))
        best = _better(piece, stage, best, answer)
        if answer.is_optimal:
            break
    return Solved(piece, best, bound, "・".join(used))


def whole_points(bound: float) -> int:
    """Return the fewest whole points that a bound leaves possible, an engine's rounding allowed for."""
    return max(0, ceil(bound - ROUNDING * max(1.0, bound)))


def _better(piece: Part, stage: Stage, best: Sequence[int] | None, answer: Answer) -> Sequence[int] | None:
    if answer.values is None:
        return best
    if best is None or piece.linear.cost(answer.values, stage) < piece.linear.cost(best, stage):
        return answer.values
    return best
