"""What is proposed for marking: one day, or hours of it, of all channels or of one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AbnormalDay:
    """A day beyond what level, weekday, season and known events explain.

    ``code``: ``outage`` (nothing or next to nothing was recorded), ``shortfall`` (far less than usual),
    ``surge`` (far more), ``hole`` (nothing for hours of a day that is usual otherwise). ``channel``: ""
    where it is of all channels together. ``count`` and ``expected``: inquiries of the day (of a hole: of
    its hours); ``low`` and ``high`` bound what is usual (central 95 %). ``probability``: of a count so
    extreme by chance. ``hours``: first and last minute of the day of a hole, else None.
    """

    day: date
    channel: str
    code: str
    count: int
    expected: float
    low: int
    high: int
    probability: float
    hours: tuple[int, int] | None = None
