"""Keeps a roster changed or solved anew by the contractor, whose own affair it is (告示第37号)."""

import hashlib
from datetime import datetime

from planner.access import Action, Actor
from planner.actions import permitted
from planner.content import plain
from planner.proposal import NotAllowed
from planner.rosters.roster import Roster
from planner.store import Store
from planner.store.chain import canonical


def keep_roster(
    store: Store, subject: str, roster: Roster, seen: Roster | None, actor: Actor, at: datetime
) -> str:
    """Keep the roster of a proposal's number or of ``plan-ID`` in place of the one ``seen``.

    Allowed in every state of a proposal: it never tells who works. The audit names nobody: it holds the
    digest, which is returned, and counts. Raises NotAllowed: ``no_right``, ``changed_meanwhile``.
    """
    permitted(actor, Action.KEEP_ROSTER)
    digest = hashlib.sha256(canonical(plain(roster)).encode()).hexdigest()
    with store.writing(actor, at, Action.KEEP_ROSTER) as work:
        if store.roster(subject) != seen:
            raise NotAllowed("changed_meanwhile", subject)
        work.keep_roster(subject, roster)
        work.about(
            subject,
            digest=digest,
            duties=len(roster.duties),
            broken=sum(not v.cost for v in roster.violations),
            vacancies=sum(v.rule == "vacancy" for v in roster.violations),
        )
    return digest
