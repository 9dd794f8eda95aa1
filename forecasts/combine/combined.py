"""The combination as a model: its members learn, its paths are a mixture of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasts.combine.pool import NAME, mixed_forecast
from forecasts.combine.weighing import Weights
from forecasts.distribution import Forecast
from forecasts.events import Event
from forecasts.features import learned_rows
from forecasts.model import DayReason, Explanation, Fitted, Known, Model


class Combined:
    """Members and what each counts; one that lacks the history is left out, the others share its weight."""

    name = NAME

    def __init__(self, members: Sequence[Model], weights: Sequence[float]) -> None:
        """Take members with their weights (not negative, not all zero); a weight of zero leaves one out."""
        self.parts = tuple((m, w) for m, w in zip(members, weights, strict=True) if w > 0)
        self.min_office_days = min(m.min_office_days for m, _ in self.parts)

    def fit(self, known: Known) -> "FittedCombined":
        """Let the members learn; raises ValueError where none has enough history."""
        days = int(learned_rows(known.history, known.events).sum())
        able = [(m, w) for m, w in self.parts if m.min_office_days <= days]
        if not able:
            message = f"{self.name} needs {self.min_office_days} office days to learn from, not {days}"
            raise ValueError(message)
        total = sum(w for _, w in able)
        return FittedCombined(tuple(m.fit(known) for m, _ in able), tuple(w / total for _, w in able))


@dataclass(frozen=True, slots=True, eq=False)
class FittedCombined:
    """``weights`` add up to 1."""

    members: tuple[Fitted, ...]
    weights: tuple[float, ...]

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        """Draw joint sample paths, each from one member."""
        return mixed_forecast([m.forecast(days, paths, seed) for m in self.members], self.weights, seed)

    def given(self, events: Sequence[Event]) -> "FittedCombined":
        """Return the same learning and weights under other events."""
        return FittedCombined(tuple(m.given(events) for m in self.members), self.weights)

    def explain(self, days: Sequence[date]) -> Explanation:
        """Explain by the heaviest member that tells of events, with the levels of the whole mixture.

        Weekday and season are that member's; base and events are such that base x weekday x season is what
        the members expect on average without events, and all four together what they expect.
        """
        told = [m.explain(days) for m in self.members]
        order = np.argsort(-np.array(self.weights), kind="stable")
        lead = next((told[n] for n in order if told[n].effects), told[order[0]])
        usual, expected = (
            np.average([[of(r) for r in one.days] for one in told], axis=0, weights=self.weights)
            for of in (_usual, _expected)
        )
        reasons = tuple(
            DayReason(
                r.day, u / (r.weekday * r.season), r.weekday, r.season, e / u, e,
                r.events, r.noise_low, r.noise_high,
            )
            for r, u, e in zip(lead.days, usual.tolist(), expected.tolist(), strict=True)
        )  # fmt: skip
        return Explanation(reasons, lead.effects)


def weighted(models: Sequence[Model], weights: Weights) -> Combined:
    """Return the combination of the models that have a weight."""
    of = dict(weights.of)
    members = [m for m in models if m.name in of]
    return Combined(members, [of[m.name] for m in members])


def _usual(reason: DayReason) -> float:
    return reason.base * reason.weekday * reason.season


def _expected(reason: DayReason) -> float:
    return reason.expected
