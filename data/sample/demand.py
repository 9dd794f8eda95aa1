"""How many inquiries an invented day brings: the peak factors of the sample (all of them 架空データ).

A day's expected inquiries are level × weekday × season × transfers × the other events.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

import numpy as np

from forecasts.calendar import LONG_CLOSURE_DAYS, Calendar
from forecasts.events import Event
from forecasts.slots import Period

BASE = 50.5  # inquiries on an ordinary day; about 55 with the peaks
_WEEKDAY = (1.14, 1.03, 0.97, 0.95, 0.91, 1.0, 1.0)
_SEASON = 0.03
_KNOT_DAYS = 91  # the level wanders a little from quarter to quarter
_LEVEL_SD = 0.04
_APRIL_PER_HEAD = 0.8 / 600  # 600 people moved on one day: ×1.8
_OTHER_PER_HEAD = 0.6 / 400  # 400 people moved on one day: ×1.6
_DECAY_DAYS = 10  # office days until a transfer is over
_EVENT_SPREAD = 0.15  # every round is up to 15 % stronger or weaker than its headcount says
_DIET_DAYS = 14
_LONG_SPECIAL_DAYS = 100  # a 特別会 as long as this takes the place of the 常会
_DIET, _AFTER_CLOSURE = 1.2, 1.4
_ON_THE_DAY = {"rollout": 1.5, "system_change": 1.25, "password_expiry": 1.12}


@dataclass(frozen=True, slots=True)
class World:
    """All that decides the expected inquiries of a day."""

    calendar: Calendar
    events: tuple[Event, ...]
    levels: tuple[float, ...]
    strength: Mapping[str, float]
    start: date

    def expected(self, day: date) -> float:
        """Return the expected inquiries of an office day."""
        season = 1 + _SEASON * np.cos(2 * np.pi * (day.timetuple().tm_yday - 30) / 365.25)
        factor = self._level(day) * _WEEKDAY[day.weekday()] * season * (1 + self.transfer_excess(day))
        if self.calendar.closed_days_before(day) >= LONG_CLOSURE_DAYS:
            factor *= _AFTER_CLOSURE
        for event in self.events:
            factor *= self._event(event, day)
        return float(BASE * factor)

    def transfer_excess(self, day: date) -> float:
        """Return what transfers add to an ordinary day (0.8 = 80 % more)."""
        return sum(self._excess(e, day) for e in self.events if e.kind == "transfer")

    def _excess(self, event: Event, day: date) -> float:
        if not event.start <= day < event.start + timedelta(days=5 * _DECAY_DAYS):
            return 0.0
        first = self.calendar.first_office_day(event.start)
        passed = len(self.calendar.office_days(first, day))
        per_head = _APRIL_PER_HEAD if event.start.month == 4 else _OTHER_PER_HEAD  # April
        size = per_head * (event.headcount or 0) * self.strength[event.group]
        return size * max(0.0, 1 - passed / _DECAY_DAYS)

    def _event(self, event: Event, day: date) -> float:
        if not event.start <= day <= event.end:
            return 1.0
        strength = self.strength[event.group]
        if event.kind in _ON_THE_DAY:
            return 1 + (_ON_THE_DAY[event.kind] - 1) * strength
        is_long = event.kind == "diet_ordinary" or (
            event.kind == "diet_special" and (event.end - event.start).days + 1 >= _LONG_SPECIAL_DAYS
        )
        is_opening = (day - event.start).days < _DIET_DAYS
        return 1 + (_DIET - 1) * strength if is_long and is_opening else 1.0

    def _level(self, day: date) -> float:
        knot, rest = divmod((day - self.start).days, _KNOT_DAYS)
        return self.levels[knot] + (self.levels[knot + 1] - self.levels[knot]) * rest / _KNOT_DAYS


def world(calendar: Calendar, events: Sequence[Event], period: Period, seed: int) -> World:
    """Draw the level of every quarter and the strength of every round of events.

    A round's strength hangs on its name alone: an event added later leaves the past as it is.
    """
    steps = np.random.default_rng(seed).normal(0.0, _LEVEL_SD, size=len(period.days) // _KNOT_DAYS + 2)
    level, levels = 0.0, []
    for step in steps:
        level = 0.7 * level + float(step)
        levels.append(1 + level)
    strength = {e.group: _strength(e.group, seed) for e in events}
    return World(calendar, tuple(events), tuple(levels), strength, period.start)


def _strength(group: str, seed: int) -> float:
    rng = np.random.default_rng([seed, crc32(group.encode())])
    return float(rng.uniform(1 - _EVENT_SPREAD, 1 + _EVENT_SPREAD))
