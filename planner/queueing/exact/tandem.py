"""A second level with people of its own: what the first one passes on comes to it as calls.

Two exact chains in a row (METHODS.md section 2). One approximation: what comes to the second level is taken
as Poisson, with the expected rate of each segment. So it is behind a desk in balance that loses nobody (Burke
1956, "The output of a queuing system"); behind a busy one calls come more evenly, and the second level looks
worse than it is (the tests hold it against a simulation of both levels).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.chain import Days, exact_days
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The people of a level through the day, and the line in front of them."""

    line: Line
    timeline: Timeline


@dataclass(frozen=True, slots=True, eq=False)
class Tandem:
    """The second level's days, and what was passed on to it while it was closed, by row (B,)."""

    second: Days
    missed: Floats


def tandem(
    first: Days,
    levels: tuple[Level, Level],
    escalated_share: float,
    limits_min: Sequence[float],
    conventions: Conventions | None = None,
) -> Tandem:
    """Solve the second level behind the first one's days: ``escalated_share`` of what is done there goes on.

    What the first level still finishes after its closing counts as missed.

    Raises ValueError for a share outside 0 to 1.
    """
    if not 0.0 <= escalated_share <= 1.0:
        message = f"escalated_share is {escalated_share}: 0 to 1 is wanted"
        raise ValueError(message)
    before, after = levels
    passed_on = escalated_share * done(first, before.line)
    minutes = _overlap_min(before.timeline, after.timeline)
    per_min = passed_on / before.timeline.lengths_min
    calls = per_min @ minutes
    second = exact_days(
        after.line, after.timeline, calls / after.timeline.lengths_min, limits_min, conventions
    )
    closing = escalated_share * first.closed.busy_min / before.line.handling_min
    return Tandem(second, passed_on.sum(axis=1) - calls.sum(axis=1) + closing)


def done(days: Days, line: Line) -> Floats:
    """Return the calls finished by segment (B, K), those of leavers where their overtime begins.

    Exponential handling: calls end at the rate 1 / handling_min for every minute of work on them.
    """
    return np.asarray((days.busy_min + days.overtime_min) / line.handling_min)


def _overlap_min(first: Timeline, second: Timeline) -> Floats:
    """Return the minutes that segments of both days share (K1, K2)."""
    a, b = (np.array(t.bounds_min, dtype=np.float64) for t in (first, second))
    start = np.maximum(a[:-1, None], b[:-1])
    return np.asarray(np.maximum(np.minimum(a[1:, None], b[1:]) - start, 0.0))
