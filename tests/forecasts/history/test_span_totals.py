"""Totals of weeks and months of which no day is counted."""

from datetime import date

import numpy as np
import pandas as pd

from forecasts.calendar import Calendar
from forecasts.history.counts import History, counted, with_totals
from forecasts.history.records import Records, conformed
from forecasts.history.span_totals import SpanTotal, span_totals
from forecasts.slots import Grid, Period

CHANNELS = ("phone", "mail")
MAY, JUNE, JULY = (Period(date(2025, n, 1), date(2025, n + 1, 1)) for n in (5, 6, 7))


def totals(*rows: tuple[date, str, str, int]) -> pd.DataFrame:
    day, span, channel, count = zip(*rows, strict=True)
    return conformed("totals", {"day": day, "span": span, "channel": channel, "count": count})


def months(*rows: tuple[Period, int]) -> pd.DataFrame:
    """Return totals of months: 3 of 4 inquiries by telephone."""
    return totals(
        *((p.start, "month", c, n) for p, m in rows for c, n in (("phone", m * 3 // 4), ("mail", m // 4)))
    )


def by_day(period: Period, a_day: int = 3) -> pd.DataFrame:
    days = Calendar().office_days(period.start, period.end)
    return totals(*((d, "day", "phone", a_day) for d in days))


def history(frame: pd.DataFrame) -> History:
    records = Records(totals=frame)
    assert records.counted_period
    return with_totals(counted(records, Calendar(), Grid(60), CHANNELS, records.counted_period), records)


def test_a_month_before_the_first_counted_day_is_known_as_a_total() -> None:
    found = history(pd.concat([months((MAY, 400), (JUNE, 800)), by_day(JULY)]))
    assert found.totals == (SpanTotal(MAY, 400), SpanTotal(JUNE, 800))
    assert found.days[0] == JULY.start


def test_a_month_of_which_days_are_counted_gives_no_total() -> None:
    assert history(pd.concat([months((JULY, 400)), by_day(Period(date(2025, 7, 20), JULY.end))])).totals == ()


def test_a_month_missing_in_the_middle_is_a_total_and_no_month_of_rest() -> None:
    found = history(pd.concat([by_day(MAY), months((JUNE, 400)), by_day(JULY)]))
    assert found.totals == (SpanTotal(JUNE, 400),)
    assert not any(day in JUNE for day in found.days)
    assert found.count.shape[0] == len(found.days)
    assert found.day_count[:, 0].tolist() == [3] * len(found.days)


def test_without_a_total_or_with_one_of_0_the_days_without_an_inquiry_stay() -> None:
    every = len(Calendar().office_days(MAY.start, JULY.end))
    for middle in (by_day(JUNE, 0), months((JUNE, 0))):
        found = history(pd.concat([by_day(MAY), middle, by_day(JULY)]))
        assert (found.totals, len(found.days)) == ((), every)


def test_a_total_counts_only_where_all_channels_are_told() -> None:
    alone = totals((MAY.start, "month", "phone", 300), (MAY.start, "month", "fax", 7))
    assert span_totals(alone, CHANNELS) == ()
    assert span_totals(alone, ("phone",)) == (SpanTotal(MAY, 300),)


def test_of_overlapping_spans_the_shorter_is_taken() -> None:
    monday = date(2025, 5, 12)
    week = totals((monday, "week", "phone", 70), (monday, "week", "mail", 5))
    found = span_totals(pd.concat([months((MAY, 400), (JUNE, 800)), week]), CHANNELS)
    assert found == (SpanTotal(Period(monday, date(2025, 5, 19)), 75), SpanTotal(JUNE, 800))


def test_a_total_is_known_when_its_span_has_ended() -> None:
    found = history(pd.concat([months((MAY, 400), (JUNE, 800)), by_day(JULY)]))
    assert found.before(JUNE.last).totals == (SpanTotal(MAY, 400),)
    assert found.before(JUNE.end).totals == found.totals
    assert found.before(JUNE.end).days == ()
    assert found.since(JUNE.start).totals == (SpanTotal(JUNE, 800),)
    assert found.since(date(2025, 6, 2)).totals == ()
    assert len(found.since(JUNE.start).days) == len(found.days)


def test_totals_after_the_last_counted_day_are_told_too() -> None:
    found = history(pd.concat([by_day(MAY), months((JULY, 400))]))
    assert found.totals == (SpanTotal(JULY, 400),)
    assert found.days[-1] == MAY.last.replace(day=30)


def test_a_history_without_totals_is_left_as_it_is() -> None:
    records = Records(totals=by_day(MAY))
    plain = counted(records, Calendar(), Grid(60), CHANNELS, MAY)
    found = with_totals(plain, records)
    assert (found.days, found.totals) == (plain.days, ())
    assert np.array_equal(found.count, plain.count)
