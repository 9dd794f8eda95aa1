"""Last year x growth: the same weekday a year ago, times the growth of the last eight weeks against then."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from forecasts.distribution import Floats
from forecasts.model import Known
from forecasts.thumb import FittedRule, Parts, Seen, fitted_rule

_YEAR_WEEKS = 52
_GROWTH_DAYS = 56
_FLOOR = 0.1  # of a year's mean day: a day on which nobody came says little of the same day a year on


class LastYearGrowth:
    """Wants a year of office days and eight weeks; knows of no event but those of a year ago."""

    name = "last_year_growth"
    min_office_days = 280

    def fit(self, known: Known) -> FittedRule:
        """Learn; raises ValueError on too short a history."""
        return fitted_rule(self, known)

    def parts(self, seen: Seen, days: Sequence[date]) -> Parts:
        """Say what is expected."""
        at = {d.toordinal(): n for n, d in enumerate(seen.days)}
        last = seen.days[-1].toordinal()
        recent = [n for day, n in at.items() if day > last - _GROWTH_DAYS]
        before = [_then(at, seen.days[n].toordinal(), last - _GROWTH_DAYS) for n in recent]
        then = seen.total[before].sum()
        growth = seen.total[recent].sum() / then if then > 0 else 1.0
        year = float(seen.total[seen.ordinal > last - 7 * _YEAR_WEEKS].mean())
        ago: Floats = seen.total[[_then(at, d.toordinal(), last) for d in days]]
        ago = np.maximum(ago, _FLOOR * year)
        season = ago / year if year > 0 else np.ones(len(days))
        ones = np.ones(len(days))
        return Parts(np.full(len(days), growth * year), ones, season, ones)


def _then(at: dict[int, int], day: int, last: int) -> int:
    """Return the row of the same weekday a year (or years) before, or of the nearest week that has it.

    Days after ``last`` are not looked at.
    """
    year = 7 * _YEAR_WEEKS
    target = day - year * max(1, -((last - day) // year))
    for weeks in range(10 * _YEAR_WEEKS):
        for found in (target - 7 * weeks, target + 7 * weeks):
            if found in at and found <= last:
                return at[found]
    return at[min(at, key=lambda found: abs(found - target))]
