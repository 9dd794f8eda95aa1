"""The type of a kept outlook: facts that are written as JSON, and arrays beside them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecasts.backtest import Backtest, Comparison
from forecasts.distribution import Floats, Forecast
from forecasts.events import Event
from forecasts.faults import Notice
from forecasts.model import Explanation
from forecasts.slots import Grid, Period

Counts = NDArray[np.int32]
"""Whole inquiries; small, because paths of more than a year are kept."""
Rates = NDArray[np.float32]
HORIZON_WEEKS = (1, 4, 13, 26, 52, 64)
"""So far ahead one may look: a year, and the quarter in which its formation has to be asked for."""


@dataclass(frozen=True, slots=True)
class OutlookFacts:
    """What an outlook says besides its paths. Nothing in it can name a person.

    ``days``: the office days ahead, the first one the first after ``as_of``; ``past_days``: those of the
    history. ``channels``: id and name; ``hours``: first and last minute of reception. ``closed_days``: those
    that are no weekend, with their reason. ``peaks``: the busiest days within so many weeks
    (``change_window``), all of them where none is lifted. ``events``: all known on ``as_of`` and those
    expected of the coming year. ``chosen``: name of the model that serves, ``why`` the code of the reason
    (``Choice``); ``weights``: name and share of each member of a mixture, ``weights_why`` where they come
    from; ``backtests``: of all models that could be tried; ``beside``: the chosen one compared with each.
    ``effects_from``: name of the model that tells of the effects of events where the chosen one does not.
    ``notices``: of what was read; ``doubts``: what makes the forecast doubtful (``soundness``).
    """

    desk_id: str
    desk_name: str
    is_sample: bool
    as_of: date
    days: tuple[date, ...]
    past_days: tuple[date, ...]
    slot_min: int
    channels: tuple[tuple[str, str], ...]
    hours: tuple[int, int]
    closed_days: tuple[tuple[date, str], ...]
    peaks: tuple[tuple[int, Period], ...]
    events: tuple[Event, ...]
    explanation: Explanation
    chosen: str
    why: str
    weights: tuple[tuple[str, float], ...]
    weights_why: str
    backtests: tuple[Backtest, ...]
    beside: tuple[Comparison, ...]
    notices: tuple[Notice, ...]
    doubts: tuple[Notice, ...]
    seed: int
    program_version: str
    input_digests: tuple[tuple[str, str], ...]
    effects_from: str = ""

    @property
    def learned_until(self) -> date:
        """The last office day of the history."""
        return self.past_days[-1]

    @property
    def backtest(self) -> Backtest | None:
        """The scores of the chosen model; None where the history was too short to try it."""
        return next((b for b in self.backtests if b.model == self.chosen), None)


@dataclass(frozen=True, slots=True, eq=False)
class KeptOutlook:
    """An outlook as it is kept. Shapes: P paths, D days ahead, C channels, S slots, H days of the history.

    ``path_rate`` (P, D, C): expected inquiries a day on joint paths; ``count`` (P, D, C): whole inquiries
    drawn from them; ``calm_count`` (P, D, C): the same without any event. ``rate``, ``calm_rate`` (D, C):
    expected over all paths. ``share`` (K, S, C): the shapes of a day, ``share_of`` (D,): which one each day
    has. ``past_count`` (H, C): what came.
    """

    facts: OutlookFacts
    count: Counts
    path_rate: Rates
    calm_count: Counts
    rate: Floats
    calm_rate: Floats
    share: Floats
    share_of: Counts
    past_count: Counts

    @property
    def paths(self) -> int:
        """Number of joint paths."""
        return int(self.count.shape[0])

    def forecast(self) -> Forecast:
        """Return the paths as the forecast they were drawn as; its days keep exactly to their shares."""
        facts = self.facts
        ids = tuple(channel for channel, _ in facts.channels)
        return Forecast(
            facts.days,
            Grid(facts.slot_min),
            ids,
            self.path_rate.astype(np.float64),
            self.count.astype(np.int64),
            self.share[self.share_of],
            np.full(len(ids), np.inf),
            facts.seed,
            facts.chosen,
        )
