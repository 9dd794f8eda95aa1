"""Marks days that were not as usual, or takes a mark off: a marked day is not learned from."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from planner.access import Action, Actor
from planner.actions import permitted
from planner.proposal import NotAllowed
from planner.store import Store


def mark_days(store: Store, desk_id: str, days: Mapping[date, str], actor: Actor, at: datetime) -> None:
    """Mark days, each with its reason; a day that is marked for another reason gets the new one.

    Raises NotAllowed: ``no_right``, ``reason_missing``.
    """
    permitted(actor, Action.MARK_DAYS)
    reasons = {day: reason.strip() for day, reason in sorted(days.items())}
    if unexplained := [day.isoformat() for day, reason in reasons.items() if not reason]:
        raise NotAllowed("reason_missing", ", ".join(unexplained))
    with store.writing(actor, at, Action.MARK_DAYS) as work:
        work.mark(desk_id, reasons)
        work.about(desk_id, days={day.isoformat(): reason for day, reason in reasons.items()})


def unmark_days(store: Store, desk_id: str, days: Iterable[date], actor: Actor, at: datetime) -> None:
    """Take marks off; that they were there stays kept. Raises NotAllowed: ``no_right``, ``not_marked``."""
    permitted(actor, Action.UNMARK_DAYS)
    taken_off = tuple(sorted(set(days)))
    with store.writing(actor, at, Action.UNMARK_DAYS) as work:
        work.unmark(desk_id, taken_off)
        work.about(desk_id, days=[day.isoformat() for day in taken_off])
