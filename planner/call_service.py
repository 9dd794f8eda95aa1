"""Calls of a period, exactly: rate paths read from tables of exact days, one for days that are alike."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.queueing.arrivals import Arrivals
from planner.queueing.choice import Method
from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.factors import DayTable, Solve, Volumes, day_tables
from planner.queueing.exact.mixed import Callers, Mixed, mixed
from planner.queueing.line import Conventions, Line
from planner.queueing.phases.two_phase import two_phase_days
from planner.queueing.shop import Shop
from planner.queueing.timeline import Timeline, timeline

# Days whose calls are spread alike but for this share of them are read from one table.
_ALIKE = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class CallService:
    """Expected values given each rate path, by path, day and slot (P, D, S); ``overtime_min`` (P, D).

    Of measured calls: ``offered``, ``in_time`` by the slot of arrival; ``answered``: offered minus those who
    hang up in the slot, ``wait_min`` waited in it. ``busy_min``: minutes of staff on all calls.
    """

    offered: Floats
    in_time: Floats
    answered: Floats
    wait_min: Floats
    busy_min: Floats
    overtime_min: Floats


def call_service(
    arrivals: Arrivals, shops: Sequence[Shop], limit_min: float, method: Method, conventions: Conventions
) -> CallService:
    """Return the service of one shop a day (D) to the immediate kinds of the arrivals.

    All days that are alike are solved, so that a day does not depend on what is planned for others.

    Raises ValueError where the shops are not as many as the days.
    """
    paths, days, slots, _ = arrivals.rates.shape
    if len(shops) != days:
        message = f"{len(shops)} plans for {days} days: one a day is wanted"
        raise ValueError(message)
    offered, in_time, answered, wait, busy = (np.zeros((paths, days, slots)) for _ in range(5))
    out = CallService(offered, in_time, answered, wait, busy, np.zeros((paths, days)))
    if not arrivals.kinds.is_immediate.any():
        return out
    calls = _Calls(arrivals)
    for shop in dict.fromkeys(shops):
        of_shop = np.flatnonzero([s == shop for s in shops])
        plan = timeline(shop, arrivals.slot_min)
        groups = calls.alike(plan)
        every = calls.within(plan, np.arange(days))
        line = mixed(calls.callers, plan, every.mean(axis=(0, 1)), conventions)
        solve = _solver(method, line.line, plan, limit_min, conventions)
        asked = [
            Volumes.of(every[:, alike].reshape(-1, every.shape[2]), plan.lengths_min) for alike in groups
        ]
        for alike, table in zip(groups, day_tables(asked, solve), strict=True):
            _write(out, calls, plan, np.intersect1d(alike, of_shop), line, table)
    return out


def _solver(method: Method, line: Line, plan: Timeline, limit_min: float, conventions: Conventions) -> Solve:
    if method.kind == "two_phase":
        return lambda rates: two_phase_days(line, method.handling_cv, plan, rates, (limit_min,), conventions)
    return lambda rates: exact_days(line, plan, rates, (limit_min,), conventions)


class _Calls:
    """Calls a minute of the immediate kinds: in total, and those that are measured, (P, D, S)."""

    def __init__(self, arrivals: Arrivals) -> None:
        kinds, self.slot_min = arrivals.kinds, arrivals.slot_min
        immediate = np.flatnonzero(kinds.is_immediate)
        measured = kinds.is_measured[immediate].astype(np.float64)
        rates = arrivals.rates[:, :, :, immediate] / arrivals.slot_min
        self.total: Floats = rates.sum(axis=3)
        self.measured: Floats = rates @ measured
        volume = rates.sum(axis=(0, 1, 2))
        share = volume / volume.sum() if volume.any() else np.full(immediate.size, 1.0 / immediate.size)
        self.callers = Callers(share, kinds.handling_min[immediate], kinds.patience_min[immediate], measured)

    def within(self, plan: Timeline, days: Wholes) -> Floats:
        """Return all calls a minute by path, day and segment of a plan (P, days, K)."""
        return np.asarray(self.total[:, days][:, :, list(plan.slots(self.slot_min))])

    def alike(self, plan: Timeline) -> list[Wholes]:
        """Part the days into groups in which calls are spread over the segments of a plan alike."""
        mean = self.within(plan, np.arange(self.total.shape[1])).mean(axis=0) * plan.lengths_min
        shapes = mean / np.maximum(mean.sum(axis=1, keepdims=True), 1e-300)
        groups: list[tuple[Floats, list[int]]] = []
        for day, shape in enumerate(shapes):
            near = next((g for first, g in groups if np.abs(first - shape).sum() / 2 <= _ALIKE), None)
            if near is None:
                groups.append((shape, [day]))
            else:
                near.append(day)
        return [np.array(g, dtype=np.int64) for _, g in groups]


def _write(
    out: CallService, calls: _Calls, plan: Timeline, days: Wholes, line: Mixed, table: DayTable
) -> None:
    """Write what the path-days of some days read."""
    slots = np.array(plan.slots(calls.slot_min))
    volume = calls.within(plan, days) @ plan.lengths_min
    found = table.read(volume.ravel())
    offered = calls.measured[:, days][:, :, slots] * plan.lengths_min
    into_slots = (slots[:, None] == np.arange(out.offered.shape[2])).astype(np.float64)

    def by_slot(values: Floats) -> Floats:
        """Sum the segments of a slot: (P, days, S)."""
        return np.asarray(values.reshape(*volume.shape, slots.size) @ into_slots)

    out.offered[:, days] = by_slot(offered)
    out.in_time[:, days] = by_slot(offered * (1.0 - found.late_share.reshape(offered.shape)))
    lost = (found.lost * line.loss_share).reshape(offered.shape)
    # The line of several patiences is a mean one: nobody there for hours, and it would lose more than came.
    most = np.divide(
        offered.sum(axis=2), lost.sum(axis=2), out=np.ones(volume.shape), where=lost.sum(axis=2) > 0
    )
    out.answered[:, days] = by_slot(offered) - by_slot(lost * np.minimum(most, 1.0)[..., None])
    out.wait_min[:, days] = by_slot(found.wait_min * line.wait_share)
    out.busy_min[:, days] = by_slot(found.busy_min)
    out.overtime_min[:, days] = found.overtime_min.reshape(volume.shape)
