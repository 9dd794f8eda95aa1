"""How means move: their change a year, and their last three months against all before."""

import numpy as np
from numpy.typing import NDArray

from forecasts.history.estimates import Floats, Logs

Wholes = NDArray[np.int64]
Bools = NDArray[np.bool_]

LEAST_MONTHS = 6
"""Months with rows from which on a change a year is told."""
LEAST_ROWS = 20
"""Rows on each side from which on the last three months are held against those before."""
_MONTHS_A_YEAR = 12
_ROUNDS = 12
_MOST_A_YEAR = 3.0  # of the logarithm: 20 times as much a year later
_NOTHING = 1e-12


def sums(group: Wholes, groups: int, what: Floats) -> Floats:
    """Add up by group: (K,)."""
    return np.bincount(group, what, minlength=groups).astype(np.float64)


def change_a_year(group: Wholes, groups: int, month: Wholes, figure: Floats) -> Logs:
    """Estimate by which factor the mean of each group changes a year.

    Log-linear trend by quasi-likelihood on the sums of months, its noise pooled over the groups and robust to
    how the rows of a month belong together (clusters: Liang & Zeger 1986, "Longitudinal data analysis using
    generalized linear models").

    Args:
        group: Which group each row is of (N,).
        groups: Their number K; each has rows.
        month: The month of each row, counted through from 0 (N,).
        figure: What is averaged, > 0 (N,).
    """
    months = int(month.max()) + 1
    cell, at = np.unique(group * months + month, return_inverse=True)
    of, rows = cell // months, sums(at, len(cell), np.ones(len(figure)))
    year = cell % months / _MONTHS_A_YEAR
    year = year - (sums(of, groups, rows * year) / sums(of, groups, rows))[of]
    total = sums(at, len(cell), figure)
    slope, expected, apart = _trend(of, groups, rows, year, total)
    mean = sums(of, groups, total) / sums(of, groups, rows)
    width = sums(of, groups, expected * apart**2) / mean
    pulled = (total - expected) / mean[of] * apart
    seen = np.bincount(of, minlength=groups)
    freedom = len(cell) - 2 * groups
    noise = float((pulled**2).sum()) / max(float(width.sum()), _NOTHING) * len(cell) / max(freedom, 1)
    is_told = (seen >= LEAST_MONTHS) & (width > _NOTHING)
    return Logs.measured(slope, np.where(is_told, noise / np.maximum(width, _NOTHING), np.inf), freedom)


def _trend(
    of: Wholes, groups: int, rows: Floats, year: Floats, total: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the slopes (K,), and for each month what they expect and its distance from the middle.

    Newton's steps on the slope, the base solved for; steps and slopes are held within bounds.
    """
    slope = np.zeros(groups)
    known = sums(of, groups, total)
    for _ in range(_ROUNDS):
        shape = rows * np.exp(slope[of] * year)
        expected = shape * (known / sums(of, groups, shape))[of]
        apart = year - (sums(of, groups, expected * year) / known)[of]
        told = sums(of, groups, (total - expected) * apart)
        width = np.maximum(sums(of, groups, expected * apart**2), _NOTHING * known)
        slope = np.clip(slope + np.clip(told / width, -1, 1), -_MOST_A_YEAR, _MOST_A_YEAR)
    return slope, expected, apart


def recent_step(group: Wholes, groups: int, is_recent: Bools, figure: Floats, noise: Logs) -> Logs:
    """Return by which factor the mean of the recent rows differs from that of those before.

    ``noise``: logarithms whose variances are those of the groups' means over all rows; that of a part follows
    from its number of rows.
    """
    now, then = (sums(group, groups, side.astype(np.float64)) for side in (is_recent, ~is_recent))
    is_told = (now >= LEAST_ROWS) & (then >= LEAST_ROWS)
    level, former = (
        np.where(is_told, sums(group, groups, figure * side) / np.maximum(rows, 1), 1.0)
        for side, rows in ((is_recent, now), (~is_recent, then))
    )
    of_a_row = noise.variance * (now + then)
    variance = np.where(is_told, of_a_row / np.maximum(now, 1) + of_a_row / np.maximum(then, 1), np.inf)
    return Logs.measured(np.log(level / former), variance, noise.freedom)
