"""Starts the computation of a desk's capacity plan in the background."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from planner.access import Action, Actor
from planner.actions import permitted
from planner.jobs import start_job
from planner.store import Job, Store


def start_year(store: Store, parameters: Mapping[str, Any], actor: Actor) -> Job:
    """Start a job of the kind ``year``, JSON parameters; its result holds the answer. Raises NotAllowed."""
    permitted(actor, Action.MAKE_YEAR)
    return start_job(store, "year", {**parameters, "actor": asdict(actor)})
