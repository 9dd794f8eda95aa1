"""One written time of day, or span of two → minutes from midnight.

Hours run to 47:59: what is past 24:00 belongs to the day that began before, as official texts write it
(25時31分). 午前 and 午後 are read as spreadsheets write them: 午後12:30 is 12:30, 午前12:30 is 0:30.
"""

import re
from math import nan

from forecasts.history.text import plain_of
from forecasts.slots import DAY_MIN

LONGEST = 64
_HALF = r"午前|午後|am|pm|a\.m\.|p\.m\."
_CLOCK = re.compile(
    rf"(?P<before>{_HALF})? ?"
    r"(?:(?P<h>\d{1,2})(?::(?P<m>[0-5]?\d)(?::(?P<s>[0-5]?\d(?:[.,]\d{1,9})?))?"
    r"| ?時 ?(?:(?P<half>半)|(?:(?P<m2>[0-5]?\d) ?分 ?)?(?:(?P<s2>[0-5]?\d) ?秒)?)"
    r"|(?P<m3>[0-5]\d)(?P<s3>[0-5]\d)?)?)"
    rf" ?(?P<after>am|pm|a\.m\.|p\.m\.)?"
)
# The same without names for what nearly every cell is: 8:30, 08:30:15.
_USUAL = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_BETWEEN = re.compile(r" ?(?:[-~〜‐‑–—―−ー→]|から|to) ?")
# Day 0 of a database or a spreadsheet, which stands before a time that has no day.
_NO_DAY = re.compile(r"(?:1899[-/]12[-/]30|1900[-/]0?1[-/]00?)[ t]")
_FRACTION = re.compile(r"0?\.\d+")
"""A spreadsheet's time as a bare number: the part of the day that has passed."""
_WHOLE_HOUR = re.compile(r"(\d{1,2}) ?時台")


def clock_of(text: str) -> float | None:
    """Read a time (8:30, 9時05分, 午後1:05, 8:30 AM, 0830, 25:31) as minutes from midnight; None if none."""
    if usual := _USUAL.fullmatch(text):
        hours, minutes, seconds = usual.groups("0")
        return int(hours) * 60 + int(minutes) + int(seconds) / 60
    if len(text) > LONGEST:
        return None
    plain = _NO_DAY.sub("", plain_of(text), count=1)
    if _FRACTION.fullmatch(plain):
        return round(float(plain) * DAY_MIN * 60) / 60
    match = _CLOCK.fullmatch(plain)
    if match is None:
        return None
    part = match.groupdict()
    hours_told = _hours(int(part["h"]), (part["before"] or "") + (part["after"] or ""))
    if hours_told is None:
        return None
    minute = 30 if part["half"] else int(part["m"] or part["m2"] or part["m3"] or 0)
    second = float((part["s"] or part["s2"] or part["s3"] or "0").replace(",", "."))
    return hours_told * 60 + minute + second / 60


def _hours(hours: int, half: str) -> int | None:
    """Return the hour of the day; None for hours that no day has, or a half told twice."""
    half = half.replace(".", "")
    if not half:
        return hours if hours < 48 else None
    if half not in {"午前", "午後", "am", "pm"} or hours > 12:
        return None
    return hours % 12 + (12 if half in {"午後", "pm"} else 0)


def span_of(text: str) -> tuple[float, float] | None:
    """Read 9:00-9:30, 9時～9時30分, 0900-0930 or 9時台 as (start, end) in minutes; a lone start has end NaN.

    An end at or before the start is on the next day (22:00-6:00 ends at 30:00).
    """
    if len(text) > LONGEST:
        return None
    plain = _NO_DAY.sub("", plain_of(text), count=1)
    if whole := _WHOLE_HOUR.fullmatch(plain):
        start = clock_of(whole[1])
        return None if start is None else (start, start + 60)
    first, *rest = _BETWEEN.split(plain)
    start = clock_of(first)
    if start is None or len(rest) > 1:
        return None
    if not rest or not rest[0]:
        return start, nan
    end = clock_of(rest[0])
    if end is None:
        return None
    return start, end if end > start else end + DAY_MIN
