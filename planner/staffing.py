"""Forecast x formation → service, risk and needed heads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from forecasts.distribution import Floats
from forecasts.slots import Grid
from planner.call_service import CallService, call_service
from planner.desk import Target
from planner.formation import Formation, Pattern
from planner.queueing.choice import Method
from planner.queueing.formulas.heads import SlotLoad, equal_groups
from planner.queueing.line import Conventions
from planner.queueing.shop import Shop
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.simulation import Tally, simulated
from planner.workload import Workload

_RATE_GROUPS = 5
_PART_MONTH_DAYS = 10
_CONVENTIONS = Conventions()


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """What a formation delivers: expected values given each rate path, by day and slot.

    Shapes: P paths, D days, S slots (0:00 to 24:00). Calls = inquiries on measured immediate channels
    that arrive within reception hours.

    ``offered`` (P, D, S) calls by the slot in which they arrive; ``in_time`` of them answered within the
    target's limit; ``answered`` at all, those who hung up left out; ``wait_min`` total minutes waited (by
    those who hung up as well); ``busy_min`` minutes of staff spent on immediate work; ``staffed_min`` (D, S)
    minutes of staff at reception. The exact solution books hang-ups and minutes waited in the slot in which
    they happen, the simulation in that of the arrival: sums over days are the same.
    ``deferred`` (P, D) mail, forms and contacts from outside reception hours that fell due that day;
    ``same_day`` (P, D) of them done by closing; ``backlog`` (P, D) inquiries not done at closing;
    ``deferred_min`` (P, D) minutes of staff spent on them;
    ``overtime_min`` (P, D) minutes worked past the end of a duty. ``day_in_time`` (N, P, D): in-time
    share of single realised days, N replications, NaN without calls.
    ``method`` of the figures of calls; mail, which carries over from day to day, and single days are always
    simulated. ``standard_error``: of the simulated share of the period, that of calls in time, or, where
    these are exact, that of mail done the same day; 0 where nothing of it is known.
    """

    days: tuple[date, ...]
    grid: Grid
    offered: Floats
    answered: Floats
    in_time: Floats
    wait_min: Floats
    busy_min: Floats
    staffed_min: Floats
    deferred: Floats
    same_day: Floats
    backlog: Floats
    deferred_min: Floats
    overtime_min: Floats
    day_in_time: Floats
    method: Method
    standard_error: float


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What a day offers, and who (by grade) is at reception when."""

    formation: Formation
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Risk:
    """Share of rate paths whose expected service misses the target, in the worst measured window.

    ``any``: misses at least one of the three targets in a window.
    """

    any: float
    in_time: float
    answer_rate: float
    same_day: float


def service(
    work: Workload, day_plans: Sequence[DayPlan], target: Target, replications: int, seed: int
) -> Service:
    """Judge one plan a day: calls exactly where the chain is right, the rest by simulation.

    The same seed brings the same inquiries to every formation. Raises ValueError where the plans are not as
    many as the days.
    """
    if len(day_plans) != len(work.days):
        message = f"{len(day_plans)} plans for {len(work.days)} days: one a day is wanted"
        raise ValueError(message)
    shops = [shop_of(plan) for plan in day_plans]
    crews, arrivals = crew(shops, _CONVENTIONS), work.arrivals()
    method = work.method()
    found = simulated(
        arrivals, crews, target.within_min, replications, seed, interruptible=work.is_mail_interrupted
    )
    mean = found.mean
    calls: Tally | CallService = mean
    if method.is_exact:
        calls = call_service(arrivals, shops, target.within_min, method, _CONVENTIONS)
    return Service(
        days=work.days,
        grid=work.grid,
        offered=calls.offered,
        answered=calls.answered,
        in_time=calls.in_time,
        wait_min=calls.wait_min,
        busy_min=calls.busy_min,
        staffed_min=crews.staffed(work.grid.slot_min),
        deferred=mean.due,
        same_day=mean.same_day,
        backlog=mean.backlog,
        deferred_min=mean.deferred_min,
        overtime_min=calls.overtime_min,
        day_in_time=found.day_in_time,
        method=method,
        standard_error=float(
            np.nan_to_num(found.same_day_error if method.is_exact else found.standard_error)
        ),
    )


def needed_heads(work: Workload, days: Sequence[date], formation: Formation, target: Target) -> Floats:
    """Return the people that calls need by slot of a mean day (S,), by Erlang A; 0 outside reception.

    Enough to keep the target's in-time share and answer rate in every slot on its own.
    """
    needed = np.zeros(work.grid.slots)
    for s, (load, _) in _loads(work, days, formation).items():
        needed[s] = load.needed(target.within_min, target.within_share, target.answer_rate)
    return needed


