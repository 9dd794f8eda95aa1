from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from forecasts.history.account import Reading
from forecasts.history.mapping import EVERY_OTHER, FileMapping
from forecasts.history.reading import read_file
from forecasts.history.records import COLUMNS
from forecasts.history.sheets import read_sheets

CHANNELS = {"電話": "phone", "TEL": "phone", "メール": "mail"}
NAMES = {
    "受付番号": "number", "受付日時": "received_at", "受付日": "received_on", "受付時刻": "received_time",
    "受付方法": "channel", "種別": "kind", "分類": "category", "部局": "bureau", "担当者": "handler",
    "完了日時": "closed_at", "応答日時": "answered_at", "切断日時": "abandoned_at",
    "対応時間": "handling_min", "対応時間(秒)": "handling_min", "エスカレーション": "escalated",
}  # fmt: skip


def reading_of(
    *lines: str, channels: Mapping[str, str] = CHANNELS, channel: str = "", hashed: bool = True
) -> Reading:
    columns = {NAMES[name]: name for name in lines[0].split(",") if name in NAMES}
    mapping = FileMapping(columns=columns, channels=channels, channel=channel)
    sheets = read_sheets("a.csv", ("\n".join(lines) + "\n").encode())
    return read_file(sheets, mapping, (lambda name: f"<{name}>") if hashed else None)


def faults_of(reading: Reading) -> list[tuple[str, int | None, str, str]]:
    return [(fault.code, fault.row, fault.column, fault.value) for fault in reading.faults]


def test_every_field_of_an_inquiry_is_read() -> None:
    reading = reading_of(
        "受付番号,受付日時,受付方法,種別,分類,部局,担当者,"
        "完了日時,応答日時,切断日時,対応時間,エスカレーション",
        " INC1 ,令和8年3月2日 8時30分,ＴＥＬ,障害,①PC,総務課,山田 太郎,2026/3/2 9:00,2026/3/2 8:31,,12.5,有",
        "－,2026/3/2 25:31,メール,－,,,山田　太郎,,,2026/3/3 1:32,1時間30分,－",
    )
    frame = reading.values
    assert {name: str(frame[name].dtype) for name in COLUMNS["inquiries"]} == dict(COLUMNS["inquiries"])
    assert frame["line"].tolist() == [2, 3]
    assert frame["number"].tolist() == ["INC1", ""]
    assert frame["received_at"].tolist() == [
        pd.Timestamp("2026-03-02 08:30"),
        pd.Timestamp("2026-03-03 01:31"),
    ]
    assert frame["channel"].tolist() == ["phone", "mail"]
    assert frame["category"].tolist() == ["①PC", ""]
    assert frame["handler"].tolist() == ["<山田太郎>", "<山田太郎>"]
    assert frame["closed_at"].tolist() == [pd.Timestamp("2026-03-02 09:00"), pd.NaT]
    assert frame["handling_min"].tolist() == [12.5, 90.0]
    assert frame["escalated"].tolist()[0] == 1.0
    assert np.isnan(frame["escalated"].tolist()[1])
    assert reading.supplied == tuple(COLUMNS["inquiries"])
    assert reading.account.accepted == 2
    assert reading.notices == ()


def test_what_a_file_lacks_is_missing_and_not_supplied() -> None:
    reading = reading_of("受付日時,受付方法,担当者", "2026/3/2 8:30,電話,山田", hashed=False)
    assert reading.supplied == ("received_at", "is_timed", "channel")
    assert reading.values["handler"].tolist() == [""]
    assert reading.values["closed_at"].isna().all()


def test_a_name_of_a_handler_is_nowhere_in_the_reading() -> None:
    reading = reading_of("受付日時,受付方法,担当者", "2026/3/2 8:30,電話,山田", "x,電話,山田", hashed=False)
    assert "山田" not in reading.values.to_csv() + repr(reading.faults)


def test_a_day_and_a_time_in_two_columns_are_one_moment() -> None:
    reading = reading_of(
        "受付日,受付時刻,受付方法",
        "R8.3.2,9:05,電話",
        "R8.3.2,,電話",
        "R8.3.2,25時31分,電話",
        "R8.3.2,夕方,電話",
    )
    assert reading.values["received_at"].astype(str).tolist() == [
        "2026-03-02 09:05:00",
        "2026-03-02 00:00:00",
        "2026-03-03 01:31:00",
    ]
    assert reading.values["is_timed"].tolist() == [True, False, True]
    assert faults_of(reading) == [("bad_clock", 5, "受付時刻", "夕方")]


@pytest.mark.parametrize("name", ["受付日時", "受付日"])
def test_a_day_without_a_time_is_midnight_and_untimed(name: str) -> None:
    frame = reading_of(f"{name},受付方法", "2026/3/2,電話", "2026/3/2 0:00,電話").values
    assert frame["received_at"].astype(str).tolist() == ["2026-03-02", "2026-03-02"]
    assert frame["is_timed"].tolist() == [False, True]


