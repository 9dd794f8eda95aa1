"""How many people a slot needs, by Erlang A: what the pattern solver and the curve of need are fed with."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.erlang import Waiting, erlang_a_waiting


@dataclass(frozen=True, slots=True)
class SlotLoad:
    """The calls of one slot: equally likely rates (uncertain demand), handling, patience (None = stays).

    Late shares are averaged over the rates: the share at the mean rate would promise too much.
    """

    calls_per_min: tuple[float, ...]
    handling_min: float
    patience_min: float | None

    def waiting(self, people: int, within_min: float) -> tuple[Waiting, ...]:
        """Return what a call meets, by rate."""
        return tuple(
            erlang_a_waiting(rate, self.handling_min, self.patience_min, people, within_min)
            for rate in self.calls_per_min
        )

    def late_share(self, people: int, within_min: float) -> float:
        """Return the share of calls not answered within the limit."""
        return self._share([1.0 - w.in_time for w in self.waiting(people, within_min)])

    def lost_share(self, people: int, within_min: float) -> float:
        """Return the share of calls never answered; all of them where the line only grows."""
        found = self.waiting(people, within_min)
        return self._share([1.0 if w.mean_wait_min == np.inf else w.abandoned for w in found])

    def needed(self, within_min: float, within_share: float, answer_rate: float) -> int:
        """Return the fewest people that keep both shares; nobody where no call comes."""
        busiest = max(self.calls_per_min) * self.handling_min
        if busiest == 0.0:
            return 0
        enough = ceil(busiest + 10 * sqrt(busiest) + 10)

        def kept(people: int) -> int:
            is_in_time = self.late_share(people, within_min) <= 1.0 - within_share
            return int(is_in_time and self.lost_share(people, within_min) <= 1.0 - answer_rate)

        return bisect_left(range(enough), 1, key=kept)

    def _share(self, of_rate: Sequence[float]) -> float:
        """Weigh shares by calls."""
        total = sum(self.calls_per_min)
        return float(np.dot(of_rate, self.calls_per_min)) / total if total else 0.0


def equal_groups(values: Floats, groups: int) -> Floats:
    """Return the means of equally likely groups of sorted values (n, S) → (groups, S): the mean is kept."""
    ordered = np.sort(values, axis=0)
    return np.stack([part.mean(axis=0) for part in np.array_split(ordered, min(groups, len(ordered)))])
