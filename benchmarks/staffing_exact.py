"""Is the exact day the day that is simulated? Late shares of slots and days, in standard errors.

The simulation takes the assumptions under which the chain is exact: exponential handling, leavers who are
any of those present, and somebody else, who is free, in the place of who comes back. It runs until its
standard error is at most 0.1 point for the day and 0.3 for a slot; slots of fewer than a call a day, or of
too few late or too few quick ones in all days for an error to be told, are taken together with the next.

``slot_rms_z``: root mean square of the differences over their standard errors; ``day_max_z``: the largest
of a day; ``largest_day_error``, ``largest_slot_error``: the largest standard errors in points.

``as_planned_…``: the largest differences in points, with their standard errors, from the same desks as they
are planned: it is known who leaves, whoever is idle longest answers, and a break is moved behind a call
that outlasts a stretch. There the chain is an approximation: to it a leaver is anybody, as likely on a call
as the others (just after somebody joined, the leaver is not), and who comes back late does so whatever the
line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.forecast_sim import mapped
from benchmarks.staffing_desks import DESKS, Desk, desk
from benchmarks.staffing_lanes import PILOT_DAYS, Days, all_day, enough_days, grouped, summed
from forecasts.distribution import Floats
from planner.queueing.exact.chain import exact_days

_LEAST_CALLS, _LEAST_EVENTS = 1.0, 100.0
_SHORT_DESKS, _PROCESSES = 2, 2
_SEED = 20261206

People = Literal["any", "as_planned"]
"""Who leaves and comes back: anybody, or those whom the plan says."""


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """One desk: simulated minus exact late shares, and their errors; groups of slots (G,), the day last."""

    share: Floats
    error: Floats

    @property
    def z(self) -> Floats:
        """Differences in standard errors (G,)."""
        return self.share / self.error


def figures(run: Run) -> Mapping[str, float]:
    """Compare all desks, with either people."""
    desks, processes = run.of((DESKS, _PROCESSES), (_SHORT_DESKS, 1))
    out: dict[str, float] = {}
    for people in ("any", "as_planned"):
        work = partial(compared, people=people, is_short=run.is_short)
        out |= _named(mapped(work, range(desks), processes), people)
    return out


def _named(found: list[Apart], people: People) -> Mapping[str, float]:
    slots, days = (np.concatenate([100 * x for x in part]) for part in _split([f.error for f in found]))
    if people == "any":
        z, day_z = (np.concatenate(part) for part in _split([f.z for f in found]))
        return {
            "slot_rms_z": float(np.sqrt(np.square(z).mean())),
            "day_max_z": float(np.abs(day_z).max()),
            "slot_max_z": float(np.abs(z).max()),
            "slots_compared": float(z.size),
            "desks_compared": float(day_z.size),
            "largest_slot_error": float(slots.max()),
            "largest_day_error": float(days.max()),
        }
    slot, day = (np.concatenate([np.abs(100 * x) for x in part]) for part in _split([f.share for f in found]))
    return {
        "as_planned_slot_rms_z": float(np.sqrt(np.square(slot / slots).mean())),
        "as_planned_slot_points": float(slot.max()),
        "as_planned_slot_error": float(slots[slot.argmax()]),
        "as_planned_day_points": float(day.max()),
        "as_planned_day_error": float(days[day.argmax()]),
    }


def _split(arrays: list[Floats]) -> tuple[list[Floats], list[Floats]]:
    """Part slots from the day, which is last."""
    return [a[:-1] for a in arrays], [a[-1:] for a in arrays]


def compared(number: int, people: People, *, is_short: bool = False) -> Apart:
    """Simulate one desk until the errors are small enough, and compare."""
    one = desk(number)
    late, calls = exact_late(one, people)
    has_any_leaver = people == "any"
    seed = _SEED + 2 * number

    def is_enough(first: int, end: int) -> bool:
        came, missed = calls[first:end].sum(), late[first:end].sum()
        return bool(came >= _LEAST_CALLS and PILOT_DAYS * min(missed, came - missed) >= _LEAST_EVENTS)

    groups = np.vstack([grouped(one, is_enough), all_day(one)])
    days = PILOT_DAYS if is_short else enough_days(one, groups, seed, has_any_leaver=has_any_leaver)
    found = summed(one, groups, Days(days, seed + 1, has_any_leaver))
    return Apart(found.late_share - (groups @ late) / (groups @ calls), found.standard_error)


def exact_late(of: Desk, people: People) -> tuple[Floats, Floats]:
    """Return late calls and calls by slot of the day (S,), (S,), by the exact chain."""
    day = of.timeline if people == "as_planned" else replace(of.timeline, returns=())
    found = exact_days(of.line, day, of.calls_per_min, (of.limit_min,))
    slots = np.array(day.slots(of.slot_min))
    late, calls = (
        np.bincount(slots, x, minlength=of.rate.size).astype(np.float64)
        for x in (found.late[0, 0], found.offered[0])
    )
    return late, calls