def test_every_wrong_cell_of_a_row_is_a_fault_and_the_other_rows_are_taken() -> None:
    reading = reading_of(
        "受付日時,受付方法,完了日時,対応時間,エスカレーション",
        "2026/2/30 9:00,ファクス,十時,▲3,たぶん",
        ",,,,",
        "2026/3/2 9:00,電話,,,",
        " ,　,,5,",
        "1026/3/2 9:00,電話,,,",
        "2026/3/2 9:00,電話",
        "2026/3/2 9:00,電話,,,,あふれた",
        "2026/3/2 9:01,電話,,,,",
    )
    assert faults_of(reading) == [
        ("bad_date", 2, "受付日時", "2026/2/30 9:00"),
        ("unknown_channel", 2, "受付方法", "ファクス"),
        ("bad_date", 2, "完了日時", "十時"),
        ("bad_number", 2, "対応時間", "▲3"),
        ("bad_flag", 2, "エスカレーション", "たぶん"),
        ("empty_cell", 5, "受付日時", ""),
        ("empty_cell", 5, "受付方法", ""),
        ("far_date", 6, "受付日時", "1026/3/2 9:00"),
        ("bad_row", 7, "", "2"),
        ("bad_row", 8, "", "6"),
    ]
    assert reading.values["line"].tolist() == [4, 9]
    account = reading.account
    assert (account.read, account.accepted, account.rejected) == (9, 2, 5)
    assert dict(account.not_data) == {"header": 1, "blank": 1}


def test_a_star_takes_whatever_is_not_named_and_the_channel_what_is_empty() -> None:
    lines = ("受付日時,受付方法", "2026/3/2 9:00,ファクス", "2026/3/2 9:00,メール", "2026/3/2 9:00,")
    starred = reading_of(*lines, channels={**CHANNELS, EVERY_OTHER: "phone"})
    assert starred.values["channel"].tolist() == ["phone", "mail", "phone"]
    with_channel = reading_of(*lines, channel="form")
    assert with_channel.values["channel"].tolist() == ["mail", "form"]
    assert faults_of(with_channel) == [("unknown_channel", 2, "受付方法", "ファクス")]


def test_without_a_column_the_channel_of_the_mapping_is_meant() -> None:
    reading = reading_of("受付日時,分類", "2026/3/2 9:00,A", channel="phone")
    assert reading.values["channel"].tolist() == ["phone"]
    assert "channel" in reading.supplied


def test_a_later_time_that_cannot_be_is_dropped_and_counted_but_its_row_is_kept() -> None:
    reading = reading_of(
        "受付日時,受付方法,完了日時,応答日時",
        "2026/3/2 9:00,電話,2026/3/2 8:59,2026/3/2 9:00",
        "2026/3/2 9:00,電話,9999/12/31,2026/3/2 9:00",
        "2026/3/2 9:00,電話,2026/3/2,2026/3/1 9:00",
        "2026/3/2,電話,2026/3/2 8:00,",
        "きのう,電話,1999/1/1,",
    )
    closed = [None if pd.isna(at) else str(at) for at in reading.values["closed_at"]]
    assert closed == [None, None, "2026-03-02 00:00:00", "2026-03-02 08:00:00"]
    assert [(notice.code, notice.value) for notice in reading.notices] == [
        ("before_receipt", "完了日時: 1"),
        ("far_later_time", "完了日時: 1"),
        ("before_receipt", "応答日時: 1"),
    ]


def test_a_duration_is_in_the_unit_of_its_column_unless_the_mapping_tells_another() -> None:
    assert reading_of("受付日時,受付方法,対応時間(秒)", "2026/3/2,電話,90").values[
        "handling_min"
    ].tolist() == [1.5]
    sheets = read_sheets("a.csv", "受付日時,対応時間(秒)\n2026/3/2,2\n".encode())
    mapping = FileMapping(
        columns={"received_at": "受付日時", "handling_min": "対応時間(秒)"},
        channel="phone",
        units={"handling_min": "h"},
    )
    assert read_file(sheets, mapping).values["handling_min"].tolist() == [120.0]


def test_a_duration_that_no_inquiry_can_have_is_a_fault() -> None:
    reading = reading_of("受付日時,受付方法,対応時間", "2026/3/2 9:00,電話,999999999999")
    assert faults_of(reading) == [("bad_number", 2, "対応時間", "999999999999")]


def test_midnight_in_every_row_is_how_a_program_writes_a_day() -> None:
    rows = ("2026/3/2 0:00:00,電話", "2026/3/3 0:00:00,電話")
    assert reading_of("受付日時,受付方法", *rows).values["is_timed"].tolist() == [False, False]
    timed = reading_of("受付日時,受付方法", *rows, "2026/3/3 8:30:00,電話").values["is_timed"]
    assert timed.tolist() == [True, True, True]


def test_a_day_that_stands_in_its_first_row_only_is_that_of_the_rows_below() -> None:
    reading = reading_of(
        "受付日,受付時刻,受付方法",
        "2026/3/2,8:30,電話", ",9:00,電話", ",9:30,メール", "2026/3/3,8:40,電話", ",8:50,電話",
    )  # fmt: skip
    assert [f"{at:%d %H:%M}" for at in reading.values["received_at"]] == [
        "02 08:30", "02 09:00", "02 09:30", "03 08:40", "03 08:50",
    ]  # fmt: skip
    assert [n.code for n in reading.notices] == ["days_from_above"]


def test_no_day_reaches_over_a_row_that_could_not_be_read() -> None:
    reading = reading_of(
        "受付日,受付時刻,受付方法",
        "2026/3/2,8:30,電話", ",9:00,電話", ",2026/3/3,8:30,電話", ",8:40,電話", ",8:50,電話", ",9:50,電話",
    )  # fmt: skip
    assert [f"{at:%d %H:%M}" for at in reading.values["received_at"]] == ["02 08:30", "02 09:00"]
    assert {row for code, row, *_ in faults_of(reading) if code == "empty_cell"} == {5, 6, 7}


def test_a_day_that_is_missing_here_and_there_is_a_fault() -> None:
    reading = reading_of("受付日,受付時刻,受付方法", "2026/3/2,8:30,電話", ",9:00,電話", "2026/3/3,8:40,電話")
    assert [(code, row) for code, row, *_ in faults_of(reading)] == [("empty_cell", 3)]
