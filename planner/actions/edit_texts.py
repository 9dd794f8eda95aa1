"""Changes the free texts of a draft; after a return this opens the next version."""

from planner.actions import Request, Staff, filed_step, named_nobody, permitted
from planner.content import Texts
from planner.proposal import Step, edited
from planner.store import Filed, Store


def edit_texts(store: Store, request: Request, texts: Texts, staff: Staff, comment: str = "") -> Filed:
    """Keep other texts; raises NotAllowed. A name in the texts themselves keeps back the submission."""
    permitted(request.actor, Step.EDIT)
    with store.writing(request.actor, request.at, Step.EDIT) as work:
        before = work.filed(request.number, request.row_version)
        after = edited(before.proposal, texts, request.decision(Step.EDIT, comment))
        return filed_step(work, before, named_nobody(after, staff))
