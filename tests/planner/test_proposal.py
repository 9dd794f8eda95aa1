from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest

from planner.content import Content, content_digest
from planner.proposal import (
    TRANSITIONS,
    Decision,
    NotAllowed,
    Proposal,
    State,
    Step,
    allowed_steps,
    edited,
    taken,
)

AT = datetime(2026, 3, 2, 9, 0)
# The life of a proposal, written out: from, step, to. What is not here is refused.
LIFE = {
    ("draft", "edit", "draft"),
    ("reviewed", "edit", "draft"),
    ("returned", "edit", "draft"),
    ("draft", "review", "reviewed"),
    ("draft", "record_oral", "draft"),
    ("reviewed", "record_oral", "reviewed"),
    ("submitted", "record_oral", "submitted"),
    ("reviewed", "submit", "submitted"),
    ("submitted", "approve", "approved"),
    ("submitted", "approve_with_conditions", "approved_with_conditions"),
    ("submitted", "return", "returned"),
    ("submitted", "reject", "rejected"),
    ("draft", "withdraw", "withdrawn"),
    ("reviewed", "withdraw", "withdrawn"),
    ("returned", "withdraw", "withdrawn"),
    ("submitted", "withdraw", "withdrawn"),
    ("approved", "start", "in_effect"),
    ("approved_with_conditions", "start", "in_effect"),
    ("in_effect", "revert", "reverted"),
    ("reverted", "close", "post_review"),
}


def decision(step: Step, comment: str = "理由", conditions: str = "条件") -> Decision:
    return Decision(step, "受託事業者 責任者", "contract_manager", AT, comment, conditions)


def at_state(content: Content, state: State) -> Proposal:
    return Proposal("lan-desk-2026-001", 1, content, state, digest="d" if state is not State.DRAFT else "")


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_every_step_from_every_state(content: Content, state: State, step: Step) -> None:
    target = {(s, p): t for s, p, t in LIFE}.get((state, step))
    assert (step in allowed_steps(state)) == (target is not None)
    if target is None:
        with pytest.raises(NotAllowed) as refused:
            taken(at_state(content, state), decision(step))
        assert (refused.value.code, refused.value.detail) == ("wrong_state", state)
    else:
        after = taken(at_state(content, state), decision(step))
        assert after.state == target
        assert after.history == (decision(step),)


def test_every_step_has_a_transition() -> None:
    assert set(TRANSITIONS) == set(Step)


def test_submission_freezes_the_digest(content: Content) -> None:
    draft = Proposal("lan-desk-2026-001", 1, content)
    assert draft.digest == ""
    submitted = taken(taken(draft, decision(Step.REVIEW)), decision(Step.SUBMIT))
    assert submitted.digest == content_digest(content)
    for step in (Step.APPROVE, Step.RETURN, Step.WITHDRAW):
        after = taken(submitted, decision(step))
        assert (after.digest, after.content) == (submitted.digest, submitted.content)


def test_after_submission_no_text_can_change(content: Content) -> None:
    texts = replace(content.texts, background="別の背景")
    for state in set(State) - {State.DRAFT, State.REVIEWED, State.RETURNED}:
        with pytest.raises(NotAllowed, match="wrong_state"):
            edited(at_state(content, state), texts, decision(Step.EDIT))


def test_an_edit_before_submission_keeps_the_version(content: Content) -> None:
    texts = replace(content.texts, background="別の背景")
    after = edited(at_state(content, State.REVIEWED), texts, decision(Step.EDIT))
    assert (after.version_no, after.state, after.digest) == (1, State.DRAFT, "")
    assert after.content == replace(content, texts=texts)


def test_an_edit_after_a_return_opens_the_next_version(content: Content) -> None:
    after = edited(at_state(content, State.RETURNED), content.texts, decision(Step.EDIT))
    assert (after.version_no, after.state, after.digest) == (2, State.DRAFT, "")


@pytest.mark.parametrize("step", [Step.RETURN, Step.REJECT])
@pytest.mark.parametrize("comment", ["", " \u3000"])
def test_who_returns_or_rejects_says_why(content: Content, step: Step, comment: str) -> None:
    with pytest.raises(NotAllowed, match="comment_missing"):
        taken(at_state(content, State.SUBMITTED), decision(step, comment=comment))


def test_conditions_are_named(content: Content) -> None:
    with pytest.raises(NotAllowed, match="conditions_missing"):
        taken(at_state(content, State.SUBMITTED), decision(Step.APPROVE_WITH_CONDITIONS, conditions=" "))


def test_an_urgent_change_passes_no_review_without_its_reason(content: Content) -> None:
    dates = replace(content.dates, is_urgent=True)
    urgent = Proposal("lan-desk-2026-001", 1, replace(content, dates=dates))
    with pytest.raises(NotAllowed) as refused:
        taken(urgent, decision(Step.REVIEW))
    assert refused.value.code == "urgent_reason_missing"
    reason = replace(content.texts, urgency="想定以上の問合せが続いているため。")
    told = edited(urgent, reason, decision(Step.EDIT))
    assert taken(told, decision(Step.REVIEW)).state is State.REVIEWED


def test_an_oral_approval_says_whose_and_leaves_the_stage_and_the_text(content: Content) -> None:
    draft = Proposal("lan-desk-2026-001", 1, content)
    with pytest.raises(NotAllowed) as refused:
        taken(draft, decision(Step.RECORD_ORAL, comment=" "))
    assert refused.value.code == "comment_missing"
    submitted = taken(taken(draft, decision(Step.REVIEW)), decision(Step.SUBMIT))
    recorded = taken(submitted, decision(Step.RECORD_ORAL, "主管課長、本日9時、電話で承認"))
    assert (recorded.state, recorded.digest) == (State.SUBMITTED, submitted.digest)
    assert taken(recorded, decision(Step.APPROVE)).state is State.APPROVED
