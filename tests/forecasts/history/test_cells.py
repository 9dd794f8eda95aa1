from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.history.cells import amounts, key_of, moments, stripped


def texts(*cells: str) -> "pd.Series[str]":
    return pd.Series(cells, index=range(2, 2 + len(cells)), dtype=str)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2016-02-29 01:16:00", datetime(2016, 2, 29, 1, 16)),
        ("2026/3/2 8:30", datetime(2026, 3, 2, 8, 30)),
        ("2026-03-02T08:30:59", datetime(2026, 3, 2, 8, 30, 59)),
        ("２０２６／３／２　８：３０", datetime(2026, 3, 2, 8, 30)),
        ("2026/3/2 24:00", datetime(2026, 3, 3)),
        ("2026/3/2 47:59", datetime(2026, 3, 3, 23, 59)),
        ("2026/12/31 25:31", datetime(2027, 1, 1, 1, 31)),
    ],
)
def test_a_time_is_read_in_every_usual_form(written: str, meant: datetime) -> None:
    assert moments(texts(written)).tolist() == [pd.Timestamp(meant)]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2026-02-30 9:00",
        "2026-02-30 25:00",
        "2026/13/1 9:00",
        "2026/3/2",
        "2026/3/2 9:60",
        "2026/3/2 48:00",
        "9999-12-31 24:00",
    ],
)
def test_what_is_no_time_is_missing(written: str) -> None:
    assert moments(texts(written)).isna().all()


@settings(max_examples=30)
@given(st.lists(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2060, 1, 1)), max_size=6))
def test_forms_may_be_mixed_in_one_column(times: list[datetime]) -> None:
    forms = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M:%S.%f")
    written = [time.strftime(forms[n % 3]) for n, time in enumerate(times)]
    kept = [{"second": 0, "microsecond": 0}, {"microsecond": 0}]
    meant = [t.replace(**(kept[1], kept[0], {})[n % 3]) for n, t in enumerate(times)]
    assert moments(texts(*written)).tolist() == [pd.Timestamp(t) for t in meant]


def test_numbers_are_finite_and_not_negative() -> None:
    read = amounts(texts("12.5", "1,234", "１５", "0", "-3", "inf", "nan", "12分", ""))
    assert read.iloc[:4].tolist() == [12.5, 1234.0, 15.0, 0.0]
    assert read.iloc[4:].isna().all()


def test_a_lone_dash_is_an_empty_cell() -> None:
    assert stripped(texts(" a b ", "－", " - ", "　x　")).tolist() == ["a b", "", "", "x"]


@pytest.mark.parametrize(
    "written", ["お問い合わせ日時", "問い合わせ 日時", "問合せ日時", "お問合せ日時", " 問合わせ日時"]
)
def test_spellings_of_toiawase_share_a_key(written: str) -> None:
    assert key_of(written) == "問合せ日時"


def test_width_and_case_do_not_matter_to_a_key() -> None:
    assert key_of("Ｐｈｏｎｅ　Call") == key_of("phone call") == "phonecall"
