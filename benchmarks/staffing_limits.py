"""What a day solved exactly leaves out, against the lane simulator that knows it. Figures in points.

``cv_*``: handling times are lognormal with this coefficient of variation; the day's in-time share by the
chain (``chain``) and by two phases (``two_phase``) minus the simulated one. ``visitors_*``: this percentage
of the calls never hangs up; with the line's own rate of hanging up (``line``, what is used) and with that of
the calls (``calls``). ``mail``: simulated in-time share lost where nobody puts mail down for a call.
``standard_error`` of the simulated share.
"""

from collections.abc import Mapping

import numpy as np

from benchmarks.benchmark import Run
from forecasts.distribution import Floats
from forecasts.slots import DAY_MIN
from planner.queueing.arrivals import Arrivals, Kinds, Law
from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.mixed import Callers, mixed
from planner.queueing.line import Conventions, Line
from planner.queueing.phases.two_phase import two_phase_days
from planner.queueing.shop import Shop
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.estimates import Estimates, estimates
from planner.queueing.simulated.simulation import simulated
from planner.queueing.timeline import timeline

# Two early and two late duties, breaks in turn and an hour or two of operations work each.
_SHOP = Shop(
    510,
    1095,
    (
        ((510, 690), (750, 900), (960, 1050)),
        ((510, 720), (780, 990)),
        ((555, 630), (690, 750), (810, 1095)),
        ((555, 600), (660, 780), (840, 1095)),
    ),
)
_SLOT_MIN, _WITHIN_MIN, _PATIENCE_MIN = 15, 1.0, 5.0
_CVS = (0.5, 0.7, 0.9, 1.0, 1.2, 1.5, 2.0)
_SPREAD_CALLS, _SPREAD_HANDLING_MIN = 90.0, 9.0
_VISITORS = (0.09, 0.2, 0.35)
_MIXED_CALLS, _MIXED_HANDLING_MIN = 70.0, 18.0
_MAIL_CALLS, _MAILS, _MAIL_HANDLING_MIN = 35.0, 20.0, 16.0
_DAYS, _MAIL_PATHS, _MAIL_DAYS = 40_000, 200, 20
_SEED = 20261206


def figures(run: Run) -> Mapping[str, float]:
    """Measure each of them."""
    days = run.of(_DAYS, 200)
    out: dict[str, float] = {}
    for cv in run.of(_CVS, (0.7,)):
        out |= {f"cv_{round(100 * cv):03}.{k}": v for k, v in spread(cv, days).items()}
    for share in run.of(_VISITORS, (0.09,)):
        out |= {f"visitors_{round(100 * share):02}.{k}": v for k, v in mixed_patience(share, days).items()}
    return out | {f"mail.{k}": v for k, v in _mail(*run.of((_MAIL_PATHS, _MAIL_DAYS), (5, 2))).items()}


def spread(cv: float, days: int) -> Mapping[str, float]:
    """Measure handling times of this coefficient of variation on so many simulated days."""
    plan = timeline(_SHOP, _SLOT_MIN)
    line, rates = Line(_SPREAD_HANDLING_MIN, _PATIENCE_MIN), _per_min(_SPREAD_CALLS)
    kinds = _kinds(_SPREAD_HANDLING_MIN, (_PATIENCE_MIN,), "lognormal", cv)
    found = _simulated(_arrivals(np.array([_SPREAD_CALLS]), kinds), days)
    share = found.day_share[0]
    return {
        "chain": 100 * float(exact_days(line, plan, rates, (_WITHIN_MIN,)).in_time()[0, 0] - share),
        "two_phase": 100
        * float(two_phase_days(line, cv, plan, rates, (_WITHIN_MIN,)).in_time()[0, 0] - share),
        "standard_error": 100 * float(found.day_error[0]),
    }


def mixed_patience(share: float, days: int) -> Mapping[str, float]:
    """Measure a line in which this share of the calls never hangs up."""
    plan, rates = timeline(_SHOP, _SLOT_MIN), _per_min(_MIXED_CALLS)
    shares = np.array([1.0 - share, share])
    kinds = _kinds(_MIXED_HANDLING_MIN, (_PATIENCE_MIN, np.inf), "exponential", 1.0)
    found = _simulated(_arrivals(_MIXED_CALLS * shares, kinds), days)
    callers = Callers(shares, kinds.handling_min, kinds.patience_min, np.array([1.0, 0.0]))
    lines = {
        "line": mixed(callers, plan, rates[0], Conventions()).line,
        "calls": Line(_MIXED_HANDLING_MIN, _PATIENCE_MIN / (1.0 - share), _PATIENCE_MIN),
    }
    told = {
        name: 100 * float(exact_days(line, plan, rates, (_WITHIN_MIN,)).in_time()[0, 0] - found.day_share[0])
        for name, line in lines.items()
    }
    return {**told, "standard_error": 100 * float(found.day_error[0])}


def _mail(paths: int, days: int) -> Mapping[str, float]:
    handling = np.array([_MIXED_HANDLING_MIN, _MAIL_HANDLING_MIN])
    is_call = np.array([True, False])
    kinds = Kinds(handling, np.full(2, 0.9), np.array([_PATIENCE_MIN, np.inf]), is_call, is_call)
    rates = np.tile(_day(np.array([_MAIL_CALLS, _MAILS])), (paths, days, 1, 1))
    arrivals = Arrivals(rates, _SLOT_MIN, kinds)
    found = [
        simulated(arrivals, crew([_SHOP] * days), _WITHIN_MIN, 2, _SEED, interruptible=rule)
        for rule in (True, False)
    ]
    put_down, finished = (100 * float(f.mean.in_time.sum() / f.mean.offered.sum()) for f in found)
    return {"put_down": put_down, "finished_first": finished, "lost": put_down - finished}


def _simulated(arrivals: Arrivals, days: int) -> Estimates:
    return estimates(arrivals, crew([_SHOP]), _WITHIN_MIN, days, _SEED)


def _kinds(handling_min: float, patience_min: tuple[float, ...], law: Law, cv: float) -> Kinds:
    """Return kinds of which the first is measured."""
    size = len(patience_min)
    return Kinds(
        np.full(size, handling_min),
        np.full(size, cv),
        np.array(patience_min),
        np.full(size, fill_value=True),
        np.arange(size) == 0,
        law=law,
    )


def _arrivals(calls: Floats, kinds: Kinds) -> Arrivals:
    return Arrivals(_day(calls)[None, None], _SLOT_MIN, kinds)


def _day(calls: Floats) -> Floats:
    """Spread calls of a day (K,) over its slots (S, K): a hill at ten and a lower one at two."""
    start = np.arange(0, DAY_MIN, _SLOT_MIN)
    hills = 1.0 + np.exp(-(((start - 600) / 60) ** 2)) + 0.6 * np.exp(-(((start - 840) / 90) ** 2))
    shape = np.where((start >= _SHOP.opens_min) & (start < _SHOP.closes_min), hills, 0.0)
    return np.asarray(shape[:, None] / shape.sum() * calls)


def _per_min(calls: float) -> Floats:
    """Return the rates by segment of the plan (1, K)."""
    slots = list(timeline(_SHOP, _SLOT_MIN).slots(_SLOT_MIN))
    return np.asarray(_day(np.array([calls]))[slots, 0][None] / _SLOT_MIN)
