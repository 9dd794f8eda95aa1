"""The inquiry log: a file of one row per inquiry → clean inquiries, or every fault of the file at once."""

import csv
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import pandas as pd

from forecasts.faults import Fault, FaultyFile
from forecasts.history.account import listed
from forecasts.history.aliases import recognised_columns
from forecasts.history.kinds import KINDS
from forecasts.history.layout import laid_out
from forecasts.history.mapping import EVERY_OTHER, FileMapping
from forecasts.history.reading import read_file
from forecasts.history.sheets import FileSheets, raw_of, read_sheets

FIELDS = tuple(KINDS["inquiries"])
_EVERY_FIELD = tuple(dict.fromkeys(name for fields in KINDS.values() for name in fields))


def read_log(
    path: Path, columns: Mapping[str, str], synonyms: Mapping[str, str], until: date | None = None
) -> pd.DataFrame:
    """Read an inquiry log in any form that ``read_sheets`` opens; no row may be wrong.

    Args:
        path: The file.
        columns: Field (one of ``FIELDS``) → column of the file; empty: the usual names are recognised.
        synonyms: Channel as written, in any width and case → code of the channel. ``*`` stands for
            whatever is not named. Without a column for it the channel is the only one there is.
        until: The last day to read; rows received later are passed over unread, faults and all.

    Returns:
        One row per inquiry in the order of the file: ``records.COLUMNS["inquiries"]``. Handlers are not kept.

    Raises:
        FaultyFile: With all faults, shortened by ``listed``.
    """
    sheets = read_sheets(str(path), raw_of(path))
    columns = columns or _recognised(sheets)
    channel = "" if "channel" in columns else _only_channel(synonyms)
    mapping = FileMapping(columns=columns, channels=synonyms, channel=channel)
    reading = read_file(sheets, mapping, until=until)
    if reading.faults:
        raise FaultyFile(listed(reading.faults))
    return reading.values.drop(columns="line")


def column_mapping(text: str, place: str = "--columns") -> dict[str, str]:
    """Read a mapping typed by a person: ``received_at=opened,channel=contact_type``.

    A column whose name holds a comma is quoted as in CSV. Fields of every kind of file are known. Raises
    FaultyFile with all faults.
    """
    mapping: dict[str, str] = {}
    faults: list[Fault] = []
    for part in next(csv.reader([text], skipinitialspace=True), []):
        name, equals, column = (piece.strip() for piece in part.partition("="))
        if not (name and equals and column):
            faults.append(
                Fault("bad_mapping", place, value=part, allowed="received_at=受付日時,channel=受付方法")
            )
        elif name not in _EVERY_FIELD:
            faults.append(
                Fault("unknown_field", place, column=name, value=name, allowed=", ".join(_EVERY_FIELD))
            )
        elif name in mapping:
            faults.append(Fault("duplicate_field", place, column=name, value=column, allowed=mapping[name]))
        else:
            mapping[name] = column
    if faults:
        raise FaultyFile(faults)
    return mapping


def _recognised(sheets: FileSheets) -> dict[str, str]:
    """Find the columns by their usual names in the first table that has any."""
    found: dict[str, str] = {}
    for sheet in sheets.sheets:
        with suppress(FaultyFile):  # a cover sheet; if no sheet is a table, read_file tells why
            found = found or recognised_columns(laid_out(sheet).header)
    return found


def _only_channel(synonyms: Mapping[str, str]) -> str:
    """Return the channel of a log that has no column for it; "" if it could be several."""
    channels = set(synonyms.values())
    return synonyms.get(EVERY_OTHER) or (channels.pop() if len(channels) == 1 else "")
