"""Conflicts and loosenings where the cases do not reach: laws alone, no proof, larger questions, words."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from planner.rosters.engine import Answer, Ask
from planner.rosters.engines.cp_sat import cp_sat
from planner.rosters.explain.conflict import conflict
from planner.rosters.explain.loosening import loosening
from planner.rosters.explain.part import part_of
from planner.rosters.explain.reading import Reading
from planner.rosters.explain.rotation import rotated
from planner.rosters.explain.trials import Trials
from planner.rosters.explain.words import conflict_words, loosening_words
from planner.rosters.linear import Linear, Row, is_kept
from planner.rosters.notation import case
from planner.rosters.roster import RosterProblem
from planner.rosters.rules import RULES
from planner.wording import rosters as wording

HARD = tuple(rule for rule in RULES if rule.is_hard)
STRICT = tuple(replace(rule, loosening=None) for rule in HARD)
LATE_THEN_EARLY = "A . 13-22 6-15\nB@junior . 9-18 9-18"
WEEK = "A . 9-18 9-18 9-18 9-18 9-18 9-18\nB@junior . 9-18 9-18 9-18 9-18 9-18 ."


def unproved(ask: Ask) -> Answer:
    """An engine that never ends in time."""
    return Answer(None)


def forgetful(ask: Ask) -> Answer:
    """An engine that ends in time only where nothing can be kept."""
    answer = cp_sat(ask)
    return answer if answer.is_infeasible else Answer(None)


def test_where_there_is_a_roster_nothing_clashes_and_nothing_is_loosened() -> None:
    problem = case("A 9-18 9-18\nB . 9-18").problem
    assert conflict(problem).demands == ()
    assert loosening(problem).steps == ()
    assert loosening(problem).weight == 0
    assert loosening(problem).is_proved_cheapest


def test_no_proof_is_no_conflict() -> None:
    problem = case(LATE_THEN_EARLY).problem
    assert conflict(problem, engine=unproved).demands == ()
    assert loosening(problem, engine=unproved).steps == ()
    assert not loosening(problem, engine=unproved).is_proved_cheapest
    assert conflict_words(problem, conflict(problem, engine=unproved)).answer == wording.NOTHING_PROVED
    assert loosening_words(problem, loosening(problem, engine=unproved)).answer == wording.NO_WAY_FOUND


def test_members_without_proof_are_kept_and_the_conflict_says_so() -> None:
    problem = case(LATE_THEN_EARLY).problem
    found = conflict(problem, engine=forgetful)
    assert not found.is_proved_minimal
    assert Trials(Linear(problem, HARD), cp_sat).is_possible(found.rows) is False
    assert {"coverage", "rest_interval_floor"} <= set(found.rules)
    words = conflict_words(problem, found)
    assert words.answer.endswith(wording.CLASH_UNPROVED)


def test_a_cancelled_search_proves_nothing() -> None:
    assert conflict(case(LATE_THEN_EARLY).problem, watch=lambda: False).demands == ()


def test_where_only_law_is_left_the_laws_that_clash_are_named() -> None:
    problem = case(LATE_THEN_EARLY).problem
    found = loosening(problem, STRICT)
    assert found.steps == ()
    assert found.stuck is not None
    assert found.stuck == conflict(problem, STRICT)
    words = loosening_words(problem, found)
    assert words.answer == wording.STUCK.format(n=2)
    assert len(words.remedies) == 2


def test_the_cheapest_way_is_that_of_trying_every_set_of_rows() -> None:
    problem = case("lock A 2\n" + LATE_THEN_EARLY).problem
    linear = Linear(problem, HARD)
    prices = {
        n: price
        for n, row in enumerate(linear.rows)
        if (price := {rule.code: rule.loosening for rule in HARD}[row.rule])
        and (row.rule, row.at_least) != ("coverage", None)
    }
    trials = Trials(linear, cp_sat)
    weights = [
        sum(prices[n] for n in dropped)
        for size in range(4)
        for dropped in combinations(prices, size)
        if trials.is_possible(set(range(len(linear.rows))) - set(dropped))
    ]
    assert loosening(problem).weight == min(weights)


def test_of_equally_cheap_ways_the_mildest_is_taken() -> None:
    """One skilled person too few costs as much as two, but is asked for first."""
    problem = case("menu 9-18\nneed 9-18x2@vpn\nskills A vpn\nskills B vpn\nlock B 0\nA .\nB .").problem
    rules = tuple(replace(rule, loosening=99) if rule.code == "locked" else rule for rule in RULES)
    steps = {(step.rule, step.found) for step in loosening(problem, rules).steps}
    assert ("skill", "9:00〜18:00に「vpn」1人") in steps


@pytest.mark.parametrize(("rows", "unlocked"), [("A L9-18\nB 9-18", "B"), ("A 9-18\nB L9-18", "A")])
def test_nobody_loses_leave_where_another_way_costs_the_same(rows: str, unlocked: str) -> None:
    steps = loosening(case(f"lock A 0\nlock B 0\n{rows}").problem).steps
    assert [(step.rule, step.person) for step in steps] == [("locked", unlocked)]


def test_a_part_leaves_out_what_no_row_asks_for() -> None:
    problem = case("menu 9-18 10-19 11-20\n" + WEEK).problem
    linear = Linear(problem, HARD)
    part = part_of(linear, linear.rows)
    assert len(part.linear.places) < len(linear.places) / 2
    answer = cp_sat(Ask(part_of(linear, linear.rows[:10]).linear, None))
    assert answer.values is not None
    values = part_of(linear, linear.rows[:10]).widened(answer.values, linear)
    assert all(is_kept(row, values) for row in linear.rows[:10])


def test_rotation_finds_rosters_that_break_one_row_each() -> None:
    linear = Linear(case(WEEK).problem, HARD)
    reading = Reading(linear)
    conflicting = conflict(linear.problem).rows
    trials = Trials(linear, cp_sat)
    first, *others = conflicting
    assert trials.is_possible(others)
    values = trials.witness(others)
    assert values is not None
    found = rotated(reading, values, first, conflicting)
    assert found
    for member, roster in found.items():
        assert reading.broken(roster) & set(conflicting) == {member}
        assert roster == tuple(linear.completed(list(roster)))


def test_sums_are_those_of_the_rows(lan_desk_month: RosterProblem) -> None:
    linear = Linear(lan_desk_month, HARD)
    values = linear.completed([1 if n % 7 == 1 else 0 for n in range(linear.size)])
    broken = frozenset(n for n, row in enumerate(linear.rows) if not is_kept(row, values))
    assert Reading(linear).broken(values) == broken


def test_a_month_without_a_manager_on_two_days(lan_desk_month: RosterProblem) -> None:
    days = {date(2026, 4, 14), date(2026, 4, 15)}
    reachable = frozenset(pair for pair in lan_desk_month.reachable if pair[1] not in days)
    problem = replace(lan_desk_month, reachable=reachable)
    found = conflict(problem)
    assert found.is_proved_minimal
    assert "designated_manager" in found.rules
    assert {day for demand in found.demands for day in demand.days} == {date(2026, 4, 14)}
    way = loosening(problem)
    assert way.is_proved_cheapest
    assert {(step.rule, day) for step in way.steps for day in step.days} == {
        ("designated_manager", day) for day in days
    }


def test_names_of_people_stand_in_the_sentences(lan_desk_month: RosterProblem) -> None:
    problem = case("A! 9-19 .").problem
    named = replace(problem, people=(replace(problem.people[0], name="要員甲"),))
    words = conflict_words(named, conflict(named))
    assert "1日の労働時間（要員甲、4月5日（日））: 8時間以下" in words.lines


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((6,), "4月6日（月）"),
        ((6, 7, 8), "4月6日（月）〜4月8日（水）"),
        ((8, 6, 7, 10), "4月6日（月）〜4月8日（水）、4月10日（金）"),
        ((6, 8, 10, 12), "4月6日（月）〜4月12日（日）のうち4日"),
    ],
)
def test_days_are_written_as_spans(numbers: tuple[int, ...], expected: str) -> None:
    assert wording.days_words([date(2026, 4, n) for n in numbers]) == expected


def test_a_row_that_nothing_can_keep_is_a_conflict_by_itself() -> None:
    problem = case("open 9-18\nA 9-18 .").problem
    found = conflict(problem)
    assert [Linear(problem, HARD).rows[n] for n in found.rows] == [Row("designated_manager", (), 1, None)]
    assert conflict_words(problem, found).answer == wording.CLASH_ALONE
