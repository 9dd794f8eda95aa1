"""The print form in Excel: A4, every word of the document, pictures, nothing cut."""

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from planner.document import Document, text_of
from planner.document.blocks import Figure, Table
from planner.wording.printable import printable


@pytest.fixture(scope="module")
def book(files: dict[str, bytes]) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(files["proposal.xlsx"]))


def cells(book: Workbook) -> list[str]:
    return [str(c.value) for sheet in book for row in sheet for c in row if c.value is not None]


def test_it_is_set_for_a4(book: Workbook) -> None:
    assert book.sheetnames == ["提案書", "別紙1", "別紙2", "別紙3"]
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_it_says_what_the_document_says(book: Workbook, paper: Document) -> None:
    written = "\n".join(cells(book))
    tables = [b for b in paper.blocks if isinstance(b, Table)]
    assert all(printable(cell) in written for t in tables for row in t.rows for cell in row)
    for words in (paper.title, paper.addressee, paper.opening, "■条件付承認", "記", "以上", "【更新履歴】"):
        assert words in written
    assert len(written) > 0.8 * len(text_of(paper))


def test_every_figure_is_a_picture_with_words(book: Workbook, paper: Document) -> None:
    figures = [b for b in paper.blocks if isinstance(b, Figure)]
    assert sum(len(sheet._images) for sheet in book) == len(figures)  # noqa: SLF001  # openpyxl has no public name


def test_no_row_is_higher_than_excel_allows(book: Workbook) -> None:
    heights = [d.height for sheet in book for d in sheet.row_dimensions.values() if d.height]
    assert heights
    assert max(heights) <= 409
