"""The bytes of a desk file → its tables, or the one fault for which it is no TOML, with its line."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from forecasts.faults import Fault, FaultyFile

_TWICE = ("Cannot overwrite a value", "Cannot declare")
"""How ``tomllib`` begins when a key or a table stands twice."""
_KEY = re.compile(r"""\s*([\w."'-]+)\s*=""")
_HEADER = re.compile(r"""\s*(\[{1,2}[\w."' -]+\]{1,2})""")


def toml_of(path: Path) -> dict[str, Any]:
    """Read a file. Raises FaultyFile: missing_file, unreadable_file, not_decodable, key_twice, bad_toml."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise FaultyFile([Fault("missing_file", str(path))]) from None
    except OSError as error:
        raise FaultyFile([Fault("unreadable_file", str(path), value=error.strerror or "")]) from None
    except UnicodeDecodeError:
        raise FaultyFile([Fault("not_decodable", str(path), allowed="UTF-8")]) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyFile([_fault(str(path), text.splitlines(), str(error))]) from None


def _fault(place: str, lines: Sequence[str], message: str) -> Fault:
    # Python 3.11 tells the line only in the message; "(at end of document)" names none.
    at = re.search(r"\(at line (\d+)", message)
    row = min(int(at[1]), len(lines)) if at else len(lines)
    if message.startswith(_TWICE) and (found := _twice(lines[:row])):
        name, first, second = found
        return Fault("key_twice", place, second, "", name, str(first))
    value = lines[row - 1].strip() if lines else ""
    return Fault("bad_toml", place, row, "", value)


def _twice(lines: Sequence[str]) -> tuple[str, int, int] | None:
    """Return the key or the table that ends these lines, and the lines on which it stands before and there.

    None where the text does not show it, as when ``a.b = 1`` follows ``a = 1``.
    """
    keys: dict[str, int] = {}
    headers: dict[str, int] = {}
    found: tuple[str, int, int] | None = None
    for row, line in enumerate(lines, 1):
        if match := _HEADER.match(line):
            keys, known = {}, headers
        elif match := _KEY.match(line):
            known = keys
        else:  # the value of the key above goes on
            continue
        first = known.setdefault(match[1], row)
        found = (match[1], first, row) if first < row else None
    return found
