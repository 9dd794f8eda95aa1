"""The people of many lanes at the same time, and until when each is taken.

A lane is one day of one path; its people take one contact after the other.
"""

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.queueing.simulated.crew import TABLE_MIN, Crew

# Among people who are free the one idle longest answers, as a telephone system lets them: a tie-break only.
_IDLE_WEIGHT = 1e-9

Lanes = slice | Wholes


class Places:
    """Until when each place is taken: ``free`` (M, lanes), always within a stretch or inf."""

    def __init__(self, crew: Crew, shop: Wholes) -> None:
        """Everybody is free; ``shop`` of each lane (lanes,)."""
        self.crew = crew
        self.free = np.zeros((crew.places, shop.size))
        self._offset = shop * TABLE_MIN
        self._is_moved = crew.conventions.returns == "full"

    def begin_day(self, lanes: Wholes, shop: Wholes) -> None:
        """Everybody of these lanes is free, in another shop."""
        self.free[:, lanes] = 0.0
        self._offset[lanes] = shop * TABLE_MIN

    def earliest(self, moment: Floats, lanes: Lanes) -> tuple[Floats, Wholes]:
        """Return from when on, not before the moment, somebody is free in each of the lanes, and who.

        inf: nobody ever.
        """
        look = self._look(moment, self._offset[lanes])
        first, best = np.full(moment.size, np.inf), np.full(moment.size, np.inf)
        who = np.zeros(moment.size, dtype=np.int64)
        for m in range(self.crew.places):
            free = self.free[m, lanes]
            available = np.maximum(self.crew.ready[m].take(look), free)
            np.maximum(available, moment, out=available)
            key = available + _IDLE_WEIGHT * free
            is_better = key < best
            np.copyto(who, m, where=is_better)
            np.copyto(first, available, where=is_better)
            np.minimum(best, key, out=best)
        return first, who

    def occupy(
        self, lane: Wholes, who: Wholes, start: Floats, handling: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Let people begin a contact; return when their stretch ends, and when the next one starts and ends.

        What outlasts a stretch moves the break behind it, or cuts it: ``Conventions.returns``.
        """
        look = self._look(start, self._offset[lane])
        leaves, returns = self.crew.leaves[who, look], self.crew.returns[who, look]
        free = start + handling
        late = np.flatnonzero(free >= leaves)
        if self._is_moved:
            back = returns[late] + (free[late] - leaves[late])
        else:
            back = np.maximum(returns[late], free[late])
        at = self._look(np.where(np.isfinite(back), back, 0.0), self._offset[lane[late]])
        free[late] = np.maximum(back, self.crew.ready[who[late], at])
        self.free[who, lane] = free
        known = np.isfinite(returns)
        until = self.crew.leaves[who, self._look(np.where(known, returns, 0.0), self._offset[lane])]
        return leaves, returns, np.where(known, until, np.inf)

    @staticmethod
    def _look(minute: Floats, offset: Wholes) -> Wholes:
        """Return the place of a minute in the tables of its shop."""
        return np.minimum(minute, TABLE_MIN - 1).astype(np.int64) + offset
