"""The next step of a proposal from each state: who must take it, in which words. The contractor's side."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.actions import Request, Staff
from planner.actions.close import close
from planner.actions.revert import revert
from planner.actions.review import review
from planner.actions.submit import submit
from planner.actions.take_effect import take_effect
from planner.proposal import State, Step
from planner.store import Filed, Store


@dataclass(frozen=True, slots=True)
class Move:
    """The next step from a state: who must take it, in which words."""

    step: Step
    label: str
    command: Callable[[Store, Request, Staff], Filed]
    before: str
    done: str


MOVES = {
    State.DRAFT: Move(
        Step.REVIEW,
        "社内確認を済ませる",
        review,
        "次は、責任者が社内確認を行う。",
        "社内確認を記録した。",
    ),
    State.REVIEWED: Move(
        Step.SUBMIT,
        "主管課に提案する",
        submit,
        "社内確認を終えている。次は、責任者が主管課に提案する。",
        "主管課に提案した。内容は、以後変わらない。",
    ),
    State.APPROVED: Move(
        Step.START,
        "実施を記録する",
        take_effect,
        "承認された。変更を始めたときは、実施を記録する。",
        "実施を記録した。",
    ),
    State.IN_EFFECT: Move(
        Step.REVERT,
        "解除を記録する",
        revert,
        "実施中である。平常の体制に戻したときは、解除を記録する。",
        "解除を記録した。",
    ),
    State.REVERTED: Move(
        Step.CLOSE,
        "事後評価を確定する",
        close,
        "解除した。次は、事後評価である。",
        "事後評価を確定した。",
    ),
}
MOVES[State.APPROVED_WITH_CONDITIONS] = MOVES[State.APPROVED]
_STANDING = {
    State.SUBMITTED: "主管課の判断を待っている。",
    State.RETURNED: "差し戻された。本文を修正して保存すると、次の版になる。",
    State.REJECTED: "却下された。",
    State.WITHDRAWN: "取り下げた。",
    State.POST_REVIEW: "事後評価を終えた。",
}


def standing(state: State) -> str:
    """Say what a state means for the contractor: what is next, or what is waited for."""
    move = MOVES.get(state)
    return move.before if move else _STANDING[state]
