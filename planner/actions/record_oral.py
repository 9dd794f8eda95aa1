"""口頭承認の記録: what 主管課 said of an urgent proposal, before it judges in writing."""

from planner.actions import Request, Staff, step_taken
from planner.proposal import Step
from planner.store import Filed, Store


def record_oral(store: Store, request: Request, staff: Staff, said: str) -> Filed:
    """Keep who of 主管課 (office title) agreed to what, and when; the stage stays. Raises NotAllowed."""
    return step_taken(store, request, Step.RECORD_ORAL, staff, said)
