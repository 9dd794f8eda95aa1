from collections.abc import Mapping
from io import BytesIO

import openpyxl
import pytest

from forecasts.faults import FaultyFile
from forecasts.history.account import Reading
from forecasts.history.mapping import FileMapping
from forecasts.history.reading import read_file
from forecasts.history.records import COLUMNS
from forecasts.history.sheets import read_sheets

CHANNELS = {"電話": "phone", "メール": "mail"}
MONTHS = {"month": "*", "count": "*", "channel": "受付方法"}


def reading_of(columns: Mapping[str, str], *lines: str, channel: str = "", place: str = "a.csv") -> Reading:
    mapping = FileMapping("totals", columns, CHANNELS, channel)
    return read_file(read_sheets(place, ("\n".join(lines) + "\n").encode()), mapping)


def rows_of(reading: Reading) -> list[tuple[str, str, int]]:
    frame = reading.values
    return [
        (str(day.date()), c, n)
        for day, c, n in zip(frame["day"], frame["channel"], frame["count"], strict=True)
    ]


def faults_of(reading: Reading) -> list[tuple[str, int | None, str, str]]:
    return [(fault.code, fault.row, fault.column, fault.value) for fault in reading.faults]


def code_of(columns: Mapping[str, str], *lines: str) -> tuple[str, int | None]:
    with pytest.raises(FaultyFile) as caught:
        reading_of(columns, *lines, channel="phone")
    (fault,) = caught.value.faults
    return fault.code, fault.row


def test_months_as_columns_become_rows_of_the_fiscal_year_of_the_title() -> None:
    reading = reading_of(
        MONTHS,
        "令和７年度　問合せ件数,,,,",
        "作成日：令和8年4月10日,,,,",
        "受付方法,4月,12月,1月,合計",
        "電話,1,２,－,3",
        'メール,98件,0,"1,234",1332',
        "合計,99,2,1234,1335",
    )
    assert rows_of(reading) == [
        ("2025-04-01", "phone", 1),
        ("2025-12-01", "phone", 2),
        ("2025-04-01", "mail", 98),
        ("2025-12-01", "mail", 0),
        ("2026-01-01", "mail", 1234),
    ]
    frame = reading.values
    assert {name: str(frame[name].dtype) for name in COLUMNS["totals"]} == dict(COLUMNS["totals"])
    assert set(frame["span"]) == {"month"}
    assert frame["line"].tolist() == [4, 4, 5, 5, 5]
    account = reading.account
    assert (account.read, account.accepted, account.rejected) == (6, 2, 0)
    assert dict(account.not_data) == {"title": 2, "header": 1, "total": 1}


@pytest.mark.parametrize(
    ("head", "months"),
    [
        ("令和元年度", ["2019-04-01", "2020-03-01"]),
        ("FY2019", ["2019-04-01", "2020-03-01"]),
        ("2019年", ["2019-04-01", "2020-03-01"]),  # the columns run over the turn of the year
    ],
)
def test_the_year_may_be_told_in_several_ways(head: str, months: list[str]) -> None:
    reading = reading_of(MONTHS, f"{head},,", "受付方法,4月,3月", "電話,1,2")
    assert [day for day, _, _ in rows_of(reading)] == months


def test_a_calendar_year_runs_from_january() -> None:
    reading = reading_of(MONTHS, "2025年,,", "受付方法,1月,12月", "電話,1,2")
    assert [day for day, _, _ in rows_of(reading)] == ["2025-01-01", "2025-12-01"]


def test_the_name_of_the_file_or_of_the_sheet_may_tell_the_year() -> None:
    lines = ("受付方法,4月,3月", "電話,1,2")
    assert rows_of(reading_of(MONTHS, *lines, place="x/令和7年度.csv"))[0][0] == "2025-04-01"
    book = openpyxl.Workbook()
    book.worksheets[0].title = "R6年度"
    for line in lines:
        book.worksheets[0].append(line.split(","))
    raw = BytesIO()
    book.save(raw)
    mapping = FileMapping("totals", MONTHS, CHANNELS)
    assert rows_of(read_file(read_sheets("a.xlsx", raw.getvalue()), mapping))[0][0] == "2024-04-01"


