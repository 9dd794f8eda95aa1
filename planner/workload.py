"""Forecast inquiries → work: calls that wait on the line, and work that may wait, by path, day and slot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf

import numpy as np

from forecasts.distribution import Floats, Forecast
from forecasts.history.handling import Handling
from forecasts.history.patience import Patience
from forecasts.slots import Grid
from planner.desk import Channel, Desk, Waiting
from planner.queueing.arrivals import Arrivals, Kinds
from planner.queueing.choice import Method, method_for_calls


@dataclass(frozen=True, slots=True)
class WorkClass:
    """The work that one channel brings: as ``Channel``, but measured times replace assumed ones."""

    channel: str
    waiting: Waiting
    handling_min: float
    handling_cv: float
    patience_min: float | None
    is_measured: bool


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """Expected contacts by rate path, day, slot of the day and class: ``rates`` (P, D, S, K).

    Reception hours are no part of it: they belong to the formation, and so does operations work of the same
    people, which takes seats from reception. ``is_mail_interrupted``: as of ``Desk``;
    ``most_people``: that a formation of the desk may have.
    """

    days: tuple[date, ...]
    grid: Grid
    classes: tuple[WorkClass, ...]
    rates: Floats
    is_mail_interrupted: bool = True
    most_people: int = 1

    def method(self) -> Method:
        """Return how the service to calls is found, and why: the same for every formation of the desk."""
        arrivals = self.arrivals()
        volume = self.rates.mean(axis=(0, 1, 2))
        return method_for_calls(
            arrivals.kinds, volume, self.most_people, interruptible=self.is_mail_interrupted
        )

    def arrivals(self) -> Arrivals:
        """Return the same as plain arrays."""
        return Arrivals(
            self.rates,
            self.grid.slot_min,
            Kinds(
                handling_min=np.array([c.handling_min for c in self.classes]),
                handling_cv=np.array([c.handling_cv for c in self.classes]),
                patience_min=np.array(
                    [inf if c.patience_min is None else c.patience_min for c in self.classes]
                ),
                is_immediate=np.array([c.waiting == "immediate" for c in self.classes]),
                is_measured=np.array([c.is_measured for c in self.classes]),
            ),
        )

    def only(self, days: tuple[date, ...]) -> "Workload":
        """Return the work of some of the days."""
        at = [self.days.index(d) for d in days]
        return replace(self, days=days, rates=self.rates[:, at])


def workload(
    forecast: Forecast,
    desk: Desk,
    handling: Mapping[str, Handling] | None = None,
    patience: Mapping[str, Patience] | None = None,
) -> Workload:
    """Return the work of the forecast's days; times measured in the log replace those of the desk file.

    Raises KeyError where the forecast names a channel that the desk does not have.
    """
    channels = {c.id: c for c in desk.channels}
    classes = tuple(
        _class(channels[c], (handling or {}).get(c), (patience or {}).get(c)) for c in forecast.channels
    )
    rates = forecast.slot_rates()
    people = len(desk.residents) + desk.levers.extra_heads
    return Workload(forecast.days, forecast.grid, classes, rates, desk.is_mail_interrupted, people)


def _class(channel: Channel, handling: Handling | None, patience: Patience | None) -> WorkClass:
    """Measured times replace assumed ones, at the level of today; nobody hangs up on work that may wait."""
    waits = channel.patience_min if patience is None else patience.mean_min
    return WorkClass(
        channel=channel.id,
        waiting=channel.waiting,
        handling_min=channel.handling_min if handling is None else handling.current_min,
        handling_cv=channel.handling_cv if handling is None else handling.cv,
        patience_min=waits if channel.waiting == "immediate" else None,
        is_measured=channel.is_measured,
    )
