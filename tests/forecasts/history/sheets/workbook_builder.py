"""Workbooks from a few cells, parts of them written by hand, and what is read of them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets import Sheet, read_sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def raw_of(workbook: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def make_workbook(rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    """Return a workbook with one worksheet."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    for reference in merged:
        workbook.active.merge_cells(reference)
    return raw_of(workbook)


def with_parts(raw: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Replace or add parts of a workbook."""
    file = BytesIO()
    with ZipFile(BytesIO(raw)) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(name, part)
    return file.getvalue()


def make_sheet(rows: str, after: str = "") -> bytes:
    """Return a workbook whose worksheet holds these ``row`` elements."""
    text = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return with_parts(make_workbook([["a"]]), {SHEET: text})


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    """Return the cells by row."""
    return list(zip(*(column.to_pylist() for column in sheet.cells.columns), strict=True))


def sheet_of(raw: bytes) -> Sheet:
    """Return the only worksheet."""
    (sheet,) = read_sheets("log.xlsx", raw).sheets
    return sheet


def fault_of(raw: bytes) -> Fault:
    """Return the first fault of a workbook that is refused."""
    with pytest.raises(FaultyFile) as caught:
        read_sheets("log.xlsx", raw)
    return caught.value.faults[0]


def broken_of(sheet: Sheet) -> list[tuple[int, int | None, str, str]]:
    """Return line, column, code and value of what is broken."""
    return [
        (int(sheet.line[at]), part.column, part.code, part.value)
        for at, parts in sheet.broken.items()
        for part in parts
    ]
