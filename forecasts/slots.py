"""The grid of slots that cuts a day, and the notation of times and periods.

Minutes count from midnight of the day and may pass 24 h (25:31 = 1531), as official texts write them.
Periods include their start and exclude their end; dates typed by people include the last day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DAY_MIN = 24 * 60
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
"""No inquiry and no plan lies outside: such a date is mistyped (1026, 9999), and its holidays are unknown."""


@dataclass(frozen=True, slots=True, order=True)
class Grid:
    """A day cut into equal slots of 15, 30 or 60 minutes, from 0:00 to 24:00."""

    slot_min: int = 15

    def __post_init__(self) -> None:
        """Refuse a slot length that does not serve."""
        if self.slot_min not in {15, 30, 60}:
            message = f"slot_min must be 15, 30 or 60, not {self.slot_min}"
            raise ValueError(message)

    @property
    def slots(self) -> int:
        """Number of slots of a day."""
        return DAY_MIN // self.slot_min

    def slot_of(self, minute: float) -> int:
        """Return the slot that holds a minute of the day (0 <= minute < 1440)."""
        return int(minute) // self.slot_min

    def start_min(self, slot: int) -> int:
        """Return the minute of the day at which a slot starts."""
        return slot * self.slot_min


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` (included) to ``end`` (excluded)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            message = f"a period cannot end ({self.end}) before it starts ({self.start})"
            raise ValueError(message)

    def __contains__(self, day: object) -> bool:
        """Tell whether a day lies in the period."""
        return isinstance(day, date) and self.start <= day < self.end

    @property
    def last(self) -> date:
        """The last day of the period, as people write it."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the period, closing days too."""
        return tuple(self.start + timedelta(days=n) for n in range((self.end - self.start).days))

    @classmethod
    def through(cls, first: date, last: date) -> "Period":
        """Return the period that people write as "from first to last", the last day included."""
        return cls(first, last + timedelta(days=1))


def clock(minute: float) -> str:
    """Write a minute of the day as 8:30; hours may pass 24 (25:31)."""
    whole = round(minute)
    return f"{whole // 60}:{whole % 60:02d}"


def minute_of(text: str) -> int:
    """Read 8:30 or 25:31 as minutes after midnight; raise ValueError where it is no time."""
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and int(minutes) < 60):
        message = f"not a time of the form 8:30: {text!r}"
        raise ValueError(message)
    return int(hours) * 60 + int(minutes)
