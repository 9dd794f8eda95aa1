"""Totals of months are held against the counts of their days."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasts.calendar import Calendar
from forecasts.history.counts import History
from forecasts.history.months import MonthTotal, month_totals
from forecasts.history.records import Records, conformed
from forecasts.slots import Grid

CALENDAR = Calendar()
APRIL, MAY = date(2025, 4, 1), date(2025, 5, 1)  # 21 and 20 office days


def history(start: date, end: date) -> History:
    """Ten calls and five mails an office day."""
    days = CALENDAR.office_days(start, end)
    count = np.zeros((len(days), 24, 2), dtype=np.int64)
    count[:, 10] = (10, 5)
    return History(days, Grid(60), ("phone", "mail"), count)


def told(*rows: tuple[date, str, str, int]) -> Records:
    columns = dict(zip(("day", "span", "channel", "count"), zip(*rows, strict=True), strict=True))
    columns["day"] = pd.to_datetime(list(columns["day"]))
    return Records(totals=conformed("totals", columns, pd.RangeIndex(len(rows))))


def test_whole_months_of_the_desks_channels_are_compared() -> None:
    records = told(
        (MAY, "month", "phone", 200),
        (APRIL, "month", "mail", 105),
        (APRIL, "month", "phone", 300),
        (APRIL, "month", "chat", 7),  # no channel of the desk
        (APRIL, "day", "phone", 10),
        (date(2025, 6, 1), "month", "phone", 210),  # the history ends before
    )
    found = month_totals(records, history(date(2025, 3, 3), date(2025, 6, 27)), CALENDAR)
    assert found == (
        MonthTotal(APRIL, "phone", 300, 210),
        MonthTotal(APRIL, "mail", 105, 105),
        MonthTotal(MAY, "phone", 200, 200),
    )
    assert [month.agrees for month in found] == [False, True, True]


@pytest.mark.parametrize(
    ("told", "counted", "agrees"),
    [(100, 110, True), (100, 111, False), (1000, 950, True), (1000, 1051, False), (0, 0, True)],
)
def test_a_month_agrees_but_for_its_edges(told: int, counted: int, *, agrees: bool) -> None:
    assert MonthTotal(APRIL, "phone", told, counted).agrees is agrees


def test_without_totals_of_months_nothing_is_compared() -> None:
    assert month_totals(Records(), history(APRIL, MAY), CALENDAR) == ()
