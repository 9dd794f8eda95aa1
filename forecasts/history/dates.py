"""One written date, month or fiscal year → what it means.

Years are Western with four digits, or of an era. An era year may run on past the end of its era (平成32年 =
2020: what was written before the change stands), never begin before its first day. Refused, because they
could mean two days: two-digit Western years (26/3/2 is also 平成26年) and days before the year (3/2/2026).
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from forecasts.history.text import plain_of

LONGEST = 64  # characters; no date or time needs more
_ERAS: Mapping[str, date] = {
    "令": date(2019, 5, 1), "r": date(2019, 5, 1),
    "平": date(1989, 1, 8), "h": date(1989, 1, 8),
    "昭": date(1926, 12, 25), "s": date(1926, 12, 25),
}  # fmt: skip
_YEAR = r"(?:(?P<west>\d{4})|(?P<era>令和?|平成?|昭和?|[rhs])\.?(?P<year>元|\d{1,2}))"
_WEEKDAY = r"(?:\([月火水木金土日](?:曜日?)?(?:・?[祝休]日?)?\)|[月火水木金土日]曜日?|\([a-z]{3,9}\))?"
_DAY = re.compile(
    _YEAR
    + r"(?:年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日|(?P<sep>[-/.])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2}))"
    + _WEEKDAY
)
_COMPACT = re.compile(r"(?:(?P<west>\d{4})|(?P<era>[rhs])(?P<year>\d{2}))(?P<m1>\d{2})(?P<d1>\d{2})")
_MONTH = re.compile(_YEAR + r"(?:年(?P<m1>\d{1,2})月[分度]?|[-/.](?P<m2>\d{1,2}))")
_COMPACT_MONTH = re.compile(r"(?P<west>\d{4})(?P<m1>\d{2})")
# The same without names for what nearly every cell is: 2026/3/2, 2026-03-02.
_USUAL = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", re.ASCII)
_BARE_MONTH = re.compile(r"(1[0-2]|0?[1-9])月[分度]?")
_FISCAL = re.compile(_YEAR + r"(?:会計)?年度|fy\.?(?P<fiscal>\d{4})")
# 令和8年4月10日作成 and 令和8年3月末現在 tell when a table was made, not which year its months lie in.
_CALENDAR_YEAR = re.compile(_YEAR + r"年(?!度|会計|\d{1,2}月)")
# Blanks that only make a date look even (令和 8 年 3 月 2 日, R 5. 3. 3), none of them between digits.
_IDLE_BLANKS = re.compile(r"(?<!\d) +| +(?!\d)")
SOME_YEAR = 2000
"""A leap year, to try whether a day or a month without its year is one."""
_SERIAL = re.compile(r"\d{5}")
_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial numbers (from 1900-03-01 on), ECMA-376 part 1, 18.17.4.1."""
_SERIALS = range(32_874, 73_051)  # 1990-01-01 to 2099-12-31: nothing else in a column of dates has that shape


def day_of(text: str) -> date | None:
    """Read a date without a time; None where it is none, or no day of the calendar."""
    if usual := _USUAL.fullmatch(text):
        return _calendar_day(int(usual[1]), int(usual[3]), int(usual[4]))
    if len(text) > LONGEST:
        return None
    plain = _IDLE_BLANKS.sub("", plain_of(text))
    if match := _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain):
        parts = match.groupdict()
        day = parts["d1"] or parts["d2"]
        return _date(match, int(day))
    return _serial_day(plain)


def month_of(text: str, fiscal_year: int | None = None) -> date | None:
    """Read a month as its first day: 2025年4月, 令和7年4月, R7.4, 2025/4, 202504, or the first day itself.

    A month alone (4月) needs the fiscal year it lies in (April to March).
    """
    if len(text) > LONGEST:
        return None
    plain = _IDLE_BLANKS.sub("", plain_of(text))
    if match := _MONTH.fullmatch(plain) or _COMPACT_MONTH.fullmatch(plain):
        return _date(match, 1)
    if (month := month_number(plain)) is not None:
        return None if fiscal_year is None else date(fiscal_year + (month < 4), month, 1)
    day = day_of(plain)  # a spreadsheet keeps 2025年4月 as 2025-04-01
    return day if day is not None and day.day == 1 else None


def month_number(text: str) -> int | None:
    """Read a month without a year (4月, ４月分); None where it is none."""
    match = _BARE_MONTH.fullmatch(plain_of(text).replace(" ", "")) if len(text) <= LONGEST else None
    return int(match[1]) if match else None


def fiscal_year_of(text: str) -> int | None:
    """Find a fiscal year (令和7年度, 2025年度, FY2025) in a title; None where there is none, or two."""
    return _only_year(_FISCAL, text)


def calendar_year_of(text: str) -> int | None:
    """Find a calendar year (2025年, 令和7年) in a title; None where there is none, or two."""
    return _only_year(_CALENDAR_YEAR, text)


def _only_year(pattern: re.Pattern[str], text: str) -> int | None:
    plain = _IDLE_BLANKS.sub("", plain_of(text))
    years = {_year(match) for match in pattern.finditer(plain)}
    return years.pop() if len(years) == 1 else None


def _year(match: re.Match[str]) -> int:
    parts = match.groupdict()
    if western := parts["west"] or parts.get("fiscal"):
        return int(western)
    year = 1 if parts["year"] == "元" else int(parts["year"])
    return _ERAS[parts["era"][0]].year - 1 + year


def _date(match: re.Match[str], day: int) -> date | None:
    parts = match.groupdict()
    month = parts["m1"] or parts["m2"]
    found = _calendar_day(_year(match), int(month), day)
    era = parts.get("era")
    if not era or found is None:
        return found
    first = _ERAS[era[0]]
    is_month = "d1" not in parts
    return found if found >= (first.replace(day=1) if is_month else first) else None


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _serial_day(plain: str) -> date | None:
    if not _SERIAL.fullmatch(plain) or int(plain) not in _SERIALS:
        return None
    return _SERIAL_ZERO + timedelta(days=int(plain))
