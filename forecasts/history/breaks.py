"""Where a history breaks: stretches without records, and days from which the level is another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from forecasts.distribution import Floats

GAP_CHANCE = 1e-4
"""A stretch without an inquiry is a gap if chance brings none so long less often."""
LEAST_CHANGE = 1.3
"""A level that moved by less than this factor (or its inverse) is not told."""
SIDE_DAYS = 25
"""Office days, five weeks, over which a level must have stayed before and after."""
_CHANNEL_GAP_DAYS = 5  # office days; shorter ones of one channel are told as abnormal days
_SPREAD = 0.1  # variance of the rate over its square, more than desks show
_NEAR_DAYS = 10
_LEAST_LEVEL = 0.1  # inquiries a day: what an empty month counts as
_TRIMMED = 0.25  # of the days on each side: weeks of events do not make a level
_SURE_DEVIATIONS = 5.5
_SUDDEN = 0.6  # of the change happens between the fortnight before and that after
_COUNTED = 3.0  # inquiries a day from which a day with none is no day of the level


@dataclass(frozen=True, slots=True)
class Gap:
    """Office days in a row, ``first`` to ``last``, without any inquiry; ``channel`` "" = of all channels.

    ``is_start``, ``is_end``: it reaches from the first, or to the last, day of the history.
    """

    first: date
    last: date
    office_days: int
    channel: str = ""
    is_start: bool = False
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class LevelChange:
    """From ``day`` on the level is another: inquiries an office day ``before`` and ``after``."""

    day: date
    before: float
    after: float
    channel: str = ""

    @property
    def factor(self) -> float:
        """How many times the former level."""
        return self.after / self.before


def gaps(days: Sequence[date], count: Floats, channel: str = "") -> tuple[Gap, ...]:
    """Find stretches of office days without an inquiry that chance does not explain; ``count`` (D,)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], count == 0, [0]))))
    found = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        around = np.concatenate((count[max(start - SIDE_DAYS, 0) : start], count[end : end + SIDE_DAYS]))
        level = float(np.median(around)) if around.size else 0.0
        level = level if level >= _COUNTED else float(around.mean()) if around.size else 0.0
        chance = float(np.exp(-(end - start) / _SPREAD * np.log1p(_SPREAD * level)))
        if chance < GAP_CHANCE and (not channel or end - start >= _CHANNEL_GAP_DAYS):
            where = (start == 0, end == len(days))
            found.append(Gap(days[start], days[end - 1], end - start, channel, *where))
    return tuple(found)


def level_changes(days: Sequence[date], count: Floats, channel: str = "") -> tuple[LevelChange, ...]:
    """Find sudden changes of the level that stayed five weeks or longer; ``count`` (D,) of office days.

    Trimmed means of the five weeks before and after each day are compared; their standard errors come
    from the winsorised variance (Tukey & McLaughlin 1963). Of neighbours the surest change is told.
    """
    seen = np.flatnonzero((count > 0) | (np.median(count) < _COUNTED)) if count.size else np.zeros(0, int)
    own = count[seen] / _weekday_factors([days[int(n)] for n in seen], count[seen])
    sure = _sureness(own)
    found = []
    while sure.size and sure.max() > _SURE_DEVIATIONS:
        best = int(np.argmax(sure))
        at = _split(own, best)
        before, after = own[max(at - SIDE_DAYS, 0) : at], own[at : at + SIDE_DAYS]
        was, is_now = (float(_levels(side, len(side))[0][0]) for side in (before, after))
        found.append(LevelChange(days[int(seen[at])], was, is_now, channel))
        sure[max(best - SIDE_DAYS, 0) : best + SIDE_DAYS] = 0
    return tuple(sorted(found, key=lambda c: c.day))


def _weekday_factors(days: Sequence[date], count: Floats) -> Floats:
    weekday = np.array([d.weekday() for d in days])
    means = {int(w): float(np.mean(count[weekday == w])) for w in np.unique(weekday)}
    overall = max(float(np.mean(count)) if count.size else 0.0, 1e-9)
    return np.array([max(means[int(w)] / overall, 0.05) for w in weekday])


def _sureness(own: Floats) -> Floats:
    """Return by how many standard errors the levels before and after each row differ; 0 = not told."""
    out = np.zeros(len(own))
    if len(own) < 2 * SIDE_DAYS:
        return out
    level, error = _levels(own, SIDE_DAYS)
    near, _ = _levels(own, _NEAR_DAYS)
    at = np.arange(SIDE_DAYS, len(own) - SIDE_DAYS + 1)
    before, after = level[at - SIDE_DAYS], level[at]
    change = np.log(after / before)
    sudden = np.log(near[at] / near[at - _NEAR_DAYS]) / np.where(change == 0, np.inf, change)
    errors = np.hypot(error[at - SIDE_DAYS], error[at])
    told = (np.abs(change) >= np.log(LEAST_CHANGE)) & (sudden >= _SUDDEN)
    out[at[at < len(own)]] = np.where(told, np.abs(after - before) / errors, 0.0)[at < len(own)]
    return out


def _levels(own: Floats, reach: int) -> tuple[Floats, Floats]:
    """Return the trimmed mean of each ``reach`` rows in a row, and its standard error.

    The error is that of the winsorised variance, that of Poisson noise at the least.
    """
    rows = np.sort(sliding_window_view(own, reach), axis=1)
    cut = int(_TRIMMED * reach)
    kept = rows[:, cut : reach - cut]
    level = np.maximum(kept.mean(axis=1), _LEAST_LEVEL)
    outer = np.stack([kept[:, 0], kept[:, -1]], axis=1).repeat(cut, axis=1)
    spread = np.hstack([kept, outer]).std(axis=1) * reach / (reach - 2 * cut)
    return level, np.maximum(spread, np.sqrt(level)) / np.sqrt(reach)


def _split(own: Floats, near: int) -> int:
    """Return the row near ``near`` that parts two Poisson levels best (maximum likelihood)."""
    first, last = max(near - _NEAR_DAYS, 1), min(near + _NEAR_DAYS, len(own) - 1)
    start, end = max(near - SIDE_DAYS, 0), near + SIDE_DAYS

    def fit(n: int) -> float:
        return sum(float(s.sum() * np.log(max(s.mean(), 1e-9))) for s in (own[start:n], own[n:end]))

    return max(range(first, last + 1), key=fit)
