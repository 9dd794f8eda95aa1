"""One worksheet: its rows as text, merged cells filled by their range."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import IO
from xml.etree.ElementTree import ParseError

from openpyxl.utils.cell import column_index_from_string, range_boundaries

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets.cells import Book, cell_text
from forecasts.history.sheets.growing import GrowingSheet
from forecasts.history.sheets.limits import MOST_COLUMNS, MOST_WORKSHEET_ROWS
from forecasts.history.sheets.markup import MAIN, Reader, TooMany, read_markup
from forecasts.history.sheets.sheet import Broken, Sheet

_WORKSHEET, _ROW, _CELL = f"{MAIN}worksheet", f"{MAIN}row", f"{MAIN}c"
_FORMULA, _MERGED = f"{MAIN}f", f"{MAIN}mergeCell"
_DIGITS = "0123456789"


class Grid(Reader):
    """The rows of a worksheet: ``lines`` their numbers, ``rows`` their cells.

    ``broken``: index of a row → column (None: all of them) → what cannot be read. ``merged``: ranges that
    are one cell. ``cells_left``: how many more cells may be read.
    """

    def __init__(self, book: Book, most_cells: int) -> None:
        super().__init__()
        self.lines: list[int] = []
        self.rows: list[list[str]] = []
        self.broken: dict[int, dict[int | None, Broken]] = {}
        self.merged: list[str] = []
        self.cells_left = most_cells
        self._book = book
        self._is_worksheet = self._is_formula = False
        self._line, self._column = 0, -1
        self._kind, self._style = "n", "0"
        self._cells: list[str] = []

    def take(self, count: int) -> None:
        """Count cells; raises TooMany."""
        self.cells_left -= count
        if self.cells_left < 0:
            raise TooMany

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row (ECMA-376-1 18.3.1.73), a cell (18.3.1.4) or what is in it."""
        if tag == _CELL:
            self._begin_cell(attributes)
        elif tag == _ROW:
            self._begin_row(attributes)
        elif tag == _FORMULA:
            self._is_formula = True
        elif tag == _MERGED:
            self.merged.append(attributes["ref"])
            self.take(1)
        else:
            self._check_root(tag)
            super().start(tag, attributes)

    def end(self, tag: str) -> None:
        """End a row or a cell."""
        if tag == _CELL:
            self._end_cell()
        elif tag == _ROW:
            self.take(len(self._cells) + 1)
            self.lines.append(self._line)
            self.rows.append(self._cells)
        else:
            super().end(tag)

    def _check_root(self, tag: str) -> None:
        self._is_worksheet = self._is_worksheet or tag == _WORKSHEET
        if not self._is_worksheet:  # ISO strict, which openpyxl does not read either, or no worksheet at all
            raise ParseError(tag)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        line = int(attributes.get("r", self._line + 1))
        if not self._line < line <= MOST_WORKSHEET_ROWS:
            message = f"row {line} after row {self._line}"
            raise ValueError(message)
        self._line, self._column, self._cells = line, -1, []

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = _column(reference.rstrip(_DIGITS)) if reference else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._is_formula = False

    def _end_cell(self) -> None:
        value = self.taken()
        if value:
            self._put(cell_text(self._kind, value, self._style, self._book))
        elif self._is_formula and self._kind != "str":  # the empty text of a formula is stored as str
            self._put(Broken(None, "formula_without_value"))

    def _put(self, value: str | Broken) -> None:
        column, cells = self._column, self._cells
        if column >= MOST_COLUMNS:
            self._break(None, Broken(None, "too_many_columns", f"{column + 1:,}", f"{MOST_COLUMNS:,}"))
            return
        if column >= len(cells):
            cells.extend([""] * (column + 1 - len(cells)))
        if isinstance(value, Broken):
            self._break(column, Broken(column, value.code, value.value, value.allowed))
        else:
            cells[column] = value

    def _break(self, column: int | None, broken: Broken) -> None:
        """Note what is broken of the row that is being read."""
        self.broken.setdefault(len(self.rows), {})[column] = broken

    def fill(self, reference: str, width: int) -> None:
        """Fill a merged range, as far as ``width`` columns, with what its first cell holds."""
        left, top, right, bottom = (number or 1 for number in range_boundaries(reference))
        first, after = bisect_left(self.lines, top), bisect_right(self.lines, bottom)
        if first >= after or self.lines[first] != top or left > len(self.rows[first]):
            return
        value = self.rows[first][left - 1]
        broken = self.broken.get(first, {}).get(left - 1)
        right = min(right, width)
        for at in range(first, after):
            self.take(right - left + 1)
            self.rows[at].extend([""] * (right - len(self.rows[at])))
            self._fill_row(at, range(left - 1, right), broken or value)

    def _fill_row(self, at: int, columns: Iterable[int], value: str | Broken) -> None:
        cells = self.rows[at]
        for column in columns:
            if isinstance(value, Broken):
                copied = Broken(column, value.code, value.value, value.allowed)
                self.broken.setdefault(at, {}).setdefault(column, copied)
            elif not cells[column]:
                cells[column] = value


def grid_of(source: IO[bytes], book: Book, most_cells: int) -> Grid:
    """Read the rows and the merged ranges of a worksheet.

    Raises:
        TooMany: more cells than ``most_cells``.
        ParseError, ValueError, KeyError: it is damaged.
    """
    grid = Grid(book, most_cells)
    read_markup(source, grid)
    return grid


def sheet_of(place: str, name: str, grid: Grid) -> Sheet:
    """Make a sheet of the rows.

    A record is a row that stands in the file, an empty one too; but none after the last that holds something,
    and none of those that a program left out of the file because they are empty. ``width`` counts the cells
    up to the last that holds something, before merged cells are filled.

    Raises:
        FaultyFile: too_many_columns, in most rows; too_many_cells.
    """
    rows = grid.rows
    count = max((at + 1 for at, row in enumerate(rows) if row or at in grid.broken), default=0)
    del rows[count:], grid.lines[count:]
    wide = [grid.lines[at] for at, broken in grid.broken.items() if None in broken]
    if 2 * len(wide) > sum(bool(row) or at in grid.broken for at, row in enumerate(rows)):
        value = max((broken[None].value for broken in grid.broken.values() if None in broken), key=len)
        raise FaultyFile(
            [Fault("too_many_columns", place, wide[0], value=value, allowed=f"{MOST_COLUMNS:,}")]
        )
    widths = list(map(len, rows))
    for reference in grid.merged:
        grid.fill(reference, max(widths, default=0))
    sheet = GrowingSheet(place, name)
    for at, (line, cells, width) in enumerate(zip(grid.lines, rows, widths, strict=True)):
        broken = grid.broken.get(at, {})
        sheet.add(line, cells, [broken[None]] if None in broken else tuple(broken.values()), width)
    return sheet.finished()


@lru_cache(maxsize=MOST_COLUMNS)
def _column(letters: str) -> int:
    """Return the number of a column from 0."""
    return column_index_from_string(letters) - 1
