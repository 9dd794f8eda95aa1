"""Cells of a worksheet → text, as a person would write what Excel shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from types import MappingProxyType

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel, from_ISO8601

from forecasts.history.sheets.limits import LONGEST_CELL
from forecasts.history.sheets.sheet import Broken

_HOURS_UNTIL = 60  # days: a serial number below is hours beyond 24, not a day of early 1900
_EXACT = 1e15  # whole numbers below are exact as floats
_MS_A_DAY = 86_400_000
_SHOWN = 40  # characters of a value that is no value


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of all worksheets share.

    ``strings``: the shared ones. ``dates``, ``hours``: numbers of the styles that show a date or time, or
    hours beyond 24 ([h]:mm). ``epoch``: day 0 of the serial numbers, 1899-12-30 or 1904-01-01.
    """

    strings: Sequence[str] = ()
    dates: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()
    epoch: datetime = WINDOWS_EPOCH


def cell_text(kind: str, value: str, style: str, book: Book) -> str | Broken:
    """Return the text of what a cell holds (ECMA-376-1 18.3.1.4).

    2026-03-02 08:30:00, 2026-03-02 (midnight), 8:30:00, 25:31:00, 123, 12.5, TRUE.
    """
    try:
        return _bounded(_TEXTS[kind](value, style, book))
    except (ValueError, KeyError, IndexError, OverflowError, TypeError):
        return Broken(None, "error_value", value[:_SHOWN])


def _bounded(text: str) -> str | Broken:
    if len(text) > LONGEST_CELL:
        return Broken(None, "long_cell", allowed=f"{LONGEST_CELL:,}")
    return text


def _shared(value: str, _style: str, book: Book) -> str:
    index = int(value)
    if index < 0:
        raise IndexError(index)
    return book.strings[index]


def _number(value: str, style: str, book: Book) -> str:
    number = float(value)
    if style in book.dates:
        return _serial_text(number, book.epoch, is_hours=style in book.hours)
    if number.is_integer() and abs(number) < _EXACT:
        return str(int(number))
    if not isfinite(number):
        raise ValueError(number)
    return repr(number)


def _iso(value: str, _style: str, _book: Book) -> str:
    return _moment_text(from_ISO8601(value))  # type: ignore[no-untyped-call]  # types-openpyxl leaves it out


def _error(value: str, _style: str, _book: Book) -> str:
    raise ValueError(value)


_TEXTS: Mapping[str, Callable[[str, str, Book], str]] = MappingProxyType(
    {
        "n": _number,
        "s": _shared,
        "str": lambda value, _style, _book: value,
        "inlineStr": lambda value, _style, _book: value,
        "b": lambda value, _style, _book: "TRUE" if int(value) else "FALSE",
        "d": _iso,
        "e": _error,
    }
)


def _serial_text(number: float, epoch: datetime, *, is_hours: bool) -> str:
    if is_hours or 0 <= number < _HOURS_UNTIL:
        seconds = round(number * _MS_A_DAY) // 1000
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return _moment_text(from_excel(number, epoch))


def _moment_text(moment: datetime | date | time | timedelta | None) -> str:
    match moment:
        case datetime():
            whole = moment.time() == time()
            return f"{moment:%Y-%m-%d}" if whole else moment.isoformat(" ", "seconds")
        case date():
            return moment.isoformat()
        case time():
            return f"{moment.hour}:{moment:%M:%S}"
        case timedelta():
            return _serial_text(moment / timedelta(days=1), WINDOWS_EPOCH, is_hours=True)
    raise ValueError(moment)