def test_months_without_a_year_are_refused() -> None:
    assert code_of({"month": "*", "count": "*"}, "窓口,4月,5月", "本館,1,2") == ("missing_year", 2)
    assert code_of({"month": "月", "count": "件数"}, "月,件数", "4月,1") == ("missing_year", 2)


def test_months_that_name_their_year_need_no_other() -> None:
    reading = reading_of(MONTHS, "受付方法,2025年4月,R7.5,令和7年度 3月", "電話,1,2,3")
    assert [day for day, _, _ in rows_of(reading)] == ["2025-04-01", "2025-05-01", "2026-03-01"]


def test_a_column_of_years_tells_the_year_of_each_row_and_a_blank_the_year_above() -> None:
    reading = reading_of(
        MONTHS, "年度,受付方法,4月,3月", "令和6年度,電話,1,2", ",メール,3,4", "令和7,電話,5,6"
    )
    assert rows_of(reading) == [
        ("2024-04-01", "phone", 1),
        ("2025-03-01", "phone", 2),
        ("2024-04-01", "mail", 3),
        ("2025-03-01", "mail", 4),
        ("2025-04-01", "phone", 5),
        ("2026-03-01", "phone", 6),
    ]


def test_days_and_months_may_stand_in_rows() -> None:
    by_day = {"day": "日付", "channel": "受付方法", "count": "件数"}
    daily = reading_of(by_day, "日付,受付方法,件数", "2025/4/1,電話,3", "R7.4.1,メール,0", "2025/4/1,計,3")
    assert rows_of(daily) == [("2025-04-01", "phone", 3), ("2025-04-01", "mail", 0)]
    assert set(daily.values["span"]) == {"day"}
    assert daily.not_data["total"].tolist() == [4]
    by_month = {"month": "年月", "count": "件数"}
    monthly = reading_of(by_month, "年月,件数", "2025年4月,3", "令和7年5月,4", channel="mail")
    assert rows_of(monthly) == [("2025-04-01", "mail", 3), ("2025-05-01", "mail", 4)]
    bare = reading_of(
        {"month": "月", "count": "件数"}, "2025年度,", "月,件数", "4月,3", "3月,4", channel="mail"
    )
    assert [day for day, _, _ in rows_of(bare)] == ["2025-04-01", "2026-03-01"]


def test_weeks_may_stand_in_rows() -> None:
    by_week = {"week": "週開始日", "count": "件数"}
    weekly = reading_of(
        by_week, "週開始日,件数", "2025/4/7,70", "R7.4.14,▲3", "4月14日の週,5", channel="phone"
    )
    assert rows_of(weekly) == [("2025-04-07", "phone", 70)]
    assert faults_of(weekly) == [("bad_number", 3, "件数", "▲3"), ("bad_date", 4, "週開始日", "4月14日の週")]
    assert set(weekly.values["span"]) == {"week"}


def test_channels_may_be_columns() -> None:
    columns = {"day": "日付", "channel": "*", "count": "*"}
    reading = reading_of(columns, "日付,電話,メール,来室,計", "2025/4/1,8,１,2,11", "2025/4/2,7,－,,7")
    assert rows_of(reading) == [
        ("2025-04-01", "phone", 8),
        ("2025-04-01", "mail", 1),
        ("2025-04-02", "phone", 7),
    ]
    assert code_of(columns, "日付,窓口,件数", "2025/4/1,本館,2")[0] == "missing_column"


