"""Quality of a history: its length, gaps, changes, shares, handling times, odd rows."""

from dataclasses import replace
from datetime import date, timedelta
from math import isnan

import numpy as np
import pandas as pd
import pytest

from forecasts.calendar import Calendar
from forecasts.history.counts import History, counted
from forecasts.history.quality import Odd, quality
from forecasts.history.records import Records, conformed
from forecasts.slots import Grid, Period

CALENDAR = Calendar()
START = date(2021, 3, 1)
RECEPTION = (8 * 60 + 30, 18 * 60 + 15)


def desk(end: date, level: tuple[float, float] = (40, 20)) -> History:
    days = CALENDAR.office_days(START, end)
    count = np.random.default_rng(1).poisson(np.array(level), size=(len(days), 24, 2)) // 24
    count[:, 10] += np.random.default_rng(2).poisson(np.array(level) / 2, size=(len(days), 2))
    return History(days, Grid(60), ("phone", "mail"), count.astype(np.int64))


def rows(**columns: object) -> Records:
    """Single inquiries from 1 March 2021, 9:00, one a day, closing days too."""
    n = max(len(c) for c in columns.values() if isinstance(c, list))
    received = [datetime_of(k) for k in range(n)]
    values = {"received_at": received, "channel": ["phone"] * n, **columns}
    return Records(conformed("inquiries", values, pd.RangeIndex(n)))


def datetime_of(day: int) -> pd.Timestamp:
    return pd.Timestamp(START) + pd.Timedelta(days=day, hours=9)


@pytest.mark.parametrize(
    ("end", "length"),
    [
        (date(2021, 4, 10), "too_short"),
        (date(2021, 4, 24), "weeks"),
        (date(2022, 2, 1), "weeks"),
        (date(2022, 3, 2), "one_year"),
        (date(2023, 3, 3), "two_years"),
    ],
)
def test_the_length_says_what_can_be_learned(end: date, length: str) -> None:
    assert quality(Records(), desk(end), CALENDAR).length == length


def test_a_steady_history_has_nothing_to_tell() -> None:
    found = quality(Records(), desk(date(2023, 3, 3)), CALENDAR)
    assert (found.gaps, found.changes, found.odd) == ((), (), ())
    assert found.period == Period.through(START, date(2023, 3, 2))
    assert found.per_day == pytest.approx(60, rel=0.05)
    phone, mail = found.channels
    assert phone.share + mail.share == pytest.approx(1)
    assert phone.first_year_share == pytest.approx(phone.last_year_share, abs=0.02)


def test_shares_by_year_need_two_years() -> None:
    found = quality(Records(), desk(date(2022, 6, 1)), CALENDAR)
    assert isnan(found.channels[0].first_year_share)


def test_a_share_that_moved_is_told_by_its_first_and_its_last_year() -> None:
    history = desk(date(2023, 9, 1))
    half = len(history.days) // 2
    history.count[half:, :, 0] //= 4
    phone = quality(Records(), history, CALENDAR).channels[0]
    assert phone.first_year_share > 0.6
    assert phone.last_year_share < 0.4


def test_gaps_of_all_channels_are_not_told_again_by_channel() -> None:
    history = desk(date(2022, 3, 1))
    history.count[50:58] = 0
    history.count[100:110, :, 1] = 0
    found = quality(Records(), history, CALENDAR)
    assert [(g.channel, g.office_days) for g in found.gaps] == [("", 8), ("mail", 10)]


def test_a_change_of_all_channels_is_told_once_and_days_apart_are_not_looked_at() -> None:
    history = desk(date(2022, 3, 1))
    history.count[120:] *= 2
    assert [c.channel for c in quality(Records(), history, CALENDAR).changes] == [""]
    eventful = history.days[120:]
    assert quality(Records(), history, CALENDAR, eventful=eventful).changes == ()
    marked = replace(history, left_out=frozenset(eventful))
    found = quality(Records(), marked, CALENDAR)
    assert (found.changes, found.left_out) == ((), len(eventful))


@pytest.mark.parametrize(
    ("minutes", "code", "missing"),
    [
        ([10.0] * 10, "handling_from_log", 0.0),
        ([10.0] * 6 + [float("nan")] * 4, "handling_partly", 0.4),
        ([float("nan")] * 10, "handling_from_desk_file", 1.0),
    ],
)
def test_missing_handling_times_say_what_need_is_made_from(
    minutes: list[float], code: str, missing: float
) -> None:
    phone, mail = quality(rows(handling_min=minutes), desk(date(2022, 3, 1)), CALENDAR).channels
    assert (phone.handling, phone.missing_handling) == (code, pytest.approx(missing))
    assert (mail.handling, isnan(mail.missing_handling)) == ("handling_from_desk_file", True)


def test_a_caller_who_hung_up_lacks_no_handling_time() -> None:
    gone = [pd.NaT] * 6 + [datetime_of(n) for n in range(6, 10)]
    records = rows(handling_min=[10.0] * 6 + [float("nan")] * 4, abandoned_at=gone)
    assert quality(records, desk(date(2022, 3, 1)), CALENDAR).channels[0].missing_handling == 0


def test_talk_times_of_an_exchange_stand_in() -> None:
    values = {"start_at": [datetime_of(0)], "channel": ["phone"], "offered": [5], "talk_s": [180.0]}
    records = Records(intervals=conformed("intervals", values, pd.RangeIndex(1)))
    assert quality(records, desk(date(2022, 3, 1)), CALENDAR).channels[0].handling == "handling_from_talk"


def test_odd_rows_are_counted_each_against_what_can_be_judged() -> None:
    """Two weeks from a Monday: four days at weekends; two early rows, one of them at a weekend."""
    received = [datetime_of(n) for n in range(14)]
    for early in (1, 5):
        received[early] -= pd.Timedelta(hours=3)
    closed = [*(at + timedelta(days=40) for at in received[:2]), *received[2:8], *[pd.NaT] * 6]
    records = rows(received_at=received, is_timed=[True] * 12 + [False] * 2, closed_at=closed)
    assert quality(records, desk(date(2022, 3, 1)), CALENDAR, RECEPTION).odd == (
        Odd("untimed", 2, 14),
        Odd("on_closing_day", 4, 14),
        Odd("outside_reception", 1, 10),
        Odd("late_closing", 2, 8),
    )


def test_nothing_at_all_is_a_history_without_a_period() -> None:
    nothing = counted(Records(), CALENDAR, Grid(60), ("phone",), Period(START, START))
    found = quality(Records(), nothing, CALENDAR, RECEPTION)
    assert (found.period, found.inquiries, found.per_day, found.length) == (None, 0, 0.0, "too_short")
