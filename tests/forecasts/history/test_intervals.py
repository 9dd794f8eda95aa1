from collections.abc import Mapping

import pytest

from forecasts.faults import FaultyFile
from forecasts.history.account import Reading
from forecasts.history.mapping import FileMapping
from forecasts.history.reading import read_file
from forecasts.history.records import COLUMNS
from forecasts.history.sheets import read_sheets

COLUMN_OF = {
    "start_at": "開始日時", "start_on": "日付", "start_time": "時間帯", "channel": "回線",
    "offered": "着信数", "answered": "応答数", "abandoned": "放棄数", "talk_s": "平均通話時間",
    "wait_s": "平均待ち時間(分)",
}  # fmt: skip


def reading_of(*lines: str, channels: Mapping[str, str] | None = None, interval_min: int = 0) -> Reading:
    header = lines[0].split(",")
    columns = {field: name for field, name in COLUMN_OF.items() if name in header}
    mapping = FileMapping(
        "intervals",
        columns,
        channels or {},
        "" if "channel" in columns else "phone",
        interval_min=interval_min,
    )
    return read_file(read_sheets("a.csv", ("\n".join(lines) + "\n").encode("cp932")), mapping)


def faults_of(reading: Reading) -> list[tuple[str, int | None, str, str]]:
    return [(fault.code, fault.row, fault.column, fault.value) for fault in reading.faults]


def test_a_report_of_a_telephone_exchange_is_read() -> None:
    reading = reading_of(
        "日付,時間帯,着信数,応答数,放棄数,平均通話時間,平均待ち時間(分)",
        "2025/4/1,9:00-9:30,１０,9件,1,0:03:25,0.5",
        "2025/4/1,9時30分～10時,0,－,－,－,－",
        "2025/4/1,24:30-25:00,1,1,0,205,1",
        "合計,,11,10,1,,",
    )
    frame = reading.values
    assert {name: str(frame[name].dtype) for name in COLUMNS["intervals"]} == dict(COLUMNS["intervals"])
    assert frame["start_at"].astype(str).tolist() == [
        "2025-04-01 09:00:00",
        "2025-04-01 09:30:00",
        "2025-04-02 00:30:00",
    ]
    assert frame["length_min"].tolist() == [30, 30, 30]
    assert frame["offered"].tolist() == [10, 0, 1]
    assert frame["answered"].fillna(-1).tolist() == [9, -1, 1]
    assert frame["talk_s"].fillna(-1).tolist() == [205, -1, 205]
    assert frame["wait_s"].fillna(-1).tolist() == [30, -1, 60]
    assert frame["channel"].tolist() == ["phone"] * 3
    assert reading.supplied == tuple(COLUMNS["intervals"])
    assert dict(reading.account.not_data) == {"header": 1, "total": 1}


def test_sums_of_a_day_are_no_data_wherever_the_word_stands() -> None:
    reading = reading_of(
        "日付,時間帯,回線,着信数",
        "2025/4/1,9:00-9:30,代表,10",
        "2025/4/1,9:00-9:30,計,10",
        "2025/4/1,合計,代表,10",
        channels={"代表": "phone"},
    )
    assert reading.values["line"].tolist() == [2]
    assert reading.not_data["total"].tolist() == [3, 4]
    assert reading.faults == ()


@pytest.mark.parametrize(
    ("step", "starts"), [(15, ["9:00", "9:15"]), (30, ["8:30", "9:00"]), (60, ["8:30", "9:30"])]
)
def test_the_steps_from_start_to_start_tell_the_length(step: int, starts: list[str]) -> None:
    rows = [f"2025/4/{day} {start},1" for day in range(1, 9) for start in starts]
    assert set(reading_of("開始日時,着信数", *rows).values["length_min"]) == {step}


def test_the_mapping_tells_the_length_where_nothing_else_does() -> None:
    one = ("開始日時,着信数", "2025/4/1 9:00,1")
    assert reading_of(*one, interval_min=30).values["length_min"].tolist() == [30]
    with pytest.raises(FaultyFile) as caught:
        reading_of(*one)
    assert [(fault.code, fault.value) for fault in caught.value.faults] == [("unknown_interval", "")]
    with pytest.raises(FaultyFile) as caught:
        reading_of("開始日時,着信数", "2025/4/1 9:00,1", "2025/4/1 9:07,1")
    assert [(fault.code, fault.value) for fault in caught.value.faults] == [("unknown_interval", "7")]


def test_a_report_without_times_tells_whole_days() -> None:
    frame = reading_of("日付,着信数", "2025/4/1,100", "2025/4/2,90").values
    assert frame["length_min"].tolist() == [1440, 1440]


def test_intervals_that_repeat_or_overlap_are_rejected_and_the_first_one_counts() -> None:
    reading = reading_of(
        "日付,時間帯,着信数",
        "2025/4/1,9:00-9:30,1",
        "2025/4/1,9:00-9:30,2",
        "2025/4/1,9:00-10:00,3",
        "2025/4/1,9:30-10:00,4",
        "2025/4/1,9:45-10:15,5",
        "2025/4/1,10:00-10:30,6",
    )
    assert reading.values["offered"].tolist() == [1, 4, 6]
    assert faults_of(reading) == [
        ("duplicate_interval", 3, "時間帯", "9:00-9:30"),
        ("duplicate_interval", 4, "時間帯", "9:00-10:00"),
        ("duplicate_interval", 6, "時間帯", "9:45-10:15"),
    ]


def test_two_queues_of_one_channel_do_not_repeat_each_other() -> None:
    reading = reading_of(
        "日付,時間帯,回線,着信数",
        "2025/4/1,9:00-9:30,代表,1",
        "2025/4/1,9:00-9:30,内線,2",
        channels={"代表": "phone", "内線": "phone"},
    )
    assert reading.values["offered"].tolist() == [1, 2]
    assert reading.faults == ()


def test_wrong_cells_are_faults() -> None:
    reading = reading_of(
        "日付,時間帯,着信数,応答数,平均通話時間",
        "2025/4/1,9:00-9:30,1.5,1,1",
        "2025/4/1,9:30-9:00,1,▲1,1",
        "2025/4/1,,,1,長い",
        "2025/4/31,9:00,1,1,1",
        "2025/4/1,朝,99999999999999999999,1,1",
        "2025/4/1,10:00-10:30,1,1,▲5",
    )
    assert faults_of(reading) == [
        ("bad_number", 2, "着信数", "1.5"),
        ("bad_span", 3, "時間帯", "9:30-9:00"),
        ("bad_number", 3, "応答数", "▲1"),
        ("empty_cell", 4, "時間帯", ""),
        ("empty_cell", 4, "着信数", ""),
        ("bad_number", 4, "平均通話時間", "長い"),
        ("bad_date", 5, "日付", "2025/4/31"),
        ("bad_clock", 6, "時間帯", "朝"),
        ("bad_number", 6, "着信数", "99999999999999999999"),
        ("bad_number", 7, "平均通話時間", "▲5"),
    ]
    assert reading.values.empty


def test_more_answered_and_abandoned_than_offered_is_told() -> None:
    reading = reading_of(
        "日付,時間帯,着信数,応答数,放棄数", "2025/4/1,9:00-9:30,10,9,2", "2025/4/1,9:30-10:00,10,9,1"
    )
    assert [(notice.code, notice.value) for notice in reading.notices] == [("more_than_offered", "1")]
    assert reading.account.accepted == 2
