"""社内確認: the contract manager has checked the draft."""

from planner.actions import Request, step_taken
from planner.proposal import Step
from planner.store import Filed, Store


def review(store: Store, request: Request, comment: str = "") -> Filed:
    """Take the step; raises NotAllowed."""
    return step_taken(store, request, Step.REVIEW, comment)
