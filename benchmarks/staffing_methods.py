"""What each method says of desks with 50, 90 and 150 calls, and how far that is from what happens.

What happens: the lane simulator (leavers are any of those present), until its standard error is at most 0.1
point of the day and 0.3 of a slot of a call or more; slots of less are taken together with the next.
``day_points``, ``worst_slot_points``: share answered within a minute, as told minus as simulated;
``standard_error``: of the day's; ``no_answer_share``: slots in which the load is no less than the people,
where Erlang C has no answer and counts as nobody answered in time. ``offered_load_erlang_a``: Erlang A at
the load of infinitely many people, which trails the calls (Jennings, Mandelbaum, Massey and Whitt, "Server
staffing to meet time-varying demand", 1996). ``ciw``: a schedule with dates where the number changes;
``ciw_every_slot``: at every slot.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.forecast_sim import mapped
from benchmarks.staffing_day import reference
from benchmarks.staffing_desks import Desk
from benchmarks.staffing_exact import exact_late
from benchmarks.staffing_lanes import Days, all_day, enough_days, grouped, summed
from forecasts.distribution import Floats
from planner.queueing.formulas.erlang import erlang_a_waiting, erlang_c_waiting
from planner.queueing.formulas.offered_load import offered_load

CALLS = (50, 90, 150)
_PEER_DAYS, _SHORT_DAYS, _LEAST_CALLS, _PROCESSES = 500, 20, 1.0, 2
_SEED = 20261207

InTime = Callable[[float, int], float]
"""(calls a minute, people) → share answered in time; NaN: no answer."""


def figures(run: Run) -> Mapping[str, float]:
    """Ask every method about every desk."""
    desks, processes = run.of((CALLS, _PROCESSES), (CALLS[:1], 1))
    parts = mapped(partial(_told_of, run=run), desks, processes)
    return {name: figure for part in parts for name, figure in part.items()}


def _told_of(calls: int, run: Run) -> Mapping[str, float]:
    of = reference(calls)
    groups = grouped(of, lambda first, end: of.rate[first:end].sum() >= _LEAST_CALLS)
    groups = np.vstack([groups, all_day(of)])
    days = _SHORT_DAYS if run.is_short else enough_days(of, groups, _SEED, has_any_leaver=True)
    true = 1.0 - summed(of, groups, Days(days, _SEED + 1, has_any_leaver=True)).late_share
    out: dict[str, float] = {}
    for method, told, error in _told(of, groups, run):
        apart = 100 * (told - true)
        row = f"calls_{calls}.{method}"
        out[f"{row}.day_points"] = float(apart[-1])
        out[f"{row}.worst_slot_points"] = float(apart[:-1][np.abs(apart[:-1]).argmax()])
        out[f"{row}.standard_error"] = 100 * error
        out[f"{row}.no_answer_share"] = _unanswered(of) if "erlang_c" in method else 0.0
    return out


def _told(of: Desk, groups: Floats, run: Run) -> Iterator[tuple[str, Floats, float]]:
    """Yield what each method says of the groups of slots, and its own standard error of the day."""
    calls = groups @ of.rate
    late, _ = exact_late(of, "any")
    yield "planner", 1.0 - groups @ late / calls, 0.0
    for method, in_time in steady(of, run.peers).items():
        rate = trailing(of) if method.startswith("offered_load") else of.calls_per_min[0]
        yield method, groups @ quick_calls(of, rate, in_time) / calls, 0.0
    if "ciw" in run.peers:
        from benchmarks.peers.ciw_desk import served

        days = run.of(_PEER_DAYS, _SHORT_DAYS)
        for method, has_every_date in {"ciw": False, "ciw_every_slot": True}.items():
            came, missed = (groups @ x.T for x in served(of, days, _SEED, has_every_date=has_every_date))
            share = missed.sum(axis=1) / came.sum(axis=1)
            error = np.sqrt(np.square(missed[-1] - share[-1] * came[-1]).sum()) / came[-1].sum()
            yield method, 1.0 - share, float(error)


def steady(of: Desk, peers: frozenset[str]) -> Mapping[str, InTime]:
    """Return the methods that take each slot as if it lasted for ever."""
    handling, patience, limit = of.line.handling_min, of.line.patience_min, of.limit_min

    def erlang_a(rate: float, people: int) -> float:
        return erlang_a_waiting(rate, handling, patience, people, limit).in_time

    def erlang_c(rate: float, people: int) -> float:
        return erlang_c_waiting(rate, handling, people, limit).in_time

    ours = {"erlang_c": erlang_c, "erlang_a": erlang_a, "offered_load_erlang_a": erlang_a}
    if "pyworkforce" not in peers:
        return ours
    from benchmarks.peers.pyworkforce_heads import erlang_a_in_time, erlang_c_in_time

    return ours | {
        "pyworkforce_erlang_c": lambda rate, people: erlang_c_in_time(rate, handling, people, limit),
        "pyworkforce_erlang_a": lambda rate, people: erlang_a_in_time(
            rate, handling, patience, people, limit
        ),
    }


def quick_calls(of: Desk, rate: Floats, in_time: InTime) -> Floats:
    """Return calls answered in time by slot of the day (S,), for rates by segment (K,); no answer: none."""
    day = of.timeline
    shares = [np.nan_to_num(in_time(float(r), heads)) for r, heads in zip(rate, day.heads, strict=True)]
    calls = of.calls_per_min[0] * day.lengths_min * shares
    return np.bincount(day.slots(of.slot_min), calls, minlength=of.rate.size).astype(np.float64)


def _unanswered(of: Desk) -> float:
    """Return the share of slots whose load is no less than the people."""
    day = of.timeline
    loads = of.calls_per_min[0] * of.line.handling_min
    return float((loads >= np.array(day.heads)).mean())


def trailing(of: Desk) -> Floats:
    """Return calls a minute by segment (K,) that would in the long run keep as many people busy."""
    day, handling = of.timeline, of.line.handling_min
    return offered_load(of.calls_per_min[0], day.lengths_min, handling) / handling
