"""The service of a day by its people: exact tables over the day's volume, from which path-days are read.

Calls: exact solutions at a few volumes, monotone cubics between them (``queueing.exact.factors``); where no
chain is right for the desk, drawn days instead. Work due the same day: drawn days (``due_work``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.interpolate import PchipInterpolator

from forecasts.distribution import Floats
from forecasts.slots import Grid
from planner.capacity.demand import DayClass, Demand
from planner.capacity.due_work import DueTable, due_tables
from planner.desk import Desk
from planner.formation import Pattern
from planner.queueing.arrivals import Kinds
from planner.queueing.choice import Method, method_for_calls
from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.factors import DayTable, Solve, Volumes, day_tables
from planner.queueing.exact.mixed import Callers, Mixed, mixed
from planner.queueing.line import Conventions
from planner.queueing.phases.two_phase import two_phase_days
from planner.queueing.shop import Shop
from planner.queueing.timeline import Timeline, timeline

_CONVENTIONS = Conventions()


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most calls of a day that tables are asked for."""

    low: float
    high: float

    @classmethod
    def of(cls, demands: Sequence[Demand]) -> "Bounds":
        """Return the bounds of several demands together."""
        return cls(
            min(float(d.calls.min()) for d in demands),
            max(float(d.calls.max()) for d in demands),
        )


@dataclass(frozen=True, slots=True, eq=False)
class ClassTable:
    """Days of one class served by one crew, by the day's calls ``volumes`` (F,), increasing.

    ``late``, ``lost`` (F,): shares of measured calls not answered in time, and never. ``free_min`` (F,):
    minutes that calls leave idle to the closing. ``due``: what is left of the work due.
    """

    volumes: Floats
    late: Floats
    lost: Floats
    free_min: Floats
    due: DueTable


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """What a crew delivers on each path-day (P, D), expected: calls in time and answered, of those measured.

    ``left_min``: minutes of work left at closing where the morning began with none; ``spare_min``: minutes
    that this leaves idle, ``spread_min`` their standard deviation from day to day.
    """

    in_time: Floats
    answered: Floats
    left_min: Floats
    spare_min: Floats
    spread_min: Floats


def method_of(desk: Desk, demand: Demand, people: int) -> Method:
    """Return how calls are judged elsewhere; here a chain answers even where that says ``simulation``."""
    volume = np.zeros(len(demand.kinds))
    immediate = [n for n, k in enumerate(demand.kinds) if k.waiting == "immediate"]
    for number, day_class in enumerate(demand.classes):
        volume[immediate] += day_class.mix * float(demand.calls[:, demand.of_class == number].mean())
    volume[[n for n in range(volume.size) if n not in immediate]] = float(demand.due.mean())
    return method_for_calls(_kinds(demand), volume, people, interruptible=desk.is_mail_interrupted)


def _kinds(demand: Demand) -> Kinds:
    kinds = demand.kinds
    return Kinds(
        handling_min=np.array([k.handling_min for k in kinds]),
        handling_cv=np.array([k.handling_cv for k in kinds]),
        patience_min=np.array([inf if k.patience_min is None else k.patience_min for k in kinds]),
        is_immediate=np.array([k.waiting == "immediate" for k in kinds]),
        is_measured=np.array([k.is_measured for k in kinds]),
    )


def class_tables(
    desk: Desk, pattern: Pattern, demand: Demand, asked: Sequence[Demand], seed: int
) -> tuple[ClassTable, ...]:
    """Solve one crew's day for every class of days; ``asked``: all demands that will be read."""
    shop = Shop(
        desk.reception.opens_min,
        desk.reception.closes_min,
        tuple(seat.at_reception for seat in pattern.seats),
    )
    plan = timeline(shop, desk.grid.slot_min)
    day, bounds = _Day(plan, desk.grid, pattern.heads(desk.grid)), Bounds.of(asked)
    method = method_of(desk, demand, len(pattern.seats))
    due = due_tables(desk, shop, demand, asked, seed)
    found: list[ClassTable] = []
    for day_class, left in zip(demand.classes, due, strict=True):
        line = day.line(day_class, demand, bounds)
        solve = _solver(method, line, plan, desk.target.within_min)
        (table,) = day_tables([day.volumes(day_class, bounds)], solve)
        found.append(day.table(day_class, line, table, left, demand))
    return tuple(found)


def _solver(method: Method, line: Mixed, plan: Timeline, limit_min: float) -> Solve:
    if method.kind == "two_phase":
        return lambda rates: two_phase_days(
            line.line, method.handling_cv, plan, rates, (limit_min,), _CONVENTIONS
        )
    return lambda rates: exact_days(line.line, plan, rates, (limit_min,), _CONVENTIONS)


