"""起案: a draft from a plan's content, with a number; the roster stays on the contractor's side."""

from datetime import datetime

from planner.access import Action, Actor
from planner.actions import permitted
from planner.content import Content, content_digest
from planner.proposal import Proposal
from planner.rosters.roster import Roster
from planner.store import Filed, Store


def create_proposal(
    store: Store, content: Content, roster: Roster | None, actor: Actor, at: datetime
) -> Filed:
    """File a draft numbered by desk and year (lan-desk-2026-001); raises NotAllowed."""
    permitted(actor, Action.CREATE_PROPOSAL)
    with store.writing(actor, at, Action.CREATE_PROPOSAL) as work:
        number = work.next_number(content.desk_id, at.year)
        kept = work.add_proposal(Proposal(number, 1, content))
        if roster is not None:
            work.keep_roster(number, roster)
        work.about(number, version_no=1, content=content_digest(content), has_roster=roster is not None)
        return kept
