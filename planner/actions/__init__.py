"""One file = one command: right → transition → store and audit in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from planner.access import Actor, may
from planner.desk import Person
from planner.proposal import Decision, NotAllowed, Proposal, Step, taken
from planner.staff_names import names_in_texts
from planner.store import Filed, Store, Writing

Staff = Iterable[Person] | None
"""The people of the desk, whose names the client must not read; None where nobody knows them."""


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


def named_nobody(after: Proposal, staff: Staff) -> Proposal:
    """Return a proposal after a step of the contractor, unless the comment names a person of the desk.

    Every comment stands in 経過 and in the record, which the client reads. Raises NotAllowed:
    ``staff_name_in_text`` with the place, ``staff_unknown`` if nobody can look the comment through.
    """
    comment = after.history[-1].comment
    if comment and staff is None:
        raise NotAllowed("staff_unknown", after.number)
    place = f"history[{len(after.history) - 1}].comment"
    if names_in_texts({place: comment}, staff or ()):
        raise NotAllowed("staff_name_in_text", place)
    return after


def step_taken(store: Store, request: Request, step: Step, staff: Staff, comment: str = "") -> Filed:
    """Take a step of the contractor that needs the right, the state and a comment without names."""
    permitted(request.actor, step)
    with store.writing(request.actor, request.at, step) as work:
        before = work.filed(request.number, request.row_version)
        after = taken(before.proposal, request.decision(step, comment))
        return filed_step(work, before, named_nobody(after, staff))
