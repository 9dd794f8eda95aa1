from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.history.clocks import clock_of, span_of


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("8:30", 510), ("08:30", 510), ("8:30:00", 510), ("08:30:15", 510.25), ("8:30:15.5", 510 + 15.5 / 60),
        ("8:30:15,500", 510 + 15.5 / 60), ("８：３０", 510), ("8時30分", 510), ("9時05分", 545),
        ("9時5分", 545), ("8 時 30 分", 510), ("8時", 480), ("8時半", 510), ("8時30分15秒", 510.25),
        ("午前8時30分", 510), ("午後1:05", 785), ("午後 1:05", 785), ("午後1時5分", 785), ("午後12:30", 750),
        ("午前12:30", 30), ("午後0時30分", 750), ("8:30 AM", 510), ("PM 1:05", 785), ("1:05pm", 785),
        ("1:05 p.m.", 785), ("12:00 AM", 0), ("12:00 PM", 720), ("0:00", 0), ("24:00", 1440), ("25:31", 1531),
        ("25時31分", 1531), ("47:59", 2879), ("47:59:59", 2879 + 59 / 60), ("0830", 510), ("830", 510),
        ("083015", 510.25), ("2531", 1531), ("9", 540), ("09", 540), (" 8:30 ", 510),
    ],
)  # fmt: skip
def test_a_time_is_read_in_every_usual_form(written: str, minutes: float) -> None:
    assert clock_of(written) == pytest.approx(minutes)


@pytest.mark.parametrize(
    "written",
    [
        "", "8:60", "9:30:60", "48:00", "48", "-1:00", "午後13:05", "25:00 AM", "AM 8:30 PM", "8:30 xm",
        "8.30", "8:", ":30", "8分", "0860", "1234567", "正午", "8:30-9:00", "8" * 99,
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(written: str) -> None:
    assert clock_of(written) is None


@given(st.integers(0, 47), st.integers(0, 59), st.integers(0, 59))
def test_each_time_reads_back_in_each_form(hours: int, minutes: int, seconds: int) -> None:
    whole = hours * 60 + minutes
    for text in (f"{hours}:{minutes:02}", f"{hours}時{minutes}分", f"{hours:02}{minutes:02}"):
        assert clock_of(text) == whole
    exact = pytest.approx(whole + seconds / 60)
    assert clock_of(f"{hours}:{minutes:02}:{seconds:02}") == exact
    assert clock_of(f"{hours}時{minutes}分{seconds}秒") == exact


@pytest.mark.parametrize(
    "written",
    [
        "9:00-9:30", "9:00～9:30", "9:00〜9:30", "9:00 - 9:30", "9:00－9:30", "9:00–9:30", "9時-9時30分",
        "9時～9時30分", "0900-0930", "09:00:00-09:30:00", "9:00から9:30", "9:00 to 9:30", "9:00→9:30",
        "9～9:30",
    ],
)  # fmt: skip
def test_a_span_is_read_in_every_usual_form(written: str) -> None:
    assert span_of(written) == (540, 570)


def test_a_lone_time_has_no_end() -> None:
    for written in ("9:00", "9時", "9:00～", "9:00 -"):
        start, end = span_of(written) or (0.0, 0.0)
        assert start == 540
        assert isnan(end)


def test_an_hour_band_is_the_whole_hour() -> None:
    assert span_of("9時台") == (540, 600)
    assert span_of("23時台") == (1380, 1440)


def test_a_span_over_midnight_ends_on_the_next_day() -> None:
    assert span_of("23:30-0:00") == (1410, 1440)
    assert span_of("22:00-6:00") == (1320, 1800)
    assert span_of("22:00-30:00") == (1320, 1800)


@pytest.mark.parametrize(
    "written", ["", "-", "9:00-9:60", "9:00-9:30-10:00", "～9:30", "48時台", "終日", "-9"]
)
def test_what_is_no_span_is_none(written: str) -> None:
    assert span_of(written) is None


@given(st.text(max_size=70))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    clock_of(text)
    span_of(text)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1899/12/30 9:05:00", 545),
        ("1899-12-30 09:05", 545),
        ("1900/1/0 18:20", 1100),
        ("0.5", 720),
        ("0.378472222222222", 545),
        (".25", 360),
    ],
)
def test_programs_write_a_time_upon_their_first_day_or_as_a_part_of_a_day(
    written: str, minutes: float
) -> None:
    assert clock_of(written) == minutes
    assert (span_of(written) or (0,))[0] == minutes


def test_a_time_on_another_day_is_none() -> None:
    assert clock_of("2026/3/2 9:05") is clock_of("1899/12/31 9:05") is clock_of("1.5") is None
