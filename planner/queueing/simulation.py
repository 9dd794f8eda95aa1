"""The desk's day, simulated: all paths and days at once, the judge of every formation.

Conventions: callers stand in one line; a call in hand is finished, past the end of a duty as overtime; after
closing nobody new comes, and who is there to the closing stays until the line is empty. Lines do not last
overnight, mail does.
"""

from dataclasses import dataclass, fields

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.arrivals import Arrivals, Contacts, Flags, contacts
from planner.queueing.backlog import Deferred, drained
from planner.queueing.bins import BIN_MIN, minutes_by_bin
from planner.queueing.calls import Answers, Calls, answers
from planner.queueing.crew import Crew

# Held at a time, so that a chunk of paths needs some 300 MB: contacts, and days of all its paths.
_CONTACTS_AT_ONCE = 1_000_000
_ROWS_AT_ONCE = 15_000


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """One realisation, or the mean of several, by path, day and slot (P, D, S) or by path and day (P, D).

    ``offered``, ``answered``, ``in_time``, ``wait_min``: of measured calls within reception hours, in the
    slot of their arrival. ``busy_min``: minutes spent on all calls, when they were spent. ``overtime_min``:
    minutes past the end of duties. ``due``, ``same_day``, ``backlog``: work that may wait; ``deferred_min``:
    minutes spent on it.
    """

    offered: Floats
    answered: Floats
    in_time: Floats
    wait_min: Floats
    busy_min: Floats
    overtime_min: Floats
    due: Floats
    same_day: Floats
    backlog: Floats
    deferred_min: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """Means over replications; ``day_in_time`` (N, P, D) of single realised days, NaN without calls.

    ``standard_error`` of the in-time share over all days and paths (NaN from one replication).
    """

    mean: Tally
    day_in_time: Floats
    standard_error: float


def simulated(arrivals: Arrivals, crew: Crew, within_min: float, replications: int, seed: int) -> Simulated:
    """Simulate all days of all paths; the same seed draws the same contacts for every crew."""
    paths, days = arrivals.rates.shape[:2]
    chunks = 1 + int(max(arrivals.rates.sum() / _CONTACTS_AT_ONCE, paths * days / _ROWS_AT_ONCE))
    means, realised = [], []
    for some in np.array_split(np.arange(paths), min(paths, chunks)):
        part = Arrivals(arrivals.rates[some], arrivals.slot_min, arrivals.kinds)
        total = Tally(*(np.zeros(1) for _ in fields(Tally)))
        calls = np.zeros((2, replications, some.size, days))
        for n in range(replications):
            one = tally(part, contacts(part, seed, n, int(some[0])), crew, within_min)
            total = Tally(*(getattr(total, f.name) + getattr(one, f.name) for f in fields(Tally)))
            calls[:, n] = one.in_time.sum(axis=2), one.offered.sum(axis=2)
        means.append([getattr(total, f.name) / replications for f in fields(Tally)])
        realised.append(calls)
    in_time, offered = np.concatenate(realised, axis=2)
    return Simulated(
        Tally(*(np.concatenate(field) for field in zip(*means, strict=True))),
        _ratio(in_time, offered),
        _standard_error(_ratio(in_time.sum(axis=(1, 2)), offered.sum(axis=(1, 2)))),
    )


def tally(arrivals: Arrivals, drawn: Contacts, crew: Crew, within_min: float) -> Tally:
    """Let a crew serve one realisation of the contacts."""
    paths, days, slots, _ = arrivals.rates.shape
    opens, closes = crew.hours()
    day = drawn.row % days
    is_open = (drawn.minute >= opens[day]) & (drawn.minute < closes[day])
    is_call = arrivals.kinds.is_immediate[drawn.kind] & is_open
    calls = Calls(
        drawn.row[is_call], drawn.minute[is_call], drawn.handling_min[is_call], drawn.patience_min[is_call],
        np.tile(crew.shop_of_day, paths),
    )  # fmt: skip
    found = answers(calls, crew)
    busy, taken, overtime = _time_spent(calls, found)
    idle = np.maximum(crew.staffed(BIN_MIN) - taken.reshape(paths, days, -1), 0.0)
    mail = drained(_deferred(drawn, ~is_call, crew), idle, closes)

    wait = np.where(found.is_answered, found.start - calls.minute, calls.patience_min)
    # Who would wait for ever is turned away when the desk closes.
    wait = np.where(np.isfinite(wait), wait, closes[day[is_call]] - calls.minute)
    measured = arrivals.kinds.is_measured[drawn.kind[is_call]].astype(np.float64)
    cell = calls.row * slots + (calls.minute // arrivals.slot_min).astype(np.int64)

    def by_slot(of_call: Floats | Flags) -> Floats:
        total = np.bincount(cell, measured * of_call, minlength=paths * days * slots)
        return total.reshape(paths, days, slots).astype(np.float64)

    return Tally(
        offered=by_slot(np.ones_like(wait)),
        answered=by_slot(found.is_answered),
        in_time=by_slot(found.is_answered & (wait <= within_min)),
        wait_min=by_slot(wait),
        busy_min=busy.reshape(paths, days, slots, -1).sum(axis=3),
        overtime_min=overtime.reshape(paths, days),
        due=mail.due,
        same_day=mail.same_day,
        backlog=mail.backlog,
        deferred_min=mail.done_min,
    )


def _time_spent(calls: Calls, found: Answers) -> tuple[Floats, Floats, Floats]:
    """Return minutes spent on calls by bin, planned minutes taken by them by bin, overtime: all by row.

    They differ where a call outlasts a stretch: the break after it is moved and takes from the next
    stretch, or, where the duty is over, overtime takes nothing from the plan.
    """
    rows = calls.shop.size
    is_answered = found.is_answered
    row = calls.row[is_answered]
    start, leaves, returns = (x[is_answered] for x in found.times)
    end = start + calls.handling_min[is_answered]
    planned_end = np.clip(leaves, start, end)
    over = end - planned_end
    is_moved = (over > 0) & np.isfinite(returns) & (returns > leaves)
    taken = minutes_by_bin(
        np.concatenate((row, row[is_moved])),
        np.concatenate((start, returns[is_moved])),
        np.concatenate((planned_end, (returns + over)[is_moved])),
        rows,
    )
    overtime = np.bincount(row, np.where(is_moved, 0.0, over), minlength=rows)
    return minutes_by_bin(row, start, end, rows), taken, overtime.astype(np.float64)


def _deferred(drawn: Contacts, waits: Flags, crew: Crew) -> Deferred:
    """Return the work that waits, due on its day, or on the next day if it came after closing.

    What comes outside reception hours waits for the opening; after the last closing it is left out.
    """
    opens, closes = crew.hours()
    day = drawn.row % opens.size
    is_late = drawn.minute >= closes[day]
    kept = waits & ~(is_late & (day == opens.size - 1))
    row = (drawn.row + is_late)[kept]
    minute = np.where(is_late, 0.0, drawn.minute)[kept]
    return Deferred(row, np.maximum(minute, opens[row % opens.size]), drawn.handling_min[kept])


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Divide; NaN where there is nothing to divide by."""
    return np.asarray(np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0))


def _standard_error(values: Floats) -> float:
    return float(values.std(ddof=1) / np.sqrt(values.size)) if values.size > 1 else float("nan")
