"""別添データ obeys the rules for machine-readable statistics; its figures are the content's."""

import io
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from planner.content import plain
from planner.document import document
from planner.exports.data_annex import data_annex
from tests.planner.document_builder import approved, real_content

SHEETS = ["予測_日別", "変更案_比較", "体制_時間帯別", "必要要員_時間帯別", "行事", "前提", "精度", "指標"]


@pytest.fixture(scope="module")
def book(files: dict[str, bytes]) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(files["data_annex.xlsx"]))


def rows_of(book: Workbook, name: str) -> list[dict[str, object]]:
    header, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_rules_4_7_8_no_merged_cells_formulas_or_drawings(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert not sheet._images  # noqa: SLF001  # openpyxl has no public name
        assert not sheet._charts  # noqa: SLF001  # the same
        assert not [c for row in sheet for c in row if c.data_type == "f"]


def test_rules_6_9_12_13_14_one_whole_table_a_sheet(book: Workbook) -> None:
    for sheet in book:
        header, *rows = sheet.iter_rows(values_only=True)
        assert all(isinstance(name, str) and name for name in header)
        assert len(set(header)) == len(header)
        assert rows
        assert all(any(cell is not None for cell in row) for row in rows)
        assert all(any(row[n] is not None for row in rows) for n, _ in enumerate(header))


def test_rule_3_numbers_are_numbers(book: Workbook) -> None:
    for sheet in book:
        for row in sheet.iter_rows(min_row=2, values_only=True):
            texts = [c for c in row if isinstance(c, str)]
            assert not [t for t in texts if re.fullmatch(r"[▲△\-]?[\d,]+(\.\d+)?(円|千円|%|％)?", t)]


def test_rule_5_no_spaces_or_breaks_for_looks(book: Workbook) -> None:
    texts = [c for s in book for row in s.iter_rows(values_only=True) for c in row if isinstance(c, str)]
    assert not [t for t in texts if "\n" in t or "　" in t or t != t.strip()]


def test_rule_9_units_are_stated(book: Workbook) -> None:
    """A column of numbers names its unit in the header, or has a column 単位 beside it, or is a code."""
    for sheet in book:
        header, *rows = sheet.iter_rows(values_only=True)
        for n, name in enumerate(header):
            is_number = any(isinstance(row[n], int | float) for row in rows)
            assert not is_number or "（" in name or "単位" in header, name


def test_rule_11_days_are_western_iso(book: Workbook) -> None:
    rows = rows_of(book, "予測_日別")
    assert [date.fromisoformat(str(r["日付"])) for r in rows] == [d.day for d in real_content().outlook]
    assert not [c for s in book for row in s.iter_rows(values_only=True) for c in row if "令和" in str(c)]


def test_its_figures_are_those_of_the_content(book: Workbook) -> None:
    content = real_content()
    rows = rows_of(book, "変更案_比較")
    assert [r["目標を下回るおそれ（割合）"] for r in rows] == [
        plain(a.outcome.risk) for a in content.alternatives
    ]
    assert [r["変更案コード"] for r in rows if r["提案（1=提案する）"]] == [content.recommended]
    assert [r["予測中央値（件）"] for r in rows_of(book, "予測_日別")] == [
        plain(d.median) for d in content.outlook
    ]
    assumed = rows_of(book, "前提")
    assert [(r["値"], r["件数"]) for r in assumed] == [(a.number, a.sample_size) for a in content.assumptions]
    ends = [(r["80%区間の下限"], r["80%区間の上限"]) for r in assumed]
    assert ends == [(a.low, a.high) for a in content.assumptions]
    assert [r["単位"] is not None for r in assumed] == [a.number is not None for a in content.assumptions]


def test_every_indicator_has_a_unit(book: Workbook) -> None:
    assert all(r["単位"] for r in rows_of(book, "指標"))


def test_without_measured_assumptions_there_is_no_column_of_intervals() -> None:
    assumed = tuple(replace(a, low=None, high=None) for a in real_content().assumptions)
    content = real_content(assumptions=assumed)
    book = openpyxl.load_workbook(io.BytesIO(data_annex(document(approved(content)))))
    assert "80%区間の下限" not in rows_of(book, "前提")[0]


def test_unknown_figures_are_left_empty() -> None:
    first, *others = real_content().outlook
    content = real_content(outlook=(replace(first, actual_last_year=None), *others))
    book = openpyxl.load_workbook(io.BytesIO(data_annex(document(approved(content)))))
    assert rows_of(book, "予測_日別")[0]["前年同時期の実績（件）"] is None
