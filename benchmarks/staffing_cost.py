"""What an exact day costs, beside simulations of the day of ``transient_reference_90calls.csv``.

Processor time of one exact day over that of as many simulated days as tell the share answered within a
minute to ±0.1 point, half the width of the 95 % interval: ``day_vs_simpy``, ``day_vs_own_simulation``;
``own_simulation_vs_simpy``. ``…_by_standard_error``: with a standard error of 0.1 point instead, a quarter
of the days. ``days_for_a_tenth``: how many days; ``exact_error_calls``: largest difference from the file's
late calls of a slot. All are exponential; SimPy's and ours must agree within four standard errors.

``month_vs_day``: twenty days, each with its own volume, in one call over one day.
``single_slot_what_if_vs_day``: one change of one slot's people out of the table of all (48 slots, nobody to
eight people) over one day, with the day's library of operators at hand; ``what_if_table_vs_day``: the whole
table; ``…_first``: with all that the first table has to build. ``what_if_error_calls``: largest difference
of the day's late calls from those of the exact day, of one change in every slot.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import sqrt

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.staffing_day import reference, reference_late
from benchmarks.staffing_desks import Desk
from benchmarks.staffing_erlang import timed
from benchmarks.staffing_exact import exact_late
from benchmarks.staffing_lanes import kinds
from forecasts.distribution import Floats
from planner.queueing.arrivals import Arrivals, contacts
from planner.queueing.exact.chain import exact_days
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.simulation import tally
from planner.queueing.what_if.operators import Scenarios, library
from planner.queueing.what_if.slot_changes import slot_changes, with_heads

_HALF_WIDTH, _Z95 = 0.001, 1.96
_DAYS, _PEER_DAYS, _ROUNDS, _SIMULATED_ROUNDS = 10_000, 1_000, 25, 3
_MONTH_DAYS, _MONTH_CV = 20, 0.2
_MOST_HEADS = 8
_SEED = 20261208
_LARGEST_DIFFERENCE = 4.0


def figures(run: Run) -> Mapping[str, float]:
    """Measure the exact day, simulations of it, a month and a table of changes."""
    of, rounds = reference(), run.of(_ROUNDS, 1)
    table, table_s, first_s = _table(of, rounds)
    late, _ = exact_late(of, "any")
    day_s = _exact_s(of, np.ones(1), rounds)
    volumes = np.random.default_rng(_SEED).gamma(_MONTH_CV**-2, _MONTH_CV**2, _MONTH_DAYS)
    changes = table.size - len(table)  # without the plan itself
    out = {
        "exact_error_calls": float(np.abs(late[: reference_late().size] - reference_late()).max()),
        "month_vs_day": _exact_s(of, volumes, rounds) / day_s,
        "single_slot_what_if_vs_day": table_s / changes / day_s,
        "single_slot_what_if_vs_day_first": first_s / changes / day_s,
        "what_if_table_vs_day": table_s / day_s,
        "what_if_table_vs_day_first": first_s / day_s,
        "what_if_error_calls": _table_error(of, table),
    }
    return out | _beside_simulations(of, day_s, run)


def _exact_s(of: Desk, volumes: Floats, rounds: int) -> float:
    rates = volumes[:, None] * of.calls_per_min
    _, seconds = timed(lambda: exact_days(of.line, of.timeline, rates, (of.limit_min,)), rounds, 1)
    return seconds


def _table(of: Desk, rounds: int) -> tuple[Floats, float, float]:
    """Return the table of changes (K, heads), its processor seconds, and those of it with a new library."""
    demand = Scenarios(of.calls_per_min, np.ones(1))
    known = library(of.line, of.timeline.bounds_min, demand, of.limit_min, _MOST_HEADS)
    _, first_s = timed(lambda: slot_changes(known, of.timeline), 1, 1)
    table, table_s = timed(lambda: slot_changes(known, of.timeline), rounds, 1)
    return table, table_s, first_s


def _table_error(of: Desk, table: Floats) -> float:
    """Return the largest difference in late calls from the exact day, of one change in every segment."""
    told = []
    for segment in range(len(table)):
        heads = segment % table.shape[1]
        changed = with_heads(of.timeline, segment, heads)
        late = exact_days(of.line, changed, of.calls_per_min, (of.limit_min,)).late.sum()
        told.append(abs(late - table[segment, heads]))
    return float(max(told))


@dataclass(frozen=True, slots=True)
class Simulation:
    """Simulated days: share answered in time, standard deviation of one day's, processor seconds of a day."""

    share: float
    sd: float
    seconds: float
    days: int

    @property
    def error(self) -> float:
        """Standard error of the share."""
        return self.sd / sqrt(self.days)


def _beside_simulations(of: Desk, day_s: float, run: Run) -> dict[str, float]:
    """Compare with as many simulated days as are needed, by the spread that ours finds among days."""
    days, peer_days, rounds = run.of((_DAYS, _PEER_DAYS, _SIMULATED_ROUNDS), (50, 5, 1))
    ours = _simulation(lambda seed: _simulated(of, days, seed), days, rounds)
    wanted = (_Z95 * ours.sd / _HALF_WIDTH) ** 2
    out = {"days_for_a_tenth": wanted, **_ratios("own_simulation", day_s, wanted * ours.seconds)}
    if "simpy" not in run.peers:
        return out
    theirs = _simulation(lambda seed: _by_simpy(of, peer_days, seed), peer_days, rounds)
    apart = abs(theirs.share - ours.share) / np.hypot(ours.error, theirs.error)
    assert run.is_short or apart < _LARGEST_DIFFERENCE, f"not the same day: {apart:.1f} errors apart"
    return out | {
        "own_simulation_vs_simpy": ours.seconds / theirs.seconds,
        **_ratios("simpy", day_s, wanted * theirs.seconds),
        "simpy_apart_in_errors": float(apart),
    }


def _ratios(name: str, day_s: float, simulation_s: float) -> Mapping[str, float]:
    ratio = day_s / simulation_s
    return {f"day_vs_{name}": ratio, f"day_vs_{name}_by_standard_error": ratio * _Z95**2}


def _simulation(simulate: Callable[[int], tuple[Floats, Floats]], days: int, rounds: int) -> Simulation:
    """Simulate in rounds, with other seeds; calls and calls in time by day come back."""
    found, seconds = [], []
    for n in range(rounds):
        one, took_s = timed(partial(simulate, _SEED + n), 1, 1)
        found.append(one)
        seconds.append(took_s / days)
    calls, in_time = (np.concatenate(x) for x in zip(*found, strict=True))
    share = float(in_time.sum() / calls.sum())
    sd = float((in_time - share * calls).std() / calls.mean())
    return Simulation(share, sd, min(seconds), calls.size)


def _simulated(of: Desk, days: int, seed: int) -> tuple[Floats, Floats]:
    """Simulate days as the product does."""
    rates = np.broadcast_to(of.rate[None, None, :, None], (days, 1, of.rate.size, 1))
    arrivals = Arrivals(rates, of.slot_min, kinds(of))
    found = tally(arrivals, contacts(arrivals, seed, 0), crew([of.shop]), of.limit_min)
    return found.offered.sum(axis=(1, 2)), found.in_time.sum(axis=(1, 2))


def _by_simpy(of: Desk, days: int, seed: int) -> tuple[Floats, Floats]:
    from benchmarks.peers.simpy_desk import Calls, served

    calls = Calls(of.rate, of.line.handling_min, None, of.line.patience_min)
    offered, _, in_time = served(of.shop, calls, of.limit_min, days, seed)
    return offered, in_time
