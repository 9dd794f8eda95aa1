"""Who may do what. Deny by default, pure.

Under 昭和61年労働省告示第37号 the contractor decides on its own staff. The client (主管課) approves, approves
with conditions, returns or rejects, and does nothing else; it never edits, and never sees a roster.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the tool. ``APPROVER`` is the client, 主管課."""

    PLANNER = "planner"
    CONTRACT_MANAGER = "contract_manager"
    APPROVER = "approver"
    AUDITOR = "auditor"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What can be done or seen besides the steps of a proposal (``proposal.Step``)."""

    IMPORT_LOG = "import_log"
    UNDO_IMPORT = "undo_import"
    MARK_DAYS = "mark_days"
    UNMARK_DAYS = "unmark_days"
    KEEP_EVENTS = "keep_events"
    MAKE_PLAN = "make_plan"
    MAKE_OUTLOOK = "make_outlook"
    MAKE_YEAR = "make_year"
    KEEP_ROSTER = "keep_roster"
    CREATE_PROPOSAL = "create_proposal"
    SEE_PLAN = "see_plan"
    SEE_DRAFT = "see_draft"
    SEE_PROPOSAL = "see_proposal"
    SEE_ROSTER = "see_roster"
    SEE_YEAR = "see_year"
    SEE_YEAR_HEADS = "see_year_heads"
    SEE_AUDIT = "see_audit"
    SET_UP = "set_up"


_HISTORY = {"import_log", "undo_import", "mark_days", "unmark_days", "keep_events"}
_DRAFTING = {"edit", "make_plan", "make_outlook", "make_year", "keep_roster", "create_proposal", *_HISTORY}
_CONTRACTOR_SEES = {
    "see_plan", "see_draft", "see_proposal", "see_roster", "see_year", "see_year_heads", "see_audit",
}  # fmt: skip
_RIGHTS: Mapping[str, frozenset[str]] = {
    Role.PLANNER: frozenset(_DRAFTING | _CONTRACTOR_SEES),
    # 社内確認 and all that speaks to the client is the contract manager's (管理責任者).
    Role.CONTRACT_MANAGER: frozenset(
        _DRAFTING
        | _CONTRACTOR_SEES
        | {"review", "record_oral", "submit", "withdraw", "start", "revert", "close"}
    ),
    Role.APPROVER: frozenset(
        {
            "approve",
            "approve_with_conditions",
            "return",
            "reject",
            "see_proposal",
            "see_year_heads",
            "see_audit",
        }
    ),
    Role.AUDITOR: frozenset({"see_plan", "see_proposal", "see_audit"}),
    Role.STAFF: frozenset(),
    Role.ADMINISTRATOR: frozenset({"set_up", "see_audit"}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the signed-in user, in which role, under which office title (which the record shows).

    ``role_switched``: one person speaks for both sides on one laptop after a marked role switch (役割切替).
    """

    user: str
    role: Role
    office_title: str
    role_switched: bool = False

    def switched(self, role: Role, office_title: str) -> "Actor":
        """Return the same user in another role, marked."""
        return replace(self, role=role, office_title=office_title, role_switched=True)


def may(role: str, action: str) -> bool:
    """Tell whether a role may take a step of a proposal or do an action; what is not listed is refused."""
    return action in _RIGHTS.get(role, frozenset())


def may_judge(actor: Actor, authors: frozenset[str]) -> bool:
    """Tell whether the actor may judge what ``authors`` wrote: author ≠ approver save after a role switch."""
    return actor.role_switched or actor.user not in authors
