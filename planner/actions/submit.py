"""提案: the content is frozen and goes to 主管課, unless a text holds a name of the staff."""

from planner.actions import Request, Staff, filed_step, permitted
from planner.desk import Person
from planner.proposal import NotAllowed, Proposal, Step, taken
from planner.staff_names import names_in, names_in_texts
from planner.store import Filed, Store


def submit(store: Store, request: Request, staff: Staff, comment: str = "") -> Filed:
    """Submit a reviewed proposal.

    Raises NotAllowed("staff_name_in_text", places) while anything that the client will read names one of
    the staff: the content, or a comment of the history; ``staff_unknown`` where nobody knows them.
    """
    permitted(request.actor, Step.SUBMIT)
    with store.writing(request.actor, request.at, Step.SUBMIT) as work:
        before = work.filed(request.number, request.row_version)
        after = taken(before.proposal, request.decision(Step.SUBMIT, comment))
        if staff is None:
            raise NotAllowed("staff_unknown", request.number)
        if places := _named(after, tuple(staff)):
            raise NotAllowed("staff_name_in_text", ", ".join(places))
        return filed_step(work, before, after)


def _named(proposal: Proposal, people: tuple[Person, ...]) -> tuple[str, ...]:
    comments = {f"history[{n}].comment": step.comment for n, step in enumerate(proposal.history)}
    faults = (*names_in(proposal.content, people), *names_in_texts(comments, people))
    return tuple(dict.fromkeys(fault.column for fault in faults))
