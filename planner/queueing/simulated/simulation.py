"""The desk's day, simulated: all paths and days at once, the judge of every formation.

Conventions: callers stand in one line; a call in hand is finished, past the end of a duty as overtime; after
closing nobody new comes, and who is there to the closing stays until the line is empty. Lines do not last
overnight, mail does. How people come back from a late call is said by the crew's conventions.
"""

from dataclasses import dataclass, fields

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.arrivals import Arrivals, Contacts, Flags, contacts
from planner.queueing.simulated.backlog import Deferred, Drained, drained
from planner.queueing.simulated.bins import BIN_MIN
from planner.queueing.simulated.calls import Answers, Calls, answers
from planner.queueing.simulated.crew import Crew
from planner.queueing.simulated.spans import Spans, busy_by_bin, overtime_by_row, planned_by_bin
from planner.queueing.simulated.uninterrupted import answers_beside_mail

# Held at a time, so that a chunk of paths needs some 500 MB: contacts, and days of all its paths.
_CONTACTS_AT_ONCE = 1_000_000
_ROWS_AT_ONCE = 15_000

_Served = tuple[Answers, Spans, Drained, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """One realisation, or the mean of several, by path, day and slot (P, D, S) or by path and day (P, D).

    ``offered``, ``answered``, ``in_time``, ``wait_min``: of measured calls within reception hours, in the
    slot of their arrival. ``busy_min``: minutes spent on all calls, when they were spent. ``overtime_min``:
    minutes past the end of duties, and of breaks that are cut, not moved. ``due``, ``same_day``,
    ``backlog``: work that may wait; ``deferred_min``: minutes spent on it.
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

    ``standard_error`` of the in-time share over all days and paths, ``same_day_error`` of the share of work
    that may wait done on its day (NaN from one replication).
    """

    mean: Tally
    day_in_time: Floats
    standard_error: float
    same_day_error: float


def simulated(
    arrivals: Arrivals,
    crew: Crew,
    within_min: float,
    replications: int,
    seed: int,
    *,
    interruptible: bool = True,
) -> Simulated:
    """Simulate all days of all paths; the same seed draws the same contacts for every crew.

    ``interruptible``: a call interrupts work that may wait at any moment; else it is finished first.
    """
    paths, days = arrivals.rates.shape[:2]
    chunks = 1 + int(max(arrivals.rates.sum() / _CONTACTS_AT_ONCE, paths * days / _ROWS_AT_ONCE))
    means, realised = [], []
    for some in np.array_split(np.arange(paths), min(paths, chunks)):
        part = Arrivals(arrivals.rates[some], arrivals.slot_min, arrivals.kinds)
        total = Tally(*(np.zeros(1) for _ in fields(Tally)))
        shares = np.zeros((4, replications, some.size, days))
        for n in range(replications):
            drawn = contacts(part, seed, n, int(some[0]))
            one = tally(part, drawn, crew, within_min, interruptible=interruptible)
            total = Tally(*(getattr(total, f.name) + getattr(one, f.name) for f in fields(Tally)))
            shares[:, n] = one.in_time.sum(axis=2), one.offered.sum(axis=2), one.same_day, one.due
        means.append([getattr(total, f.name) / replications for f in fields(Tally)])
        realised.append(shares)
    in_time, offered, same_day, due = np.concatenate(realised, axis=2)
    return Simulated(
        Tally(*(np.concatenate(field) for field in zip(*means, strict=True))),
        _ratio(in_time, offered),
        _standard_error(_ratio(in_time.sum(axis=(1, 2)), offered.sum(axis=(1, 2)))),
        _standard_error(_ratio(same_day.sum(axis=(1, 2)), due.sum(axis=(1, 2)))),
    )


def tally(
    arrivals: Arrivals, drawn: Contacts, crew: Crew, within_min: float, *, interruptible: bool = True
) -> Tally:
    """Let a crew serve one realisation of the contacts.

    ``interruptible``: a call interrupts work that may wait at any moment; else it is finished first.
    """
    paths, days, slots, _ = arrivals.rates.shape
    opens, closes = crew.hours()
    day = drawn.row % days
    is_open = (drawn.minute >= opens[day]) & (drawn.minute < closes[day])
    is_call = arrivals.kinds.is_immediate[drawn.kind] & is_open
    calls = Calls(
        drawn.row[is_call], drawn.minute[is_call], drawn.handling_min[is_call], drawn.patience_min[is_call],
        np.tile(crew.shop_of_day, paths),
    )  # fmt: skip
    later = _deferred(drawn, ~is_call, crew)
    found, spans, mail, mail_overtime = (_in_idle_minutes if interruptible else _one_by_one)(
        calls, later, crew
    )
    rows = paths * days
    busy = busy_by_bin(spans, rows)
    overtime = overtime_by_row(spans, rows, crew.conventions).reshape(paths, days) + mail_overtime

    wait = np.where(found.is_answered, found.start - calls.minute, calls.patience_min)
    # Who would wait for ever is turned away when the desk closes.
    wait = np.where(np.isfinite(wait), wait, closes[day[is_call]] - calls.minute)
    measured = arrivals.kinds.is_measured[drawn.kind[is_call]].astype(np.float64)
    cell = calls.row * slots + (calls.minute // arrivals.slot_min).astype(np.int64)

    def by_slot(of_call: Floats | Flags) -> Floats:
        total = np.bincount(cell, measured * of_call, minlength=rows * slots)
        return total.reshape(paths, days, slots).astype(np.float64)

    return Tally(
        offered=by_slot(np.ones_like(wait)),
        answered=by_slot(found.is_answered),
        in_time=by_slot(found.is_answered & (wait <= within_min)),
        wait_min=by_slot(wait),
        busy_min=busy.reshape(paths, days, slots, -1).sum(axis=3),
        overtime_min=overtime,
        due=mail.due,
        same_day=mail.same_day,
        backlog=mail.backlog,
        deferred_min=mail.done_min,
    )


def _in_idle_minutes(calls: Calls, later: Deferred, crew: Crew) -> _Served:
    """Answer the calls, and work off what may wait in the minutes that they leave idle."""
    found = answers(calls, crew)
    spans = _spans(calls, found)
    rows, days = calls.shop.size, crew.shop_of_day.size
    none = np.zeros((rows // days, days))
    if not later.row.size:
        return found, spans, Drained(none, none, none, none), none
    taken = planned_by_bin(spans, rows, crew.conventions).reshape(*none.shape, -1)
    idle = np.maximum(crew.staffed(BIN_MIN) - taken, 0.0)
    return found, spans, drained(later, idle, crew.hours()[1]), none


def _one_by_one(calls: Calls, later: Deferred, crew: Crew) -> _Served:
    """Answer the calls as they come between pieces of work that nobody interrupts."""
    both = answers_beside_mail(calls, later, crew)
    return both.answers, _spans(calls, both.answers), both.mail, both.mail_overtime_min


def _spans(calls: Calls, found: Answers) -> Spans:
    """Return when somebody was on each answered call."""
    every = Spans(
        calls.row, found.start, found.start + calls.handling_min, found.leaves, found.returns, found.until
    )
    return every.only(found.is_answered)


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
