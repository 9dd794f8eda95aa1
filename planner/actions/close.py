"""事後評価: the change is looked back on and the proposal closed."""

from planner.actions import Request, step_taken
from planner.proposal import Step
from planner.store import Filed, Store


def close(store: Store, request: Request, comment: str = "") -> Filed:
    """Take the step; raises NotAllowed."""
    return step_taken(store, request, Step.CLOSE, comment)
