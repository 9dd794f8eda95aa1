"""Edits of what a roster respects: cells, terms of work, the past. Each alters only what a case speaks of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, get_args

from planner.desk import Labour, RestDays, WorkingHours
from planner.rosters.notation import Case
from planner.rosters.roster import Lock, Record
from planner.rosters.rule import seats_by_day
from tests.planner.rosters.editing import DAYS, STEPS_MIN, later, one_changed, some_day, with_

# --- cells ---


def wished(drawn: Case, rng: Random) -> Case:
    """Wish for something else, more strongly, on another day; or no longer."""
    problem = drawn.problem
    edits: tuple[Callable[[Any], Any], ...] = (
        lambda wish: replace(wish, wants=rng.choice(("off", "on", "early", "late"))),
        lambda wish: replace(wish, weight=min(10, max(1, wish.weight + rng.choice((-1, 1))))),
        lambda wish: replace(wish, day=some_day(problem, rng)),
        lambda wish: replace(wish, person=rng.choice(problem.people).id),
        lambda _: None,
    )
    return with_(drawn, wishes=tuple(sorted(one_changed(problem.wishes, rng, rng.choice(edits)))))


def locked(drawn: Case, rng: Random) -> Case:
    """Lock a cell as it is or otherwise, or unlock it."""
    problem = drawn.problem
    if not problem.locks:
        return drawn
    person, day = rng.choice(problem.people).id, some_day(problem, rng)
    others = [lock for lock in problem.locks if (lock.person, lock.day) != (person, day)]
    seats = {duty.seat for duty in drawn.roster.duties if (duty.person, duty.day) == (person, day)}
    choice = rng.choice([None, *sorted(seats), *seats_by_day(problem).get(day, ())])
    if rng.random() < 0.3:
        return with_(drawn, locks=tuple(others))
    return with_(drawn, locks=tuple(sorted([*others, Lock(person, day, choice)], key=_cell)))


def _cell(lock: Lock) -> tuple[str, date]:
    return lock.person, lock.day


def published(drawn: Case, rng: Random) -> Case:
    """Have published other hours for a duty, for somebody else, or not at all."""
    problem = drawn.problem
    edits: tuple[Callable[[Any], Any], ...] = (
        lambda duty: replace(
            duty, seat=replace(duty.seat, **later(duty.seat.start_min, duty.seat.end_min, rng))
        ),
        lambda duty: replace(duty, person=rng.choice(problem.people).id),
        lambda _: None,
    )
    return with_(drawn, published=tuple(sorted(one_changed(problem.published, rng, rng.choice(edits)))))


def frozen(drawn: Case, rng: Random) -> Case:
    """Freeze another stretch."""
    until = drawn.problem.frozen_until
    return with_(drawn, frozen_until=until + rng.choice(DAYS)) if until else drawn


def shared(drawn: Case, rng: Random) -> Case:
    """Work for the sister contract at other hours, on another day, longer or shorter; or no longer."""
    problem = drawn.problem
    edits: tuple[Callable[[Any], Any], ...] = (
        lambda work: replace(work, **later(work.start_min, work.end_min, rng)),
        lambda work: replace(work, work_min=max(0, work.work_min + rng.choice(STEPS_MIN))),
        lambda work: replace(work, day=some_day(problem, rng)),
        lambda work: replace(work, person=rng.choice(problem.people).id),
        lambda _: None,
    )
    return with_(drawn, elsewhere=tuple(sorted(one_changed(problem.elsewhere, rng, rng.choice(edits)))))


# --- terms and the past ---


def agreed_otherwise(drawn: Case, rng: Random) -> Case:
    """Move one figure of what the contractor agreed with its staff, or turn one term."""
    labour = drawn.problem.labour
    if labour == Labour():
        return drawn
    hours = rng.choice((-1, -0.25, 0.25, 1))
    start = labour.rest_cycle_start
    edits: tuple[dict[str, Any], ...] = (
        {"has_art36_agreement": not labour.has_art36_agreement},
        {"has_special_clause": not labour.has_special_clause},
        {"overtime_month_h": max(0, labour.overtime_month_h + hours)},
        {"overtime_year_h": max(0, labour.overtime_year_h + hours)},
        {"special_year_h": max(0, labour.special_year_h + hours)},
        {"rest_interval_h": max(0, labour.rest_interval_h + hours)},
        {"rest_day_work_days": max(0, labour.rest_day_work_days + rng.choice((-1, 1)))},
        {"statutory_rest_weekday": rng.randint(1, 7)},
        {"working_hours": rng.choice([x for x in get_args(WorkingHours) if x != "yearly_variable"])},
        {"rest_days": rng.choice(get_args(RestDays))},
        {"rest_cycle_start": start + rng.choice(DAYS) if start else None},
    )
    return with_(drawn, labour=replace(labour, **rng.choice(edits)))


def remembered(drawn: Case, rng: Random) -> Case:
    """Bring along other minutes of a month, or one duty more or less."""
    records = drawn.problem.records
    if not records:
        return drawn
    person = rng.choice([person.id for person in drawn.problem.people])
    record = records.get(person, Record())
    by, count = rng.choice(STEPS_MIN), rng.choice((-1, 1))

    def changed(month: tuple[date, int]) -> tuple[date, int]:
        return month[0], max(0, month[1] + by)

    edits = (
        replace(record, overtime_min=one_changed(record.overtime_min, rng, changed)),
        replace(record, overtime_min=one_changed(record.overtime_min, rng, changed)),
        replace(record, rest_day_min=one_changed(record.rest_day_min, rng, changed)),
        replace(record, early=max(0, record.early + count)),
        replace(record, late=max(0, record.late + count)),
        replace(record, peak=max(0, record.peak + count)),
    )
    return with_(drawn, records=records | {person: rng.choice(edits)})


EDITS = (
    wished,
    wished,
    locked,
    locked,
    published,
    published,
    frozen,
    shared,
    shared,
    agreed_otherwise,
    agreed_otherwise,
    remembered,
    remembered,
)