def late_table(
    work: Workload, days: Sequence[date], formation: Formation, target: Target, max_heads: int
) -> Floats:
    """Return expected late calls by slot of a mean day and people at reception (S, max_heads + 1).

    Measured calls only, each slot on its own by Erlang A; 0 outside reception.
    """
    late = np.zeros((work.grid.slots, max_heads + 1))
    for s, (load, calls) in _loads(work, days, formation).items():
        late[s] = [calls * load.late_share(k, target.within_min) for k in range(max_heads + 1)]
    return late


def in_time_share(service: Service, days: Sequence[int] | None = None) -> Floats:
    """Return the share of calls answered within the limit, by path (P,); NaN without calls.

    ``days``: places in ``service.days``; None = all of them. So with the other shares.
    """
    return _share(_of(service.in_time, days), _of(service.offered, days))


def answer_rate(service: Service, days: Sequence[int] | None = None) -> Floats:
    """Return the share of calls answered at all, by path (P,)."""
    return _share(_of(service.answered, days), _of(service.offered, days))


def same_day_share(service: Service, days: Sequence[int] | None = None) -> Floats:
    """Return the share of mail, forms and contacts outside hours done on the day they fell due (P,)."""
    return _share(_of(service.same_day, days), _of(service.deferred, days))


def measured_windows(days: Sequence[date]) -> tuple[tuple[int, ...], ...]:
    """Return the places of the days of each calendar month; a part of under 10 days joins its neighbour."""
    months = [list(m) for _, m in groupby(range(len(days)), key=lambda d: (days[d].year, days[d].month))]
    windows: list[list[int]] = []
    for month in months:
        if windows and min(len(month), len(windows[-1])) < _PART_MONTH_DAYS:
            windows[-1] += month
        else:
            windows.append(month)
    return tuple(tuple(w) for w in windows)


def risk(service: Service, target: Target) -> Risk:
    """Return the chance to miss the targets in a measured window, the worst window of the period."""
    chances = []
    for window in measured_windows(service.days):
        misses = (
            in_time_share(service, window) < target.within_share,
            answer_rate(service, window) < target.answer_rate,
            same_day_share(service, window) < target.same_day_share,
        )
        chances.append([np.logical_or.reduce(misses).mean(), *(m.mean() for m in misses)])
    return Risk(*(float(c) for c in np.max(chances, axis=0)))


def day_miss(service: Service, target: Target, days: Sequence[int] | None = None) -> float:
    """Return the chance that a single realised day misses the in-time share; days without calls left out."""
    shares = service.day_in_time if days is None else service.day_in_time[:, :, list(days)]
    known = shares[~np.isnan(shares)]
    return float((known < target.within_share).mean()) if known.size else 0.0


def shop_of(plan: DayPlan) -> Shop:
    """Return a day's plan as plain stretches."""
    stretches = tuple(seat.at_reception for seat in plan.pattern.seats)
    return Shop(plan.formation.opens_min, plan.formation.closes_min, stretches)


def _loads(work: Workload, days: Sequence[date], formation: Formation) -> dict[int, tuple[SlotLoad, float]]:
    """Return the load of every slot within reception, and its measured calls on a mean day."""
    immediate = [k for k, c in enumerate(work.classes) if c.waiting == "immediate"]
    classes = [work.classes[k] for k in immediate]
    if not classes:
        return {}
    chosen = work.rates[:, [work.days.index(d) for d in days]][:, :, :, immediate]
    mean = chosen.mean(axis=(0, 1))
    rates = equal_groups(chosen.sum(axis=3).reshape(-1, work.grid.slots), _RATE_GROUPS) / work.grid.slot_min
    measured = mean @ np.array([float(c.is_measured) for c in classes])
    out = {}
    for s in range(work.grid.slots):
        if formation.opens_min <= work.grid.start_min(s) < formation.closes_min:
            weights = mean[s] if mean[s].any() else np.ones(len(classes))
            handling = np.average([c.handling_min for c in classes], weights=weights)
            # The rates of hanging up are averaged: who never hangs up counts as 0.
            leaving = np.average(
                [1.0 / c.patience_min if c.patience_min else 0.0 for c in classes], weights=weights
            )
            patience = 1.0 / float(leaving) if leaving else None
            load = SlotLoad(tuple(float(r) for r in rates[:, s]), float(handling), patience)
            out[s] = load, float(measured[s])
    return out


def _of(values: Floats, days: Sequence[int] | None) -> Floats:
    """Return sums by path (P,) over all days, or some of them, and their slots."""
    chosen = values if days is None else values[:, list(days)]
    return np.asarray(chosen.reshape(len(chosen), -1).sum(axis=1))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0))