class _Day:
    """One crew's day: how slots and the segments of its plan belong together."""

    def __init__(self, plan: Timeline, grid: Grid, heads: Floats) -> None:
        self._slots = np.array(plan.slots(grid.slot_min))
        self._lengths = plan.lengths_min
        self._open_min = np.bincount(self._slots, self._lengths, grid.slots)
        self._plan = plan
        self._staffed = heads * self._open_min
        self._is_open = self._open_min > 0

    def line(self, day_class: DayClass, demand: Demand, bounds: Bounds) -> Mixed:
        """Return the line that callers of a class form on a day in the middle of the bounds."""
        immediate = [k for k in demand.kinds if k.waiting == "immediate"]
        callers = Callers(
            day_class.mix,
            np.array([k.handling_min for k in immediate]),
            np.array([inf if k.patience_min is None else k.patience_min for k in immediate]),
            np.array([float(k.is_measured) for k in immediate]),
        )
        middle = (bounds.low + bounds.high) / 2
        return mixed(callers, self._plan, middle * self._a_minute(day_class.calls), _CONVENTIONS)

    def volumes(self, day_class: DayClass, bounds: Bounds) -> Volumes:
        """Return what a class's table is asked for."""
        strayed = Volumes.of(self._a_minute(day_class.straying), self._lengths).straying
        ends = np.array([bounds.low, bounds.high])
        return Volumes(ends, self._a_minute(day_class.calls), strayed)

    def table(
        self, day_class: DayClass, line: Mixed, table: DayTable, due: DueTable, demand: Demand
    ) -> ClassTable:
        """Sum a table of segments to what a plan of months asks of a day."""
        volumes = table.factors
        read = table.read(volumes)
        weights = self._a_minute(day_class.measured) * self._lengths
        immediate = [k for k in demand.kinds if k.waiting == "immediate"]
        counted = np.array([k.is_measured for k in immediate])
        share = float(day_class.mix[counted].sum()) if counted.any() else 1.0
        loss_share = line.loss_share if counted.any() else 1.0
        came = volumes * share
        lost = np.divide(read.lost.sum(axis=1) * loss_share, came, out=np.zeros_like(came), where=came > 0)
        busy = np.stack([np.bincount(self._slots, row, self._staffed.size) for row in read.busy_min])
        free = np.maximum(self._staffed - busy, 0.0)
        return ClassTable(
            volumes=volumes,
            late=np.clip(read.late_share @ weights, 0.0, 1.0),
            lost=np.clip(lost, 0.0, 1.0),
            free_min=free[:, self._is_open].sum(axis=1),
            due=due,
        )

    def _a_minute(self, by_slot: Floats) -> Floats:
        """Turn calls by slot (…, S) into calls a minute by segment (…, K)."""
        rate = np.divide(by_slot, self._open_min, out=np.zeros_like(by_slot), where=self._is_open)
        return np.asarray(rate[..., self._slots])


def served(tables: Sequence[ClassTable], demand: Demand, *, is_exact: bool = True) -> Served:
    """Read every path-day of a demand from a crew's tables; calls of drawn days where not ``is_exact``."""
    late, lost, free, left = (np.zeros(demand.calls.shape) for _ in range(4))
    for number, table in enumerate(tables):
        days = demand.of_class == number
        calls = demand.calls[:, days]
        left[:, days], late[:, days], lost[:, days] = table.due.read(calls, demand.due_min[:, days])
        exact_late, exact_lost, free[:, days] = _read(table, calls)
        if is_exact:
            late[:, days], lost[:, days] = exact_late, exact_lost
    measured, left_min = demand.measured, left * demand.due_min
    return Served(
        in_time=measured * (1.0 - late),
        answered=measured * (1.0 - lost),
        left_min=left_min,
        spare_min=np.maximum(left_min + free - demand.due_min, 0.0),
        spread_min=_spread_min(demand),
    )


def _read(table: ClassTable, calls: Floats) -> Floats:
    """Return late and lost shares and free minutes at some volumes (3, …)."""
    columns = np.stack((table.late, table.lost, table.free_min), axis=1)
    if table.volumes.size == 1:
        return np.asarray(np.broadcast_to(columns[0][:, None, None], (3, *calls.shape)))
    inside = np.clip(calls, table.volumes[0], table.volumes[-1])
    found = PchipInterpolator(table.volumes, columns, axis=0)(inside)
    return np.asarray(np.moveaxis(found, 2, 0))


def _spread_min(demand: Demand) -> Floats:
    """Return the standard deviation of a day's minutes of work (P, D): those of Poisson many pieces."""
    immediate = [k for k in demand.kinds if k.waiting == "immediate"]
    squares = np.array([k.handling_min**2 * (1.0 + k.handling_cv**2) for k in immediate])
    variance = demand.due * demand.each_due_min**2 * 2.0
    for number, day_class in enumerate(demand.classes):
        days = demand.of_class == number
        variance[:, days] += demand.calls[:, days] * float(day_class.mix @ squares)
    return np.sqrt(np.maximum(variance, 1.0))
