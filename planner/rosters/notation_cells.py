"""The cells of the notation of rosters: days, spans of time, duties."""

import re
from datetime import date, timedelta

from forecasts.slots import minute_of
from planner.formation import Away, Seat

FIRST_DAY = date(2026, 4, 5)
_DUTY = re.compile(r"(\??)([\d:]+-[\d:]+)(?:\(([\d:-]*)\))?(?:@(\w+))?(\+?)(\*?)")


def refused(text: str) -> ValueError:
    """Return the error for what is not of the notation."""
    return ValueError(f"not of the notation of rosters: {text!r}")


def matched(pattern: re.Pattern[str], text: str) -> tuple[str | None, ...]:
    """Return the groups of a pattern that must hold the whole text."""
    found = pattern.fullmatch(text)
    if found is None:
        raise refused(text)
    return found.groups()


def day_at(n: int | str) -> date:
    """Return the day of the n-th cell, counted from 0."""
    return FIRST_DAY + timedelta(days=int(n))


def span_of(text: str) -> tuple[int, int]:
    """Read 9-18 or 8:30-17:15, in minutes of the day."""
    start, end = (minute_of(t if ":" in t else f"{t}:00") for t in text.split("-"))
    return start, end


def seat_of(written: str, grade: str, menu: tuple[Seat, ...] = ()) -> tuple[Seat, bool]:
    """Read one duty; return its seat, and whether the problem holds a seat for it.

    ``grade``: the seat's, if none is written. With ``*`` a duty of the ``menu``: of the same hours, and of
    the same breaks if they are written (grade "" and breaks as usual where the menu has none such).
    """
    unseated, hours, pause, own_grade, extra, free = matched(_DUTY, written)
    start, end = span_of(str(hours))
    if pause is None:
        pauses = [(start + 240, start + 300)] if end - start > 6 * 60 else []
    else:
        pauses = [span_of(pause)] if pause else []
    away = tuple(Away(a, b, "break") for a, b in pauses)
    if not free:
        return Seat(own_grade or grade, start, end, away, is_extra=bool(extra)), not unseated
    alike = [
        s for s in menu if (s.start_min, s.end_min) == (start, end) and (pause is None or s.away == away)
    ]
    return alike[0] if alike else Seat(own_grade or "", start, end, away), False
