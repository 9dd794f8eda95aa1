"""社内確認: the contract manager has checked the draft."""

from planner.actions import Request, Staff, step_taken
from planner.proposal import Step
from planner.store import Filed, Store


def review(store: Store, request: Request, staff: Staff, comment: str = "") -> Filed:
    """Take the step; raises NotAllowed."""
    return step_taken(store, request, Step.REVIEW, staff, comment)
