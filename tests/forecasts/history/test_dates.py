from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.history.dates import calendar_year_of, day_of, fiscal_year_of, month_number, month_of

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-02", "2026/3/2", "2026/03/02", "2026.3.2", "2026. 3. 2", "20260302", "2026年3月2日",
        "2026年03月02日", "2026年3月2日(月)", "2026年3月2日（月）", "2026年3月2日 月曜日", "2026/3/2(月)",
        "2026/3/2 (月・祝)", "2026-03-02 (Mon)", "令和8年3月2日", "令和 8 年 3 月 2 日", "令和８年３月２日",
        "令和8年3月2日(月)", "R8.3.2", "r8.3.2", "R 8. 3. 2", "R8/3/2", "R8-3-2", "R08.03.02", "R8年3月2日",
        "Ｒ８．３．２", "R.8.3.2", "令8.3.2", "㋿8年3月2日", "R080302", "２０２６／３／２", "46083",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(written: str) -> None:
    assert day_of(written) == DAY


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("令和5年3月3日", date(2023, 3, 3)),
        ("令和 5 年 3 月 3 日", date(2023, 3, 3)),
        ("R5.3.3", date(2023, 3, 3)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H31.4.30", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("㍻31年4月30日", date(2019, 4, 30)),
        ("S64.1.7", date(1989, 1, 7)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("32874", date(1990, 1, 1)),
        ("73050", date(2099, 12, 31)),
    ],
)
def test_eras_and_serial_numbers_are_read_to_their_ends(written: str, meant: date) -> None:
    assert day_of(written) == meant


def test_an_era_may_run_on_but_not_begin_early() -> None:
    assert day_of("平成32年4月1日") == date(2020, 4, 1)
    assert day_of("平成31年5月1日") == date(2019, 5, 1)
    assert day_of("令和元年4月30日") is None
    assert day_of("平成元年1月7日") is None
    assert day_of("令和0年5月1日") is None


@pytest.mark.parametrize(
    "written",
    [
        "", "2026-02-30", "2026/13/1", "2026/3", "3/2/2026", "02.03.2026", "26/3/2", "26.3.2", "2026/3-2",
        "2026年3月2", "令和8年", "X8.3.2", "R8.3", "2026/3/1 2", "2026 03 02", "32873", "73051", "1234",
        "123456", "2026/3/2 8:30", "来週", "10000-01-01", "2026/3/2 " * 99, "二〇二六年三月二日",
    ],
)  # fmt: skip
def test_what_is_no_day_or_could_be_two_is_none(written: str) -> None:
    assert day_of(written) is None


def _era(day: date) -> str:
    first = {"令和": date(2019, 5, 1), "平成": date(1989, 1, 8), "昭和": date(1926, 12, 25)}
    era = next(name for name, start in first.items() if day >= start)
    year = day.year - first[era].year + 1
    return f"{era}{'元' if year == 1 else year}"


WRITERS: tuple[Callable[[date], str], ...] = (
    lambda d: d.isoformat(),
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日({'月火水木金土日'[d.weekday()]})",
    lambda d: f"{_era(d)}年{d.month}月{d.day}日",
    lambda d: f"{_era(d)} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{'RHS'[['令和', '平成', '昭和'].index(_era(d)[:2])]}{_era(d)[2:]}.{d.month}.{d.day}",
    lambda d: str((d - date(1899, 12, 30)).days),
)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(WRITERS))
def test_each_day_reads_back_in_each_form(day: date, writer: Callable[[date], str]) -> None:
    assert day_of(writer(day)) == day


@given(st.text(max_size=70))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    for read in (day_of, month_of, month_number, fiscal_year_of, calendar_year_of):
        read(text)


@pytest.mark.parametrize(
    "written",
    [
        "2025年4月", "2025年04月", "令和7年4月", "令和 7 年 4 月", "R7.4", "R7/4", "2025/4", "2025-04",
        "2025.4", "202504", "2025年4月分", "令和7年4月度", "２０２５年４月", "2025-04-01", "2025/4/1",
        "R7.4.1",
    ],
)  # fmt: skip
def test_a_month_is_read_in_every_usual_form(written: str) -> None:
    assert month_of(written) == date(2025, 4, 1)


@pytest.mark.parametrize(
    "written", ["", "4月", "2025", "2025年", "2025年13月", "2025/4/15", "202513", "合計", "26/4"]
)
def test_what_is_no_month_is_none(written: str) -> None:
    assert month_of(written) is None


def test_a_month_alone_lies_in_its_fiscal_year() -> None:
    assert month_of("４月", 2025) == date(2025, 4, 1)
    assert month_of("12月分", 2025) == date(2025, 12, 1)
    assert month_of("3月", 2025) == date(2026, 3, 1)
    assert month_of("合計", 2025) is None


def test_the_first_month_of_an_era_is_one() -> None:
    assert month_of("令和元年5月") == date(2019, 5, 1)
    assert month_of("平成元年1月") == date(1989, 1, 1)
    assert month_of("令和元年4月") is None


@given(st.integers(1, 12))
def test_a_month_without_a_year_is_a_number(month: int) -> None:
    assert month_number(f"{month}月") == month_number(f" {month} 月 ") == month
    assert month_number(str(month)) is None
    assert month_number("13月") is None


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("令和7年度 受付件数一覧", 2025),
        ("問合せ件数（令和 ７ 年度）", 2025),
        ("令和元年度", 2019),
        ("R7年度", 2025),
        ("2025年度実績", 2025),
        ("平成31年度", 2019),
        ("FY2025 tickets", 2025),
        ("令和7会計年度", 2025),
        ("令和6年度〜令和7年度", None),
        ("2025年", None),
        ("受付件数", None),
    ],
)
def test_a_fiscal_year_is_found_in_a_title(title: str, year: int | None) -> None:
    assert fiscal_year_of(title) == year


def test_a_calendar_year_is_not_a_fiscal_year() -> None:
    assert calendar_year_of("2025年 月別件数") == calendar_year_of("令和7年") == 2025
    assert calendar_year_of("2025年度") is None
    assert calendar_year_of("2024年・2025年") is None


def test_the_last_serial_number_is_the_last_day_of_the_century() -> None:
    assert date(1899, 12, 30) + timedelta(days=73_050) == date(2099, 12, 31)


@pytest.mark.parametrize("text", ["令和8年4月10日作成", "令和8年3月末現在", "2026年4月～"])
def test_when_a_table_was_made_is_not_the_year_of_its_months(text: str) -> None:
    assert calendar_year_of(text) is None
