"""Edits of who can do what: people, reception hours, heads. Each alters only what a case speaks of."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from planner.desk import Person
from planner.rosters.notation import Case
from tests.planner.rosters.editing import STEPS_MIN, later, one_changed, some_day, with_

# --- people ---


def _person(drawn: Case, rng: Random, otherwise: Callable[[Person], Person]) -> Case:
    return with_(drawn, people=one_changed(drawn.problem.people, rng, otherwise))


def toggled_leave(drawn: Case, rng: Random) -> Case:
    """Ask for leave on a day, or no longer."""
    day = some_day(drawn.problem, rng)
    return _person(drawn, rng, lambda person: replace(person, leave=person.leave ^ {day}))


def toggled_manager(drawn: Case, rng: Random) -> Case:
    """Let somebody manage, or no longer."""
    return _person(drawn, rng, lambda person: replace(person, may_manage=not person.may_manage))


def regraded(drawn: Case, rng: Random) -> Case:
    """Give somebody another grade."""
    grade = rng.choice(drawn.problem.grades).id
    return _person(drawn, rng, lambda person: replace(person, grade=grade))


def toggled_skill(drawn: Case, rng: Random) -> Case:
    """Let somebody have a skill that somebody has or that is needed, or no longer."""
    problem = drawn.problem
    known = {skill for person in problem.people for skill in person.skills}
    known |= {need.skill for needs in problem.needs.values() for need in needs if need.skill}
    if not known:
        return drawn
    skill = rng.choice(sorted(known))
    return _person(drawn, rng, lambda person: replace(person, skills=person.skills ^ {skill}))


def toggled_temporary(drawn: Case, rng: Random) -> Case:
    """Make somebody temporary staff, or no longer."""
    problem = drawn.problem
    if not problem.extra_people:
        return drawn
    return with_(drawn, extra_people=problem.extra_people ^ {rng.choice(problem.people).id})


def toggled_resident(drawn: Case, rng: Random) -> Case:
    """Let somebody sit at the desk, or no longer."""
    if all(person.is_resident for person in drawn.problem.people):
        return drawn
    return _person(drawn, rng, lambda person: replace(person, is_resident=not person.is_resident))


def toggled_call(drawn: Case, rng: Random) -> Case:
    """Put somebody on call, or no longer."""
    problem = drawn.problem
    call = (rng.choice(problem.people).id, some_day(problem, rng))
    return with_(drawn, reachable=problem.reachable ^ {call})


def restarted(drawn: Case, rng: Random) -> Case:
    """Move somebody's standing start, or leave it open."""
    standing = dict(drawn.problem.standing)
    if not standing:
        return drawn
    person = rng.choice(sorted(standing))
    start, end = standing.pop(person)
    if rng.random() < 0.8:
        span = later(start, end, rng) or {"start_min": start, "end_min": end}
        standing[person] = span["start_min"], span["end_min"]
    return with_(drawn, standing=dict(sorted(standing.items())))


# --- hours and heads ---


def reopened(drawn: Case, rng: Random) -> Case:
    """Move an end of a day's reception hours."""
    open_min = dict(drawn.problem.open_min)
    if not open_min:
        return drawn
    day = rng.choice(sorted(open_min))
    span = later(*open_min[day], rng)
    return with_(drawn, open_min=open_min | {day: (span["start_min"], span["end_min"])}) if span else drawn


def needed_otherwise(drawn: Case, rng: Random) -> Case:
    """Need one head more or less, at other hours, or with another skill."""
    problem = drawn.problem
    days = sorted(day for day, needs in problem.needs.items() if needs)
    if not days:
        return drawn
    day = rng.choice(days)
    skills = sorted({"", *(skill for person in problem.people for skill in person.skills)})
    edits: tuple[Callable[[Any], Any], ...] = (
        lambda need: replace(need, heads=max(0, need.heads + rng.choice((-1, 1)))),
        lambda need: replace(need, **later(need.start_min, need.end_min, rng)),
        lambda need: replace(need, skill=rng.choice(skills)),
    )
    needs = one_changed(problem.needs[day], rng, rng.choice(edits))
    return with_(drawn, needs=problem.needs | {day: needs})


def handed_over(drawn: Case, rng: Random) -> Case:
    """Ask for a longer or shorter hand-over."""
    handover = drawn.problem.handover_min
    return with_(drawn, handover_min=max(0, handover + rng.choice(STEPS_MIN))) if handover else drawn


def peaked(drawn: Case, rng: Random) -> Case:
    """Expect a peak on a day, or no longer."""
    peak = drawn.problem.peak_days
    return with_(drawn, peak_days=peak ^ {some_day(drawn.problem, rng)}) if peak else drawn


EDITS = (
    toggled_leave,
    toggled_manager,
    regraded,
    toggled_skill,
    toggled_temporary,
    toggled_resident,
    toggled_call,
    restarted,
    reopened,
    needed_otherwise,
    needed_otherwise,
    handed_over,
    peaked,
)
