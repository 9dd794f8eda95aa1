from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.history.clocks import clock_of, span_of
from forecasts.history.dates import month_of
from forecasts.history.moments import clocks, days, is_timed, joined, moment_of, moments, months, spans
from forecasts.history.text import Texts

AT = datetime(2026, 3, 2, 8, 30)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-02 08:30", "2026-03-02 08:30:00", "2026/3/2 8:30", "2026/3/2  8:30", "2026-03-02T08:30:00",
        "2026-03-02T08:30:00.000", "2026-03-02T08:30:00+09:00", "2026-03-02T08:30:00+0900",
        "2026-03-01T23:30:00Z", "2026-03-01T23:30:00.000Z", "2026-03-02 08:30 JST",
        "2026-03-01 18:30:00-05:00", "2026-03-01 23:30 UTC", "20260302 0830", "20260302 083000",
        "202603020830", "20260302083000", "2026.3.2 8:30", "2026年3月2日 8時30分", "2026年3月2日8時30分",
        "2026年3月2日8:30", "2026年3月2日(月) 8:30", "2026年3月2日（月）8時30分", "2026年3月2日 午前8時30分",
        "2026/3/2 8:30 AM", "2026/3/2 午前 8:30", "令和8年3月2日 8時30分", "令和 8 年 3 月 2 日 8 時 30 分",
        "令和8年3月2日8時30分", "R8.3.2 8:30", "R 8. 3. 2 8:30", "２０２６／３／２　８：３０",
        "46083.354166666664", "2026/3/1 32:30", "2026/3/2(月) 8:30",
    ],
)  # fmt: skip
def test_a_moment_is_read_in_every_usual_form(written: str) -> None:
    assert moment_of(written) == AT
    assert is_timed(written)
    found = moments(Texts.of([written]))
    assert found.at.tolist() == [AT]
    assert found.is_timed.tolist() == [True]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2016-02-29 01:16:00", datetime(2016, 2, 29, 1, 16)),
        ("2026/3/2 24:00", datetime(2026, 3, 3)),
        ("2026/3/2 47:59", datetime(2026, 3, 3, 23, 59)),
        ("2026/12/31 25:31", datetime(2027, 1, 1, 1, 31)),
        ("令和7年12月31日 25時31分", datetime(2026, 1, 1, 1, 31)),
        ("2026-03-02 08:30:15.123456", datetime(2026, 3, 2, 8, 30, 15, 123456)),
        ("2026/3/2 午後1:05", datetime(2026, 3, 2, 13, 5)),
        ("2026/3/2 9", datetime(2026, 3, 2, 9)),
    ],
)
def test_hours_past_midnight_and_parts_of_seconds_are_kept(written: str, meant: datetime) -> None:
    assert moment_of(written) == meant
    assert moments(Texts.of([written])).at.tolist() == [meant]


def test_a_day_alone_is_its_midnight_and_not_timed() -> None:
    found = moments(Texts.of(["2026/3/2", "令和8年3月2日", "46083", "2026-03-02 00:00:00"]))
    assert found.at.tolist() == [datetime(2026, 3, 2)] * 4
    assert found.is_timed.tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    "written",
    [
        "", "2026-02-30 9:00", "2026-02-30 25:00", "2026/13/1 9:00", "2026/3/2 9:60", "2026/3/2 48:00",
        "9999-12-31 24:00", "0001-01-01 00:00+10:00", "3/2/2026 8:30", "8:30", "2026/3/2 8:30 と 9:00",
        "2026-03-02T", "T8:30", "日", "2026/3/2 +09:00", "32000.5", "4月1日 8:30", "26/3/2 8:30",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_missing(written: str) -> None:
    assert moment_of(written) is None
    assert np.isnat(moments(Texts.of([written])).at).all()


WRITERS: tuple[Callable[[datetime], str], ...] = (
    lambda t: t.isoformat(sep=" "),
    lambda t: t.isoformat(),
    lambda t: f"{t:%Y/%m/%d %H:%M:%S.%f}",
    lambda t: f"{t.year}年{t.month}月{t.day}日 {t.hour}時{t.minute}分{t.second}秒",
    lambda t: (
        f"{t.year}/{t.month}/{t.day}({'月火水木金土日'[t.weekday()]}) {t.hour}:{t.minute:02}:{t.second:02}"
    ),
    lambda t: f"{t.year}/{t.month}/{t.day} {'午後' if t.hour > 11 else '午前'}{t.hour % 12}:{t:%M:%S}",
    lambda t: f"{t.year}/{t.month}/{t.day} {t.hour % 12 or 12}:{t:%M:%S} {'PM' if t.hour > 11 else 'AM'}",
    lambda t: f"{t - timedelta(days=1):%Y/%m/%d} {t.hour + 24}:{t:%M:%S}",
    lambda t: f"{t:%Y%m%d%H%M%S}",
    lambda t: f"{t - timedelta(hours=9):%Y-%m-%dT%H:%M:%S}Z",
)
EXACT = 3  # so many of the writers keep parts of seconds
TIMES = st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30))


