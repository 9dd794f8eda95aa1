from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from forecasts.history.sheets.limits import LONGEST_CELL
from tests.forecasts.history.sheets.workbook_builder import (
    MAIN,
    broken_of,
    make_sheet,
    make_workbook,
    raw_of,
    rows_of,
    sheet_of,
    with_parts,
)


def test_cells_become_the_text_that_excel_shows() -> None:
    values = [
        (datetime(2026, 3, 2, 8, 30), "2026-03-02 08:30:00"),
        (datetime(2026, 3, 2), "2026-03-02"),
        (date(2026, 3, 2), "2026-03-02"),
        (time(8, 30), "8:30:00"),
        (time(0, 0), "0:00:00"),
        (timedelta(hours=25, minutes=31), "25:31:00"),
        (timedelta(minutes=5), "0:05:00"),
        (12, "12"),
        (12.0, "12"),
        (12.5, "12.5"),
        (0.1, "0.1"),
        (-3, "-3"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("電話①\n㈱髙﨑", "電話①\n㈱髙﨑"),
        ("2026/3/2", "2026/3/2"),
        ("", ""),
        (None, ""),
        ("終", "終"),
    ]
    assert rows_of(sheet_of(make_workbook([[value for value, _ in values]]))) == [
        tuple(text for _, text in values)
    ]


def test_the_date_system_of_1904_is_respected() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = datetime(2026, 3, 2, 8, 30)
    assert rows_of(sheet_of(raw_of(book))) == [("2026-03-02 08:30:00",)]


@pytest.mark.parametrize("number", [31, 28, 57])
def test_dates_in_the_formats_of_japanese_excel_are_dates(number: int) -> None:
    """2026年3月2日 is format 31, which Excel for Japanese writes out nowhere."""
    formats = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'
    styles = f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>'
    raw = make_sheet('<row r="1"><c r="A1" s="1"><v>46083</v></c><c r="B1" s="0"><v>46083</v></c></row>')
    assert rows_of(sheet_of(with_parts(raw, {"xl/styles.xml": styles}))) == [("2026-03-02", "46083")]


def test_hours_beyond_24_in_a_clock_format_stay_hours() -> None:
    """25:31 in a cell of the format h:mm shows 1:31 in Excel; the number says 25:31."""
    book = Workbook()
    book.active["A1"] = (25 * 60 + 31) / 1440
    book.active["A1"].number_format = "h:mm"
    assert rows_of(sheet_of(raw_of(book))) == [("25:31:00",)]


def test_a_formula_has_the_value_that_was_stored_with_it() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", value=2)
        sheet.write_formula("B1", '=""', value="")
        sheet.write_formula("C1", '="電"&"話"', value="電話")
    assert rows_of(sheet_of(file.getvalue())) == [("2", "", "電話")]


def test_a_formula_without_a_value_breaks_its_cell_alone() -> None:
    sheet = sheet_of(make_workbook([["a", "b"], ["x", "=1+1"], ["y", 2]]))
    assert broken_of(sheet) == [(2, 1, "formula_without_value", "")]
    assert rows_of(sheet)[1:] == [("x", ""), ("y", "2")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('t="e"><v>#N/A</v>', "#N/A"),
        ('t="s"><v>99</v>', "99"),
        ('t="s"><v>-1</v>', "-1"),
        ("><v>abc</v>", "abc"),
        ("><v>1e999</v>", "1e999"),
        ('t="b"><v>ja</v>', "ja"),
        ('t="d"><v>morgen</v>', "morgen"),
        ('t="?"><v>1</v>', "1"),
    ],
)
def test_a_value_that_is_none_breaks_its_cell_alone(cell: str, value: str) -> None:
    sheet = sheet_of(make_sheet(f'<row r="7"><c r="A7"><v>1</v></c><c r="B7" {cell}</c></row>'))
    assert broken_of(sheet) == [(7, 1, "error_value", value)]
    assert rows_of(sheet) == [("1", "")]


def test_a_date_that_no_calendar_has_breaks_its_cell_alone() -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    raw = make_sheet('<row r="1"><c r="A1" s="0"><v>99999999</v></c><c r="B1" s="9"><v>1</v></c></row>')
    sheet = sheet_of(with_parts(raw, {"xl/styles.xml": styles}))
    assert broken_of(sheet) == [(1, 0, "error_value", "99999999")]


def test_iso_dates_and_inline_strings_are_read() -> None:
    run = "<is><r><t>印</t></r><r><t>刷</t></r><rPh><t>インサツ</t></rPh></is>"
    cells = f'<c t="d"><v>2026-03-02T08:30:00</v></c><c t="inlineStr">{run}</c><c t="str"><v>x</v></c>'
    assert rows_of(sheet_of(make_sheet(f"<row>{cells}</row>"))) == [("2026-03-02 08:30:00", "印刷", "x")]


def test_a_cell_longer_than_any_is_broken_alone() -> None:
    text = "x" * (LONGEST_CELL + 1)
    sheet = sheet_of(make_sheet(f'<row r="1"><c t="str"><v>{text}</v></c><c><v>1</v></c></row>'))
    assert broken_of(sheet) == [(1, 0, "long_cell", "")]
