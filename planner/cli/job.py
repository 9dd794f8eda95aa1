"""``madoguchi job``: does one job of the store; started by the dashboard, not by people."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

import typer

from planner.access import Actor, Role
from planner.actions.keep_outlook import keep_outlook
from planner.actions.keep_plan import Made, keep_plan
from planner.actions.see_kept_rosters import see_kept_rosters
from planner.capacity.plan import Ask
from planner.cli.capacity import asked_scenario, year_answered
from planner.cli.clock import local_now
from planner.cli.japanese import Command
from planner.content import plain
from planner.desk_folder import desk_files
from planner.desk_past import outlook_question, question_from_store
from planner.intake import Sources
from planner.jobs import Progress, run_job
from planner.outlook.making import computed_outlook, kept_outlook
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

    def outlook(parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        return seen_and_kept(store, parameters, progress)

    def year(parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        return year_seen(store, parameters, progress)

    try:
        is_done = run_job(store, job_id, {"plan": plan, "outlook": outlook, "year": year})
    finally:
        store.close()
    sys.exit(0 if is_done else 1)


def planned_and_kept(store: Store, parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Plan ``first`` to ``last`` of ``desk_id`` as known on ``as_of`` (ISO dates); keep it; return its id.

    ``max_risk``: the accepted risk, where it is not the desk's own.
    """
    sources = Sources(
        desk=desk_files(store.home)[parameters["desk_id"]],
        first=date.fromisoformat(parameters["first"]),
        last=date.fromisoformat(parameters["last"]),
        as_of=date.fromisoformat(parameters["as_of"]),
    )
    progress("reading", 0.0)
    question = question_from_store(sources, store)
    if "max_risk" in parameters:
        target = replace(question.desk.target, max_risk=parameters["max_risk"])
        question = replace(question, desk=replace(question.desk, target=target))
    actor, at = _whose(parameters)
    past = see_kept_rosters(store, question.desk.id, question.period, actor, at.date())
    answer = planned(question, Settings(), progress, past)
    kept = keep_plan(store, answer.content, Made(answer.roster, answer.figures), actor, at)
    # What the plan has found out costs a second more, and the page 見通し then shows the same forecast.
    keep_outlook(store, kept_outlook(question, answer.outlook, Settings()), actor, at)
    return {"plan_id": kept.id}


def seen_and_kept(store: Store, parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Look ahead for ``desk_id`` as known on ``as_of`` (ISO date); keep the outlook; return its id."""
    progress("reading", 0.0)
    question = outlook_question(store, parameters["desk_id"], date.fromisoformat(parameters["as_of"]))
    outlook = computed_outlook(question, Settings(), progress)
    return {"outlook_id": keep_outlook(store, outlook, *_whose(parameters)).id}


def year_seen(store: Store, parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Answer for the years ahead of ``desk_id`` as known on ``as_of`` (ISO date); return the answer."""
    progress("reading", 0.0)
    as_of, since = date.fromisoformat(parameters["as_of"]), parameters["users_from"]
    scenario = asked_scenario(
        as_of,
        parameters["users_times"],
        date.fromisoformat(since) if since else None,
        parameters["handling_times"],
    )
    question = outlook_question(store, parameters["desk_id"], as_of)
    answer = year_answered(question, Ask(parameters["months"], parameters["max_risk"], scenario), progress)
    return {"year": plain(answer)}


def _whose(parameters: Mapping[str, Any]) -> tuple[Actor, datetime]:
    """Return in whose name a job keeps what it made, and at which time."""
    actor = Actor(**{**parameters["actor"], "role": Role(parameters["actor"]["role"])})
    return actor, datetime.fromisoformat(parameters["at"]) if "at" in parameters else local_now()
