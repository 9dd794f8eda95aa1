"""Document → Excel in print form: A4, the blocks in order on a grid of narrow columns. Repeats are equal."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import takewhile
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.charts import png
from planner.document import Document, drawn
from planner.document.blocks import (
    AnnexBreak,
    ApprovalBox,
    Block,
    Bullets,
    Closing,
    Figure,
    Heading,
    Notes,
    Paragraph,
    Quote,
    Table,
)
from planner.wording.dates import wareki
from planner.wording.printable import printable

_GRID = 30  # columns of the sheet; a table's columns each take some of them
_COLUMN_CHARS = 2.6
_COLUMN_PX = 23  # what Excel makes of them
_LINE_PT = 14.5
_PX_A_PT = 4 / 3
_PICTURE_SCALE = 2.0
_PICTURE_PX = 640
_FONT = "BIZ UDPGothic"

Align = Literal["left", "center", "right"]


def print_excel(document: Document) -> bytes:
    """Write a document as an Excel workbook to be printed."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(stream, options) as book:
        created = datetime.combine(document.dated, time())
        book.set_properties({"title": document.title, "author": document.sender, "created": created})
        page = _Page(book, _sheet(book, "提案書", document))
        _head(page, document)
        annexes = 0
        for n, block in enumerate(document.blocks):
            if isinstance(block, AnnexBreak):
                annexes += 1
                page = _Page(book, _sheet(book, f"別紙{annexes}", document))
                continue
            if _is_comparison(document.blocks[n:]):
                page.sheet.set_h_pagebreaks([page.row])
            _write(page, block, document)
    return stream.getvalue()


def _is_comparison(blocks: Sequence[Block]) -> bool:
    """Tell whether a section begins here whose table compares: it is read on one page."""
    if not _is_section(blocks[0]):
        return False
    section = takewhile(lambda block: not _is_section(block), blocks[1:])
    return any(isinstance(block, Table) and block.marked is not None for block in section)


def _is_section(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1


def _sheet(book: Workbook, name: str, document: Document) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)  # A4
    sheet.set_portrait()
    sheet.set_margins(left=0.8, right=0.8, top=0.9, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, _GRID - 1, _COLUMN_CHARS)
    marks = (document.sample_mark, document.draft_mark)
    sheet.set_header("&R&8" + "　".join(m for m in marks if m))
    sheet.set_footer(f"&L&8{document.footer.replace('&', '&&')}&R&8&P / &N")
    sheet.ignore_errors({"number_stored_as_text": "A1:AZ9999"})
    return sheet


