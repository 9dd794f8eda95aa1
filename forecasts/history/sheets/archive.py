"""The parts of a workbook: opened only when its directory promises nothing that hurts.

A directory that lies hurts nobody: ``zipfile`` unpacks no more of a part than the directory says, and checks
the sum of the part at its end.
"""

import struct
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets.limits import (
    GREATEST_RATIO,
    LARGEST_DIRECTORY_BYTES,
    LARGEST_PART_BYTES,
    LARGEST_UNPACKED_BYTES,
    LARGEST_WORKBOOK_BYTES,
    SMALL_PART_BYTES,
)

_END = b"PK\x05\x06"  # end of central directory record, APPNOTE 4.3.16
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_LOCAL_BYTES = 30  # of the header before each part, at least; APPNOTE 4.3.7
_IS_ENCRYPTED = 0x1


class Archive(ZipFile):
    """A zip archive whose parts are read in one piece only while they are small."""

    def read(self, name: str | ZipInfo, pwd: bytes | None = None) -> bytes:
        """Read a whole part; raises BadZipFile beyond ``LARGEST_PART_BYTES``, or for a document type."""
        info = name if isinstance(name, ZipInfo) else self.getinfo(name)
        if info.file_size > LARGEST_PART_BYTES:
            message = f"{info.filename}: {info.file_size} bytes in one piece"
            raise BadZipFile(message)
        part = super().read(name, pwd)
        if b"<!DOCTYPE" in part:  # its entities could grow without end
            message = f"{info.filename}: document type"
            raise BadZipFile(message)
        return part


def archive_of(place: str, raw: bytes) -> Archive:
    """Open the bytes of a workbook; nothing is unpacked yet.

    Raises:
        FaultyFile: workbook_too_large, zip_bomb, encrypted_workbook.
        BadZipFile: the archive is damaged.
    """
    if len(raw) > LARGEST_WORKBOOK_BYTES:
        raise _too_large(place, len(raw), LARGEST_WORKBOOK_BYTES)
    _check_directory(raw)
    archive = Archive(BytesIO(raw))
    parts = archive.infolist()
    if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
        raise FaultyFile([Fault("encrypted_workbook", place)])
    _check_overlap(parts)
    for part in parts:
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > SMALL_PART_BYTES and ratio > GREATEST_RATIO:
            allowed = f"{GREATEST_RATIO:,}"
            raise FaultyFile([Fault("zip_bomb", place, value=f"{ratio:,.0f}", allowed=allowed)])
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED_BYTES:
        raise _too_large(place, unpacked, LARGEST_UNPACKED_BYTES)
    return archive


def _check_directory(raw: bytes) -> None:
    """Look at the size of the directory before ``ZipFile`` makes an object of each entry."""
    at = raw.rfind(_END, max(0, len(raw) - _END_BYTES - _LONGEST_COMMENT))
    if at < 0 or len(raw) - at < _END_BYTES:
        message = "no directory"
        raise BadZipFile(message)
    (directory_bytes,) = struct.unpack_from("<L", raw, at + 12)
    if directory_bytes > LARGEST_DIRECTORY_BYTES or raw[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        message = f"directory of {directory_bytes} bytes"  # all ones in zip64, which a workbook never needs
        raise BadZipFile(message)


def _check_overlap(parts: list[ZipInfo]) -> None:
    """Refuse parts that share their bytes, or their name: one small part would be unpacked many times."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            message = f"{part.filename}: overlaps another part"
            raise BadZipFile(message)
        end = part.header_offset + _LOCAL_BYTES + part.compress_size
    if len({part.filename for part in parts}) < len(parts):
        message = "two parts of one name"
        raise BadZipFile(message)


def _too_large(place: str, size: int, largest: int) -> FaultyFile:
    return FaultyFile([Fault("workbook_too_large", place, value=f"{size:,}", allowed=f"{largest:,}")])