@settings(max_examples=50)
@given(st.lists(st.tuples(TIMES, st.integers(0, len(WRITERS) - 1)), max_size=12))
def test_each_moment_reads_back_with_the_forms_mixed_in_one_column(drawn: list[tuple[datetime, int]]) -> None:
    meant = [time if n < EXACT else time.replace(microsecond=0) for time, n in drawn]
    assert moments(Texts.of([WRITERS[n](time) for time, n in drawn])).at.tolist() == meant


PARTS = st.sampled_from(
    (
        "2026", "3", "2", "/", "-", "年", "月", "日", " ", "　", "T", "8", "30", ":", "時", "分", "AM",
        "午後", "(月)", "令和", "R", ".", "元", "Z", "+09:00", "46083", "25", "～", "台", "月分", "0",
    )
)  # fmt: skip
MESSES = st.lists(st.lists(PARTS, max_size=12).map("".join), max_size=8)


@settings(max_examples=100)
@given(MESSES)
def test_a_column_says_what_each_of_its_texts_says(cells: list[str]) -> None:
    texts = Texts.of(cells)
    bare = [texts.at(row) for row in range(len(texts))]
    found = moments(texts)
    assert found.at.tolist() == [moment_of(text) for text in bare]
    assert found.is_timed.tolist() == [is_timed(text) for text in bare]
    np.testing.assert_array_equal(clocks(texts), [_or_nan(clock_of(text)) for text in bare])
    both = [span_of(text) or (np.nan, np.nan) for text in bare]
    np.testing.assert_array_equal(np.stack(spans(texts), axis=1), np.array(both).reshape(-1, 2))
    assert months(texts, 2025).tolist() == [month_of(text, 2025) for text in bare]
    read = np.array([moment_of(text) is not None for text in bare], bool)
    np.testing.assert_array_equal(np.isnat(days(texts)), ~read)


def _or_nan(minutes: float | None) -> float:
    return np.nan if minutes is None else minutes


def test_forms_a_column_is_not_cut_by_are_read_among_those_it_is() -> None:
    usual = [f"2026/3/2 {n // 60}:{n % 60:02}" for n in range(600)]
    odd = ["2026年3月2日(月)8:30", "20260302083000", "46083.5", "2026/3/2 8:30 PM"]
    found = moments(Texts.of([*usual, *odd])).at
    assert found[:600].tolist() == [datetime(2026, 3, 2) + timedelta(minutes=n) for n in range(600)]
    assert [t.hour for t in found[600:].tolist()] == [8, 8, 12, 20]


def test_a_long_column_of_different_moments_is_read_whole() -> None:
    times = [datetime(2021, 3, 1) + timedelta(seconds=7 * n) for n in range(6_000)]
    found = moments(Texts.of([f"{t.year}/{t.month}/{t.day} {t.hour}:{t:%M:%S}" for t in times]))
    assert found.at.tolist() == times
    assert found.is_timed.all()


def test_a_day_beside_a_time_is_the_one_written() -> None:
    texts = Texts.of(
        ["2026/3/2", "2026/3/2 25:31", "2026-03-02 00:00:00", "2026-03-01T23:30:00Z", "", "9:00"]
    )
    on = date(2026, 3, 2)
    assert days(texts).tolist() == [on, on, on, on, None, None]


def test_days_and_minutes_make_moments() -> None:
    on = np.array(["2026-03-02", "2026-03-02", "NaT"], "datetime64[D]")
    at = joined(on, np.array([1531.0, np.nan, 0.0]))
    assert at.tolist() == [datetime(2026, 3, 3, 1, 31), None, None]
    assert at.dtype == np.dtype("datetime64[us]")


def test_months_of_a_column_take_its_fiscal_year() -> None:
    texts = Texts.of(["4月", "2025年5月", "3月", "合計"])
    meant = [date(2025, 4, 1), date(2025, 5, 1), date(2026, 3, 1), None]
    assert months(texts, 2025).tolist() == meant


def test_columns_without_rows_are_read() -> None:
    none = Texts.of([])
    assert len(moments(none).at) == len(days(none)) == len(clocks(none)) == len(months(none)) == 0
    assert [len(part) for part in spans(none)] == [0, 0]
