"""What the page asks of a kept outlook: bands, the peak, hours of the day. Answered from what is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from forecasts.distribution import Floats
from forecasts.slots import Period
from planner.outlook.kept import Counts, KeptOutlook

LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
"""Quantiles that are shown: the bounds of the 95, 80 and 50 % intervals, and the median."""
_HOURS = 24
_Number = TypeVar("_Number", np.int32, np.float64)


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: how many weeks ahead, one channel ("" = all together), events in or left out."""

    weeks: int = 13
    channel: str = ""
    has_events: bool = True


@dataclass(frozen=True, slots=True)
class Band:
    """Inquiries a day over some days in a row: from, to, how many office days, quantiles, expectation.

    ``quantiles`` in the order of ``LEVELS``: of one day's count, of several days' mean.
    """

    first: date
    last: date
    office_days: int
    quantiles: tuple[float, ...]
    expected: float

    def interval(self, percent: int) -> tuple[float, float]:
        """Return the bounds of the 50, 80 or 95 % interval."""
        at = {95: 0, 80: 1, 50: 2}[percent]
        return self.quantiles[at], self.quantiles[-1 - at]

    @property
    def median(self) -> float:
        """The middle of all paths."""
        return self.quantiles[len(LEVELS) // 2]


@dataclass(frozen=True, slots=True)
class Peak:
    """The busiest days of a view: what comes on one of them, and on all of them together.

    ``ratio``: expected inquiries against the usual level; ``low`` and ``high``: 80 % of the days of all
    paths; ``total``: quantiles (``LEVELS``) of the whole; ``busiest``: the day on which most are expected.
    """

    period: Period
    office_days: int
    ratio: float
    low: float
    high: float
    total: tuple[float, ...]
    busiest: Band


def days_of(outlook: KeptOutlook, view: View) -> tuple[date, ...]:
    """Return the office days that are looked at."""
    last = outlook.facts.as_of + timedelta(weeks=view.weeks)
    return tuple(d for d in outlook.facts.days if d <= last)


def paths_of(outlook: KeptOutlook, view: View) -> Counts:
    """Return the inquiries of each day on the joint paths: (P, D)."""
    count = outlook.count if view.has_events else outlook.calm_count
    return _of_channel(outlook, count[:, : len(days_of(outlook, view))], view)


def rates_of(outlook: KeptOutlook, view: View) -> Floats:
    """Return the expected inquiries of each day: (D,)."""
    rate = outlook.rate if view.has_events else outlook.calm_rate
    return _of_channel(outlook, rate[: len(days_of(outlook, view))], view)


def past_of(outlook: KeptOutlook, view: View) -> Counts:
    """Return what came on each day of the history: (H,)."""
    return _of_channel(outlook, outlook.past_count, view)


def _of_channel(outlook: KeptOutlook, values: NDArray[_Number], view: View) -> NDArray[_Number]:
    """Take the channel of a view from the last axis, or the sum of all; the type of number stays."""
    if not view.channel:
        whole: NDArray[_Number] = values.sum(axis=-1, dtype=values.dtype)
        return whole
    at = [channel for channel, _ in outlook.facts.channels].index(view.channel)
    one: NDArray[_Number] = values[..., at]
    return one


# --- bands ---


def day_bands(outlook: KeptOutlook, view: View) -> tuple[Band, ...]:
    """Return the band of every office day."""
    days, rates = days_of(outlook, view), rates_of(outlook, view)
    quantiles = np.quantile(paths_of(outlook, view), LEVELS, axis=0, method="inverted_cdf")
    return tuple(
        Band(d, d, 1, tuple(map(float, quantiles[:, n])), float(rates[n])) for n, d in enumerate(days)
    )


def week_bands(outlook: KeptOutlook, view: View) -> tuple[Band, ...]:
    """Return the band of every week: of the mean over its office days, so that short weeks compare."""
    days, rates, paths = days_of(outlook, view), rates_of(outlook, view), paths_of(outlook, view)
    out = []
    for at in weeks_of(days):
        mean = paths[:, at].mean(axis=1)
        quantiles = tuple(float(q) for q in np.quantile(mean, LEVELS))
        out.append(Band(days[at[0]], days[at[-1]], len(at), quantiles, float(rates[at].mean())))
    return tuple(out)


def weeks_of(days: Sequence[date]) -> Iterator[list[int]]:
    """Yield the places of the days of each week (Monday to Sunday)."""
    for _, week in groupby(range(len(days)), key=lambda n: days[n].toordinal() - days[n].weekday()):
        yield list(week)


def past_points(
    days: Sequence[date], counts: Sequence[float] | Counts, *, by_week: bool
) -> tuple[tuple[date, date, float], ...]:
    """Return what came, by day or as the mean of a week's office days: (first day, last day, a day)."""
    groups = weeks_of(days) if by_week else ([n] for n in range(len(days)))
    return tuple((days[at[0]], days[at[-1]], float(np.mean([counts[n] for n in at]))) for at in groups)


# --- the peak ---


def peak_of(outlook: KeptOutlook, view: View) -> Peak:
    """Return the busiest days within a view, as events make them; of a calm view the same days."""
    period = dict(outlook.facts.peaks)[view.weeks]
    days = days_of(outlook, view)
    at = [n for n, d in enumerate(days) if d in period]
    paths, rates = paths_of(outlook, view)[:, at], rates_of(outlook, view)[at]
    low, high = np.quantile(paths, (0.1, 0.9), method="inverted_cdf")
    top = int(rates.argmax())
    quantiles = np.quantile(paths[:, top], LEVELS, method="inverted_cdf")
    day = days[at[top]]
    return Peak(
        period=Period.through(days[at[0]], days[at[-1]]),
        office_days=len(at),
        ratio=float(rates.sum() / max(usual_of(outlook, view)[at].sum(), 1e-9)),
        low=float(low),
        high=float(high),
        total=total_of(paths),
        busiest=Band(day, day, 1, tuple(map(float, quantiles)), float(rates[top])),
    )


def usual_of(outlook: KeptOutlook, view: View) -> Floats:
    """Return the usual level of each day (D,): level, weekday, season; of one channel: without events."""
    if view.channel:
        return rates_of(outlook, replace(view, has_events=False))
    reasons = {r.day: r.base * r.weekday * r.season for r in outlook.facts.explanation.days}
    rates = rates_of(outlook, view)
    return np.array([reasons.get(d, rates[n]) for n, d in enumerate(days_of(outlook, view))])


def total_of(paths: Counts | Floats) -> tuple[float, ...]:
    """Return the quantiles (``LEVELS``) of the whole of joint paths (P, D)."""
    totals = np.quantile(paths.sum(axis=1), LEVELS, method="inverted_cdf")
    return tuple(float(q) for q in totals)


# --- hours of the day ---


def hour_rates(outlook: KeptOutlook, view: View) -> Floats:
    """Return the expected inquiries of each hour of each day: (D, 24)."""
    n = len(days_of(outlook, view))
    rate = (outlook.rate if view.has_events else outlook.calm_rate)[:n]
    slots = rate[:, None, :] * outlook.share[outlook.share_of[:n]]
    hours: Floats = _of_channel(outlook, slots, view).reshape(n, _HOURS, -1).sum(axis=2)
    return hours


def weekday_hours(outlook: KeptOutlook, view: View) -> dict[int, tuple[float, ...]]:
    """Return the mean of each hour (24,) by weekday (0 = Monday), of the weekdays that are office days."""
    days, rates = days_of(outlook, view), hour_rates(outlook, view)
    rows = {}
    for weekday in sorted({d.weekday() for d in days}):
        at = [n for n, d in enumerate(days) if d.weekday() == weekday]
        rows[weekday] = tuple(map(float, rates[at].mean(axis=0)))
    return rows


def reception_hours(outlook: KeptOutlook) -> range:
    """Return the hours of the day in which reception is open, whole where it opens or closes within one."""
    opens, closes = outlook.facts.hours
    return range(opens // 60, -(-closes // 60))
