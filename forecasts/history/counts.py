"""Counts per office day, slot and channel: what every model learns from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasts.calendar import Calendar
from forecasts.distribution import Wholes
from forecasts.slots import Grid, Period


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Inquiries counted. Closing days are absent, never zero.

    ``count`` (D, S, C): inquiries by office day, slot of the day (0:00 to 24:00) and channel. What came
    on a closing day is counted in the first slot of the next office day. ``left_out``: office days that
    happened but must not be learned from (outages), kept in ``count`` all the same.
    """

    days: tuple[date, ...]
    grid: Grid
    channels: tuple[str, ...]
    count: Wholes
    left_out: frozenset[date] = frozenset()

    def before(self, day: date) -> "History":
        """Return what had happened before ``day``."""
        n = sum(d < day for d in self.days)
        return replace(self, days=self.days[:n], count=self.count[:n])

    def since(self, day: date) -> "History":
        """Return what happened on ``day`` and after."""
        n = sum(d < day for d in self.days)
        return replace(self, days=self.days[n:], count=self.count[n:])

    @property
    def day_count(self) -> Wholes:
        """Inquiries by office day and channel: (D, C)."""
        total: Wholes = self.count.sum(axis=1)
        return total

    @property
    def is_learned(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which days may be learned from: (D,)."""
        return np.array([d not in self.left_out for d in self.days], dtype=np.bool_)

    @property
    def period(self) -> Period:
        """From the first to the last office day."""
        return Period.through(self.days[0], self.days[-1])


def counted(
    inquiries: pd.DataFrame,
    calendar: Calendar,
    grid: Grid,
    channels: tuple[str, ...],
    period: Period,
) -> History:
    """Count clean inquiries (columns ``received_at``, ``channel``) over the office days of a period.

    The first office day takes over what came on the closing days before it, even where they lie before
    the period: a day's count does not depend on where the period starts. What came on closing days after
    the last office day belongs to a day outside the period and is left out, as are other channels.
    """
    days = calendar.office_days(period.start, period.end)
    count = np.zeros((len(days), grid.slots, len(channels)), dtype=np.int64)
    received = inquiries["received_at"]
    received_on = received.dt.date
    row = received_on.map(_row_by_day(calendar, days))
    minute = received.dt.hour * 60 + received.dt.minute
    slot = (minute // grid.slot_min).where(received_on.isin(days), 0)
    channel = pd.Index(channels).get_indexer(pd.Index(inquiries["channel"]))
    kept = (row.notna() & (channel >= 0)).to_numpy()
    np.add.at(count, (row[kept].astype(np.int64), slot[kept], channel[kept]), 1)
    return History(days, grid, channels, count)


def _row_by_day(calendar: Calendar, days: Sequence[date]) -> dict[date, int]:
    """Map each office day, and the closing days right before it, to the office day's row."""
    return {
        day - timedelta(days=back): row
        for row, day in enumerate(days)
        for back in range(calendar.closed_days_before(day) + 1)
    }
