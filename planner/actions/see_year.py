"""Reads a desk's newest capacity plan: in full for the contractor, heads only for the client."""

from pydantic import ValidationError

from planner.access import Action, Actor
from planner.actions import permitted
from planner.capacity.answer import CapacityAnswer, YearHeads, answer_of_plain, heads_only
from planner.store import Store


def see_year(store: Store, desk_id: str, actor: Actor) -> CapacityAnswer | None:
    """Return the newest answer that can be read, with prices and chances; raises NotAllowed."""
    permitted(actor, Action.SEE_YEAR)
    return _newest(store, desk_id)


def see_year_heads(store: Store, desk_id: str, actor: Actor) -> YearHeads | None:
    """Return people by number alone; raises NotAllowed."""
    permitted(actor, Action.SEE_YEAR_HEADS)
    answer = _newest(store, desk_id)
    return None if answer is None else heads_only(answer)


def _newest(store: Store, desk_id: str) -> CapacityAnswer | None:
    for job in store.jobs.newest("year"):
        if job.state == "done" and job.parameters.get("desk_id") == desk_id:
            try:
                return answer_of_plain(job.result["year"])
            except (KeyError, ValidationError):  # of another version of this program
                continue
    return None
