"""A formation change proposal: its versions and its life. Pure.

Under 昭和61年労働省告示第37号 the contractor alone directs its staff: the client approves hours, headcount by
role and period. So no field here can hold a person; parties are office titles.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from planner.content import Content, Texts, content_digest


class State(StrEnum):
    """Where a proposal stands (DOMAIN: 起案 → 社内確認 → 提案 → 承認 … → 事後評価)."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    IN_EFFECT = "in_effect"
    REVERTED = "reverted"
    POST_REVIEW = "post_review"


class Step(StrEnum):
    """What can be done to a proposal."""

    EDIT = "edit"
    REVIEW = "review"
    RECORD_ORAL = "record_oral"
    SUBMIT = "submit"
    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    RETURN = "return"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    START = "start"
    REVERT = "revert"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Decision:
    """One step of a proposal's life: what, by which office title, when, with what words.

    ``role_switched``: decided on one laptop after a marked role switch (役割切替).
    """

    step: Step
    office_title: str
    role: str
    at: datetime
    comment: str = ""
    conditions: str = ""
    role_switched: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal: one version of its content and the steps taken so far.

    ``digest`` is set at submission (SHA-256 of the canonical JSON of ``content``); from then on the content
    never changes, and a change is a new version.
    """

    number: str
    version_no: int
    content: Content
    state: State = State.DRAFT
    digest: str = ""
    history: tuple[Decision, ...] = ()


_OPEN = (State.DRAFT, State.REVIEWED, State.RETURNED)
TRANSITIONS: Mapping[Step, tuple[tuple[State, ...], State | None]] = {
    Step.EDIT: (_OPEN, State.DRAFT),
    Step.REVIEW: ((State.DRAFT,), State.REVIEWED),
    # 緊急: what 主管課 said before the paper was there. The stage stays: approval in writing still follows.
    Step.RECORD_ORAL: ((State.DRAFT, State.REVIEWED, State.SUBMITTED), None),
    Step.SUBMIT: ((State.REVIEWED,), State.SUBMITTED),
    Step.APPROVE: ((State.SUBMITTED,), State.APPROVED),
    Step.APPROVE_WITH_CONDITIONS: ((State.SUBMITTED,), State.APPROVED_WITH_CONDITIONS),
    Step.RETURN: ((State.SUBMITTED,), State.RETURNED),
    Step.REJECT: ((State.SUBMITTED,), State.REJECTED),
    Step.WITHDRAW: ((*_OPEN, State.SUBMITTED), State.WITHDRAWN),
    Step.START: ((State.APPROVED, State.APPROVED_WITH_CONDITIONS), State.IN_EFFECT),
    Step.REVERT: ((State.IN_EFFECT,), State.REVERTED),
    Step.CLOSE: ((State.REVERTED,), State.POST_REVIEW),
}
_SAYS_WHY = (Step.RETURN, Step.REJECT, Step.RECORD_ORAL)


class NotAllowed(Exception):
    """A step that cannot be taken: a code and what it depends on."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep the code, for ``planner.wording``."""
        self.code, self.detail = code, detail
        super().__init__(f"{code}: {detail}")


def allowed_steps(state: State) -> tuple[Step, ...]:
    """Return the steps that the state permits."""
    return tuple(step for step, (sources, _) in TRANSITIONS.items() if state in sources)


def taken(proposal: Proposal, decision: Decision) -> Proposal:
    """Return the proposal after a step. Raises NotAllowed where the state does not permit it.

    Submission freezes the content: its digest is computed and kept. An edit after a return opens the
    next version. Who returns or rejects says why, who records an oral approval says whose and when; who sets
    conditions names them. An urgent change passes no 社内確認 without its reason.
    """
    sources, target = TRANSITIONS[decision.step]
    if proposal.state not in sources:
        raise NotAllowed("wrong_state", proposal.state)
    if decision.step in _SAYS_WHY and not decision.comment.strip():
        raise NotAllowed("comment_missing", decision.step)
    if decision.step is Step.APPROVE_WITH_CONDITIONS and not decision.conditions.strip():
        raise NotAllowed("conditions_missing", decision.step)
    if decision.step is Step.REVIEW and is_reason_missing(proposal.content):
        raise NotAllowed("urgent_reason_missing", proposal.number)
    is_new_version = decision.step is Step.EDIT and proposal.state is State.RETURNED
    return replace(
        proposal,
        state=target or proposal.state,
        history=(*proposal.history, decision),
        version_no=proposal.version_no + is_new_version,
        digest=_digest_after(proposal, decision.step),
    )


def is_reason_missing(content: Content) -> bool:
    """Whether a change that comes too late for its usual dates does not say why it cannot wait."""
    is_change = not content.proposed.change.is_none
    return is_change and content.dates.is_urgent and not content.texts.urgency.strip()


def _digest_after(proposal: Proposal, step: Step) -> str:
    if step is Step.SUBMIT:
        return content_digest(proposal.content)
    return "" if step is Step.EDIT else proposal.digest


def edited(proposal: Proposal, texts: Texts, decision: Decision) -> Proposal:
    """Return the proposal with other free texts; only before submission or after a return."""
    return replace(taken(proposal, decision), content=replace(proposal.content, texts=texts))
