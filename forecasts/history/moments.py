"""Columns of dates and times, each distinct date and each distinct time read once.

A moment is a date (``dates``), or a date and a time (``clocks``) parted by a blank, a T or the 日 of the
date, or 12 or 14 digits, or a spreadsheet's serial number with a fraction. A time with an offset (Z, +09:00)
is an instant and becomes Japan's time, in which every desk lives; without one it is taken as it stands.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from math import nan
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from forecasts.history.clocks import clock_of, span_of
from forecasts.history.dates import LONGEST, day_of, month_of
from forecasts.history.padded import padded_moments
from forecasts.history.text import Texts, encoded, mask_of, plain_of

_FIRST_YEAR, _END_OF_YEARS = np.datetime64("0001-01-01", "us"), np.datetime64("10000-01-01", "us")
_NO_DAY = np.datetime64("NaT", "us")
_DESK_OFFSET_MIN = 9 * 60
_OFFSET = re.compile(r"(.*\d) ?(?:(?P<utc>z|utc|gmt)|(?P<jst>jst)|(?P<sign>[-+])(?P<h>\d{2}):?(?P<m>\d{2}))")
_COMPACT = re.compile(r"(\d{8})(\d{4}(?:\d{2})?)")
_SERIAL = re.compile(r"(\d{5})(\.\d+)")
_CUTS = re.compile(r"(?<=[ t日)])")


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """``at`` (R,) datetime64[us], NaT where unreadable or empty; ``is_timed`` (R,): the text told a time."""

    at: NDArray[np.datetime64]
    is_timed: NDArray[np.bool_]


def moment_of(text: str) -> datetime | None:
    """Read a date with or without a time (without: its midnight); None where it is none."""
    found = _moment(text)
    return found[0] if found else None


def is_timed(text: str) -> bool:
    """Whether a text is a moment that tells a time."""
    found = _moment(text)
    return found is not None and found[1]


def moments(texts: Texts) -> Moments:
    """Read a column of dates with or without times; the forms may be mixed."""
    words = _plain(texts.words)
    at = np.full(len(words), _NO_DAY)
    timed = np.zeros(len(words), bool)
    left = np.flatnonzero(mask_of(pc.not_equal(words, pa.scalar(""))))
    if (padded := padded_moments(words.take(left))) is not None:
        at[left] = joined(*padded)
        timed[left] = ~np.isnat(at[left])
        left = left[~timed[left]]
    for cut in _COLUMN_CUTS:
        if not left.size:
            break
        part = words if left.size == len(words) and not words.offset else words.take(left)
        found = _read_in_parts(part, cut)
        at[left], timed[left] = found, ~np.isnat(found)
        left = left[np.isnat(found)]
    for n, word in zip(left.tolist(), words.take(left).to_pylist(), strict=True):
        if one := _moment(word or ""):
            at[n], timed[n] = one
    return Moments(texts.spread(at), texts.spread(timed))


def days(texts: Texts) -> NDArray[np.datetime64]:
    """Read a column of dates as datetime64[D] (R,), NaT where unreadable or empty.

    A time that stands beside the date is passed over: 2026/3/2 25:31 is 2 March.
    """
    found = [day_of(word) or _day_beside_time(word) for word in texts.distinct]
    return texts.spread(np.array(found, "datetime64[D]"))


def clocks(texts: Texts) -> NDArray[np.float64]:
    """Read a column of times as minutes from midnight (R,), NaN where unreadable or empty."""
    return texts.read(clock_of)


def spans(texts: Texts) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Read a column of spans as starts and ends in minutes (R,); a lone time has the end NaN."""
    both = [span_of(word) or (nan, nan) for word in texts.distinct]
    pairs = np.array(both, np.float64).reshape(-1, 2)
    return texts.spread(pairs[:, 0]), texts.spread(pairs[:, 1])


def months(texts: Texts, fiscal_year: int | None = None) -> NDArray[np.datetime64]:
    """Read a column of months as their first days, datetime64[D] (R,), NaT where unreadable or empty."""
    return texts.spread(np.array([month_of(word, fiscal_year) for word in texts.distinct], "datetime64[D]"))


def joined(on: NDArray[np.datetime64], minutes: NDArray[np.float64]) -> NDArray[np.datetime64]:
    """Put days and minutes from midnight together as datetime64[us]; NaT where either is missing."""
    time = np.rint(minutes * 60_000_000).astype("timedelta64[us]")  # NaN becomes NaT
    at: NDArray[np.datetime64] = np.add(on.astype("datetime64[us]"), time)
    at[(at < _FIRST_YEAR) | (at >= _END_OF_YEARS)] = _NO_DAY  # 9999-12-31 24:00: no datetime can hold it
    return at


def _moment(text: str) -> tuple[datetime, bool] | None:
    if len(text) > LONGEST:
        return None
    plain = plain_of(text)
    if (day := day_of(plain)) is not None:
        return datetime(day.year, day.month, day.day), False
    if match := _COMPACT.fullmatch(plain):
        return _together(day_of(match[1]), clock_of(match[2]))
    if match := _SERIAL.fullmatch(plain):
        return _together(day_of(match[1]), round(float(match[2]) * 86_400, 3) / 60)
    for cut in _CUTS.finditer(plain):
        found = _together(_cut_day(plain[: cut.end()]), _time_of(plain[cut.end() :]))
        if found:
            return found
    return None


