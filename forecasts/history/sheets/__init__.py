"""Bytes of a file → its tables as they stand: text in any encoding, or a workbook."""

from forecasts.history.sheets.opening import read_sheets
from forecasts.history.sheets.raw import raw_of
from forecasts.history.sheets.sheet import Broken, FileSheets, Sheet

__all__ = ["Broken", "FileSheets", "Sheet", "raw_of", "read_sheets"]
