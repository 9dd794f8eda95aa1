"""Written days of a roster → days: with their year, with their month, or by their number alone."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from forecasts.history.dates import calendar_year_of, day_of, fiscal_year_of, month_of
from planner.rosters.hours import APRIL

_WEEKDAY = re.compile(r"\s*(?:[(（]?[月火水木金土日祝](?:曜日?)?[・祝休日]*[)）]?)$")
_MONTH_DAY = re.compile(r"(1[0-2]|0?[1-9])\s*[/月]\s*(3[01]|[12]\d|0?[1-9])日?")
_DAY = re.compile(r"(3[01]|[12]\d|0?[1-9])日?")
_MONTH = re.compile(r"(1[0-2]|0?[1-9])\s*月(?!曜)")
_YEAR_MONTH = re.compile(r"(?:\d{4}|(?:令和?|平成?|[RH])\s?(?:元|\d{1,2}))年\s?\d{1,2}月(?!\s?\d)")
_WEEKDAYS = frozenset("月火水木金土日祝休")


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a roster may tell of: from ``first`` to ``last``, and what a title says of them."""

    first: date
    last: date
    year: int | None = None
    month: int | None = None

    def titled(self, texts: Iterable[str]) -> "Span":
        """Return the same with the year and the month that titles tell, if they tell one."""
        plain = [unicodedata.normalize("NFKC", text) for text in texts]
        told = {month_of(found) for text in plain for found in _YEAR_MONTH.findall(text)} - {None}
        months = {day.month for day in told if day} or {
            int(m) for text in plain for m in _MONTH.findall(text)
        }
        month = months.pop() if len(months) == 1 else None
        years = {day.year for day in told if day} or {y for text in plain if (y := calendar_year_of(text))}
        if not years and month:  # a fiscal year begins in April
            years = {y + (month < APRIL) for text in plain if (y := fiscal_year_of(text))}
        year = years.pop() if len(years) == 1 else None
        return Span(self.first, self.last, year or self.year, month or self.month)

    def day(self, text: str) -> date | None:
        """Read a day: 2026-04-01, 令和8年4月1日, 4月1日（水）, 4/1, 1; None where it is none.

        What is left out is filled from the title, else so that the day lies in the period.
        """
        short = _short(text)
        if (found := day_of(text)) is not None:  # a number is a day only if nothing else can be meant
            return found if not short.isdecimal() or self.first <= found <= self.last else None
        if match := _MONTH_DAY.fullmatch(short):
            return self._nearest(int(match[1]), int(match[2]))
        if match := _DAY.fullmatch(short):
            return self._nearest(self.month, int(match[1]))
        return None

    def _nearest(self, month: int | None, number: int) -> date | None:
        inside = [day for day in self._days() if day.day == number and month in {None, day.month}]
        fitting = [day for day in inside if self.year in {None, day.year}]
        if fitting:
            return fitting[0]
        try:
            return date(self.year or self.first.year, month or self.first.month, number)
        except ValueError:
            return None

    def _days(self) -> Sequence[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def is_weekday(text: str) -> bool:
    """Tell whether a cell holds the name of a weekday."""
    plain = unicodedata.normalize("NFKC", text).strip().strip("()").removesuffix("日").removesuffix("曜")
    return (plain or "日") in _WEEKDAYS


def days_in(cells: Sequence[str], span: Span) -> dict[int, date]:
    """Return the columns of a row that heads a roster with days; empty where it does not.

    Days by their number alone count only where they rise (once they may begin anew, in the next month).
    """
    days = {column: day for column, text in enumerate(cells) if (day := span.day(text)) is not None}
    if not any(_DAY.fullmatch(_short(cells[column])) for column in days):
        return days
    numbers = [day.day for day in days.values()]
    n_falls = sum(later <= sooner for sooner, later in pairwise(numbers))
    return days if n_falls <= 1 else {}


def _short(text: str) -> str:
    return _WEEKDAY.sub("", unicodedata.normalize("NFKC", text).strip())
