"""Totals of months against the counts of their days: no day can be learned from them, but a gap shows."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from forecasts.calendar import Calendar
from forecasts.history.counts import History
from forecasts.history.records import Records

NEAR_SHARE, NEAR_INQUIRIES = 0.05, 10
"""A month agrees if it differs by no more than the larger of these: weekends are counted on the next office
day, which may lie in the next month."""


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """The total of a month and channel as a file ``told`` it, and as ``counted`` from days and inquiries."""

    month: date
    channel: str
    told: int
    counted: int

    @property
    def agrees(self) -> bool:
        """Whether both are the same but for the edges of the month."""
        return abs(self.told - self.counted) <= max(NEAR_SHARE * self.told, NEAR_INQUIRIES)


def month_totals(records: Records, history: History, calendar: Calendar) -> tuple[MonthTotal, ...]:
    """Return the totals of the months of which the history has every office day, by month."""
    row_of, count = {day: n for n, day in enumerate(history.days)}, history.day_count
    totals = records.totals[
        (records.totals["span"] == "month") & records.totals["channel"].isin(history.channels)
    ]
    found = []
    for start, channel, told in zip(totals["day"], totals["channel"], totals["count"], strict=True):
        days = calendar.office_days(start.date(), (start + pd.offsets.MonthBegin(1)).date())
        if days and all(day in row_of for day in days):
            counted = count[[row_of[day] for day in days], history.channels.index(channel)].sum()
            found.append(MonthTotal(start.date(), channel, int(told), int(counted)))
    return tuple(sorted(found, key=lambda m: (m.month, history.channels.index(m.channel))))
