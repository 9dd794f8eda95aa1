"""The desk's day in Ciw, as its guide shows it: a server schedule, rates by interval, customers who renege.

A schedule knows how many serve, not who: at each of its dates every server goes, those on a call once it is
finished, and as many new ones come as are to be there. Dates stand only where the number changes, which is
the best for it, or, as a plan by slots is written down, at every slot. Days follow one another in one run:
after closing the last crew stays for half a day, in which nobody comes and the line empties.
"""

from collections.abc import Sequence
from itertools import groupby
from math import isfinite

import ciw
import numpy as np

from benchmarks.staffing_desks import Desk
from forecasts.distribution import Floats
from forecasts.slots import DAY_MIN

_CYCLE_MIN = 3 * DAY_MIN // 2


def served(of: Desk, days: int, seed: int, *, has_every_date: bool = False) -> tuple[Floats, Floats]:
    """Simulate days; return calls and those not answered within the limit, by day and slot (D, S).

    ``has_every_date``: the schedule has a date at every slot, whether the number changes there or not.
    """
    ciw.seed(seed)
    simulation = ciw.Simulation(_network(of, days, _steps(of, has_every_date=has_every_date)))
    simulation.simulate_until_max_time(days * _CYCLE_MIN)
    records = simulation.get_all_records(only=["service", "renege"])
    arrived = np.array([r.arrival_date for r in records])
    is_late = np.array([r.record_type == "renege" or r.waiting_time > of.limit_min for r in records])
    day, minute = np.divmod(arrived + of.shop.opens_min, _CYCLE_MIN)
    slots = of.rate.size
    cell = day.astype(np.int64) * slots + (minute // of.slot_min).astype(np.int64)
    counts = (np.bincount(cell, of_call, minlength=days * slots) for of_call in (np.ones(cell.size), is_late))
    calls, late = (count.reshape(days, slots).astype(np.float64) for count in counts)
    return calls, late


def _network(of: Desk, days: int, steps: Sequence[tuple[int, float]]) -> ciw.network.Network:
    """Build the one node; minute 0 is the opening."""
    patience, opens = of.line.patience_min, of.shop.opens_min
    rates = [*of.rate[of.open_slots] / of.slot_min, 0.0]
    ends = [float((of.open_slots.start + k + 1) * of.slot_min - opens) for k in range(len(rates) - 1)]
    ends.append(float(_CYCLE_MIN))
    return ciw.create_network(
        arrival_distributions=[ciw.dists.PoissonIntervals(rates, ends, float(days * _CYCLE_MIN))],
        service_distributions=[ciw.dists.Exponential(1 / of.line.handling_min)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience) if isfinite(patience) else None],
        number_of_servers=[
            ciw.Schedule(
                numbers_of_servers=[heads for heads, _ in steps], shift_end_dates=[end for _, end in steps]
            )
        ],
    )


def _steps(of: Desk, *, has_every_date: bool) -> list[tuple[int, float]]:
    """Return how many serve until when; the last ones stay."""
    day = of.timeline
    steps = [
        (heads, float(end - of.shop.opens_min))
        for heads, end in zip(day.heads, day.bounds_min[1:], strict=True)
    ]
    if not has_every_date:
        steps = [list(same)[-1] for _, same in groupby(steps, key=lambda step: step[0])]
    return [*steps[:-1], (steps[-1][0], float(_CYCLE_MIN))]
