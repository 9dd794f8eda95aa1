"""Small days counted out: does the search find the fewest minutes that any plan of its duties needs?

``counted_days``: days drawn; ``counted_differences``: of them those on which the search needs more minutes
than the best of all plans, each evaluated exactly, or misses that there is one.
"""

from collections.abc import Mapping
from itertools import product
from random import Random

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.forecast_sim import mapped
from planner.alternatives.cover import DutyType, Frame
from planner.alternatives.least_hours import Asked, Span, late_by_span, least_hours
from planner.queueing.line import Line
from planner.queueing.timeline import timeline
from planner.queueing.what_if.operators import Scenarios

_LINE = Line(9.0, 5.0)
_DAYS = 200


def figures(run: Run) -> Mapping[str, float]:
    """Count out all days, two at a time."""
    days, processes = run.of((_DAYS, 2), (2, 1))
    apart = mapped(_is_apart, list(range(days)), processes)
    return {"counted_days": float(days), "counted_differences": float(sum(apart))}


def _is_apart(seed: int) -> bool:
    of = drawn(seed)
    found, best = least_hours(of), counted_out(of)
    return (found.minutes if found.is_met else None) != best


def frame(*duties: tuple[int, int], most_heads: int = 4) -> Frame:
    """Return reception from 9:00 to 13:00 by the half hour; duties from and to a slot."""
    made = tuple(DutyType(f"{a}-{b}", ((540 + 30 * a, 540 + 30 * b),), 30 * (b - a)) for a, b in duties)
    return Frame(540, 780, 30, made, (), most_heads)


def drawn(seed: int) -> Asked:
    """Draw four to six duties, calls with a hill, a target of the day or of both halves."""
    rng = Random(seed)  # noqa: S311  # drawn, not secret
    ends = [(0, 8), (0, 4), (4, 8), (2, 6), (0, 6), (2, 8)]
    rates = [rng.uniform(0.02, 0.12) + (0.12 if 2 <= t < 5 else 0.0) for t in range(8)]
    late = rng.choice((0.1, 0.2, 0.3))
    spans = rng.choice(((Span(0, 8, late),), (Span(0, 4, late), Span(4, 8, late))))
    duties = frame(*rng.sample(ends[1:], rng.randint(3, 5)), ends[0])
    return Asked(duties, _LINE, Scenarios(np.array([rates]), np.ones(1)), 1.0, spans)


def counted_out(of: Asked) -> int | None:
    """Return the fewest minutes of all plans that hold the target, each evaluated exactly."""
    best = None
    for counts in product(range(of.frame.most_heads + 1), repeat=len(of.frame.duties)):
        minutes, heads = of.frame.minutes(counts), of.frame.heads(counts)
        if heads.min() < 1 or heads.max() > of.frame.most_heads or (best is not None and minutes >= best):
            continue
        late = late_by_span(of, timeline(of.frame.shop(counts), of.frame.slot_min))
        if (late <= of.most_late + 1e-9).all():
            best = minutes
    return best
