"""Document → PDF/A-2b through typst. The same document gives the same bytes: no clock, no system fonts."""

import json
import re
import unicodedata
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from planner.charts import svg
from planner.document import Document, drawn
from planner.document.blocks import Block, Figure, Table
from planner.wording.dates import wareki
from planner.wording.printable import printable

_TEMPLATE = Path(__file__).with_name("proposal.typ")
_FONTS = Path(__file__).parents[1] / "fonts"
_WIDEST_PT = 476.0
_PT_A_PX = 0.69  # 12 px labels become 8.3 pt
_MANY_COLUMNS = 6
_MANY_ROWS = 20
_NAME_AND_VALUE = 2
_LONGEST_EM = 44


class Unprintable(Exception):
    """Typst warned or failed: an unknown font or a broken template must never reach a reader."""


def pdf(document: Document) -> bytes:
    """Write a document as PDF. Raises Unprintable where typst so much as warns."""
    return _compiled(document, format="pdf", pdf_standards="a-2b")[0]


def page_images(document: Document, ppi: float = 110.0) -> list[bytes]:
    """Draw every page as it will be printed, as PNG of ``ppi`` dots an inch."""
    return _compiled(document, format="png", ppi=ppi)


def _compiled(document: Document, **options: Any) -> list[bytes]:
    try:
        done, warnings = typst.compile_with_warnings(
            _TEMPLATE,
            font_paths=[_FONTS],
            ignore_system_fonts=True,
            sys_inputs={"document": printable(json.dumps(_data(document), ensure_ascii=False))},
            **options,
        )
    except typst.TypstError as error:
        raise Unprintable(str(error)) from error
    if warnings:
        raise Unprintable("; ".join(w.message for w in warnings))
    return [bytes(page) for page in done] if isinstance(done, list) else [bytes(done)]


def _data(document: Document) -> dict[str, Any]:
    """Return what the template reads; every figure is already written."""
    day = document.dated
    head = (
        "title",
        "number",
        "version",
        "addressee",
        "sender",
        "opening",
        "draft_mark",
        "sample_mark",
        "footer",
    )
    return {name: getattr(document, name) for name in head} | {
        "date": [day.year, day.month, day.day],
        "dated": wareki(day),
        "blocks": [_block(block, document) for block in document.blocks],
    }


def _block(block: Block, document: Document) -> dict[str, Any]:
    data = {"block": type(block).__name__, **asdict(block)}
    match block:
        case Figure():
            data |= _picture(block, document)
        case Table():
            data["rows"] = [_in_lines(row) for row in block.rows] if block.marked is not None else block.rows
            is_dense = len(block.columns) >= _MANY_COLUMNS or len(block.rows) >= _MANY_ROWS
            data["columns"] = [{"head": c.head, "is_figure": c.is_figure} for c in block.columns]
            data |= {"widths": _widths(block), "size": 8 if is_dense else 9}
            data["inset"] = 2.6 if len(block.rows) >= _MANY_ROWS else 4
    return data


def _picture(block: Figure, document: Document) -> dict[str, Any]:
    drawing = svg(drawn(block.kind, document.content))
    found = re.search(r'<svg[^>]* width="([\d.]+)"', drawing)
    if found is None:
        message = f"the chart {block.kind} has no width"
        raise Unprintable(message)
    return {"svg": drawing, "width": min(float(found[1]) * _PT_A_PX, _WIDEST_PT)}


def _in_lines(row: tuple[str, ...]) -> list[str]:
    """Set an interval under its value, where columns are narrow."""
    return [row[0], *(cell.replace("（", "\n（") for cell in row[1:])]


def _widths(table: Table) -> list[int]:
    """Return the share of the width by column, 0 = as wide as its text.

    Name and value: the value takes the rest. Figures beside one column of words share alike. Else each
    column gets as much as its longest words ask for.
    """
    columns = table.columns
    if table.marked is not None:
        return [13, *(10 for _ in columns[1:])]
    if len(columns) == _NAME_AND_VALUE or all(c.is_figure for c in columns[1:]):
        return [0, *(1 for _ in columns[1:])]
    words = [[c.head, *(row[n] for row in table.rows)] for n, c in enumerate(columns)]
    return [min(max(map(_em, column)), _LONGEST_EM) + 4 for column in words]


def _em(text: str) -> int:
    """Return how wide a text is, in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in text)
