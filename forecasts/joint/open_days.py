"""What the calendar says of days on which a desk works: holidays, bridges, the place in the month.

A desk that works on national holidays (many do) gets fewer or more inquiries on them; one that is closed has
no such day, and these columns are all zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from forecasts.calendar import SATURDAY, Calendar
from forecasts.distribution import Floats
from forecasts.features import CACHED
from forecasts.regressors import Column

OPEN_DAY_BLOCKS = ("holiday", "beside_holiday", "holiday_name", "month_position")
_DAY = timedelta(days=1)
# People call about what is due: first and last office days of the month, and dates (月初, 月末, 五十日).
_SIDES = ("first", "last", "date")
_STRETCHES = (((1, 1), (2, 3), (4, 6)), ((1, 1), (2, 3), (4, 6)), ((9, 11), (14, 16), (24, 26)))


@dataclass(frozen=True, slots=True)
class OpenDay:
    """One day: the ``holiday`` it is ("" = none), and what it lies beside."""

    holiday: str
    is_bridge: bool
    is_after: bool
    is_before: bool


@lru_cache(CACHED)
def open_day(day: date, calendar: Calendar) -> OpenDay:
    """Tell what a day is. A bridge is a working day between two days off; it is not also beside a holiday."""
    if not calendar.is_office_day(day):
        return OpenDay("", is_bridge=False, is_after=False, is_before=False)
    holiday = calendar.holiday(day)
    before, after = (_worked_holiday(d, calendar) for d in (day - _DAY, day + _DAY))
    off = [_is_off(d, calendar) for d in (day - _DAY, day, day + _DAY)]
    is_bridge = (
        off == [True, False, True]
        and calendar.is_office_day(day - _DAY)
        and calendar.is_office_day(day + _DAY)
    )
    is_plain = not holiday and not is_bridge
    return OpenDay(holiday, is_bridge, is_after=is_plain and before, is_before=is_plain and after)


def _worked_holiday(day: date, calendar: Calendar) -> bool:
    return bool(calendar.holiday(day)) and calendar.is_office_day(day)


def _is_off(day: date, calendar: Calendar) -> bool:
    return bool(calendar.holiday(day)) or day.weekday() >= SATURDAY


def open_day_columns(
    days: Sequence[date], calendar: Calendar, names: Sequence[str]
) -> Iterator[tuple[Column, Floats]]:
    """Yield columns (D,) by block in the order of ``OPEN_DAY_BLOCKS``.

    Nothing of holidays where ``names``, the holidays on which the desk worked, is empty.
    """
    if names:
        found = [open_day(d, calendar) for d in days]
        is_holiday = np.array([bool(f.holiday) for f in found])
        is_weekend = np.array([d.weekday() >= SATURDAY for d in days])
        yield Column("holiday", "workday"), (is_holiday & ~is_weekend).astype(float)
        yield Column("holiday", "weekend"), (is_holiday & is_weekend).astype(float)
        yield Column("holiday", "bridge"), np.array([float(f.is_bridge) for f in found])
        yield Column("beside_holiday", "after"), np.array([float(f.is_after) for f in found])
        yield Column("beside_holiday", "before"), np.array([float(f.is_before) for f in found])
        for name in names:
            yield Column("holiday_name", name), np.array([float(f.holiday == name) for f in found])
    placed = np.array([_place(d, calendar) for d in days], dtype=np.int64).reshape(-1, 3)
    for side, stretches, place in zip(_SIDES, _STRETCHES, placed.T, strict=True):
        for first, last in stretches:
            inside = (place >= first) & (place <= last)
            yield Column("month_position", f"{side} {first}-{last}"), inside.astype(float)


def worked_holidays(days: Sequence[date], calendar: Calendar) -> tuple[str, ...]:
    """Return the names of the holidays among days on which the desk worked."""
    return tuple(sorted({name for d in days if (name := open_day(d, calendar).holiday)}))


@lru_cache(CACHED)
def _place(day: date, calendar: Calendar) -> tuple[int, int, int]:
    """Return which office day of its month a day is, from the start and from the end, and its date."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    until = len(calendar.office_days(day.replace(day=1), day))
    return until + 1, len(calendar.office_days(day, following)), day.day
