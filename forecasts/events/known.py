"""As known then: events as a planner saw them on a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from forecasts.events.event import SESSIONS, Event, in_order, is_cancelled

ORDINARY_SESSION_DAYS = 150
"""国会法10条: 常会の会期は、150日間とする."""


def known_on(events: Iterable[Event], day: date) -> tuple[Event, ...]:
    """Return what a planner knew at the end of ``day``.

    Events announced by then, without what became known of them later; a cancelled one until the day on which
    its cancellation became known, never where that day is not told.
    """
    seen = (_seen_on(e, day) for e in events if e.announced_on <= day)
    return in_order(e for e in seen if not is_cancelled(e))


def first_end(event: Event) -> date:
    """Return the last day of an event as it was first announced.

    Of a dissolved ordinary session that does not tell it, 150 days (国会法10条).
    """
    if event.planned_end is not None:
        return event.planned_end
    if (event.kind, event.status) == ("diet_ordinary", "dissolved"):
        return event.start + timedelta(days=ORDINARY_SESSION_DAYS - 1)
    return event.end


def _seen_on(event: Event, day: date) -> Event:
    """Return an event without its later course: nobody knows of a dissolution before it comes."""
    if event.changed_on is not None and day < event.changed_on:
        status = "confirmed" if _has_begun_by_law(event) else "planned"
        return replace(event, end=first_end(event), status=status, planned_end=None, changed_on=None)
    if event.status not in {"closed", "dissolved"} or event.end <= day:
        return event
    if event.changed_on is None:
        return replace(event, end=first_end(event), status="confirmed", planned_end=None)
    return event if event.status == "dissolved" else replace(event, status=_course(event))


def _has_begun_by_law(event: Event) -> bool:
    return event.kind in SESSIONS or event.status in {"closed", "extended"}


def _course(event: Event) -> str:
    """Return the status of an event whose change is known but whose end has not come."""
    is_longer = event.planned_end is not None and event.planned_end < event.end
    return "extended" if is_longer else "confirmed"
