"""Reads a roster: names are for the contractor alone (告示第37号)."""

from planner.access import Action, Actor
from planner.actions import permitted
from planner.rosters.roster import Roster
from planner.store import Store


def see_roster(store: Store, subject: str, actor: Actor) -> Roster | None:
    """Return the roster of a proposal's number or of ``plan-ID``; raises NotAllowed."""
    permitted(actor, Action.SEE_ROSTER)
    return store.roster(subject)
