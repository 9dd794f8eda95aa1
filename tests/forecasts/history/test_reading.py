from datetime import date
from io import BytesIO

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.faults import FaultyFile
from forecasts.history import rows
from forecasts.history.mapping import FileMapping
from forecasts.history.reading import read_file
from forecasts.history.sheets import Broken, FileSheets, Sheet, read_sheets

COLUMNS = {"number": "受付番号", "received_at": "受付日時", "channel": "受付方法"}
MAPPING = FileMapping(columns=COLUMNS, channels={"電話": "phone", "メール": "mail"})
HEADER = "受付番号,受付日時,受付方法"
GOOD = ("1,2026/3/2 8:30,電話", "2,2026/3/2 8:35,メール")


def opened(*lines: str) -> FileSheets:
    return read_sheets("a.csv", ("\n".join(lines) + "\n").encode())


def workbook(**sheets: tuple[str, ...]) -> FileSheets:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        page = book.create_sheet(name)
        for line in lines:
            page.append([cell or None for cell in line.split(",")])
    raw = BytesIO()
    book.save(raw)
    return read_sheets("a.xlsx", raw.getvalue())


def codes_of(sheets: FileSheets, mapping: FileMapping = MAPPING) -> list[str]:
    with pytest.raises(FaultyFile) as caught:
        read_file(sheets, mapping)
    return [fault.code for fault in caught.value.faults]


_NOISE = st.sampled_from(
    [
        ",,",
        " ,　,",
        "合計,2,",
        "小計,,",
        HEADER,
        "※速報値,,",
        "全3件,,",
        "3,きのう,電話",
        "4,2026/3/2 9:00,ファクス",
        "5",
        "六,",
    ]
)
_WHY = {
    ",,": "blank",
    " ,　,": "blank",
    "合計,2,": "total",
    "小計,,": "total",
    HEADER: "header",
    "※速報値,,": "note",
}


@given(
    titles=st.lists(st.sampled_from(["問合せ一覧,,", "作成日: 令和8年4月1日,,", ",,"]), max_size=4),
    noise=st.lists(st.tuples(st.integers(0, 20), _NOISE), max_size=12),
    count=st.integers(1, 20),
    minutes=st.lists(st.integers(0, 1439), min_size=20, max_size=20),
)
def test_every_record_is_accounted_for_and_noise_changes_no_good_row(
    titles: list[str], noise: list[tuple[int, str]], count: int, minutes: list[int]
) -> None:
    good = [f"A{n},2026/3/{n + 1} {m // 60}:{m % 60:02},電話" for n, m in enumerate(minutes[:count])]
    plain = read_file(opened(HEADER, *good), MAPPING)
    assert plain.account.accepted == count
    lines = list(good)
    for at, line in sorted(noise, key=lambda pair: -pair[0]):
        lines.insert(min(at, len(lines)), line)
    reading = read_file(opened(*titles, HEADER, *lines), MAPPING)
    assert reading.account.is_balanced
    assert reading.account.read == len(titles) + 1 + len(lines)
    assert reading.values.drop(columns="line").equals(plain.values.drop(columns="line"))
    everything = [*titles, HEADER, *lines]
    assert [everything[line - 1] for line in reading.values["line"]] == good
    rejected = {fault.row for fault in reading.faults}
    assert len(rejected) == reading.account.rejected
    for reason, at in reading.not_data.items():
        assert len(at) == reading.account.not_data[reason]
        assert all(_WHY.get(everything[line - 1], reason) == reason for line in at)


def test_a_sheet_is_chosen_by_the_mapping_or_is_the_first_that_it_fits() -> None:
    sheets = workbook(表紙=("問合せ一覧",), 別表=("日付,件数", "2026/3/2,3"), 明細=(HEADER, *GOOD))
    assert read_file(sheets, MAPPING).account.accepted == 2
    named = FileMapping(columns=COLUMNS, channels=MAPPING.channels, sheet="別表")
    assert codes_of(sheets, named) == ["missing_column"] * 3
    missing = FileMapping(columns=COLUMNS, channels=MAPPING.channels, sheet="無い")
    assert codes_of(sheets, missing) == ["missing_sheet"]


