import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.history.numbers import (
    Unit,
    amount_of,
    amounts,
    count_of,
    counts,
    duration_of,
    durations,
    flag_of,
    flags,
    unit_in,
    without_unit,
)
from forecasts.history.text import Texts


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12.5", 12.5), ("1,234", 1234), ("１，２３４", 1234), ("１５", 15), ("0", 0), ("-3", -3),
        ("－３", -3), ("▲3", -3), ("△3", -3), ("▲ 1,234.5", -1234.5), ("−3", -3), ("+3", 3), (".5", 0.5),
        ("1,234,567", 1234567),
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_usual_form(written: str, number: float) -> None:
    assert amount_of(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "inf",
        "nan",
        "1e5",
        "12分",
        "1,23",
        "1,2345",
        "1.234,5",
        "１２３４５６７８９" * 9,
        "▲",
        "--3",
        "(3)",
    ],
)
def test_what_is_no_number_is_none(written: str) -> None:
    assert amount_of(written) is None


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("98件", 98),
        ("98 件", 98),
        ("１，２３４件", 1234),
        ("12.0", 12),
        ("0", 0),
        ("3人", 3),
        ("5名", 5),
        ("7 calls", 7),
    ],
)
def test_a_count_may_name_what_it_counts(written: str, count: int) -> None:
    assert count_of(written) == count


@pytest.mark.parametrize("written", ["", "-1", "▲3件", "12.5", "件", "3分", "約3件", "3件4"])
def test_what_is_no_count_is_none(written: str) -> None:
    assert count_of(written) is None


@pytest.mark.parametrize(
    ("written", "unit", "minutes"),
    [
        ("15", "min", 15), ("12.5", "min", 12.5), ("90", "s", 1.5), ("1.5", "h", 90), ("15分", "s", 15),
        ("15 分", "h", 15), ("１５分", "min", 15), ("15分間", "min", 15), ("1時間30分", "min", 90),
        ("1時間", "min", 60), ("1時間半", "min", 90), ("1.5時間", "min", 90), ("90秒", "min", 1.5),
        ("2分30秒", "min", 2.5), ("1時間2分30秒", "min", 62.5), ("1日2時間", "min", 1560),
        ("1.5h", "min", 90), ("1h30m", "min", 90), ("15 min", "s", 15), ("90 sec", "min", 1.5),
        ("2 Days 3 Hours", "min", 3060), ("1 hour, 5 minutes", "min", 65), ("5 Minutes", "s", 5),
        ("0:15:00", "s", 15), ("0:15:00", "min", 15), ("25:31:00", "min", 1531), ("3:25", "s", 3 + 25 / 60),
        ("3:25", "min", 205), ("3:25", "h", 205), ("▲3", "min", -3), ("1,200", "s", 20),
    ],
)  # fmt: skip
def test_a_duration_is_read_in_every_usual_form(written: str, unit: Unit, minutes: float) -> None:
    assert duration_of(written, unit) == pytest.approx(minutes)
    if (written, unit) != ("3:25", "min"):
        assert duration_of(written, unit, "s") == pytest.approx(60 * minutes)


@pytest.mark.parametrize(
    "written", ["", "約15分", "15分くらい", "30分1時間", "分", "3:60", "3:25:60", "0:1:2:3", "未"]
)
def test_what_is_no_duration_is_none(written: str) -> None:
    assert duration_of(written, "min") is None


@given(st.floats(0, 1e6).map(lambda x: round(x, 3)), st.sampled_from(["s", "min", "h"]))
def test_a_number_in_the_unit_asked_for_stays_as_it_is_written(number: float, unit: Unit) -> None:
    assert duration_of(f"{number:.3f}", unit, unit) == number


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_each_duration_reads_back_in_each_form(hours: int, minutes: int, seconds: int) -> None:
    whole = 3600 * hours + 60 * minutes + seconds
    for written in (
        f"{hours}:{minutes:02}:{seconds:02}",
        f"{hours}時間{minutes}分{seconds}秒",
        f"{hours} h {minutes} m {seconds} s",
        f"{whole}秒",
    ):
        assert duration_of(written, "min", "s") == whole


@pytest.mark.parametrize(
    "written", ["有", "あり", "○", "〇", "◯", "済", "1", "TRUE", "True", "はい", "Yes", "ＹＥＳ", "y", "✓"]
)
def test_yes_is_one(written: str) -> None:
    assert flag_of(written) == 1.0


@pytest.mark.parametrize(
    "written", ["無", "なし", "×", "✕", "未", "0", "FALSE", "false", "いいえ", "No", "n"]
)
def test_no_is_zero(written: str) -> None:
    assert flag_of(written) == 0.0


@pytest.mark.parametrize("written", ["", "2", "?", "対応中", "有無"])
def test_neither_yes_nor_no_is_none(written: str) -> None:
    assert flag_of(written) is None


@pytest.mark.parametrize(
    ("name", "unit", "bare"),
    [
        ("対応時間(分)", "min", "対応時間"),
        ("平均通話時間（秒）", "s", "平均通話時間"),
        ("作業時間(時間)", "h", "作業時間"),
        ("作業時間 [h]", "h", "作業時間"),
        ("所要時間［単位：分］", "min", "所要時間"),
        ("talk_sec", "s", "talk"),
        ("Handling_Min", "min", "Handling"),
        ("avg wait (s)", "s", "avg wait"),
        ("対応時間", None, "対応時間"),
        ("処理時間（税込）", None, "処理時間（税込）"),
        ("手続分", None, "手続分"),
    ],
)
def test_the_name_of_a_column_may_tell_the_unit(name: str, unit: Unit | None, bare: str) -> None:
    assert unit_in(name) == unit
    assert without_unit(name) == bare


CELLS = st.lists(
    st.one_of(
        st.lists(st.sampled_from("0123.,:件分時間秒日▲-○× hms１２"), max_size=8).map("".join),
        st.sampled_from(["1,234", "0:03:25", "1時間30分", "有", "No", "98件", ""]),
    ),
    max_size=8,
)


@given(CELLS)
def test_a_column_says_what_each_of_its_texts_says(cells: list[str]) -> None:
    texts = Texts.of(cells)
    bare = [texts.at(row) for row in range(len(texts))]
    for column, one in (
        (counts(texts), count_of),
        (amounts(texts), amount_of),
        (flags(texts), flag_of),
        (durations(texts, "min"), lambda text: duration_of(text, "min")),
        (durations(texts, "s", "s"), lambda text: duration_of(text, "s", "s")),
    ):
        meant = [np.nan if (value := one(text)) is None else float(value) for text in bare]
        np.testing.assert_array_equal(column, np.array(meant, np.float64))


def test_a_mean_in_minutes_with_a_colon_has_seconds() -> None:
    assert duration_of("4:30", "min", "s") == 270
    assert duration_of("4:30", "h", "s") == 16_200
