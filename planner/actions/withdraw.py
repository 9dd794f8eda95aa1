"""取下げ: the contractor takes a proposal back before it is decided."""

from planner.actions import Request, Staff, step_taken
from planner.proposal import Step
from planner.store import Filed, Store


def withdraw(store: Store, request: Request, staff: Staff, comment: str = "") -> Filed:
    """Take the step; raises NotAllowed."""
    return step_taken(store, request, Step.WITHDRAW, staff, comment)
