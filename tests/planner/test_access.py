from itertools import product

import pytest

from planner.access import Action, Actor, Role, may, may_judge
from planner.proposal import Step

CLIENT_STEPS = {Step.APPROVE, Step.APPROVE_WITH_CONDITIONS, Step.RETURN, Step.REJECT}
STEPS = {
    Role.PLANNER: {Step.EDIT},
    Role.CONTRACT_MANAGER: set(Step) - CLIENT_STEPS,
    Role.APPROVER: CLIENT_STEPS,
}
ACTIONS = {
    Role.PLANNER: set(Action) - {Action.SET_UP},
    Role.CONTRACT_MANAGER: set(Action) - {Action.SET_UP},
    Role.APPROVER: {Action.SEE_PROPOSAL, Action.SEE_YEAR_HEADS, Action.SEE_AUDIT},
    Role.AUDITOR: {Action.SEE_PLAN, Action.SEE_PROPOSAL, Action.SEE_AUDIT},
    Role.ADMINISTRATOR: {Action.SET_UP, Action.SEE_AUDIT},
}


@pytest.mark.parametrize(("role", "step"), list(product(Role, Step)))
def test_steps_by_role(role: Role, step: Step) -> None:
    assert may(role, step) == (step in STEPS.get(role, set()))


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_actions_by_role(role: Role, action: Action) -> None:
    assert may(role, action) == (action in ACTIONS.get(role, set()))


def test_every_step_and_action_is_somebodys() -> None:
    for what in (*Step, *Action):
        assert any(may(role, what) for role in Role)


@pytest.mark.parametrize(("role", "action"), [("owner", "edit"), ("planner", "delete"), ("", "")])
def test_what_is_unknown_is_refused(role: str, action: str) -> None:
    assert not may(role, action)


def test_the_author_does_not_judge_unless_the_role_was_switched() -> None:
    author = Actor("local", Role.CONTRACT_MANAGER, "受託事業者 責任者")
    official = Actor("local", Role.APPROVER, "主管課長")
    assert not may_judge(official, frozenset({"local"}))
    assert may_judge(official, frozenset({"other"}))
    switched = author.switched(Role.APPROVER, "主管課長")
    assert switched == Actor("local", Role.APPROVER, "主管課長", role_switched=True)
    assert may_judge(switched, frozenset({"local"}))
