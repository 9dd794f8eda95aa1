from forecasts.history.account import Reading
from forecasts.history.mapping import FileMapping
from forecasts.history.reading import read_file
from forecasts.history.records import COLUMNS
from forecasts.history.sheets import read_sheets

COLUMN_OF = {"day": "日付", "start_time": "開始", "end_time": "終了", "role": "役割", "heads": "人数"}


def reading_of(*lines: str) -> Reading:
    columns = {field: name for field, name in COLUMN_OF.items() if name in lines[0].split(",")}
    mapping = FileMapping("attendance", columns, {"一般SE": "se", "初級ＳＥ": "junior"})
    return read_file(read_sheets("a.csv", ("\n".join(lines) + "\n").encode()), mapping)


def spans_of(reading: Reading) -> list[str]:
    frame = reading.values
    return [
        f"{start:%d %H:%M}-{end:%d %H:%M}"
        for start, end in zip(frame["start_at"], frame["end_at"], strict=True)
    ]


def faults_of(reading: Reading) -> list[tuple[str, int | None, str, str]]:
    return [(fault.code, fault.row, fault.column, fault.value) for fault in reading.faults]


def test_heads_by_role_and_span_are_read_and_no_name_is() -> None:
    reading = reading_of(
        "日付,氏名,開始,終了,役割,人数",
        "2026/4/1,山田太郎,8:30,17:30,一般SE,2",
        "2026/4/1,佐藤花子,22:00,30:00,初級SE,１人",
        "2026/4/1,佐藤花子,16:00,0:00,一般SE,0",
        "2026/4/1,合計,合計,,,3",
    )
    frame = reading.values
    assert {name: str(frame[name].dtype) for name in COLUMNS["attendance"]} == dict(COLUMNS["attendance"])
    assert spans_of(reading) == ["01 08:30-01 17:30", "01 22:00-02 06:00", "01 16:00-02 00:00"]
    assert frame["role"].tolist() == ["se", "junior", "se"]
    assert frame["heads"].tolist() == [2, 1, 0]
    assert "佐藤" not in frame.to_csv()
    assert dict(reading.account.not_data) == {"header": 1, "total": 1}


def test_a_span_may_stand_in_one_cell_and_a_row_is_one_head() -> None:
    reading = reading_of("日付,開始,役割", "2026/4/1,8:30-17:30,一般SE", "2026/4/1,22時～30時,一般SE")
    assert spans_of(reading) == ["01 08:30-01 17:30", "01 22:00-02 06:00"]
    assert reading.values["heads"].tolist() == [1, 1]


def test_an_end_before_the_start_is_a_fault_unless_the_hours_say_the_next_day() -> None:
    reading = reading_of(
        "日付,開始,終了,役割",
        "2026/4/1,17:30,8:30,一般SE",
        "2026/4/1,24:30,25:30,一般SE",
        "2026/4/1,8:30,8:30,一般SE",
    )
    assert spans_of(reading) == ["02 00:30-02 01:30"]
    assert faults_of(reading) == [("bad_span", 2, "終了", "8:30"), ("bad_span", 4, "終了", "8:30")]
    one_cell = reading_of("日付,開始,役割", "2026/4/1,17:30-8:30,一般SE", "2026/4/1,8:30,一般SE")
    assert faults_of(one_cell) == [("bad_span", 2, "開始", "17:30-8:30"), ("bad_span", 3, "開始", "8:30")]


def test_wrong_cells_are_faults() -> None:
    reading = reading_of(
        "日付,開始,終了,役割,人数",
        "2026/4/31,8:30,17:30,リーダー,1.5",
        ",,,,1",
        "2026/4/1,朝,夕,一般SE,",
    )
    assert faults_of(reading) == [
        ("bad_date", 2, "日付", "2026/4/31"),
        ("unknown_role", 2, "役割", "リーダー"),
        ("bad_number", 2, "人数", "1.5"),
        ("empty_cell", 3, "日付", ""),
        ("empty_cell", 3, "開始", ""),
        ("empty_cell", 3, "終了", ""),
        ("empty_cell", 3, "役割", ""),
        ("bad_clock", 4, "開始", "朝"),
        ("bad_clock", 4, "終了", "夕"),
        ("empty_cell", 4, "人数", ""),
    ]
