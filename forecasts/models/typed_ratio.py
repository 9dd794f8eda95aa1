"""Last year's ratio typed in: how service-desk tools want an event forecast.

The eight-week weekday mean; for the window of a coming event the ratio that the last event like it had:
its window over the twenty office days before it, the same for every day of the window.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from forecasts.features import Round, is_alike, rounds, window_of
from forecasts.model import Known
from forecasts.thumb import FittedRule, Parts, Seen, fitted_rule, weekday_means

_WEEKS = 8
_BEFORE_DAYS = 20  # office days


class TypedRatio:
    """The weekday mean times a ratio."""

    name = "typed_ratio"
    min_office_days = 40

    def fit(self, known: Known) -> FittedRule:
        """Learn; raises ValueError on too short a history."""
        return fitted_rule(self, known)

    def parts(self, seen: Seen, days: Sequence[date]) -> Parts:
        """Say what is expected."""
        windows = {
            r: sorted({d for e in r.events for d in window_of(e, seen.calendar)})
            for r in rounds(seen.events, seen.calendar)
        }
        tagged = {d for window in windows.values() for d in window}
        untagged = np.array([float(d not in tagged) for d in seen.days])
        base, mean = weekday_means(seen, untagged, np.array([float(d.toordinal()) for d in days]), _WEEKS)
        weekday = np.divide(mean, base, out=np.ones(len(days)), where=base > 0)
        return Parts(base, weekday, np.ones(len(days)), _typed(seen, windows, days))


def _typed(seen: Seen, windows: dict[Round, list[date]], days: Sequence[date]) -> np.ndarray:
    """Return the ratio (D,) typed in for each day, 1 where there is none; of several the largest."""
    asked = {d: n for n, d in enumerate(days)}
    ratios: list[list[float]] = [[] for _ in days]
    for coming, window in windows.items():
        if not any(d in asked for d in window):
            continue
        past = [
            ratio
            for r, w in windows.items()
            if r.start < coming.start and is_alike(r, coming) and (ratio := _ratio(seen, w)) is not None
        ]
        for day in window if past else ():
            if day in asked:
                ratios[asked[day]].append(past[-1])
    return np.array([max(r, default=1.0) for r in ratios])


def _ratio(seen: Seen, window: Sequence[date]) -> float | None:
    """Return the mean of a window over that of the office days before it; None where not all was seen."""
    if window[-1] > seen.days[-1]:
        return None
    start, end = np.searchsorted(seen.ordinal, [window[0].toordinal(), window[-1].toordinal() + 1]).tolist()
    if start < _BEFORE_DAYS or start == end:
        return None
    before = float(seen.total[start - _BEFORE_DAYS : start].mean())
    return float(seen.total[start:end].mean()) / before if before > 0 else None
