"""How a case is edited: one thing of it, a little."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from planner.rosters.notation import Case
from planner.rosters.roster import RosterProblem

T = TypeVar("T")
STEPS_MIN = (-60, -15, -1, 1, 15, 60)
DAYS = tuple(timedelta(days=n) for n in (-7, -1, 1, 7))


def with_(drawn: Case, **changes: Any) -> Case:
    return replace(drawn, problem=replace(drawn.problem, **changes))


def one_changed(items: Sequence[T], rng: Random, otherwise: Callable[[T], T | None]) -> tuple[T, ...]:
    """Change one of the items; None takes it away."""
    if not items:
        return ()
    n = rng.randrange(len(items))
    new = otherwise(items[n])
    return (*items[:n], *(() if new is None else (new,)), *items[n + 1 :])


def later(start_min: int, end_min: int, rng: Random) -> dict[str, int]:
    """Move one end of a span, which keeps a length."""
    by = rng.choice(STEPS_MIN)
    start, end = (start_min + by, end_min) if rng.random() < 0.5 else (start_min, end_min + by)
    return {"start_min": start, "end_min": end} if 0 <= start < end else {}


def some_day(problem: RosterProblem, rng: Random) -> date:
    return rng.choice(problem.days)
