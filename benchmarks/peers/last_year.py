"""Last year x growth: what a desk types into its sheet today.

The same weekday a year ago, times the growth of the last eight weeks against the same weeks then; what the
rule missed in these weeks, as a ratio, is its uncertainty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from benchmarks.peers.drawn import of_days
from forecasts.distribution import Floats, Forecast
from forecasts.model import Explanation, Known

_YEAR_WEEKS = 52
_LEARN_DAYS = 56
_QUANTILES = (np.arange(100) + 0.5) / 100


class LastYear:
    """Wants a year and eight weeks of days."""

    name = "last_year_growth"
    min_office_days = 365 + _LEARN_DAYS

    def fit(self, known: Known) -> "FittedLastYear":
        """Learn the growth and how the rule missed."""
        total = dict(zip(known.history.days, known.history.day_count.sum(axis=1).tolist(), strict=True))
        recent = known.history.days[-_LEARN_DAYS:]
        then = np.array([_then(total, d) for d in recent])
        now = np.array([float(total[d]) for d in recent])
        ratio = now / np.maximum(then, 1.0)
        return FittedLastYear(known, total, np.quantile(ratio, _QUANTILES))


@dataclass(frozen=True, slots=True, eq=False)
class FittedLastYear:
    """``ratio``: quantiles of this year over last year."""

    known: Known
    total: dict[date, int]
    ratio: Floats

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:  # noqa: ARG002 - our models draw
        """Multiply."""
        then = np.array([_then(self.total, d) for d in days])
        return of_days(self.ratio[:, None] * then, days, self.known, paths, LastYear.name)

    def explain(self, days: Sequence[date]) -> Explanation:  # noqa: ARG002 - nothing to tell of any day
        """Say nothing."""
        return Explanation()


def _then(total: dict[date, int], day: date) -> float:
    """Return the count of the same weekday 52 weeks before, or of the nearest week that has it."""
    weeks = sorted(range(1, 2 * _YEAR_WEEKS), key=lambda w: abs(w - _YEAR_WEEKS))
    return float(next(total[d] for w in weeks if (d := day - timedelta(weeks=w)) in total))
