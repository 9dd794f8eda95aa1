"""How long an inquiry takes, by channel and by category, as the log tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, hypot, log

import numpy as np
import pandas as pd

from forecasts.history.durations import Durations, Figures, figures
from forecasts.history.estimates import Estimate, Logs

TRIM_LEVEL = 0.995
_SURE_DEVIATIONS, _LEAST_MOVE = 2.58, 0.05  # a step by chance in 1 of 100 desks; 5 %

Ends = tuple[float, float]
"""The ends of an 80 % interval."""


@dataclass(frozen=True, slots=True)
class Handling:
    """Handling time of a channel or category: mean in minutes, coefficient of variation, inquiries.

    ``is_cv_measured``: False where only the mean was measured and the variation is assumed. Intervals hold
    the true figure with 80 %; None where too little tells. ``change``: factor a year; ``step``: mean of the
    last three months as a multiple of that before; ``has_moved``: the step is no chance, and 5 % at least.
    ``recent_min``: mean of the last three months, of ``recent_n`` inquiries. ``own_weight``: how much of a
    category's mean is its own; the rest is drawn towards its channel.
    """

    mean_min: float
    cv: float
    n: int
    is_cv_measured: bool = True
    interval_min: Ends | None = None
    cv_interval: Ends | None = None
    change: Estimate | None = None
    step: Estimate | None = None
    has_moved: bool = False
    recent_min: float | None = None
    own_weight: float = 1.0
    recent_interval_min: Ends | None = None
    recent_n: int | None = None

    @property
    def current_min(self) -> float:
        """The level of today: that of the last three months where it has moved, else that of all."""
        return self.recent_min if self.is_recent and self.recent_min is not None else self.mean_min

    @property
    def is_recent(self) -> bool:
        """Whether ``current_min`` is the level of the last three months."""
        return self.has_moved and self.recent_min is not None


def handling_times(inquiries: pd.DataFrame) -> dict[str, Handling]:
    """Measure handling times by channel, all its inquiries as they came; a channel without any is absent.

    Only times above 0 count. Those above the 99.5 % point of their channel are set to that point: an
    inquiry left open over night would else outweigh a hundred others. One inquiry alone has cv 0.
    """
    found = {}
    for channel, rows in _by_channel(inquiries):
        of = figures(Durations.of(rows["handling_min"], rows["received_at"]))
        found[channel] = _handling(of, 0, float(of.mean[0]), float(of.cv[0]))
    return found


def handling_by_category(inquiries: pd.DataFrame) -> dict[tuple[str, str], Handling]:
    """Measure handling times by channel and category ("" = not told); no channel without a category told.

    Trimmed as in ``handling_times``. Every figure is drawn towards that of the channel's categories
    together, the more the fewer its inquiries (``estimates.shrunk``): ``own_weight`` says how far the mean
    is its own.
    """
    found = {}
    for channel, rows in _by_channel(inquiries):
        group, names = pd.factorize(rows["category"].astype(str), sort=True)
        if [*names] == [""]:
            continue
        of = figures(Durations.of(rows["handling_min"], rows["received_at"], group.astype(np.int64)))
        means, spreads = np.exp(of.log_mean.value).tolist(), _spreads(of)
        for k, name in enumerate(names):
            found[channel, str(name)] = _handling(of, k, means[k], spreads[k])
    return found


def talk_times(intervals: pd.DataFrame) -> dict[str, Handling]:
    """Return the mean talk time by channel from the reports of a telephone exchange; its spread is not told.

    Each interval weighs as many calls as were answered in it, or were offered where that is not told; the
    intervals of one day count as belonging together.
    """
    calls = intervals["answered"].fillna(intervals["offered"])
    told = intervals.assign(calls=calls)[(intervals["talk_s"] > 0) & (calls > 0)]
    found = {}
    for channel, rows in told.groupby(told["channel"].astype(str)):
        n = float(rows["calls"].sum())
        mean_min = float((rows["talk_s"] * rows["calls"]).sum()) / n / 60
        apart = rows["calls"] * (rows["talk_s"] / 60 / mean_min - 1)
        by_day = apart.groupby(rows["start_at"].dt.normalize()).sum().to_numpy(np.float64)
        days = len(by_day)
        variance = np.array([(by_day**2).sum() / n**2 * days / max(days - 1, 1)])
        mean = Logs.measured(np.log([mean_min]), variance, days - 1).estimate(0)
        found[str(channel)] = Handling(
            mean_min, 1.0, round(n), is_cv_measured=False, interval_min=_ends(mean)
        )
    return found


def _by_channel(inquiries: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the measured times of each channel, trimmed."""
    measured = inquiries[inquiries["handling_min"] > 0]
    for channel, rows in measured.groupby("channel", observed=True):
        most = float(rows["handling_min"].quantile(TRIM_LEVEL, interpolation="higher"))
        yield str(channel), rows.assign(handling_min=rows["handling_min"].clip(upper=most))


def _handling(of: Figures, k: int, mean_min: float, cv: float) -> Handling:
    step, sure = of.step.estimate(k), np.log1p(_LEAST_MOVE)
    move, deviation = abs(float(of.step.value[k])), float(np.sqrt(of.step.variance[k]))
    mean, share = of.log_mean.estimate(k), float(of.recent_share[k])
    recent = None if step is None else _recent(mean, step, share)
    return Handling(
        mean_min,
        cv,
        int(of.rows[k]),
        interval_min=_ends(mean),
        cv_interval=_ends(of.log_cv.estimate(k)),
        change=of.change.estimate(k),
        step=step,
        has_moved=step is not None and move > max(_SURE_DEVIATIONS * deviation, sure),
        recent_min=None if recent is None else mean_min * recent.value,
        own_weight=float(of.log_mean.own_weight[k]),
        recent_interval_min=None if recent is None else (mean_min * recent.low, mean_min * recent.high),
        recent_n=None if recent is None else round(share * float(of.rows[k])),
    )


def _recent(mean: Estimate | None, step: Estimate, share: float) -> Estimate:
    """Return the mean of the last three months as a multiple of that of all, of which they are a ``share``.

    The mean of all and the step are off independently of each other, so that both add up to what the recent
    mean alone is off by.
    """
    value, low, high = (s / (1 - share + share * s) for s in (step.value, step.low, step.high))
    down, up = (0.0, 0.0) if mean is None else (log(mean.value / mean.low), log(mean.high / mean.value))
    return Estimate(
        value, value * exp(-hypot(log(value / low), down)), value * exp(hypot(log(high / value), up))
    )


def _spreads(of: Figures) -> list[float]:
    """Return the coefficients of variation; 0 where no category has one that was measured."""
    is_told = np.isfinite(of.log_cv.variance)
    return [float(cv) for cv in np.where(is_told, np.exp(of.log_cv.value), 0.0)]


def _ends(found: Estimate | None) -> Ends | None:
    return None if found is None else (found.low, found.high)
