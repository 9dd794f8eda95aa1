"""People of both sides, and proposals brought to a state by the real commands."""

from datetime import datetime

from planner.access import Actor, Role
from planner.actions import Request
from planner.actions.close import close
from planner.actions.create_proposal import create_proposal
from planner.actions.decide import decide
from planner.actions.revert import revert
from planner.actions.review import review
from planner.actions.submit import submit
from planner.actions.take_effect import take_effect
from planner.actions.withdraw import withdraw
from planner.proposal import State, Step
from planner.store import Filed, Store
from tests.planner.content_builder import make_content

AT = datetime(2026, 3, 2, 9, 0)
MANAGER = Actor("local", Role.CONTRACT_MANAGER, "受託事業者 責任者")
OFFICIAL = Actor("official", Role.APPROVER, "見本省 主管課長")


def ask(filed: Filed, actor: Actor = MANAGER) -> Request:
    return Request(filed.proposal.number, filed.row_version, actor, AT)


# state: (state before, the command that leads there)
_WAYS = {
    State.REVIEWED: (State.DRAFT, lambda s, f: review(s, ask(f), ())),
    State.SUBMITTED: (State.REVIEWED, lambda s, f: submit(s, ask(f), ())),
    State.APPROVED: (State.SUBMITTED, lambda s, f: decide(s, ask(f, OFFICIAL), Step.APPROVE)),
    State.APPROVED_WITH_CONDITIONS: (
        State.SUBMITTED,
        lambda s, f: decide(s, ask(f, OFFICIAL), Step.APPROVE_WITH_CONDITIONS, conditions="周知を早める"),
    ),
    State.RETURNED: (State.SUBMITTED, lambda s, f: decide(s, ask(f, OFFICIAL), Step.RETURN, "期間の再考")),
    State.REJECTED: (State.SUBMITTED, lambda s, f: decide(s, ask(f, OFFICIAL), Step.REJECT, "不要")),
    State.WITHDRAWN: (State.DRAFT, lambda s, f: withdraw(s, ask(f), ())),
    State.IN_EFFECT: (State.APPROVED, lambda s, f: take_effect(s, ask(f), ())),
    State.REVERTED: (State.IN_EFFECT, lambda s, f: revert(s, ask(f), ())),
    State.POST_REVIEW: (State.REVERTED, lambda s, f: close(s, ask(f), ())),
}


def filed_at(store: Store, state: State) -> Filed:
    """Return a new proposal in a state, brought there step by step."""
    if state is State.DRAFT:
        return create_proposal(store, make_content(), None, MANAGER, AT)
    before, command = _WAYS[state]
    return command(store, filed_at(store, before))
