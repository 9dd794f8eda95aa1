from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart

from forecasts.faults import FaultyFile
from forecasts.history.sheets import read_sheets, workbook, worksheet
from tests.forecasts.history.sheets.workbook_builder import (
    MAIN,
    broken_of,
    fault_of,
    make_sheet,
    make_workbook,
    raw_of,
    rows_of,
    sheet_of,
    with_parts,
)


def test_records_are_the_rows_that_stand_in_the_file() -> None:
    filled = '<row r="2"><c r="B2"><v>1</v></c></row>', '<row r="9"><c r="A9"><v>2</v></c></row>'
    rows = f'{filled[0]}<row r="3"/>{filled[1]}<row r="10"/>'
    sheet = sheet_of(make_sheet(rows))
    assert sheet.line.tolist() == [2, 3, 9]
    assert sheet.width.tolist() == [2, 0, 1]
    assert rows_of(sheet) == [("", "1"), ("", ""), ("2", "")]


def test_merged_cells_are_filled_by_their_range() -> None:
    rows = [["受付", None, "件数"], ["日", "時刻", None], [date(2026, 3, 2), "9:00", 3], [None, "10:00", 4]]
    sheet = sheet_of(make_workbook(rows, ["A1:B1", "C1:C2", "A3:A4"]))
    assert rows_of(sheet) == [
        ("受付", "受付", "件数"),
        ("日", "時刻", "件数"),
        ("2026-03-02", "9:00", "3"),
        ("2026-03-02", "10:00", "4"),
    ]


def test_the_width_of_a_merged_title_is_one() -> None:
    sheet = sheet_of(make_workbook([["問合せ一覧"], ["a", "b", "c"]], ["A1:C1"]))
    assert sheet.width.tolist() == [1, 3]
    assert rows_of(sheet)[0] == ("問合せ一覧",) * 3


def test_a_broken_cell_that_is_merged_breaks_each_row_of_its_range() -> None:
    sheet = sheet_of(make_workbook([["a", "b"], ["=1+1", 1], [None, 2]], ["A2:A3"]))
    assert [(line, column) for line, column, _, _ in broken_of(sheet)] == [(2, 0), (3, 0)]


def test_a_lonely_cell_far_away_costs_nothing() -> None:
    rows = [f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>2</v></c></row>' for row in (1, 2, 3)]
    rows.append('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    merged = '<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'
    sheet = sheet_of(make_sheet("".join(rows), merged))
    assert broken_of(sheet) == [(1_048_576, None, "too_many_columns", "16,384")]
    assert (len(sheet), sheet.cells.num_columns) == (4, 2)


def test_ten_thousand_columns_are_refused() -> None:
    fault = fault_of(make_workbook([list(range(10_000))] * 2))
    assert (fault.code, fault.row, fault.value, fault.allowed) == ("too_many_columns", 1, "10,000", "500")


def test_visible_worksheets_come_in_order_and_hidden_ones_are_named() -> None:
    book = Workbook()
    book.active.title = "令和6年度"
    book.active["A1"] = "x"
    for name, state in (("作業用", "hidden"), ("令和7年度", "visible"), ("秘", "veryHidden")):
        book.create_sheet(name).sheet_state = state
    chart = BarChart()
    book.create_chartsheet("図").add_chart(chart)
    found = read_sheets("log.xlsx", raw_of(book))
    assert [sheet.name for sheet in found.sheets] == ["令和6年度", "令和7年度"]
    assert [(fault.code, fault.value) for fault in found.warnings] == [
        ("hidden_sheet", "作業用"),
        ("hidden_sheet", "秘"),
    ]
    assert (found.form, found.encoding, found.delimiter, found.place) == ("xlsx", "", "", "log.xlsx")


def test_a_workbook_without_a_visible_cell_is_empty() -> None:
    book = Workbook()
    book.create_sheet("x")["A1"] = "x"
    book["x"].sheet_state = "hidden"
    assert fault_of(raw_of(book)).code == "empty_file"


def test_styles_that_openpyxl_refuses_do_not_hinder_reading() -> None:
    raw = make_workbook([[datetime(2026, 3, 2, 8, 30)]])
    strange = '<fonts><font><family val="99"/></font></fonts><fills><fill><x/></fill></fills>'
    formats = '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>'
    styles = f'<styleSheet xmlns="{MAIN}">{strange}{formats}</styleSheet>'
    assert rows_of(sheet_of(with_parts(raw, {"xl/styles.xml": styles}))) == [("2026-03-02 08:30:00",)]


def test_too_many_cells_or_worksheets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_WORKBOOK_CELLS", 10)
    assert fault_of(make_workbook([[1, 2, 3]] * 4)).code == "workbook_too_large"
    monkeypatch.setattr(workbook, "MOST_WORKSHEETS", 0)
    assert fault_of(make_workbook([[1]])).code == "too_many_worksheets"


def test_merged_ranges_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_WORKBOOK_CELLS", 5_000)
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' * 30
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="J{row}"/></row>' for row in range(1, 200))
    rows += '<row r="500"><c r="J500"><v>1</v></c></row>'
    assert fault_of(make_sheet(rows, merged)).code == "workbook_too_large"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"/>',
        '<row r="2"/><row r="1"/>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="x"/>',
        '<row><c r="1"><v>1</v></c></row>',
        '<row><c r="AAAA1"><v>1</v></c></row>',
        "<row>",
    ],
)
def test_rows_that_no_program_writes_are_damage(rows: str) -> None:
    assert fault_of(make_sheet(rows)).code == "damaged_workbook"


