"""How many people a slot needs, by Erlang A: what the pattern solver and the curve of need are fed with."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats
from planner.queueing import inputs
from planner.queueing.formulas.erlang import Waiting, erlang_a_waiting
from planner.queueing.formulas.required import fewest_heads


@dataclass(frozen=True, slots=True)
class SlotLoad:
    """The calls of one slot: equally likely rates (uncertain demand), handling, patience (None = stays).

    Late shares are averaged over the rates: the share at the mean rate would promise too much.

    Raises ValueError for no rate at all, or a figure that is no rate, time or patience.
    """

    calls_per_min: tuple[float, ...]
    handling_min: float
    patience_min: float | None

    def __post_init__(self) -> None:
        """Refuse what is no load."""
        if not self.calls_per_min:
            message = "calls_per_min is empty: at least one rate is wanted"
            raise ValueError(message)
        inputs.not_negative_array("calls_per_min", np.array(self.calls_per_min))
        inputs.positive(handling_min=self.handling_min)
        inputs.patience(self.patience_min)

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
        """Return the fewest people that keep both shares; nobody where no call comes.

        A share of 1 is kept where all digits of a float say so.

        Raises:
            ValueError: a limit below 0, or a share not from 0 to 1.
        """
        inputs.limit(within_min)
        inputs.share("within_share", within_share)
        inputs.share("answer_rate", answer_rate)

        def is_enough(people: int) -> bool:
            is_in_time = 1.0 - self.late_share(people, within_min) >= within_share
            return is_in_time and 1.0 - self.lost_share(people, within_min) >= answer_rate

        return fewest_heads(is_enough, max(self.calls_per_min) * self.handling_min)

    def _share(self, of_rate: Sequence[float]) -> float:
        """Weigh shares by calls."""
        total = sum(self.calls_per_min)
        return float(np.dot(of_rate, self.calls_per_min)) / total if total else 0.0


def equal_groups(values: Floats, groups: int) -> Floats:
    """Return the means of equally likely groups of sorted values (n, S) → (groups, S): the mean is kept."""
    ordered = np.sort(values, axis=0)
    return np.stack([part.mean(axis=0) for part in np.array_split(ordered, min(groups, len(ordered)))])
