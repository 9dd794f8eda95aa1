"""Dates, times and numbers as an official writes them (公用文作成の考え方, 2022)."""

from datetime import date, datetime
from math import isnan

from forecasts.slots import clock

_REIWA = date(2019, 5, 1)
_WEEKDAYS = "月火水木金土日"


def wareki(day: date) -> str:
    """Write 令和8年4月1日; 西暦 before 令和."""
    if day < _REIWA:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{reiwa_year(day.year)}{day.month}月{day.day}日"


def wareki_month(day: date) -> str:
    """Write 令和8年4月; 西暦 before 令和."""
    return f"{wareki(day).partition('月')[0]}月"


def reiwa_year(year: int) -> str:
    """Write 令和8年; the first year is 元年."""
    n = year - 2018
    return f"令和{'元' if n == 1 else n}年"


def wareki_weekday(day: date) -> str:
    """Write 令和8年4月1日（水）."""
    return f"{wareki(day)}（{_WEEKDAYS[day.weekday()]}）"


def short_day(day: date) -> str:
    """Write 4月1日（水）."""
    return f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def wareki_span(first: date, last: date) -> str:
    """Write 令和8年4月1日（水）から同月14日（火）まで."""
    if first == last:
        return wareki_weekday(first)
    weekday = _WEEKDAYS[last.weekday()]
    if (first.year, first.month) == (last.year, last.month):
        return f"{wareki_weekday(first)}から同月{last.day}日（{weekday}）まで"
    if first.year == last.year:
        return f"{wareki_weekday(first)}から{last.month}月{last.day}日（{weekday}）まで"
    return f"{wareki_weekday(first)}から{wareki_weekday(last)}まで"


def short_span(first: date, last: date) -> str:
    """Write 4月1日（水）〜4月14日（火）."""
    return short_day(first) if first == last else f"{short_day(first)}〜{short_day(last)}"


def weekday_ja(index: int) -> str:
    """Return 月 … 日 for 0 … 6."""
    return _WEEKDAYS[index]


def hours_span(opens_min: int, closes_min: int) -> str:
    """Write 8時30分から18時15分まで."""
    return f"{clock_ja(opens_min)}から{clock_ja(closes_min)}まで"


def clock_ja(minute: int) -> str:
    """Write 8時30分; full hours without minutes."""
    hours, minutes = divmod(minute, 60)
    return f"{hours}時{minutes}分" if minutes else f"{hours}時"


def clock_span(opens_min: int, closes_min: int) -> str:
    """Write 8:30〜18:15."""
    return f"{clock(opens_min)}〜{clock(closes_min)}"


def stamp_ja(at: datetime) -> str:
    """Write 令和8年3月2日 9:05."""
    return f"{wareki(at.date())} {at:%-H:%M}"


def percent(share: float, digits: int = 0) -> str:
    """Write a share as 85 %; never 0 % or 100 % for what is only near it; ― for NaN."""
    if isnan(share):
        return "―"
    edge = 0.5 * 10 ** -(digits + 2)
    if 0 < share < edge:
        return f"{10**-digits:g}%未満"
    if 1 - edge < share < 1:
        return f"{100 - 10**-digits:g}%超"
    return f"{share * 100:.{digits}f}%"


def thousand_yen(yen: int) -> str:
    """Write an amount in 千円 with commas."""
    return f"{round(yen / 1000):,}千円"