def test_faults_of_a_mapping_are_those_of_the_first_sheet_with_a_table() -> None:
    sheets = workbook(空=(), 明細=("番号,受付日時,受付方法", *GOOD))
    assert codes_of(sheets) == ["missing_column"]


def test_short_records_and_stray_cells_of_a_workbook_are_no_faults() -> None:
    sheets = workbook(明細=(f"{HEADER},分類", "1,2026/3/2 8:30,電話", "2,2026/3/2 8:30,電話,A,,,欄外"))
    reading = read_file(sheets, MAPPING)
    assert (reading.account.accepted, reading.faults) == (2, ())


def test_later_days_are_passed_over_and_are_not_in_the_account() -> None:
    later = ("3,2026/3/3 0:00,無い", "4,2026/3/2 23:59,電話", "5,きのう,電話")
    reading = read_file(opened(HEADER, *GOOD, *later), MAPPING, until=date(2026, 3, 2))
    assert reading.values["number"].tolist() == ["1", "2", "4"]
    assert [fault.value for fault in reading.faults] == ["きのう"]
    assert (reading.account.read, reading.account.rejected) == (5, 1)
    nothing = read_file(opened(HEADER, *GOOD), MAPPING, until=date(2026, 3, 1))
    assert (nothing.account.read, len(nothing.values)) == (1, 0)


def test_a_broken_record_or_a_broken_cell_that_is_read_is_rejected() -> None:
    cells = {
        "0": ["受付番号", "1", "", "3", "4"],
        "1": ["受付日時", "2026/3/2 8:30", "", "", "2026/3/2 8:30"],
        "2": ["受付方法", "電話", "", "無い", "電話"],
        "3": ["件名", "a", "", "b", ""],
    }
    broken = {
        2: (Broken(None, "bad_quotes"),),
        3: (Broken(1, "not_decodable", "x"),),
        4: (Broken(3, "not_decodable", "y"),),
    }
    lines = pa.array([1, 2, 3, 4, 5]).to_numpy()
    sheet = Sheet("", pa.table(cells), lines, lines * 0 + 4, broken)
    reading = read_file(FileSheets("a.csv", "", "csv", "cp932", ",", (sheet,)), MAPPING)
    assert [(fault.code, fault.row, fault.column, fault.value) for fault in reading.faults] == [
        ("bad_quotes", 3, "", ""),
        ("not_decodable", 4, "受付日時", "x"),
        ("unknown_channel", 4, "受付方法", "無い"),
    ]
    assert reading.values["number"].tolist() == ["1", "4"]


def test_a_file_with_too_many_bad_rows_is_refused_with_the_first_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "MOST_FAULTS", 50)
    monkeypatch.setattr(rows, "LISTED_FAULTS", 10)
    sheets = opened(HEADER, *GOOD, *["9,きのう,電話"] * 51)
    with pytest.raises(FaultyFile) as caught:
        read_file(sheets, MAPPING)
    first, *others = caught.value.faults
    assert (first.code, first.value) == ("too_many_faults", "51")
    assert [fault.row for fault in others] == list(range(4, 14))
    assert read_file(opened(HEADER, *["9,きのう,電話"] * 50), MAPPING).account.rejected == 50


def test_the_order_of_a_file_is_kept_and_the_same_file_reads_the_same() -> None:
    lines = [f"{n * 77 % 200},2026/3/{n * 13 % 28 + 1} 8:30,電話" for n in range(200)]
    reading = read_file(opened(HEADER, *lines), MAPPING)
    assert reading.values["number"].tolist() == [line.split(",")[0] for line in lines]
    assert reading.values.equals(read_file(opened(HEADER, *lines), MAPPING).values)
