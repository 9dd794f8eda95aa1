"""Reads a desk's kept rosters, which a roster of some period continues: for the contractor alone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from forecasts.slots import Period
from planner.access import Action, Actor
from planner.actions import permitted
from planner.content import Content
from planner.proposal import State
from planner.rosters.past import Kept, Past
from planner.store import Store

_LONGEST = timedelta(days=400)
"""How far back a roster may still count: the twelve months before the month in which a period begins."""
_NEVER_WORKED = {State.REJECTED, State.WITHDRAWN}
_NOT_YET_DECIDED = {State.DRAFT, State.REVIEWED, State.SUBMITTED, State.RETURNED}

Found = tuple[bool, datetime, str, Content]
"""Whether it was made known, when its plan or proposal was filed, its subject, what it follows from."""


def see_kept_rosters(store: Store, desk_id: str, period: Period, actor: Actor, today: date) -> Past:
    """Return the rosters that may bear on one of ``period``, what counts most last; raises NotAllowed.

    The newest counts most, but that of an approved proposal more than any of a plan or a draft. What was
    rejected or withdrawn was never worked.
    """
    permitted(actor, Action.SEE_ROSTER)
    span = Period(period.start - _LONGEST, period.end)
    found = (*_of_plans(store, desk_id, span), *_of_proposals(store, desk_id, span))
    kept = []
    for is_made_known, _, subject, content in sorted(found, key=lambda one: one[:2]):
        roster = store.roster(subject)
        if roster is not None:
            kept.append(Kept(roster, content.window.days, is_made_known))
    return Past(today, tuple(kept))


def _of_plans(store: Store, desk_id: str, span: Period) -> Iterator[Found]:
    for head in reversed(store.plans(desk_id)):
        record = store.plan(head.id) if _overlap(head.period, span) else None
        if record is not None:
            yield False, head.created_at, f"plan-{head.id}", record.content


def _of_proposals(store: Store, desk_id: str, span: Period) -> Iterator[Found]:
    for filed in reversed(store.proposals(desk_id)):
        proposal = filed.proposal
        if proposal.state not in _NEVER_WORKED and _overlap(proposal.content.period, span):
            is_known = proposal.state not in _NOT_YET_DECIDED
            yield is_known, filed.created_at, proposal.number, proposal.content


def _overlap(one: Period, other: Period) -> bool:
    return one.start < other.end and other.start < one.end
