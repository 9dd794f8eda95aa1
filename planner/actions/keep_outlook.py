"""Keeps a computed outlook, in place of an earlier one of the same desk and day."""

from datetime import datetime

from planner.access import Action, Actor
from planner.actions import permitted
from planner.outlook import KeptOutlook
from planner.store import OutlookHead, Store


def keep_outlook(store: Store, outlook: KeptOutlook, actor: Actor, at: datetime) -> OutlookHead:
    """Keep an outlook; one of the same desk and ``as_of`` gives way. Raises NotAllowed."""
    permitted(actor, Action.MAKE_OUTLOOK)
    facts = outlook.facts
    with store.writing(actor, at, Action.MAKE_OUTLOOK) as work:
        head = work.keep_outlook(outlook)
        work.about(facts.desk_id, outlook=head.id, content=head.digest, as_of=facts.as_of.isoformat())
        return head
