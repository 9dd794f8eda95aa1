"""When a change is in effect: the office days on which an event lifts inquiries well above the usual."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from forecasts.calendar import Calendar
from forecasts.events import Event
from forecasts.features import window_of
from forecasts.model import DayReason
from forecasts.slots import Period

LIFTED = 1.15  # expected inquiries against base x weekday x season
LONGEST_GAP_DAYS = 2  # quiet office days inside one block


def change_window(
    days: Sequence[DayReason], events: Iterable[Event], calendar: Calendar, period: Period
) -> Period:
    """Return the window of a change within ``period``.

    The strongest block of lifted office days (most expected inquiries above the usual level; gaps of up to
    two office days belong to it), from its first to its last day. Where no day is lifted, the longest block
    on which a known event acts; without events the whole period.
    """
    office_days = calendar.office_days(period.start, period.end)
    above = _above(days)
    acting = dict.fromkeys((day for event in events for day in window_of(event, calendar)), 1.0)
    for weights in (above, acting):
        if block := _strongest_block(office_days, weights):
            return Period.through(block[0], block[-1])
    return period


def windows(days: Sequence[DayReason], calendar: Calendar, period: Period) -> tuple[Period, ...]:
    """Return every block of lifted office days within ``period``, in order of time; empty where none is."""
    found = _blocks(calendar.office_days(period.start, period.end), _above(days))
    return tuple(Period.through(block[0], block[-1]) for block in found)


def _above(days: Sequence[DayReason]) -> dict[date, float]:
    """Return inquiries above the usual of each lifted day."""
    return {r.day: r.expected - usual_of(r) for r in days if r.expected >= LIFTED * usual_of(r) > 0}


def usual_of(reason: DayReason) -> float:
    """Return the inquiries that a day would bring without events."""
    return reason.base * reason.weekday * reason.season


def _strongest_block(office_days: Sequence[date], weights: Mapping[date, float]) -> list[date]:
    """Return the block of weighted days with the greatest sum, the earlier of equals; empty if none."""
    found = _blocks(office_days, weights)
    return max(found, key=lambda block: sum(weights[d] for d in block), default=[])


def _blocks(office_days: Sequence[date], weights: Mapping[date, float]) -> list[list[date]]:
    """Part the weighted days wherever more than ``LONGEST_GAP_DAYS`` quiet office days lie between."""
    blocks: list[list[date]] = []
    last = -LONGEST_GAP_DAYS - 2
    for at, day in enumerate(office_days):
        if day in weights:
            if at - last > LONGEST_GAP_DAYS + 1:
                blocks.append([])
            blocks[-1].append(day)
            last = at
    return blocks
