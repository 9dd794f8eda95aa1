"""解除: back to the standing formation."""

from planner.actions import Request, Staff, step_taken
from planner.proposal import Step
from planner.store import Filed, Store


def revert(store: Store, request: Request, staff: Staff, comment: str = "") -> Filed:
    """Take the step; raises NotAllowed."""
    return step_taken(store, request, Step.REVERT, staff, comment)
