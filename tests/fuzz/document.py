"""A text file as its records, each of which knows whether a mutation has touched it.

A reader owes every untouched record its values; of a touched one, and of what a changed quotation mark or
line end may draw in with it, it owes nothing but an account.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
CODECS = {"utf-8": "utf-8", "cp932": "cp932", "utf-16": "utf-16-le"}


@dataclass(slots=True)
class Record:
    """The bytes of a record with its line end; ``line`` of the original, 0 = put in by a mutation."""

    raw: bytes
    line: int
    is_touched: bool = False


@dataclass(slots=True)
class Document:
    """``mark``: byte order mark. ``header``: how many records stand down to the header, it included.

    ``free``: codes with which the file as a whole may now be refused, ``*`` = any. ``is_lost``: every record
    may have changed its meaning. ``quoted``: records whose quotation marks or line end changed. ``recoded``:
    lines in another encoding.
    """

    mark: bytes
    codec: str
    delimiter: str
    records: list[Record]
    header: int
    free: set[str] = field(default_factory=set)
    is_lost: bool = False
    quoted: list[Record] = field(default_factory=list)
    recoded: int = 0

    @property
    def raw(self) -> bytes:
        """The file."""
        return self.mark + b"".join(record.raw for record in self.records)

    def touch(self, at: int, raw: bytes) -> None:
        """Replace a record; note what its new quotation marks and line end may draw in."""
        record = self.records[at]
        quote = self.bytes_of('"')
        is_open = record.raw.count(quote) % 2 != raw.count(quote) % 2
        if is_open or bool(self.line_end(record.raw)) != bool(self.line_end(raw)):
            self.quoted.append(record)
        record.raw, record.is_touched = raw, True
        self.is_lost |= at < self.header

    def bytes_of(self, text: str) -> bytes:
        """Encode as the file is."""
        return text.encode(self.codec, "replace")

    def line_end(self, raw: bytes) -> bytes:
        """Return what ends the lines of a record; empty if nothing does."""
        return next((end for end in map(self.bytes_of, ("\r\n", "\n", "\r")) if raw.endswith(end)), b"")

    def untouched_lines(self) -> frozenset[int]:
        """Return the lines (of the original) of the records that must still be read as before."""
        if self.is_lost:
            return frozenset()
        places = {id(record): at for at, record in enumerate(self.records)}
        drawn = sorted(places[id(record)] for record in self.quoted if id(record) in places)
        # Two changed quotes make a quoted cell of everything between them.
        reach = range(drawn[0], drawn[-1] + 2) if drawn else range(0)
        return frozenset(
            record.line for at, record in enumerate(self.records) if not record.is_touched and at not in reach
        )


def document(raw: bytes, encoding: str, delimiter: str, lines: Sequence[int], header: int) -> Document:
    """Cut a file into records. ``lines``: on which each starts, from 1."""
    mark = next((m for m in MARKS if raw.startswith(m)), b"")
    codec = CODECS[encoding]
    body = _lines(raw.removeprefix(mark), codec)
    bounds = [*(line - 1 for line in lines), len(body)]
    records = [
        Record(b"".join(body[start:end]), line)
        for line, (start, end) in zip(lines, pairwise(bounds), strict=True)
    ]
    return Document(mark, codec, delimiter, records, header)


def _lines(raw: bytes, codec: str) -> list[bytes]:
    """Cut at line feeds; in UTF-16 their two bytes may also be halves of two other characters."""
    if codec != "utf-16-le":
        return re.findall(rb"[^\n]*\n|[^\n]+", raw)
    text = raw.decode(codec, "surrogatepass")
    return [line.encode(codec, "surrogatepass") for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
