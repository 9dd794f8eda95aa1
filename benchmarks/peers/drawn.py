"""Forecasts of days by others in our form, so that the same code scores theirs and ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasts.distribution import Floats, Forecast
from forecasts.events import Event
from forecasts.model import Explanation, Known

Drawn = Callable[[Known, Sequence[date], int, int], Floats]
"""(known, days, paths, seed) → samples (P, D) of the days' totals."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody else's model as one of ours; it fits and forecasts in one step."""

    name: str
    drawn: Drawn
    min_office_days: int = 20

    def fit(self, known: Known) -> "FittedPeer":
        """Take what was known."""
        return FittedPeer(self, known)


@dataclass(frozen=True, slots=True)
class FittedPeer:
    """A peer and what it is given."""

    peer: Peer
    known: Known

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        """Fit, and put the samples of the totals into our form."""
        return of_samples(self.peer.drawn(self.known, days, paths, seed), days, self.known, self.peer.name)

    def explain(self, days: Sequence[date]) -> Explanation:  # noqa: ARG002 - nothing to tell of any day
        """Say nothing."""
        return Explanation()

    def given(self, events: Sequence[Event]) -> "FittedPeer":
        """Refuse: peers learn and forecast in one step."""
        message = f"{self.peer.name} cannot forecast with {len(events)} other events without learning anew"
        raise NotImplementedError(message)


def samples_of(levels: Floats, quantiles: Floats, paths: int) -> Floats:
    """Return samples (P, D) with these quantiles (Q, D) at these levels (Q,), straight lines between them.

    Days are right one by one; sums over days mean nothing, for every path keeps its rank.
    """
    at = (np.arange(paths) + 0.5) / paths
    # Boosted quantiles may cross: in order they score better, never worse (Chernozhukov et al. 2010).
    return np.stack([np.interp(at, levels, np.sort(q)) for q in quantiles.T], axis=1)


def of_samples(samples: Floats, days: Sequence[date], known: Known, name: str) -> Forecast:
    """Return paths with these totals (P, D), whole and not negative; slots mean nothing."""
    at_least_0 = np.maximum(samples, 0.0)
    slots, channels = known.history.grid.slots, known.history.channels
    shape = (samples.shape[0], len(days), len(channels))
    count, rate = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    # The whole in the first channel, and the mean on every path: only totals of a day are scored.
    count[:, :, 0], rate[:, :, 0] = np.rint(at_least_0), at_least_0.mean(axis=0)
    share = np.full((len(days), slots, len(channels)), 1 / slots)
    firm = np.full(len(channels), np.inf)
    return Forecast(tuple(days), known.history.grid, channels, rate, count, share, firm, 0, name)
