"""One file = one command: right → transition → store and audit in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from planner.access import Actor, may
from planner.proposal import Decision, NotAllowed, Proposal, Step, taken
from planner.store import Filed, Store, Writing


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants a step of which proposal, as it was seen (``row_version``), and when (desk's local time)."""

    number: str
    row_version: int
    actor: Actor
    at: datetime

    def decision(self, step: Step, comment: str = "", conditions: str = "") -> Decision:
        """Return the decision that the proposal's history will show: the office title, not the user."""
        actor = self.actor
        return Decision(
            step, actor.office_title, actor.role, self.at, comment, conditions, actor.role_switched
        )


def permitted(actor: Actor, action: str) -> None:
    """Raise NotAllowed("no_right") unless the actor's role may do this."""
    if not may(actor.role, action):
        raise NotAllowed("no_right", f"{actor.role}: {action}")


def filed_step(work: Writing, before: Filed, after: Proposal) -> Filed:
    """Keep a step and say in the audit what was decided on which text."""
    step = after.history[-1]
    kept = work.keep_step(before, after)
    work.about(
        after.number,
        version_no=after.version_no,
        state=after.state,
        digest=after.digest,
        comment=step.comment,
        conditions=step.conditions,
    )
    return kept


def step_taken(store: Store, request: Request, step: Step, comment: str = "") -> Filed:
    """Take a step that needs nothing but the right and the state."""
    permitted(request.actor, step)
    with store.writing(request.actor, request.at, step) as work:
        before = work.filed(request.number, request.row_version)
        return filed_step(work, before, taken(before.proposal, request.decision(step, comment)))
