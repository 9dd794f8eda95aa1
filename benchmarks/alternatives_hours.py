"""How many person-hours hold a target, beside covers of what each slot asks for by Erlang C?

24 cases: 50, 90 and 150 calls a day (profile of ``transient_reference_90calls.csv``), within 20 or 60 s, 80
or 90 %, of the day or of every hour; handling 9 min, patience 5 min; 71 duties (``shift_types.csv``).
Every method's heads are covered by the same CP-SAT; what a plan delivers is simulated, people as planned.

``hours_vs_erlang_c``: ours over Erlang C's at the asked target, mean of the cases. ``equal_service_….ratio``:
ours over those of Erlang C, Erlang A and modified offered load (Erlang A at the offered load) when each is
asked for whatever share makes its cover deliver the target at the fewest hours; mean and largest over cases
and methods, ``…best`` over the best method of each case. ``delivered_points``: least share of a span as
simulated minus the target, in points: below -0.1 a case has failed. ``promised_vs_simulated_points_max``:
largest difference of a span's share as promised and as simulated.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from itertools import product
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.forecast_sim import mapped
from benchmarks.staffing_day import reference
from benchmarks.staffing_desks import Desk
from benchmarks.staffing_lanes import Days, summed
from forecasts.distribution import Floats
from forecasts.slots import DAY_MIN
from planner.alternatives.cover import Cover, DutyType, Frame
from planner.alternatives.least_hours import Asked, Span, late_by_span, least_hours
from planner.queueing.formulas.offered_load import offered_load
from planner.queueing.formulas.required import required_heads_a, required_heads_c
from planner.queueing.line import Line
from planner.queueing.timeline import timeline
from planner.queueing.what_if.operators import Scenarios

TYPES = Path(__file__).with_name("shift_types.csv")
_SLOTS, _SLOT_MIN = 48, 15
_LINE = Line(9.0, 5.0)
_MOST = {50: 6, 90: 8, 150: 10}
_SHARES = np.arange(0.05, 0.995, 0.005)
_EFFORT, _DAYS, _SHORT_DAYS = 2.0, 400_000, 2_000
_OVERSHOOT = 4  # people that duties bring along where nobody asked for them
_SEED = 20261124

Case = tuple[int, float, float, str]
"""Calls, seconds, share, day or hour."""
CASES: tuple[Case, ...] = tuple(product((50, 90, 150), (20.0, 60.0), (0.8, 0.9), ("day", "hour")))
Required = Callable[[Asked, float], tuple[int, ...]]


def figures(run: Run) -> Mapping[str, float]:
    """Measure all cases, two at a time."""
    cases, processes = run.of((CASES, 2), (CASES[:1], 1))
    rows = mapped(partial(_measured, run=run), cases, processes)
    out = {f"{_name(case)}.{key}": v for case, row in zip(cases, rows, strict=True) for key, v in row.items()}
    ratios = [row[f"equal_{method}"] for row in rows for method in METHODS if f"equal_{method}" in row]
    best = [max(row[f"equal_{method}"] for method in METHODS if f"equal_{method}" in row) for row in rows]
    return out | {
        "hours_vs_erlang_c": mean(row["vs_erlang_c"] for row in rows),
        "hours_at_equal_service_mean": mean(ratios),
        "hours_at_equal_service_max": max(ratios),
        "hours_at_equal_service_best_mean": mean(best),
        "cases_failed": float(sum(row["delivered_points"] < -0.1 for row in rows)),
        "promised_vs_simulated_points_max": max(row["promised_points"] for row in rows),
    }


def asked(case: Case) -> Asked:
    """Return a case as the optimiser is asked it; the day begins at midnight."""
    calls, seconds, share, by = case
    rate = reference(calls).rate[:_SLOTS] / _SLOT_MIN
    ends = range(4, _SLOTS + 1, 4) if by == "hour" else (_SLOTS,)
    spans = tuple(Span(end - (4 if by == "hour" else _SLOTS), end, 1.0 - share) for end in ends)
    frame = Frame(0, _SLOTS * _SLOT_MIN, _SLOT_MIN, duties(), (), _MOST[calls])
    return Asked(frame, _LINE, Scenarios(rate[None], np.ones(1)), seconds / 60, spans, _SEED)


@lru_cache
def duties() -> tuple[DutyType, ...]:
    """Read the types of duties."""
    with TYPES.open(encoding="utf-8", newline="") as file:
        return tuple(_duty(row) for row in csv.DictReader(file))


def _duty(row: Mapping[str, str]) -> DutyType:
    start, end = int(row["start_min"]), int(row["end_min"])
    if not row["break_start_min"]:
        return DutyType(row["code"], ((start, end),), end - start)
    pause, back = int(row["break_start_min"]), int(row["break_end_min"])
    return DutyType(row["code"], ((start, pause), (back, end)), end - start - (back - pause))


def _by_slot(of: Asked, heads: Callable[[float], int]) -> tuple[int, ...]:
    return tuple(max(1, heads(float(rate))) for rate in of.demand.calls_per_min[0])


def _erlang_c(of: Asked, share: float) -> tuple[int, ...]:
    return _by_slot(of, lambda rate: required_heads_c(rate, _LINE.handling_min, of.limit_min, share))


def _heads_a(of: Asked, rate: float, share: float) -> int:
    return required_heads_a(rate, _LINE.handling_min, _LINE.patience_min, of.limit_min, share)


def _erlang_a(of: Asked, share: float) -> tuple[int, ...]:
    return _by_slot(of, lambda rate: _heads_a(of, rate, share))


def _modified_offered_load(of: Asked, share: float) -> tuple[int, ...]:
    lengths = np.full(_SLOTS, float(_SLOT_MIN))
    load = offered_load(of.demand.calls_per_min[0], lengths, _LINE.handling_min)
    return tuple(max(1, _heads_a(of, float(x) / _LINE.handling_min, share)) for x in load)


METHODS: Mapping[str, Required] = {
    "erlang_c": _erlang_c,
    "erlang_a": _erlang_a,
    "offered_load": _modified_offered_load,
}


def _measured(case: Case, run: Run) -> Mapping[str, float]:
    of = asked(case)
    ours = least_hours(of)
    plain = covered(of, _erlang_c(of, case[2]))
    simulated = _delivered(of, ours.counts, run.of(_DAYS, _SHORT_DAYS))
    promised = 1.0 - ours.late / _calls(of)
    out = {
        "hours": ours.minutes / 60,
        "erlang_c_hours": float("nan") if plain is None else of.frame.minutes(plain) / 60,
        "vs_erlang_c": float("nan") if plain is None else ours.minutes / of.frame.minutes(plain),
        "evaluated": float(ours.evaluated),
        "promised_points": 100 * float(np.abs(promised - simulated).max()),
        "delivered_points": 100 * float((simulated - case[2]).min()),
    }
    for name, required in METHODS.items():
        if (minutes := _tuned(of, required, run.of(_SHARES, _SHARES[::40]))) is not None:
            out |= {f"hours_{name}": minutes / 60, f"equal_{name}": ours.minutes / minutes}
    return out


def covered(of: Asked, heads: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the cheapest duties that cover so many people by slot; None: the duties cannot."""
    most = max(of.frame.most_heads, *heads) + _OVERSHOOT
    frame = replace(of.frame, most_heads=most)
    cover = Cover(frame, of.seed)
    cover.need(heads)
    return cover.least_minutes(_EFFORT)


