"""Starts the computation of a desk's outlook in the background."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from planner.access import Action, Actor
from planner.actions import permitted
from planner.jobs import start_job
from planner.store import Job, Store


def start_outlook(store: Store, parameters: Mapping[str, Any], actor: Actor) -> Job:
    """Start a job of the kind ``outlook``, JSON parameters; the worker keeps it in the actor's name.

    The worker finds ``Actor(**parameters["actor"])``. Raises NotAllowed.
    """
    permitted(actor, Action.MAKE_OUTLOOK)
    return start_job(store, "outlook", {**parameters, "actor": asdict(actor)})
