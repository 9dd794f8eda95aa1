"""``madoguchi job``: does one job of the store; started by the dashboard, not by people."""

import sys
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

import typer

from planner.access import Actor, Role
from planner.actions.keep_plan import keep_plan
from planner.cli.clock import local_now
from planner.cli.japanese import Command
from planner.desk_folder import desk_files
from planner.desk_past import question_from_store
from planner.intake import Sources
from planner.jobs import Progress, run_job
from planner.plan import Settings, planned
from planner.store import Store, open_store


def register(app: typer.Typer) -> None:
    """Add the command, unseen in the help."""
    app.command("job", cls=Command, hidden=True, help="画面から始めた計算を行う。")(job)


def job(job_id: Annotated[str, typer.Argument(metavar="番号")]) -> None:
    """Do a job; exit with 1 where it was not done."""
    store = open_store()

    def plan(parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        return planned_and_kept(store, parameters, progress)

    try:
        is_done = run_job(store, job_id, {"plan": plan})
    finally:
        store.close()
    sys.exit(0 if is_done else 1)


def planned_and_kept(store: Store, parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Plan ``first`` to ``last`` of ``desk_id`` as known on ``as_of`` (ISO dates); keep it; return its id."""
    sources = Sources(
        desk=desk_files(store.home)[parameters["desk_id"]],
        first=date.fromisoformat(parameters["first"]),
        last=date.fromisoformat(parameters["last"]),
        as_of=date.fromisoformat(parameters["as_of"]),
    )
    progress("reading", 0.0)
    answer = planned(question_from_store(sources, store), Settings(), progress)
    actor = Actor(**{**parameters["actor"], "role": Role(parameters["actor"]["role"])})
    at = datetime.fromisoformat(parameters["at"]) if "at" in parameters else local_now()
    return {"plan_id": keep_plan(store, answer.content, answer.roster, actor, at).id}
