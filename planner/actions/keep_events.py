"""Keeps a desk's own list of events; every version stays, and an older one can be kept again."""

from datetime import datetime

from forecasts.events import Event, event_faults
from forecasts.faults import FaultyFile
from planner.access import Action, Actor
from planner.actions import permitted
from planner.store import EventList, Store


def keep_events(
    store: Store, desk_id: str, events: tuple[Event, ...], row_version: int, actor: Actor, at: datetime
) -> EventList:
    """Keep a list as the next version; ``row_version``: the version that was seen, 0 = none.

    Raises FaultyFile with every fault of the events; NotAllowed: ``no_right``, ``changed_meanwhile``.
    """
    permitted(actor, Action.KEEP_EVENTS)
    if faults := event_faults(events):
        raise FaultyFile(faults)
    with store.writing(actor, at, Action.KEEP_EVENTS) as work:
        kept = work.keep_events(desk_id, events, row_version)
        work.about(desk_id, version=kept.version, events=len(events))
        return kept
