"""What a judged plan delivers: service of paths → expected values with intervals, risk and worst hour."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from forecasts.distribution import Floats
from planner.alternatives.alternative import Interval, Outcome
from planner.desk import Target
from planner.staffing import Service, answer_rate, day_miss, in_time_share, risk, same_day_share

LOW, HIGH = 0.1, 0.9  # 80 % interval over the rate paths


def outcome(service: Service, target: Target, window: Sequence[date]) -> Outcome:
    """Return the outcome of a plan; ``window``: the days of the change among the service's days.

    Shares without inquiries are 1: nobody was kept waiting.
    """
    inside = [service.days.index(d) for d in window]
    chance = risk(service, target)
    hour, worst = _worst_hour(service, inside)
    calls = service.offered[:, inside].sum(axis=(1, 2))
    return Outcome(
        in_time=_interval(in_time_share(service)),
        answer_rate=_interval(answer_rate(service)),
        same_day=_interval(same_day_share(service)),
        window_in_time=_interval(in_time_share(service, inside)),
        worst_hour=worst,
        worst_hour_min=hour * 60,
        risk=chance.any,
        risk_in_time=chance.in_time,
        risk_answer_rate=chance.answer_rate,
        risk_same_day=chance.same_day,
        day_miss=day_miss(service, target, inside),
        backlog=_interval(service.backlog[:, inside].mean(axis=1)),
        wait_min=_interval(service.wait_min[:, inside].sum(axis=(1, 2)) / np.maximum(calls, 1e-9)),
        occupancy=_occupancy(service, inside),
        overtime_h=float(service.overtime_min.sum(axis=1).mean() / 60),
        standard_error=float(np.nan_to_num(service.standard_error)),
    )


def slot_in_time(service: Service, window: Sequence[date]) -> tuple[float | None, ...]:
    """Return the expected in-time share by slot over the window; None without calls."""
    inside = [service.days.index(d) for d in window]
    offered = service.offered[:, inside].sum(axis=(0, 1))
    in_time = service.in_time[:, inside].sum(axis=(0, 1))
    return tuple(float(a / b) if b > 0 else None for a, b in zip(in_time, offered, strict=True))


def least_hour(service: Service, window: Sequence[date]) -> float:
    """Return the expected in-time share of the worst clock hour of the window."""
    return _worst_hour(service, [service.days.index(d) for d in window])[1].mean


def _occupancy(service: Service, inside: Sequence[int]) -> float:
    """Return minutes spent on inquiries of any kind over minutes at reception, overtime among both."""
    spent = service.busy_min[:, inside].sum() + service.deferred_min[:, inside].sum()
    there = service.staffed_min[inside].sum() * len(service.busy_min) + service.overtime_min[:, inside].sum()
    return float(spent / max(there, 1e-9))


def _worst_hour(service: Service, inside: Sequence[int]) -> tuple[int, Interval]:
    """Return the clock hour with the least expected in-time share, of those with a call on a mean day.

    A quarter of an hour before closing with a call or two a week tells nothing, and its interval is the noise
    of the simulation. Where no hour has a call a day, hours of at least the mean number of calls are enough.
    """
    hours = 24
    offered = service.offered[:, inside].sum(axis=1).reshape(len(service.offered), hours, -1).sum(axis=2)
    in_time = service.in_time[:, inside].sum(axis=1).reshape(len(service.offered), hours, -1).sum(axis=2)
    calls = offered.sum(axis=0)
    enough = min(float(len(offered) * len(inside)), calls.sum() / max(np.count_nonzero(calls), 1))
    share = np.divide(in_time.sum(axis=0), calls, out=np.ones(hours), where=calls >= max(enough, 1e-9))
    worst = int(np.argmin(share))
    has_calls = offered[:, worst] > 0
    by_path = np.divide(in_time[:, worst], offered[:, worst], out=np.ones(len(offered)), where=has_calls)
    return worst, _interval(by_path)


def _interval(by_path: Floats) -> Interval:
    known = np.where(np.isnan(by_path), 1.0, by_path)
    low, high = np.quantile(known, (LOW, HIGH))
    return Interval(float(known.mean()), float(low), float(high))
