"""Generated from the rules: their examples, and that constraint and checker agree near the border."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.formation import Seat
from planner.rosters.model import Model
from planner.rosters.notation import Case, case
from planner.rosters.roster import Duty, Roster
from planner.rosters.rule import Rule, seats_by_day
from planner.rosters.rules import RULES

CODES = (
    "one_duty",
    "coverage",
    "daily_hours",
    "weekly_hours",
    "overtime_month",
    "breaks",
    "weekly_rest",
    "rest_interval_floor",
    "designated_manager",
    "leave",
    "vacancy",
    "unattended",
    "rest_interval",
    "lone_manager",
    "grade_step",
    "standing_start",
    "stable_start",
    "fair_share",
)
N_ROSTERS = 100
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_no_rule_is_lost() -> None:
    assert tuple(rule.code for rule in RULES) == CODES


@each_rule
def test_examples_keep_and_break_the_rule(rule: Rule) -> None:
    for text in rule.keeps:
        kept = case(text)
        assert not list(rule.check(kept.problem, kept.roster)), text
    for text in rule.breaks:
        broken = case(text)
        assert list(rule.check(broken.problem, broken.roster)), text


@each_rule
def test_a_rule_names_its_source_and_remedy(rule: Rule) -> None:
    assert rule.name_ja
    assert rule.remedy_ja.endswith("。")
    assert rule.source
    for figure in rule.source:
        assert figure.article
        assert figure.unit
        assert (figure.since is None) == ("法" not in figure.article and "告示" not in figure.article)


@each_rule
def test_violations_carry_the_code_and_a_cost_only_if_the_rule_is_soft(rule: Rule) -> None:
    for text in rule.breaks:
        broken = case(text)
        for violation in rule.check(broken.problem, broken.roster):
            assert violation.rule == rule.code
            assert (violation.cost == 0) == rule.is_hard
            assert violation.found
            assert violation.allowed
            assert violation.day in broken.problem.days


@each_rule
def test_constraint_and_checker_agree_near_the_border(rule: Rule) -> None:
    rng = random.Random(rule.code)  # noqa: S311  # a fixed draw, no secret
    n_kept = 0
    for _ in range(N_ROSTERS):
        example = case(rng.choice(rule.keeps + rule.breaks))
        drawn = altered(example, rng, most_edits=3, has_one_duty=rule.code != "one_duty")
        found = list(rule.check(drawn.problem, drawn.roster))
        n_kept += not found
        model = Model(drawn.problem, [rule])
        model.fix(drawn.roster.duties)
        answer = model.solved(seed=0, limit=1.0)
        if rule.is_hard:
            assert answer.is_infeasible == bool(found), (drawn, found)
        else:
            assert answer.objective == sum(v.cost for v in found), (drawn, found)
    assert N_ROSTERS // 10 <= n_kept <= N_ROSTERS * 9 // 10, "the draws do not lie near the border"


def altered(drawn: Case, rng: random.Random, *, most_edits: int, has_one_duty: bool) -> Case:
    """Alter an example a few times; what the variables cannot say (a duty without a seat) is undone."""
    drawn = seated(drawn)
    for _ in range(rng.randint(0, most_edits)):
        edited = rng.choice(EDITS)(drawn, rng)
        pairs = {(duty.day, duty.person) for duty in edited.roster.duties}
        if not has_one_duty or len(pairs) == len(edited.roster.duties):
            drawn = edited
    return drawn


def seated(drawn: Case) -> Case:
    """Leave out duties for which the problem has no seat at all."""
    seats = seats_by_day(drawn.problem)
    return replace(drawn, roster=Roster(tuple(d for d in drawn.roster.duties if d.seat in seats[d.day])))


def moved(drawn: Case, rng: random.Random) -> Case:
    """Give a duty to somebody else."""
    duties = list(drawn.roster.duties)
    if duties:
        n = rng.randrange(len(duties))
        duties[n] = replace(duties[n], person=rng.choice(drawn.problem.people).id)
    return replace(drawn, roster=Roster(tuple(sorted(duties))))


def dropped(drawn: Case, rng: random.Random) -> Case:
    """Take a duty from the roster; its seat stays."""
    duties = list(drawn.roster.duties)
    if duties:
        duties.pop(rng.randrange(len(duties)))
    return replace(drawn, roster=Roster(tuple(duties)))


def doubled(drawn: Case, rng: random.Random) -> Case:
    """Put somebody on some seat, taken or not."""
    day = rng.choice(drawn.problem.days)
    if not drawn.problem.seats[day]:
        return drawn
    duty = Duty(day, rng.choice(drawn.problem.people).id, rng.choice(drawn.problem.seats[day]))
    return replace(drawn, roster=Roster(tuple(sorted({*drawn.roster.duties, duty}))))


def stretched(drawn: Case, rng: random.Random) -> Case:
    """Move one end of a seat, for whoever fills it."""
    day = rng.choice(drawn.problem.days)
    if not drawn.problem.seats[day]:
        return drawn
    old = rng.choice(drawn.problem.seats[day])
    by = rng.choice((-60, -15, 15, 15))
    new = (
        replace(old, start_min=old.start_min + by)
        if rng.random() < 0.5
        else replace(old, end_min=old.end_min + by)
    )

    def changed(seat: Seat, on: date) -> Seat:
        return new if (seat, on) == (old, day) else seat

    seats = {on: tuple(sorted(changed(s, on) for s in those)) for on, those in drawn.problem.seats.items()}
    duties = sorted(replace(d, seat=changed(d.seat, d.day)) for d in drawn.roster.duties)
    return Case(replace(drawn.problem, seats=seats), Roster(tuple(duties)))


def toggled_leave(drawn: Case, rng: random.Random) -> Case:
    """Ask for leave on a day, or no longer."""
    people = list(drawn.problem.people)
    n = rng.randrange(len(people))
    people[n] = replace(people[n], leave=people[n].leave ^ {rng.choice(drawn.problem.days)})
    return replace(drawn, problem=replace(drawn.problem, people=tuple(people)))


def toggled_manager(drawn: Case, rng: random.Random) -> Case:
    """Let somebody manage, or no longer."""
    people = list(drawn.problem.people)
    n = rng.randrange(len(people))
    people[n] = replace(people[n], may_manage=not people[n].may_manage)
    return replace(drawn, problem=replace(drawn.problem, people=tuple(people)))


def toggled_call(drawn: Case, rng: random.Random) -> Case:
    """Put somebody on call, or no longer."""
    call = (rng.choice(drawn.problem.people).id, rng.choice(drawn.problem.days))
    return replace(drawn, problem=replace(drawn.problem, reachable=drawn.problem.reachable ^ {call}))


# Most borders are lines in time.
EDITS = (
    moved,
    dropped,
    doubled,
    stretched,
    stretched,
    stretched,
    toggled_leave,
    toggled_manager,
    toggled_call,
)


def test_weeks_begin_on_sunday() -> None:
    drawn = case("A " + "9-18 " * 8)
    assert drawn.problem.days[0].isoweekday() == 7
    assert drawn.problem.days[0] + timedelta(days=7) == drawn.problem.days[-1]
