"""実施: an approved change begins."""

from planner.actions import Request, Staff, step_taken
from planner.proposal import Step
from planner.store import Filed, Store


def take_effect(store: Store, request: Request, staff: Staff, comment: str = "") -> Filed:
    """Take the step; raises NotAllowed."""
    return step_taken(store, request, Step.START, staff, comment)
