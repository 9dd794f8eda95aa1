"""Text of records → a sheet: at once where the text is well formed, record by record where it is not."""

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets.at_once import sheet_at_once
from forecasts.history.sheets.by_record import sheet_by_record
from forecasts.history.sheets.decoding import Text
from forecasts.history.sheets.delimiter import recognised
from forecasts.history.sheets.limits import MOST_CELLS, MOST_COLUMNS
from forecasts.history.sheets.sheet import Sheet


def delimited_sheet(place: str, text: Text) -> tuple[str, Sheet]:
    """Read the records of a text; returns the delimiter and the sheet.

    Blank lines are records of one empty cell; the line feed at the end of the file begins no record.

    Raises:
        FaultyFile: too_many_columns, too_many_cells, bad_quotes (in too many records).
    """
    dialect = recognised(text.utf8)
    if dialect.width > MOST_COLUMNS:
        value, allowed = f"{dialect.width:,}", f"{MOST_COLUMNS:,}"
        raise FaultyFile([Fault("too_many_columns", place, value=value, allowed=allowed)])
    cells = dialect.width * text.utf8.count(b"\n")
    if cells > MOST_CELLS:
        allowed = f"{MOST_CELLS:,}"
        raise FaultyFile([Fault("too_many_cells", place, value=f"{cells:,}", allowed=allowed)])
    sheet = sheet_at_once(text, dialect) or sheet_by_record(place, text, dialect)
    return dialect.delimiter, sheet
