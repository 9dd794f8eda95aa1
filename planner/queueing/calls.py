"""Calls and visitors, one by one in the order of arrival, for all days of all paths at the same time.

The recursion of Kiefer and Wolfowitz (1955), "On the theory of queues with many servers", with people who
come and go, and callers who hang up: a call goes to whoever is available first, and is lost if that is
later than its patience. No chain of states inside: any handling time and any pattern of duties.
"""

from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.queueing.arrivals import Flags
from planner.queueing.crew import TABLE_MIN, Crew

# Among people who are free the one idle longest answers, as a telephone system lets them: a tie-break only.
_IDLE_WEIGHT = 1e-9


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

    ``leaves``: end of the stretch in which the person answered; ``returns``: start of the next one, from
    which what the call took too long is taken away (a break is moved, not cut: 労働基準法34条), inf or
    equal to ``leaves`` where the duty was over.
    """

    start: Floats
    leaves: Floats
    returns: Floats

    @property
    def is_answered(self) -> Flags:
        """Whether the call was answered."""
        return np.isfinite(self.start)

    @property
    def times(self) -> tuple[Floats, Floats, Floats]:
        """The three moments of every call."""
        return self.start, self.leaves, self.returns


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
    day = _Day(crew, calls.shop[order] * TABLE_MIN)
    out = np.full(table.shape, np.inf)
    for k, lanes in enumerate(alive):
        out[:, k, :lanes] = day.answered(*table[:, k, :lanes])
    return Answers(*(np.asarray(o[at]) for o in out))


class _Day:
    """The state of all lanes: until when each place (M, lanes) is taken."""

    def __init__(self, crew: Crew, offset: Wholes) -> None:
        self.crew, self.offset = crew, offset
        self.free = np.zeros((crew.places, offset.size))

    def answered(self, arrives: Floats, handling: Floats, patience: Floats) -> Floats:
        """Take the next call of every lane; return its start, leaves and returns (3, lanes)."""
        lanes = arrives.size
        look = self._look(arrives, self.offset[:lanes])
        first, best, who = np.full(lanes, np.inf), np.full(lanes, np.inf), np.zeros(lanes, dtype=np.int64)
        for m in range(self.crew.places):
            available = np.maximum(self.crew.ready[m].take(look), self.free[m, :lanes])
            np.maximum(available, arrives, out=available)
            key = available + _IDLE_WEIGHT * self.free[m, :lanes]
            is_better = key < best
            np.copyto(who, m, where=is_better)
            np.copyto(first, available, where=is_better)
            np.minimum(best, key, out=best)
        taken = np.flatnonzero((first - arrives <= patience) & np.isfinite(first))
        out = np.full((3, lanes), np.inf)
        out[:, taken] = self._taken(taken, who[taken], first[taken], handling[taken])
        return out

    def _taken(self, lane: Wholes, who: Wholes, start: Floats, handling: Floats) -> Floats:
        """Occupy the people who answer; a call that outlasts a stretch moves the break behind it."""
        look = self._look(start, self.offset[lane])
        leaves, returns = self.crew.leaves[who, look], self.crew.returns[who, look]
        free = start + handling
        late = np.flatnonzero(free >= leaves)
        back = returns[late] + (free[late] - leaves[late])
        at = self._look(np.where(np.isfinite(back), back, 0.0), self.offset[lane[late]])
        free[late] = np.maximum(back, self.crew.ready[who[late], at])
        self.free[who, lane] = free
        return np.stack((start, leaves, returns))

    @staticmethod
    def _look(minute: Floats, offset: Wholes) -> Wholes:
        """Return the place of a minute in the tables of its shop."""
        return np.minimum(minute, TABLE_MIN - 1).astype(np.int64) + offset
