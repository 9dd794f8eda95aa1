"""A CSV file as it stands: its header and its cells as text, by line of the file."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pandas as pd

from forecasts.faults import Fault, FaultyFile

LONGEST_CELL = 131_072  # characters; what csv reads unless told otherwise
# utf-8-sig reads UTF-8 with and without a byte order mark. cp932, not shift_jis: ①㈱髙﨑 need it.
ENCODINGS = ("utf-8-sig", "cp932")


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """``cells``: text, one column per column of the header (0, 1, …), indexed by line of the file."""

    header: tuple[str, ...]
    cells: pd.DataFrame


def read_sheet(path: Path, faults: list[Fault]) -> Sheet:
    """Read a CSV file in UTF-8 or CP932; rows with a wrong number of cells are added to ``faults``.

    Raises FaultyFile where the file as a whole cannot be read.
    """
    header: tuple[str, ...] = ()
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, row in _records(str(path), _text(path)):
        if not "".join(row).strip():
            continue  # blank lines, and the empty rows that spreadsheets leave at the end
        if not header:
            header = tuple(name.strip() for name in row)
        elif len(row) != len(header):
            faults.append(Fault("bad_row", str(path), line, value=str(len(row)), allowed=str(len(header))))
        else:
            rows.append(row)
            lines.append(line)
    if not header:
        raise FaultyFile([Fault("empty_file", str(path))])
    return Sheet(header, pd.DataFrame(rows, index=lines, columns=range(len(header)), dtype=str))


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise FaultyFile([Fault("missing_file", str(path))]) from None
    except OSError as error:
        raise FaultyFile([Fault("unreadable_file", str(path), value=error.strerror or "")]) from None
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:  # cp932 decodes any UTF-16 or Excel file, but no text holds a NUL
            return text
    raise FaultyFile([Fault("not_decodable", str(path), allowed="UTF-8, CP932")])


def _records(place: str, text: str) -> Iterable[tuple[int, list[str]]]:
    """Yield each record with the line on which it starts: a quoted cell may hold line breaks."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        is_long = "field limit" in str(error)  # csv has one exception for all
        code, allowed = ("long_cell", f"<= {LONGEST_CELL:,}") if is_long else ("bad_quotes", "")
        raise FaultyFile([Fault(code, place, line, value=str(error), allowed=allowed)]) from None
