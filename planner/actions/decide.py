"""主管課 approves (with conditions), returns or rejects what was submitted, and nothing else."""

from planner.access import may_judge
from planner.actions import Request, filed_step, permitted
from planner.proposal import NotAllowed, Step, taken
from planner.store import Filed, Store

DECISIONS = (Step.APPROVE, Step.APPROVE_WITH_CONDITIONS, Step.RETURN, Step.REJECT)


def decide(store: Store, request: Request, step: Step, comment: str = "", conditions: str = "") -> Filed:
    """Record a decision.

    Raises NotAllowed: ``no_right``, ``author_decides`` (one user on both sides without a role switch),
    ``comment_missing`` for a return or rejection, ``conditions_missing``, ``wrong_state``,
    ``changed_meanwhile``, ``content_changed`` (the kept text is not the one that was submitted).
    """
    if step not in DECISIONS:
        raise NotAllowed("not_a_decision", step)
    permitted(request.actor, step)
    with store.writing(request.actor, request.at, step) as work:
        before = work.filed(request.number, request.row_version)
        if not may_judge(request.actor, before.authors):
            raise NotAllowed("author_decides", request.number)
        after = taken(before.proposal, request.decision(step, comment, conditions))
        return filed_step(work, before, after)
