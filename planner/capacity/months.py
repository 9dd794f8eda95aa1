"""What a month delivers under every way of placing temporary people in its weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from forecasts.distribution import Floats
from planner.capacity.calendar import Span
from planner.capacity.demand import Demand
from planner.capacity.due_work import carried
from planner.capacity.service import Served
from planner.desk import Target

Levels = NDArray[np.int64]
_NEAR = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Of N ways to staff a month, by path (N, P): expected shares over the month; NaN without inquiries."""

    in_time: Floats
    answer_rate: Floats
    same_day: Floats

    def margin(self, target: Target) -> Floats:
        """Return by how much the target missed most is kept (N, P), below 0: missed; 1 without inquiries."""
        margins = (
            self.in_time - target.within_share,
            self.answer_rate - target.answer_rate,
            self.same_day - target.same_day_share,
        )
        return np.asarray(np.min([np.where(np.isnan(m), 1.0, m) for m in margins], axis=0))


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """The ways to staff a month: ``levels`` (N, W) of temporary people in the weeks that touch it.

    ``weeks``: their places among all weeks. ``risk`` (N,): share of paths that miss a target. ``room`` (N,):
    by how much the target kept least is kept by the paths at the accepted risk; below 0 it is missed.
    """

    weeks: tuple[int, ...]
    levels: Levels
    risk: Floats
    room: Floats


def allowed_paths(max_risk: float, paths: int) -> int:
    """Return how many of so many paths may miss a target at an accepted risk."""
    return min(int(np.floor(max_risk * paths + _NEAR)), paths - 1)


def risk_of(margin: Floats) -> Floats:
    """Return the share of paths with a margin below 0 (N,)."""
    return np.asarray((margin < -_NEAR).mean(axis=1))


def room_of(margin: Floats, max_risk: float) -> Floats:
    """Return the margin at the accepted risk (N,): 0 or more where at most that share of paths misses."""
    allowed = allowed_paths(max_risk, margin.shape[1])
    at_risk = np.partition(margin, allowed, axis=1)[:, allowed]
    return np.where(np.abs(at_risk) < _NEAR, 0.0, at_risk)


def ways(weeks: int, most: int) -> Levels:
    """Return every way to place 0 … ``most`` people in so many weeks: (N, weeks), the fewest first."""
    return np.array(list(product(range(most + 1), repeat=weeks)), dtype=np.int64)


def touching(month: Span, weeks: Sequence[Span]) -> tuple[int, ...]:
    """Return the places of the weeks that have an office day in a month."""
    inside = set(month.places)
    return tuple(n for n, week in enumerate(weeks) if inside & set(week.places))


def month_choices(  # one month of a question
    demand: Demand, served: Sequence[Served], month: Span, weeks: Sequence[Span], target: Target
) -> Choices:
    """Judge every way to staff a month; ``served[k]``: with k temporary people."""
    touched = touching(month, weeks)
    shares = month_shares(demand, served, month, [weeks[n] for n in touched])
    margin = shares.margin(target)
    return Choices(
        weeks=touched,
        levels=ways(len(touched), len(served) - 1),
        risk=risk_of(margin),
        room=room_of(margin, target.max_risk),
    )


def month_shares(demand: Demand, served: Sequence[Served], month: Span, weeks: Sequence[Span]) -> Shares:
    """Return the shares of a month by way (in the order of ``ways``) and path, over the weeks that touch it.

    Work left at a closing is due again the next day; the month begins with none (see the assumptions).
    Ways that begin alike are worked out together, week by week.
    """
    days = list(month.places)
    whole, inside = (demand.measured[:, days].sum(axis=1), demand.due[:, days].sum(axis=1)), set(days)
    begun = _Begun.none(demand.calls.shape[0])
    for week in weeks:
        begun = begun.gone_on(demand, served, [place for place in week.places if place in inside])
    return Shares(
        _share(begun.in_time, whole[0]), _share(begun.answered, whole[0]), _share(begun.same_day, whole[1])
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Begun:
    """Months that begin in n ways, by path (n, P): sums so far, and minutes of work left over."""

    in_time: Floats
    answered: Floats
    same_day: Floats
    left_min: Floats

    @classmethod
    def none(cls, paths: int) -> "_Begun":
        """Begin a month."""
        return cls(*(np.zeros((1, paths)) for _ in range(4)))

    def gone_on(self, demand: Demand, served: Sequence[Served], days: Sequence[int]) -> "_Begun":
        """Return all ways after another week, with nobody more, one more, …"""
        out = []
        for one in served:
            left, same_day = self.left_min, self.same_day
            for day in days:
                due, due_min = demand.due[:, day], demand.due_min[:, day]
                each_min = np.divide(due_min, due, out=np.ones_like(due), where=due > 0)
                again = carried(left, one.spare_min[:, day], one.spread_min[:, day])
                left = one.left_min[:, day] + again
                same_day = same_day + np.maximum(due - left / each_min, 0.0)
            in_time = self.in_time + one.in_time[:, days].sum(axis=1)
            out.append((in_time, self.answered + one.answered[:, days].sum(axis=1), same_day, left))
        # The first week is the slowest to change: each beginning is followed by all that may come.
        return _Begun(*(np.stack(x, axis=1).reshape(-1, x[0].shape[1]) for x in zip(*out, strict=True)))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))
