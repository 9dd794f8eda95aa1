"""Where a history dries up: the export ended, and only a trickle of stray rows goes on; and where it begins.

A log extracted on a day, or filtered by a closing date, often ends in months with a row every few days.
A model that learned from them would forecast an empty desk.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FORTNIGHT_DAYS = 14
USUAL_FORTNIGHTS = 4  # 8 weeks
DRIED_SHARE = 0.25
NOTHING_SHARE = 0.1
USUAL_DAYS = 40  # office days of 8 weeks
CHANCE_DEVIATIONS = 4

Floats = NDArray[np.float64]


def dried_up(day_totals: Sequence[int], days: Sequence[date]) -> date | None:
    """Return the first day of a dried-up tail, or None if the history goes on to its end.

    A day starts a dried tail if from then on *every* fortnight of the history brings less than a quarter
    of what was usual: the lower of the last 8 weeks' mean fortnight and of the median fortnight so far.

    - Fortnights, because their sums need no calendar: weekends, absent days and the desk's own rhythm
      weigh alike in all of them, and the longest closure yet (10 days, 27 April to 6 May 2019) leaves
      two fifths of one standing.
    - *Every* later fortnight: a gap after which inquiries return is an outage, not a tail.
    - The last 8 weeks: a desk that shrinks over years is no dried log. The median of all: neither is a
      quiet season after a yearly peak.
    - Four Poisson standard deviations less, too: the quiet fortnights of a small desk are chance.
    - A tail shorter than a fortnight is dried only where it is next to nothing: see ``_short_tail``.

    Args:
        day_totals: Inquiries of each day, >= 0.
        days: The days, in any order; those absent between the first and the last had no inquiry.
    """
    if not days:
        return None
    first = min(days)
    total = np.zeros((max(days) - first).days + 1)
    np.add.at(total, [(d - first).days for d in days], day_totals)
    if len(total) < 2 * FORTNIGHT_DAYS:
        return None
    return _long_tail(total, first) or _short_tail(day_totals, days)


def begun(day_totals: Sequence[int], days: Sequence[date]) -> date | None:
    """Return the first day of the history proper where stray rows (a mistyped year) precede it, else None.

    A beginning is an end seen backwards: arguments and rules are those of ``dried_up``.
    """
    if not days:
        return None
    ends = min(days).toordinal() + max(days).toordinal()
    dry = dried_up(day_totals, [date.fromordinal(ends - d.toordinal()) for d in days])
    return None if dry is None else date.fromordinal(ends - dry.toordinal() + 1)


def _long_tail(total: Floats, first: date) -> date | None:
    """Find a tail of a fortnight or longer in the totals of all days from ``first`` on."""
    fortnight = np.convolve(total, np.ones(FORTNIGHT_DAYS), "valid")  # sum of days n … n + 13
    most_from = np.maximum.accumulate(fortnight[::-1])[::-1]
    usual = _usual_before(fortnight)
    little = np.minimum(DRIED_SHARE * usual, usual - CHANCE_DEVIATIONS * np.sqrt(usual))
    dry = np.flatnonzero(most_from[FORTNIGHT_DAYS:] < little)
    if not dry.size:
        return None
    # The first such fortnight still begins with the last full days: the tail begins after them.
    start = int(dry[0]) + FORTNIGHT_DAYS
    full_day = DRIED_SHARE * usual[dry[0]] / FORTNIGHT_DAYS
    full = np.flatnonzero(total[start : start + FORTNIGHT_DAYS] >= full_day)
    return first + timedelta(days=start + (int(full[-1]) + 1 if full.size else 0))


def _short_tail(day_totals: Sequence[int], days: Sequence[date]) -> date | None:
    """Find trailing days that are next to nothing, by the days given alone (closing days are not among them).

    Next to nothing: less than a tenth of the median of the last 8 weeks, and beyond Poisson chance. A log
    that was cut days before it was read ends like this; an unknown closure does too, and a closure at the
    very end must not be learned either.
    """
    order = np.argsort([d.toordinal() for d in days])
    counts = np.asarray(day_totals, dtype=np.float64)[order]
    usual = float(np.median(counts[-USUAL_DAYS:]))
    little = min(NOTHING_SHARE * usual, usual - CHANCE_DEVIATIONS * np.sqrt(usual))
    full = np.flatnonzero(counts > little)
    if little <= 0 or not full.size or full[-1] == len(counts) - 1:
        return None
    return days[int(order[full[-1] + 1])]


def _usual_before(fortnight: Floats) -> Floats:
    """Return for each day from the 15th on the usual fortnight, seen from the days before it."""
    seen = pd.Series(fortnight[:-FORTNIGHT_DAYS])  # entry n ends the day before day n + 14
    recent = seen.rolling((USUAL_FORTNIGHTS - 1) * FORTNIGHT_DAYS + 1, min_periods=1).mean()
    usual: Floats = np.minimum(recent.to_numpy(), seen.expanding().median().to_numpy())
    return usual
