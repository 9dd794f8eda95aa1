"""Generated from the rules: their examples, and that constraint and checker agree near the border."""

import pytest

from planner.rosters.notation import case
from planner.rosters.roster import STAGES
from planner.rosters.rule import Rule
from planner.rosters.rules import RULES
from tests.planner.rosters.rule_checks import (
    disagreement,
    draws,
    example_faults,
    golden,
    keeps,
)
from tests.planner.rosters.write_golden import GOLDEN

CODES = (
    "one_duty",
    "coverage",
    "shared_person",
    "locked",
    "frozen_hours",
    "daily_hours",
    "weekly_hours",
    "variable_month",
    "overtime_month",
    "overtime_year",
    "overtime_special",
    "overtime_average",
    "breaks",
    "break_placement",
    "weekly_rest",
    "four_weeks_rest",
    "rest_day_work",
    "consecutive_days_limit",
    "rest_interval_floor",
    "designated_manager",
    "skill",
    "skill_gap",
    "temporary_block",
    "handover",
    "leave",
    "vacancy",
    "unattended",
    "heads",
    "rest_interval",
    "consecutive_days",
    "lone_manager",
    "grade_step",
    "overtime_cost",
    "night_work",
    "standing_start",
    "kept_cells",
    "stable_start",
    "break_stagger",
    "fair_share",
    "peak_share",
    "wishes",
)
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_no_rule_is_lost() -> None:
    assert tuple(rule.code for rule in RULES) == CODES


@each_rule
def test_examples_keep_and_break_the_rule(rule: Rule) -> None:
    assert rule.keeps
    assert rule.breaks
    assert not list(example_faults(rule))


@each_rule
def test_a_rule_names_its_source_and_remedy(rule: Rule) -> None:
    assert rule.name_ja
    assert rule.remedy_ja.endswith("。")
    assert rule.stage in STAGES
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
def test_what_a_rule_finds_in_its_examples_is_what_was_reviewed(rule: Rule) -> None:
    """After a change that is meant: python -m tests.planner.rosters.write_golden."""
    assert golden(rule) == (GOLDEN / f"{rule.code}.txt").read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {rule.code for rule in RULES}


@each_rule
def test_constraint_and_checker_agree_near_the_border(rule: Rule) -> None:
    drawn = draws(rule)
    assert not [found for roster in drawn if (found := disagreement(rule, roster))]
    n_kept = sum(keeps(rule, roster) for roster in drawn)
    assert 0.1 <= n_kept / len(drawn) <= 0.9, "the draws do not lie near the border"
