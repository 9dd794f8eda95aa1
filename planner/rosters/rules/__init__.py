"""The rules of rostering, hard ones first. A new rule: its file, and its line here (docs/add-a-rule.md)."""

from planner.rosters.rule import Rule
from planner.rosters.rules import (
    breaks,
    coverage,
    daily_hours,
    designated_manager,
    fair_share,
    grade_step,
    leave,
    lone_manager,
    one_duty,
    overtime_month,
    rest_interval,
    stable_start,
    standing_start,
    unattended,
    vacancy,
    weekly_hours,
    weekly_rest,
)

RULES: tuple[Rule, ...] = (
    one_duty.RULE,
    coverage.RULE,
    daily_hours.RULE,
    weekly_hours.RULE,
    overtime_month.RULE,
    breaks.RULE,
    weekly_rest.RULE,
    rest_interval.FLOOR_RULE,
    designated_manager.RULE,
    leave.RULE,
    vacancy.RULE,
    unattended.RULE,
    rest_interval.RULE,
    lone_manager.RULE,
    grade_step.RULE,
    standing_start.RULE,
    stable_start.RULE,
    fair_share.RULE,
)