def test_xml_with_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    text = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
    )
    raw = make_workbook([["a"]])
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"):
        assert fault_of(with_parts(raw, {name: bomb + text})).code == "damaged_workbook"


def test_another_dialect_of_the_format_is_not_taken_for_an_empty_sheet() -> None:
    strict = '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData/></worksheet>'
    assert fault_of(with_parts(make_workbook([["a"]]), {"xl/worksheets/sheet1.xml": strict})).code == (
        "damaged_workbook"
    )


def make_shared() -> bytes:
    """Return a workbook with shared strings, dates and a merged range."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy/m/d h:mm"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["受付日時", "受付方法", "件数"])
        for row in range(1, 30):
            sheet.write_datetime(row, 0, datetime(2026, 3, 2, 8, row))
            sheet.write_row(row, 1, ["" if row in (3, 4) else "電話", row])
        sheet.merge_range("B3:B5", "メール")
    return file.getvalue()


RAW = make_shared()


def test_shared_strings_are_read() -> None:
    assert rows_of(sheet_of(RAW))[:4] == [
        ("受付日時", "受付方法", "件数"),
        ("2026-03-02 08:01:00", "電話", "1"),
        ("2026-03-02 08:02:00", "メール", "2"),
        ("2026-03-02 08:03:00", "メール", "3"),
    ]


@given(st.lists(st.tuples(st.integers(0, len(RAW) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_damaged_bytes_are_a_fault_and_no_other_exception(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(RAW)
    for at, byte in changes:
        raw[at] = byte
    with suppress(FaultyFile):
        read_sheets("log.xlsx", bytes(raw))


PARTS = [
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
]


@given(
    st.sampled_from(PARTS), st.floats(0, 1), st.sampled_from(["", "<", ">", '"', "x", "9", "-", "&", "\0"])
)
def test_parts_that_are_damaged_and_packed_again_raise_no_other_exception(
    name: str, at: float, put: str
) -> None:
    part = PACKED[name]
    place = int(at * len(part))
    raw = with_parts(RAW, {name: part[:place] + put + part[place + 1 :]})
    with suppress(FaultyFile):
        read_sheets("log.xlsx", raw)


PACKED = {name: workbook.archive_of("", RAW).open(name).read().decode() for name in PARTS}


def test_a_wide_sheet_of_few_cells_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "MOST_COLUMNS", 3)
    sheet = sheet_of(make_workbook([[1, 2], [1, 2, 3, 4], [5]]))
    assert broken_of(sheet) == [(2, None, "too_many_columns", "4")]