def test_what_is_said_twice_counts_once_and_parts_of_a_total_all_count() -> None:
    by_day = {"day": "日付", "channel": "受付方法", "count": "件数"}
    header = "日付,受付方法,部局,件数,応答率"
    reading = reading_of(
        by_day, header, "2025/4/1,電話,総務,3,0.9", "2025/4/1,電話,人事,4,0.9", "2025/04/01,電話,総務,3,0.8"
    )
    assert [n for _, _, n in rows_of(reading)] == [3, 4]
    assert faults_of(reading) == [("duplicate_total", 4, "日付", "2025/04/01")]
    by_bureau = reading_of(
        {"month": "*", "count": "*"},
        "R7年度,,",
        "部局,4月,5月",
        "総務,1,2",
        "人事,3,4",
        "総務,1,2",
        channel="phone",
    )
    assert [n for _, _, n in rows_of(by_bureau)] == [1, 2, 3, 4]
    assert faults_of(by_bureau) == [("duplicate_total", 5, "部局", "総務")]


def test_wrong_cells_are_faults_and_reject_the_whole_row() -> None:
    months = reading_of(MONTHS, "R7年度,,", "受付方法,4月,5月", "電話,1,多数", "ファクス,▲1,2", "メール,1,2")
    assert faults_of(months) == [
        ("bad_number", 3, "5月", "多数"),
        ("bad_number", 4, "4月", "▲1"),
        ("unknown_channel", 4, "受付方法", "ファクス"),
    ]
    assert [n for _, _, n in rows_of(months)] == [1, 2]
    by_day = {"day": "日付", "count": "件数"}
    daily = reading_of(by_day, "日付,件数", "2025/4/1,", "2025/4/31,3", "1025/4/1,3", channel="phone")
    assert faults_of(daily) == [
        ("empty_cell", 2, "件数", ""),
        ("bad_date", 3, "日付", "2025/4/31"),
        ("far_date", 4, "日付", "1025/4/1"),
    ]
    monthly = reading_of(
        {"month": "月", "count": "件数"}, "月,件数", "2025年13月,3", "2025年4月,3", channel="phone"
    )
    assert faults_of(monthly) == [("bad_month", 2, "月", "2025年13月")]


def test_a_sum_in_a_column_that_is_not_read_is_not_counted_with_its_parts() -> None:
    columns = {"month": "年月", "channel": "受付方法", "count": "件数"}
    reading = reading_of(
        columns,
        "年月,受付方法,分類,課,件数",
        "2026/1,電話,PC,A,1",
        "2026/1,電話,PC,B,2",
        "2026/1,電話,PC,計,3",
        "2026/1,電話,合計,計,3",
        "2026/1,メール,合計,計,9",
    )
    assert [n for _, _, n in rows_of(reading)] == [1, 2, 9]  # of mail there is nothing but the sum
    assert reading.account.not_data["total"] == 2
    assert reading.account.is_balanced


def test_the_day_on_which_a_table_was_made_tells_no_year() -> None:
    with pytest.raises(FaultyFile) as caught:
        reading_of(MONTHS, "令和8年4月10日作成,,", "受付方法,4月,3月", "電話,1,2")
    assert caught.value.faults[0].code == "missing_year"


def test_each_year_of_a_file_that_holds_several_has_its_own_title() -> None:
    reading = reading_of(
        MONTHS,
        "令和6年度 件数", "受付方法,4月,5月,3月", "電話,1,2,3", "計,1,2,3", "",
        "令和7年度 件数", "受付方法,4月,5月,3月", "電話,4,5,6", "メール,7,8,9", "計,11,13,15",
    )  # fmt: skip
    assert [(day[:7], n) for day, c, n in rows_of(reading) if c == "phone"] == [
        ("2024-04", 1), ("2024-05", 2), ("2025-03", 3), ("2025-04", 4), ("2025-05", 5), ("2026-03", 6),
    ]  # fmt: skip
    assert [day for day, c, _ in rows_of(reading) if c == "mail"] == [
        "2025-04-01",
        "2025-05-01",
        "2026-03-01",
    ]
    assert (reading.account.not_data["title"], reading.account.rejected) == (2, 0)
