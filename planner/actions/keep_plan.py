"""Keeps a computed plan, and with it the roster of its recommended alternative (contractor only)."""

from dataclasses import dataclass
from datetime import datetime

from planner.access import Action, Actor
from planner.actions import permitted
from planner.alternatives.what_if import PlanFigures
from planner.content import Content
from planner.rosters.roster import Roster
from planner.store import PlanHead, Store


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What goes with the content of a plan: its roster, and the figures from which a what-if is answered."""

    roster: Roster | None = None
    figures: PlanFigures | None = None


def keep_plan(
    store: Store, content: Content, made: Made, actor: Actor, at: datetime, summary: str = ""
) -> PlanHead:
    """Keep a plan; the same content is kept once. Its roster is found as ``plan-ID``. Raises NotAllowed."""
    roster = made.roster
    permitted(actor, Action.MAKE_PLAN)
    with store.writing(actor, at, Action.MAKE_PLAN) as work:
        head = work.keep_plan(content, summary)
        if roster is not None:
            work.keep_roster(f"plan-{head.id}", roster)
        if made.figures is not None:
            work.keep_plan_figures(head.id, made.figures)
        work.about(content.desk_id, plan=head.id, content=head.digest, has_roster=roster is not None)
        return head
