"""A workbook (.xlsx, .xlsm) → its visible worksheets as text."""

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets.archive import Archive, archive_of
from forecasts.history.sheets.limits import MOST_WORKBOOK_CELLS, MOST_WORKSHEETS
from forecasts.history.sheets.markup import TooMany
from forecasts.history.sheets.parts import Worksheet, worksheets_and_book
from forecasts.history.sheets.sheet import Sheet
from forecasts.history.sheets.worksheet import grid_of, sheet_of

Sheets = tuple[tuple[Sheet, ...], tuple[Fault, ...]]


def workbook_sheets(place: str, raw: bytes) -> Sheets:
    """Read the visible worksheets in the order of the tabs; hidden ones are named in a warning.

    Charts, links to other workbooks, macros and comments are not looked at.

    Raises:
        FaultyFile: damaged_workbook, encrypted_workbook, old_workbook, not_a_table, zip_bomb,
            workbook_too_large, too_many_columns, empty_file.
    """
    try:
        with archive_of(place, raw) as archive:
            _check_form(place, archive)
            sheets, warnings = _sheets(place, archive)
    except FaultyFile:
        raise
    except TooMany:
        allowed = f"{MOST_WORKBOOK_CELLS:,}"
        raise FaultyFile([Fault("workbook_too_large", place, allowed=allowed)]) from None
    except Exception as error:  # noqa: BLE001  # zip, XML and openpyxl raise whatever they like on damaged bytes
        raise FaultyFile([Fault("damaged_workbook", place, value=type(error).__name__)]) from None
    if not any(map(len, sheets)):
        raise FaultyFile([Fault("empty_file", place), *warnings])
    return sheets, warnings


def _check_form(place: str, archive: Archive) -> None:
    """Refuse other archives: binary workbooks, OpenDocument, Word, plain zip."""
    names = archive.namelist()
    if "xl/workbook.bin" in names:
        raise FaultyFile([Fault("old_workbook", place)])
    if not any(name.startswith("xl/") for name in names):
        raise FaultyFile([Fault("not_a_table", place, value="ODF" if "content.xml" in names else "ZIP")])


def _sheets(place: str, archive: Archive) -> Sheets:
    worksheets, book = worksheets_and_book(archive)
    if len(worksheets) > MOST_WORKSHEETS:
        raise FaultyFile([_too_many(place, worksheets)])
    sheets = []
    cells_left = MOST_WORKBOOK_CELLS
    for worksheet in worksheets:
        if worksheet.is_visible:
            with archive.open(worksheet.path) as source:
                grid = grid_of(source, book, cells_left)
            sheets.append(sheet_of(place, worksheet.name, grid))
            cells_left = grid.cells_left
    hidden = (worksheet.name for worksheet in worksheets if not worksheet.is_visible)
    return tuple(sheets), tuple(Fault("hidden_sheet", place, value=name) for name in hidden)


def _too_many(place: str, worksheets: tuple[Worksheet, ...]) -> Fault:
    return Fault("too_many_worksheets", place, value=f"{len(worksheets):,}", allowed=f"{MOST_WORKSHEETS:,}")
