"""Bytes of a text file → UTF-8 with line feeds, and the lines that could not be read.

UTF-8 with or without a byte order mark, CP932 (not Shift_JIS: ①㈱髙﨑 need CP932) and UTF-16 either way
round. One damaged byte costs its line, not the file; a file of two encodings is refused where it changes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets.limits import MOST_LINES
from forecasts.history.sheets.sheet import Broken

ALLOWED = "UTF-8, CP932, UTF-16"
_BLOCK = 1 << 18
_SAMPLE = 1 << 16
_OTHER = {"utf-8": "cp932", "cp932": "utf-8"}
# What Python's cp932 makes of the single bytes 80, A0, FD, FE, FF, which stand for nothing in Windows.
_NO_CHARACTERS = "\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3"
_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_FEW_CONTROLS = 64  # stray ones, as old systems leave them
_MANY_FOREIGN = 100  # lines in another encoding: more are no accident,
_FOREIGN_SHARE = 10  # nor is one line in ten,
_FEW_FOREIGN = 3  # unless they are fewer than this


@dataclass(frozen=True, slots=True)
class Text:
    """A text file in UTF-8 without a mark, lines ended by a line feed.

    ``encoding``: utf-8, cp932 or utf-16, as the file was. ``broken``: number of a line, from 1 → why it
    cannot be read; what was damaged in it stands there as U+FFFD, so that cells and quotes around it hold.
    """

    utf8: bytes
    encoding: str
    broken: dict[int, Broken] = field(default_factory=dict)


def decoded(place: str, raw: bytes) -> Text:
    """Find the encoding and decode.

    Raises:
        FaultyFile: empty_file, not_decodable, encoding_changes (with the line), too_many_lines.
    """
    wide = _wide_encoding(raw)
    text = _decoded_wide(place, raw, wide) if wide else _decoded_narrow(place, raw)
    text = _without_nul(text)
    if not text.utf8 or text.utf8.isspace():
        raise FaultyFile([Fault("empty_file", place)])
    if text.broken and 2 * len(text.broken) > _lines(text.utf8) - text.utf8.count(b"\n\n"):
        raise _not_decodable(place)
    return text


def _wide_encoding(raw: bytes) -> str:
    """Recognise UTF-16 by its mark, or by NUL in every other byte of its ASCII characters."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if raw[0] == 0xFF else "utf-16-be"
    sample = raw[:_SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if max(first, second) * 20 < len(sample) or min(first, second) * 10 > max(first, second):
        return ""
    return "utf-16-le" if second > first else "utf-16-be"


def _is_binary(sample: bytes) -> bool:
    """Recognise by control characters what would otherwise be read line by line in vain."""
    count = len(sample) - len(sample.translate(None, _CONTROLS))
    return count > _FEW_CONTROLS and count * 50 > len(sample)


def _lines(body: bytes) -> int:
    return body.count(b"\n") + 1


def _check_lines(place: str, body: bytes) -> None:
    """Refuse too many lines before each is decoded."""
    if (lines := _lines(body)) > MOST_LINES + 1:
        raise FaultyFile([Fault("too_many_lines", place, value=f"{lines:,}", allowed=f"{MOST_LINES:,}")])


def _decoded_wide(place: str, raw: bytes, encoding: str) -> Text:
    try:
        text, is_damaged = raw.decode(encoding), False
    except UnicodeDecodeError:
        text, is_damaged = raw.decode(encoding, "replace"), True
    body = _line_feeds(text.removeprefix("\ufeff").encode()).removesuffix(b"\x1a")
    _check_lines(place, body)
    broken = {}
    if is_damaged:
        damaged = "\ufffd".encode()
        broken = {
            number: Broken(None, "undecodable_line", allowed="UTF-16")
            for number, line in enumerate(body.split(b"\n"), 1)
            if damaged in line
        }
    return Text(body, "utf-16", broken)


def _decoded_narrow(place: str, raw: bytes) -> Text:
    if raw.count(0) * 10 > len(raw) or _is_binary(raw[:_SAMPLE]):
        raise _not_decodable(place)
    body = _line_feeds(raw.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\x1a"))
    _check_lines(place, body)
    if _is_utf8(body):
        return Text(body, "utf-8")
    encoding, foreign = "utf-8", _Foreign()
    if not raw.startswith(b"\xef\xbb\xbf"):
        in_utf8, others = _utf8_starts(body)
        encoding = "utf-8" if len(in_utf8) > others else "cp932"
        if encoding == "cp932":
            foreign.add_utf8(body, in_utf8)
    utf8, broken = _by_block(body, encoding, foreign)
    count = len(foreign.lines)
    if count > _MANY_FOREIGN or (count >= _FEW_FOREIGN and count * _FOREIGN_SHARE >= _lines(body)):
        other = _OTHER[encoding].upper()
        raise FaultyFile(
            [Fault("encoding_changes", place, min(foreign.lines), value=other, allowed=encoding.upper())]
        )
    return Text(utf8, encoding, broken)


class _Foreign:
    """Lines that are written in the other encoding: enough of them to decide, not all."""

    def __init__(self) -> None:
        self.lines: set[int] = set()

    def add_utf8(self, body: bytes, positions: NDArray[np.int64]) -> None:
        """Add the lines of CP932 text that are UTF-8 through and through: 縺ゅ＞ was あい."""
        end = number = 0
        for position in positions.tolist():
            if position < end or len(self.lines) > _MANY_FOREIGN:
                continue
            start = body.rfind(b"\n", 0, position) + 1
            number += body.count(b"\n", max(end - 1, 0), start)
            end = body.find(b"\n", position) + 1 or len(body) + 1
            if _is_utf8(body[start:end]):
                self.lines.add(number + 1)


def _is_utf8(body: bytes) -> bool:
    try:
        for start, end in _blocks(body):
            body[start:end].decode()
    except UnicodeDecodeError:
        return False
    return True


def _utf8_starts(body: bytes) -> tuple[NDArray[np.int64], int]:
    """Find where runs of other than ASCII bytes start with three bytes of UTF-8, and count the other runs.

    Kana and kanji have three bytes in UTF-8, beginning with E3 to E9; in CP932 these bytes begin only kanji
    of the second level.
    """
    found, others = [], 0
    for start in range(0, len(body), _BLOCK):
        around = b"\0" * (not start) + body[max(start - 1, 0) : start + _BLOCK + 2] + b"\0\0"
        block = np.frombuffer(around, np.uint8)
        is_high = block >= 0x80
        begins = is_high[1:][:_BLOCK] & ~is_high[:-1][:_BLOCK]
        at = np.flatnonzero(begins & (block[1:][:_BLOCK] >= 0xE2)) + 1  # few in CP932
        at = at[(block[at] <= 0xEF) & (block[at + 1] >> 6 == 0b10) & (block[at + 2] >> 6 == 0b10)]
        found.append(at.astype(np.int64) + (start - 1))
        others += int(np.count_nonzero(begins)) - len(at)
    return np.concatenate([np.empty(0, np.int64), *found]), others


def _by_block(body: bytes, encoding: str, foreign: _Foreign) -> tuple[bytes, dict[int, Broken]]:
    """Decode by blocks of lines: memory stays small, and a damaged byte is sought only in its block."""
    utf8 = BytesIO()  # grows where it is and is handed out as it is: joining parts would copy them all
    broken, number, counted = {}, 1, 0
    for line in sorted(foreign.lines):
        broken[line] = Broken(None, "undecodable_line", allowed=encoding.upper())
    for start, end in _blocks(body):
        block = body[start:end]
        text = _strict(block, encoding)
        if text is None:
            number += body.count(b"\n", counted, start)
            counted = start
            text = "\n".join(_line(block.split(b"\n"), number, encoding, foreign, broken))
        utf8.write(text.encode())
    return utf8.getvalue(), broken


def _line(
    lines: list[bytes], number: int, encoding: str, foreign: _Foreign, broken: dict[int, Broken]
) -> Iterator[str]:
    """Decode line by line, noting those that are damaged or in the other encoding."""
    for at, line in enumerate(lines, number):
        text = _strict(line, encoding)
        if text is None:
            text = line.decode(encoding, "replace").translate(dict.fromkeys(map(ord, _NO_CHARACTERS), 0xFFFD))
            broken[at] = Broken(None, "undecodable_line", _damage(line, encoding), encoding.upper())
            if encoding == "utf-8" and _strict(line, "cp932") is not None and not len(_utf8_starts(line)[0]):
                foreign.lines.add(at)
        yield text


def _strict(block: bytes, encoding: str) -> str | None:
    try:
        text = block.decode(encoding)
    except UnicodeDecodeError:
        return None
    if encoding == "cp932" and any(character in text for character in _NO_CHARACTERS):
        return None
    return text


def _damage(line: bytes, encoding: str) -> str:
    """Write the first bytes that are no character: the rest of the line may be somebody's name."""
    try:
        line.decode(encoding)
    except UnicodeDecodeError as error:
        return "0x" + line[error.start : error.start + 2].hex().upper()
    return ""


def _blocks(body: bytes) -> Iterator[tuple[int, int]]:
    """Cut into blocks of whole lines."""
    start = 0
    while start < len(body):
        end = body.rfind(b"\n", start, start + _BLOCK) + 1 or body.find(b"\n", start) + 1 or len(body)
        yield start, end
        start = end


def _line_feeds(body: bytes) -> bytes:
    if _LONE_RETURN.search(body):
        return body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return body.replace(b"\r", b"")  # at half the time


def _without_nul(text: Text) -> Text:
    """Note the lines that hold NUL, as files do that were cut off while being written."""
    if b"\0" not in text.utf8:
        return text
    broken = dict(text.broken)
    for number, line in enumerate(text.utf8.split(b"\n"), 1):
        if b"\0" in line:
            broken.setdefault(number, Broken(None, "nul_byte"))
    return replace(text, utf8=text.utf8.replace(b"\0", "\ufffd".encode()), broken=broken)


def _not_decodable(place: str) -> FaultyFile:
    return FaultyFile([Fault("not_decodable", place, allowed=ALLOWED)])
