"""Durations by group: mean, variation, change and last step of each, with what they may be off by."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasts.history.drift import Bools, Wholes, change_a_year, recent_step, sums
from forecasts.history.estimates import Floats, Logs, shrunk

RECENT_DAYS = 91
"""Calendar days of "the last three months"."""
LEAST_FOR_CV = 10
"""Durations of one group among several from which its own variation counts."""
_SPREAD, _SLOPE_SPREAD = 0.2, 0.03  # by how much groups differ as a rule, in logarithms
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Durations:
    """Durations > 0 in minutes, with the group, day and month of each (N,); which are recent.

    Days and months count from those of the first; every one of the ``groups`` has a row.
    """

    minutes: Floats
    group: Wholes
    groups: int
    day: Wholes
    month: Wholes
    is_recent: Bools

    @classmethod
    def of(
        cls, minutes: "pd.Series[float]", at: "pd.Series[pd.Timestamp]", group: Wholes | None = None
    ) -> "Durations":
        """Take durations with their times; without groups all are of one."""
        moments = at.to_numpy("datetime64[us]")
        day = moments.astype("datetime64[D]").astype(np.int64)
        month = moments.astype("datetime64[M]").astype(np.int64)
        group = np.zeros(len(day), dtype=np.int64) if group is None else group
        is_recent: Bools = day > day.max() - RECENT_DAYS
        groups = int(group.max()) + 1
        own = np.asarray(minutes, dtype=np.float64)
        return cls(own, group, groups, day - day.min(), month - month.min(), is_recent)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What durations say of each group: rows, mean in minutes and coefficient of variation as they came (K,).

    ``log_mean``, ``log_cv``, ``change`` (a year), ``step`` (last three months against before): estimates.
    ``recent_share``: share of the rows that are recent.
    """

    rows: Wholes
    mean: Floats
    cv: Floats
    log_mean: Logs
    log_cv: Logs
    change: Logs
    step: Logs
    recent_share: Floats


def figures(durations: Durations) -> Figures:
    """Measure every group. Of several groups each estimate is drawn towards their common one (``shrunk``).

    Durations of one day count as belonging together (clusters), their noise as one in proportion to the mean.
    """
    group, groups, minutes = durations.group, durations.groups, durations.minutes
    rows = np.bincount(group, minlength=groups)
    mean = sums(group, groups, minutes) / rows
    apart = minutes / mean[group] - 1
    cv = np.sqrt(sums(group, groups, apart**2) / rows)
    log_mean = _with_noise(durations, np.log(mean), apart, rows)
    change = change_a_year(group, groups, durations.month, minutes)
    step = recent_step(group, groups, durations.is_recent, minutes, log_mean)
    log_cv = _log_cv(durations, cv, apart, rows)
    if groups > 1:
        # The logarithm of a mean of few is too low by half its variance (second order).
        low_by = np.minimum(log_mean.variance, 1.0) / 2
        log_mean = shrunk(
            Logs.measured(log_mean.value + low_by, log_mean.variance, log_mean.freedom), _SPREAD
        )
        log_cv, step = shrunk(log_cv, _SPREAD), shrunk(step, _SPREAD)
        change = shrunk(change, _SLOPE_SPREAD)
    share = sums(group, groups, durations.is_recent.astype(np.float64)) / rows
    return Figures(rows, mean, cv, log_mean, log_cv, change, step, share)


def _log_cv(durations: Durations, cv: Floats, apart: Floats, rows: Wholes) -> Logs:
    is_told = (cv > 0) & ((rows >= LEAST_FOR_CV) | (durations.groups == 1))
    # How far one duration pulls the logarithm of the coefficient of variation (influence function).
    pull = ((apart / np.maximum(cv, _NOTHING)[durations.group]) ** 2 - 1) / 2 - apart
    of_told = np.where(is_told[durations.group], pull, 0.0)
    logs = _with_noise(durations, np.log(np.where(is_told, cv, 1.0)), of_told, rows)
    return Logs.measured(logs.value, np.where(is_told, logs.variance, np.inf), logs.freedom)


def _with_noise(durations: Durations, value: Floats, apart: Floats, rows: Wholes) -> Logs:
    """Return logarithms with the variance that the pulls of single rows, ``apart`` (N,), give their means."""
    days = int(durations.day.max()) + 1
    _, cluster = np.unique(durations.group * days + durations.day, return_inverse=True)
    pulled = np.bincount(cluster, apart)
    freedom = len(pulled) - durations.groups
    noise = float((pulled**2).sum()) / len(apart) * len(pulled) / max(freedom, 1)
    return Logs.measured(value, noise / rows, freedom)
