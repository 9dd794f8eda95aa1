"""Parts of a workbook that every worksheet needs: list of worksheets, shared strings, number formats.

The list of worksheets is read by openpyxl. Styles are not: it refuses whole workbooks for a fill or a font
that another program wrote a little differently, and only number formats matter here.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass

from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.xml.constants import SHARED_STRINGS, STYLES_TYPE

from forecasts.history.sheets.archive import Archive
from forecasts.history.sheets.cells import Book
from forecasts.history.sheets.limits import MOST_WORKBOOK_CELLS
from forecasts.history.sheets.markup import MAIN, Reader, TooMany, read_markup

# Numbers of formats that Excel for Japanese keeps to itself: 令和8年3月2日, 2026年3月2日, 8時30分 … They are
# written out in no workbook (ECMA-376-1 18.8.30, ja-jp).
_JAPANESE_DATES = frozenset([*range(27, 37), *range(50, 59)])


@dataclass(frozen=True, slots=True)
class Worksheet:
    """``path``: of its part in the archive."""

    name: str
    path: str
    is_visible: bool


def worksheets_and_book(archive: Archive) -> tuple[tuple[Worksheet, ...], Book]:
    """Read what stands before the worksheets: their list in the order of the tabs, and what they share."""
    assert archive.fp is not None  # noqa: S101  # it was opened from bytes
    reader = ExcelReader(archive.fp, read_only=True, data_only=True, keep_links=False)
    reader.archive = archive
    reader.read_manifest()
    reader.read_workbook()
    names = set(archive.namelist())
    worksheets = []
    for sheet in reader.parser.sheets:
        part = reader.parser.rels[sheet.id]
        if part.Type.endswith("/worksheet") and part.target in names:
            worksheets.append(Worksheet(sheet.name, part.target, sheet.state == "visible"))
    styles = _Styles()
    if path := _path(reader.package, STYLES_TYPE):
        with archive.open(path) as source:
            read_markup(source, styles)
    strings = _Strings()
    if path := _path(reader.package, SHARED_STRINGS):
        with archive.open(path) as source:
            read_markup(source, strings)
    hours = styles.used(is_timedelta_format)
    dates = styles.used(is_date_format) | styles.japanese()
    return tuple(worksheets), Book(strings.strings, dates | hours, hours, reader.wb.epoch)


def _path(package: Manifest, content_type: str) -> str:
    """Return the path of the part of a type; "" if there is none."""
    part = next((part for part in package.Override if part.ContentType == content_type), None)
    return "" if part is None else part.PartName.removeprefix("/")


class _Strings(Reader):
    """The shared strings (ECMA-376-1 18.4.9)."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == f"{MAIN}si":
            self.strings.append(self.taken())
            if len(self.strings) > MOST_WORKBOOK_CELLS:
                raise TooMany


class _Styles(Reader):
    """Which number format each cell style has (ECMA-376-1 18.8.10, 18.8.30)."""

    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[int, str] = dict(BUILTIN_FORMATS)
        self._numbers: list[int] = []
        self._is_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{MAIN}numFmt":
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif tag == f"{MAIN}cellXfs":
            self._is_cell = True
        elif tag == f"{MAIN}xf" and self._is_cell:
            self._numbers.append(int(attributes.get("numFmtId", 0)))

    def end(self, tag: str) -> None:
        if tag == f"{MAIN}cellXfs":
            self._is_cell = False

    def used(self, is_kind: Callable[[str], bool]) -> frozenset[str]:
        """Return the cell styles whose format is of a kind."""
        return self._having({number for number, code in self._formats.items() if is_kind(code)})

    def japanese(self) -> frozenset[str]:
        """Return the cell styles with dates as only Excel for Japanese knows them."""
        return self._having(_JAPANESE_DATES - self._formats.keys())

    def _having(self, numbers: Set[int]) -> frozenset[str]:
        return frozenset(str(style) for style, number in enumerate(self._numbers) if number in numbers)
