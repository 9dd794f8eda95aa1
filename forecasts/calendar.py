"""Office days, closures and fiscal years.

Japan: 行政機関の休日に関する法律（昭和63年法律第91号）第1条: Saturdays, Sundays, national holidays and
29 December to 3 January. Other countries: Saturdays, Sundays and the national holidays.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
LONG_CLOSURE_DAYS = 4
_SEARCH_DAYS = 400


@cache
def _national(country: str, year: int) -> dict[date, str]:
    # Without a language the names depend on the machine's locale: ask for the country's own (JP: ja).
    language = holidays.country_holidays(country).default_language
    return dict(holidays.country_holidays(country, years=year, language=language))


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days a desk works.

    ``closed`` and ``opened`` are the desk's own exceptions: a closing day that no law names, and a
    closing day on which the desk works all the same. An own exception wins over the general rule.
    """

    country: str = "JP"
    year_end_closure: bool = True
    closed: frozenset[date] = field(default_factory=frozenset)
    opened: frozenset[date] = field(default_factory=frozenset)

    def closing_reason(self, day: date) -> str:
        """Return why the desk is closed: ``own``, ``weekend``, ``year_end``, a holiday's name; "" if open."""
        if day in self.opened:
            return ""
        if day in self.closed:
            return "own"
        if name := _national(self.country, day.year).get(day, ""):
            return name
        if self.year_end_closure and (
            (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)
        ):
            return "year_end"
        return "weekend" if day.weekday() >= SATURDAY else ""

    def holiday(self, day: date) -> str:
        """Return the name of the national holiday on this day, whether the desk works or not; "" = none."""
        return _national(self.country, day.year).get(day, "")

    def is_office_day(self, day: date) -> bool:
        """Tell whether the desk works on this day."""
        return not self.closing_reason(day)

    def office_days(self, start: date, end: date) -> tuple[date, ...]:
        """Return the office days from ``start`` (included) to ``end`` (excluded)."""
        span = (end - start).days
        return tuple(d for n in range(span) if self.is_office_day(d := start + timedelta(days=n)))

    def shifted(self, day: date, office_days: int) -> date:
        """Return the day that lies so many office days after (or, negative, before) ``day``."""
        step = timedelta(days=1 if office_days > 0 else -1)
        left = abs(office_days)
        for _ in range(_SEARCH_DAYS * 5):
            if not left:
                return day
            day += step
            left -= self.is_office_day(day)
        message = f"no office day within reach of {day}"
        raise ValueError(message)

    def first_office_day(self, day: date) -> date:
        """Return ``day`` itself if the desk works on it, else the next office day."""
        for n in range(_SEARCH_DAYS):
            if self.is_office_day(found := day + timedelta(days=n)):
                return found
        message = f"no office day within {_SEARCH_DAYS} days of {day}"
        raise ValueError(message)

    def closed_days_before(self, day: date) -> int:
        """Return how many days in a row the desk was closed right before ``day``."""
        for n in range(_SEARCH_DAYS):
            if self.is_office_day(day - timedelta(days=n + 1)):
                return n
        return _SEARCH_DAYS


def fiscal_year(day: date) -> int:
    """Return the Japanese fiscal year (1 April to 31 March) that holds a day."""
    return day.year - (day.month < 4)
