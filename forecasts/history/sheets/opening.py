"""Which kind of file the bytes are: told by the content, never by the name."""

import re
from hashlib import sha256

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets.decoding import decoded
from forecasts.history.sheets.delimited import delimited_sheet
from forecasts.history.sheets.limits import LARGEST_FILE_BYTES
from forecasts.history.sheets.sheet import FileSheets
from forecasts.history.sheets.workbook import workbook_sheets

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: .xls, .doc, and every encrypted .xlsx
_MARKUP = re.compile(
    rb"<(!doctype|html|head|body|table|meta|style|div|\?xml|!--)|mime-version:", re.IGNORECASE
)
_OTHERS = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b\x08": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}


def read_sheets(place: str, raw: bytes) -> FileSheets:
    """Open a file: every visible table of it, with whatever is broken in single records kept apart.

    ``place``: name of the file, for messages.

    Raises:
        FaultyFile: the file as a whole cannot be used.
    """
    if len(raw) > LARGEST_FILE_BYTES:
        allowed = f"{LARGEST_FILE_BYTES:,}"
        raise FaultyFile([Fault("file_too_large", place, value=f"{len(raw):,}", allowed=allowed)])
    digest = sha256(raw).hexdigest()
    if raw.startswith(_ZIP):
        sheets, warnings = workbook_sheets(place, raw)
        return FileSheets(place, digest, "xlsx", "", "", sheets, warnings)
    _check_form(place, raw)
    text = decoded(place, raw)
    _check_markup(place, text.utf8)
    delimiter, sheet = delimited_sheet(place, text)
    # Many tools leave the last line end out, but a file that was cut inside its last cell looks the same.
    is_cut = len(sheet) > 1 and not text.utf8.endswith(b"\n")
    warnings = (Fault("no_line_end", place, int(sheet.line[-1])),) if is_cut else ()
    return FileSheets(place, digest, "csv", text.encoding, delimiter, (sheet,), warnings)


def _check_form(place: str, raw: bytes) -> None:
    """Refuse what is known not to be text."""
    if raw.startswith(_OLE):
        raise FaultyFile([Fault(_compound(raw), place)])
    for magic, name in _OTHERS.items():
        if raw.startswith(magic):
            raise FaultyFile([Fault("not_a_table", place, value=name)])


def _compound(raw: bytes) -> str:
    """Name the fault of an OLE compound file by the streams of its directory (MS-CFB 2.6.1)."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return "encrypted_workbook"
    names = ("Workbook", "Book")
    return "old_workbook" if any(name.encode("utf-16-le") in raw for name in names) else "not_a_table"


def _check_markup(place: str, utf8: bytes) -> None:
    """Refuse web pages and XML that call themselves .xls: ticket tools export them so."""
    if found := _MARKUP.match(utf8[:1000].lstrip()):
        name = "XML" if found[0].lower() == b"<?xml" else "HTML"
        raise FaultyFile([Fault("not_a_table", place, value=name)])
