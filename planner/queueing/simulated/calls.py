"""Calls and visitors, one by one in the order of arrival, for all days of all paths at the same time.

The recursion of Kiefer and Wolfowitz (1955), "On the theory of queues with many servers", with people who
come and go, and callers who hang up: a call goes to whoever is available first, and is lost if that is
later than its patience. No chain of states inside: any handling time and any pattern of duties.
"""

from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.queueing.arrivals import Flags
from planner.queueing.simulated.crew import Crew
from planner.queueing.simulated.places import Places


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """Calls within reception hours (n,), flat, in order of row and minute; ``shop`` of each row (R,)."""

    row: Wholes
    minute: Floats
    handling_min: Floats
    patience_min: Floats
    shop: Wholes


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What became of each call (n,): ``start`` of the answer (inf: hung up or never answered).

    ``leaves``: end of the stretch in which the person answered; ``returns``, ``until``: start and end of the
    next one, inf or equal to ``leaves`` where the duty was over. What the call took too long is taken away
    from the next stretch where the break is moved, not cut (労働基準法34条): ``Conventions.returns``.
    """

    start: Floats
    leaves: Floats
    returns: Floats
    until: Floats

    @property
    def is_answered(self) -> Flags:
        """Whether the call was answered."""
        return np.isfinite(self.start)


def answers(calls: Calls, crew: Crew) -> Answers:
    """Let the crew answer the calls of every row, first come, first served."""
    rows = calls.shop.size
    counts = np.bincount(calls.row, minlength=rows)
    order = np.argsort(-counts, kind="stable")
    # The fullest rows stand first: the rows that still have a k-th call are then always the first few.
    lane_of_row = np.empty(rows, dtype=np.int64)
    lane_of_row[order] = np.arange(rows)
    nth = np.arange(calls.row.size) - (np.cumsum(counts) - counts)[calls.row]
    at = (nth, lane_of_row[calls.row])
    table = np.zeros((3, int(counts.max(initial=0)), rows))
    table[0][at], table[1][at], table[2][at] = calls.minute, calls.handling_min, calls.patience_min
    alive = np.searchsorted(-counts[order], -np.arange(table.shape[1]), side="left")
    places = Places(crew, calls.shop[order])
    out = np.full((4, *table.shape[1:]), np.inf)
    for k, lanes in enumerate(alive):
        out[:, k, :lanes] = _answered(places, *table[:, k, :lanes])
    return Answers(*(np.asarray(o[at]) for o in out))


def _answered(places: Places, arrives: Floats, handling: Floats, patience: Floats) -> Floats:
    """Take the next call of the first lanes; return its start, leaves, returns and until (4, lanes)."""
    first, who = places.earliest(arrives, slice(0, arrives.size))
    taken = np.flatnonzero((first - arrives <= patience) & np.isfinite(first))
    out = np.full((4, arrives.size), np.inf)
    start = first[taken]
    out[:, taken] = (start, *places.occupy(taken, who[taken], start, handling[taken]))
    return out