def _tuned(of: Asked, required: Required, shares: Floats) -> int | None:
    """Return the fewest minutes of the covers, for any share asked for, that hold the target."""
    wanted = dict.fromkeys(required(of, float(share)) for share in shares)
    plans = [plan for heads in wanted if (plan := covered(of, heads)) is not None]
    for plan in sorted(plans, key=of.frame.minutes):
        late = late_by_span(of, timeline(of.frame.shop(plan), _SLOT_MIN))
        if (late <= of.most_late + 1e-9).all():
            return of.frame.minutes(plan)
    return None


def _delivered(of: Asked, counts: tuple[int, ...], days: int) -> Floats:
    """Return the share answered in time by span, simulated."""
    rate = np.zeros(DAY_MIN // _SLOT_MIN)
    rate[:_SLOTS] = of.demand.calls_per_min[0] * _SLOT_MIN
    groups = np.zeros((len(of.spans), rate.size))
    for group, span in zip(groups, of.spans, strict=True):
        group[span.first : span.end] = 1.0
    desk = Desk(of.frame.shop(counts), _LINE, rate, of.limit_min)
    return np.asarray(1.0 - summed(desk, groups, Days(days, _SEED)).late_share)


def _calls(of: Asked) -> Floats:
    return np.asarray(of.most_late / np.array([span.late_share for span in of.spans]))


def _name(case: Case) -> str:
    calls, seconds, share, by = case
    return f"{calls}_calls_{seconds:.0f}_s_{100 * share:.0f}_percent_{by}"
