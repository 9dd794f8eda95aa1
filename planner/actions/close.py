"""事後評価: the change is looked back on and the proposal closed."""

from planner.actions import Request, Staff, step_taken
from planner.proposal import Step
from planner.store import Filed, Store


def close(store: Store, request: Request, staff: Staff, comment: str = "") -> Filed:
    """Take the step; raises NotAllowed."""
    return step_taken(store, request, Step.CLOSE, staff, comment)