def _together(day: date | None, minutes: float | None) -> tuple[datetime, bool] | None:
    if day is None or minutes is None:
        return None
    midnight = datetime(day.year, day.month, day.day)
    try:
        return midnight + timedelta(microseconds=round(minutes * 60_000_000)), True
    except OverflowError:  # 9999-12-31 24:00
        return None


def _cut_day(left: str) -> date | None:
    return day_of(left.removesuffix("t"))


def _time_of(right: str) -> float | None:
    """Read the time beside a date in minutes of the desk's day; an offset may carry it out of that day."""
    plain = right.strip()
    told = clock_of(plain)
    match = _OFFSET.fullmatch(plain) if told is None else None
    if match is None:
        return told
    minutes = clock_of(match[1])
    if minutes is None or match["jst"]:
        return minutes
    offset = int(match["h"] or 0) * 60 + int(match["m"] or 0)
    return minutes + _DESK_OFFSET_MIN - (-offset if match["sign"] == "-" else offset)


def _day_beside_time(text: str) -> date | None:
    """Read the day of a moment: as written, unless an offset moves it."""
    found = _moment(text)
    if found is None:
        return None
    plain = plain_of(text)
    written = (_cut_day(plain[: cut.end()]) for cut in _CUTS.finditer(plain))
    is_moved = _OFFSET.fullmatch(plain) is not None
    return found[0].date() if is_moved else next((d for d in written if d is not None), found[0].date())


def _plain(words: pa.StringArray) -> pa.StringArray:
    """Make the words plain as ``plain_of`` does, but for runs of blanks (``_moment`` sees to those)."""
    if not pc.all(pc.string_is_ascii(words)).as_py():
        words = pc.call_function("utf8_normalize", [words], pc.Utf8NormalizeOptions("NFKC"))
    return pc.utf8_lower(words)


Cuts = NDArray[np.int64]  # where in the bytes of an array each word is cut; -1 = nowhere


def _after_last(mark: str, words: pa.StringArray) -> Cuts:
    offsets, marks = _marks(mark, words)
    last = marks[np.searchsorted(marks, offsets[1:]) - 1]
    return np.where(last >= offsets[:-1], last + len(mark.encode()), -1)


def _after_first(mark: str, words: pa.StringArray) -> Cuts:
    offsets, marks = _marks(mark, words)
    first = np.append(marks, offsets[-1])[np.searchsorted(marks, offsets[:-1])]
    return np.where(first < offsets[1:], first + len(mark.encode()), -1)


def _marks(mark: str, words: pa.StringArray) -> tuple[Cuts, Cuts]:
    """Return where in the bytes each word begins (W + 1,), and where a mark stands (-1 first)."""
    _, ends, data = (memoryview(part or b"") for part in words.buffers())
    offsets = np.frombuffer(ends, np.int32)[words.offset : words.offset + len(words) + 1].astype(np.int64)
    found = np.frombuffer(data, np.uint8)
    first, *rest = mark.encode()
    at = np.flatnonzero(found[: len(found) - len(rest)] == first)
    for n, byte in enumerate(rest, start=1):
        at = at[found[at + n] == byte]
    return offsets, np.append(-1, at)


def _read_in_parts(words: pa.StringArray, cut: Callable[[pa.StringArray], Cuts]) -> NDArray[np.datetime64]:
    """Read words cut in a date and a time; NaT (W,) where there is no cut or a part cannot be read.

    The parts of all words are one array over the same bytes: nothing is copied, and each is read once.
    """
    found = np.full(len(words), _NO_DAY)
    at = cut(words)
    has = np.flatnonzero(at >= 0)
    if not has.size:
        return found
    if has.size < len(words):
        words = words.take(has)
        at = cut(words)
    offsets = _marks(" ", words)[0]
    bounds = np.append(np.stack([offsets[:-1], at], axis=1).ravel(), offsets[-1]).astype(np.int32)
    letters = cast("pa.Buffer", words.buffers()[2])  # there is one: the marks are in it
    parts = pa.StringArray.from_buffers(2 * len(words), pa.py_buffer(bounds.data), letters)
    different, codes = encoded(parts)
    texts, codes = cast("list[str]", different.to_pylist()), codes.reshape(-1, 2)
    on = _each_read(_cut_day, texts, codes[:, 0], "datetime64[D]")
    minutes = _each_read(_time_of, texts, codes[:, 1], "float64")
    found[has] = joined(on, minutes)
    return found


def _each_read(
    one: Callable[[str], date | float | None], texts: list[str], codes: NDArray[np.int64], dtype: str
) -> NDArray[Any]:
    """Read those texts that ``codes`` name, each once."""
    used = np.flatnonzero(np.bincount(codes, minlength=len(texts)))
    values = np.array([None] * len(texts), object)
    values[used] = [one(texts[n]) for n in used.tolist()]
    return values.astype(dtype)[codes]


# Where most texts are cut, the likeliest first: 2026/3/2 8:30, 2026年3月2日8:30, 2026-03-02T08:30,
# 2026/3/2 8:30 AM. Any other is cut text by text.
_COLUMN_CUTS = (
    partial(_after_last, " "),
    partial(_after_last, "日"),
    partial(_after_last, "t"),
    partial(_after_first, " "),
)