@dataclass(slots=True)
class _Page:
    """A sheet that is written from top to bottom."""

    book: Workbook
    sheet: Worksheet
    row: int = 0
    formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def style(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            base = {"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "vcenter"}
            self.formats[key] = self.book.add_format({**base, **properties})
        return self.formats[key]

    def cell(self, first: int, last: int, text: str, style: Format) -> None:
        text = printable(text)
        if first == last:
            self.sheet.write_string(self.row, first, text, style)
        else:
            self.sheet.merge_range(self.row, first, self.row, last, text, style)

    def line(self, text: str, *, indent: int = 0, size: int = 10, **properties: Any) -> None:
        """Write text over the full width, as high as its lines."""
        self.cell(indent, _GRID - 1, text, self.style(font_size=size, **properties))
        self.next(_height(text, _GRID - indent, size))

    def next(self, height_pt: float = _LINE_PT) -> None:
        self.sheet.set_row(self.row, height_pt)
        self.row += 1

    def gap(self) -> None:
        self.next(6)


def _height(text: str, columns: int, size: int) -> float:
    """Return the height in points that text needs: Excel does not fit merged cells by itself."""
    chars = int((columns * _COLUMN_PX - 8) / (size * _PX_A_PT / 2))  # half-width characters of a line
    lines = sum(max(1, -(-_width(line) // max(chars, 1))) for line in text.split("\n"))
    return lines * _LINE_PT * size / 10 + 2


def _width(text: str) -> int:
    """Return the width in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in text)


def _head(page: _Page, document: Document) -> None:
    page.line(f"{document.number}　{document.version}", align="right")
    page.line(wareki(document.dated), align="right")
    page.line(document.addressee)
    page.line(document.sender, align="right")
    page.gap()
    page.line(f"{document.title}{document.draft_mark}", size=13, bold=True, align="center")
    page.gap()
    page.line(document.opening)
    page.line("記", align="center")


def _write(page: _Page, block: Block, document: Document) -> None:
    match block:
        case Table():
            _table(page, block)
        case Figure():
            _figure(page, block, document)
        case ApprovalBox():
            _approval(page, block)
        case Heading() | Paragraph() | Quote() | Closing() | Bullets() | Notes():
            _text(page, block)


def _text(page: _Page, block: Heading | Paragraph | Quote | Closing | Bullets | Notes) -> None:
    match block:
        case Bullets():
            for item in block.items:
                page.line(f"・{item}", indent=1)
        case Notes():
            for item in block.items:
                page.line(f"注　{item}", size=8, font_color="#595959")
        case Heading():
            page.gap()
            size = 12 if block.level == 1 else 11
            page.line(f"{block.number}　{block.text}".lstrip("　"), size=size, bold=True)
        case Quote():
            page.line(block.text, indent=1, border=1)
        case _:
            page.line(block.text, align="right" if isinstance(block, Closing) else "left")


def _table(page: _Page, table: Table) -> None:
    if table.caption:
        page.line(table.caption, size=9, align="center")
    spans = _spans(table)
    heads = tuple(c.head for c in table.columns)
    _row(
        page,
        heads,
        spans,
        [page.style(font_size=9, border=1, bold=True, align="center", bg_color="#F1F1F4") for _ in heads],
    )
    for row in table.rows:
        styles = []
        for n, column in enumerate(table.columns):
            is_marked = n == table.marked
            mark = {"bold": True, "bg_color": "#E8F1FE"} if is_marked else {}
            align: Align = "right" if column.is_figure else "left"
            styles.append(page.style(font_size=9, border=1, align=align, **mark))
        _row(page, row, spans, styles)
    page.gap()


def _row(page: _Page, texts: tuple[str, ...], spans: list[tuple[int, int]], styles: list[Format]) -> None:
    height = 0.0
    for text, (first, last), style in zip(texts, spans, styles, strict=True):
        page.cell(first, last, text, style)
        height = max(height, _height(text, last - first + 1, 9))
    page.next(height)


def _spans(table: Table) -> list[tuple[int, int]]:
    """Share the grid among the columns by the width of their longest words."""
    texts = [[c.head, *(row[n] for row in table.rows)] for n, c in enumerate(table.columns)]
    wants = [min(max(*map(_width, column), 5), 60) for column in texts]
    if table.marked is not None:
        wants = [14, *(10 for _ in wants[1:])]
    sizes = [max(2, int(_GRID * want / sum(wants))) for want in wants]
    sizes[wants.index(max(wants))] += _GRID - sum(sizes)
    starts = [sum(sizes[:n]) for n, _ in enumerate(sizes)]
    return [(start, start + size - 1) for start, size in zip(starts, sizes, strict=True)]


def _figure(page: _Page, figure: Figure, document: Document) -> None:
    picture = png(drawn(figure.kind, document.content), _PICTURE_SCALE)
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))  # PNG's IHDR
    scale = min(_PICTURE_PX / width, 1 / _PICTURE_SCALE)
    place = {
        "image_data": io.BytesIO(picture),
        "x_scale": scale,
        "y_scale": scale,
        "description": figure.finding,
    }
    page.sheet.insert_image(page.row, 0, f"{figure.kind}.png", place)
    height_pt = height * scale / _PX_A_PT + 6
    while height_pt > 0:  # a row holds at most 409 pt
        page.next(min(height_pt, 300))
        height_pt -= 300
    page.line(figure.caption, size=9, align="center")
    page.gap()


def _approval(page: _Page, box: ApprovalBox) -> None:
    choices = "　　".join(f"{'■' if is_taken else '□'}{name}" for name, is_taken in box.choices)
    rows = (
        ("決定", choices, 30),
        ("決定者（役職名）", box.office_title, 30),
        ("決定年月日", box.decided_on, 30),
        ("条件・意見", box.conditions, 66),
    )
    for name, text, height in rows:
        page.cell(0, 6, name, page.style(border=1, bg_color="#F1F1F4"))
        page.cell(7, _GRID - 1, text, page.style(border=1))
        page.next(height)
