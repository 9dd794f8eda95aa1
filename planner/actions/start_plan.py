"""Starts the computation of a plan in the background."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from planner.access import Action, Actor
from planner.actions import permitted
from planner.jobs import start_job
from planner.store import Job, Store


def start_plan(store: Store, parameters: Mapping[str, Any], actor: Actor) -> Job:
    """Start a job of the kind ``plan``, JSON parameters; the worker keeps the plan in the actor's name.

    The worker finds ``Actor(**parameters["actor"])``. Raises NotAllowed.
    """
    permitted(actor, Action.MAKE_PLAN)
    return start_job(store, "plan", {**parameters, "actor": asdict(actor)})
