"""Weekday x slot mean of the last eight weeks: what a desk can do in a spreadsheet, the model to beat.

Totals per weekday; gamma day factors with the dispersion of these weeks; the uncertainty of each mean is
drawn once a path, so that totals of a window do not look surer than eight weeks can make them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from forecasts.distribution import Floats, Forecast
from forecasts.events import Event
from forecasts.features import learned_rows
from forecasts.irls import pearson_dispersion
from forecasts.model import DayReason, Explanation, Known, checked_days
from forecasts.shares import Mix, learned_mix

_WEEKS = 8
_LEAST_DAYS = 3  # of a weekday, to have a mean of its own


class RecentMean:
    """The baseline."""

    name = "recent_mean"
    min_office_days = 20

    def fit(self, known: Known) -> "FittedRecentMean":
        """Learn from the last eight weeks; raises ValueError on too short a history."""
        history = known.history
        use = learned_rows(history, known.events)
        if use.sum() < self.min_office_days:
            message = f"{self.name} needs {self.min_office_days} office days to learn from, not {use.sum()}"
            raise ValueError(message)
        last = max(d for d, u in zip(history.days, use, strict=True) if u)
        use &= np.array([d > last - timedelta(weeks=_WEEKS) for d in history.days])
        days = [d for d, u in zip(history.days, use, strict=True) if u]
        y = history.count[use].sum(axis=(1, 2)).astype(float)
        weekdays = np.array([d.weekday() for d in days])
        seen = np.bincount(weekdays, minlength=7)
        sums = np.bincount(weekdays, weights=y, minlength=7)
        has_own = seen >= _LEAST_DAYS
        mean = np.where(has_own, sums / np.maximum(seen, 1), y.mean())
        seen = np.where(has_own, seen, y.size)
        # Nobody called in eight weeks: a small rate keeps the arithmetic defined and is as good as zero.
        mean = np.maximum(mean, 1e-6)
        dispersion = pearson_dispersion(y, mean[weekdays], y.size - has_own.sum())
        mix = learned_mix(history, use, known.events, known.calendar)
        spread = (1 / mean + dispersion) / seen
        return FittedRecentMean(known.as_of, mean, float(y.mean()), spread, dispersion, mix)


@dataclass(frozen=True, slots=True, eq=False)
class FittedRecentMean:
    """``mean`` and ``spread`` (7,): expected inquiries by weekday and the squared relative error of that."""

    as_of: date
    mean: Floats
    base: float
    spread: Floats
    dispersion: float
    mix: Mix

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        """Draw joint sample paths."""
        days = checked_days(days, self.as_of)
        rng = np.random.default_rng([seed, 0])
        level = rng.gamma(1 / self.spread, self.mean * self.spread, size=(paths, 7))
        noise = rng.gamma(1 / self.dispersion, self.dispersion, size=(paths, len(days)))
        return self.mix.spread(level[:, [d.weekday() for d in days]] * noise, days, seed, RecentMean.name)

    def explain(self, days: Sequence[date]) -> Explanation:
        """Take the days apart into base and weekday; this model knows nothing else."""
        base = max(self.base, 1e-6)
        return Explanation(
            tuple(
                DayReason(d, base, float(self.mean[w] / base), 1.0, 1.0, float(self.mean[w]), ())
                for d in checked_days(days, self.as_of)
                for w in [d.weekday()]
            )
        )

    def given(self, events: Sequence[Event]) -> "FittedRecentMean":
        """Return the same means: they know of no event but for the times of the day."""
        return replace(self, mix=replace(self.mix, events=tuple(events)))
