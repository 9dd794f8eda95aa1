"""What is left at closing of a day's calls and due work, drawn by the day's engine at a few volumes of both.

Work that may wait is always simulated in this project (``staffing.service``): whether it is done by closing
hangs on the chance of a single day, which a fluid of means does not know (it promised 97 % of April where
93 % were done). Here single days of each class are drawn, beginning with nothing left over, and read between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.interpolate import RegularGridInterpolator
from scipy.special import ndtr

from forecasts.distribution import Floats
from planner.capacity.demand import DayClass, Demand
from planner.desk import Desk
from planner.queueing.arrivals import Arrivals, Kinds
from planner.queueing.line import Conventions
from planner.queueing.shop import Shop
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.simulation import simulated

DRAWN = 64
"""Days drawn at each pair of volumes; the same for every crew."""
_LEVELS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.0)
"""Between which path-days of a demand are volumes drawn: closely where they lie."""


@dataclass(frozen=True, slots=True, eq=False)
class DueTable:
    """By the day's ``calls`` (A,) and minutes of work due ``due_min`` (B,), both increasing.

    (A, B): ``left`` of the work due, as a share of its contacts, not done by closing; ``late``, ``lost``:
    measured calls not answered in time, and never, as shares of them.
    """

    calls: Floats
    due_min: Floats
    left: Floats
    late: Floats
    lost: Floats

    def read(self, calls: Floats, due_min: Floats) -> tuple[Floats, Floats, Floats]:
        """Return what is left, late and lost of path-days; outside the volumes drawn the nearest counts."""
        at = (
            np.clip(calls, self.calls[0], self.calls[-1]),
            np.clip(due_min, self.due_min[0], self.due_min[-1]),
        )
        values = np.stack((self.left, self.late, self.lost), axis=2)
        found = RegularGridInterpolator((self.calls, self.due_min), values)(at)
        return found[..., 0], found[..., 1], found[..., 2]


def due_tables(
    desk: Desk, shop: Shop, demand: Demand, asked: Sequence[Demand], seed: int
) -> tuple[DueTable, ...]:
    """Draw days of every class of a demand; ``asked``: all demands that will be read."""
    calls = _nodes([d.calls for d in asked])
    due_min = _nodes([d.due_min for d in asked])
    staff = crew([shop], Conventions())
    out = []
    for day_class in demand.classes:
        arrivals = _arrivals(desk, demand, day_class, calls, due_min)
        found = simulated(
            arrivals, staff, desk.target.within_min, 1, seed, interruptible=desk.is_mail_interrupted
        ).mean
        shape = calls.size, due_min.size, DRAWN

        def share(part: Floats, whole: Floats, shape: tuple[int, int, int] = shape) -> Floats:
            sums = [x.sum(axis=tuple(range(1, x.ndim))).reshape(shape).sum(axis=2) for x in (part, whole)]
            return np.asarray(np.divide(sums[0], sums[1], out=np.zeros(shape[:2]), where=sums[1] > 0))

        out.append(
            DueTable(
                calls,
                due_min,
                left=_rising(share(found.backlog, found.due)),
                late=_rising(1.0 - share(found.in_time, found.offered)),
                lost=_rising(1.0 - share(found.answered, found.offered)),
            )
        )
    return tuple(out)


def _nodes(values: Sequence[Floats]) -> Floats:
    """Return volumes to draw: quantiles of those asked for, each once and at least a little apart."""
    every = np.concatenate([v.ravel() for v in values])
    found = np.unique(np.quantile(every, _LEVELS))
    least = max(float(found[-1]), 1.0) * 1e-3
    kept = [float(found[0])]
    kept += [float(v) for v in found[1:] if v - kept[-1] >= least]
    return np.array(kept if len(kept) > 1 else [kept[0], kept[0] + least])


def _rising(values: Floats) -> Floats:
    """Let what is drawn never fall with either volume: chance may not make more work do better."""
    return np.asarray(np.maximum.accumulate(np.maximum.accumulate(values, axis=0), axis=1))


def _arrivals(desk: Desk, demand: Demand, day_class: DayClass, calls: Floats, due_min: Floats) -> Arrivals:
    """Return rates of one day a path, DRAWN for each pair of volumes: immediate kinds, and what is due."""
    kinds = _kinds(demand)
    rates = np.zeros((calls.size, due_min.size, day_class.calls.size, kinds.handling_min.size))
    rates[..., :-1] = calls[:, None, None, None] * day_class.calls[:, None] * day_class.mix
    rates[..., -1] = due_min[None, :, None] / demand.each_due_min * day_class.due_min
    one_day = np.repeat(rates.reshape(-1, 1, *rates.shape[2:]), DRAWN, axis=0)
    return Arrivals(one_day, desk.grid.slot_min, kinds)


def _kinds(demand: Demand) -> Kinds:
    """Return the immediate kinds, and as the last all that is due, whatever its channel."""
    immediate = [k for k in demand.kinds if k.waiting == "immediate"]
    others = [k for k in demand.kinds if k.waiting != "immediate"] or immediate
    has_measured = any(k.is_measured for k in immediate)
    return Kinds(
        handling_min=np.array([*(k.handling_min for k in immediate), demand.each_due_min]),
        handling_cv=np.array([*(k.handling_cv for k in immediate), np.mean([k.handling_cv for k in others])]),
        patience_min=np.array([*(k.patience_min or inf for k in immediate), inf]),
        is_immediate=np.array([*(True for _ in immediate), False]),
        is_measured=np.array([*(k.is_measured or not has_measured for k in immediate), False]),
    )


def carried(carry_min: Floats, spare_min: Floats, spread_min: Floats) -> Floats:
    """Return minutes of an earlier day's work that are left over once more: E(carry - spare)+.

    ``spare_min``: minutes that a day without them would have left idle, normal with ``spread_min`` around it
    (Lindley: what is left is the larger of the day's own rest and carry + work - idle minutes). Nothing
    where nothing is carried.
    """
    return np.maximum(_excess(carry_min - spare_min, spread_min) - _excess(-spare_min, spread_min), 0.0)


def _excess(mean: Floats, spread: Floats) -> Floats:
    at = mean / spread
    density = np.exp(-0.5 * at * at) * 0.3989422804014327
    return np.asarray(spread * (at * ndtr(at) + density))
