"""Keeps a computed plan, and with it the roster of its recommended alternative (contractor only)."""

from datetime import datetime

from planner.access import Action, Actor
from planner.actions import permitted
from planner.content import Content
from planner.rosters.roster import Roster
from planner.store import PlanHead, Store


def keep_plan(
    store: Store, content: Content, roster: Roster | None, actor: Actor, at: datetime, summary: str = ""
) -> PlanHead:
    """Keep a plan; the same content is kept once. Its roster is found as ``plan-ID``. Raises NotAllowed."""
    permitted(actor, Action.MAKE_PLAN)
    with store.writing(actor, at, Action.MAKE_PLAN) as work:
        head = work.keep_plan(content, summary)
        if roster is not None:
            work.keep_roster(f"plan-{head.id}", roster)
        work.about(content.desk_id, plan=head.id, content=head.digest, has_roster=roster is not None)
        return head
