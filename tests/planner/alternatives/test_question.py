"""planner/alternatives/levers.py and question.py: what may change, and what is asked of the solver."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.slots import Grid, Period
from planner.alternatives.levers import KEYS, Lever, changed, extra_grade, hours_variants, levers_of
from planner.alternatives.question import lawful_break_min, pattern_question
from planner.desk import Shift
from planner.desk_levers import Levers
from tests.planner.alternatives.small_desk import make_desk

WINDOW = Period(date(2026, 4, 1), date(2026, 4, 15))
NO_TABLE = np.zeros((48, 6))


def test_hours_move_at_one_end_at_both_or_as_a_whole_band():
    assert hours_variants(Levers()) == ((60, 0), (0, 60), (60, 60), (60, -60), (-60, 60))
    assert hours_variants(Levers(earlier_min=0)) == ((0, 60), (-60, 60))
    assert hours_variants(Levers(earlier_min=0, later_min=0)) == ()


def test_levers_come_with_status_quo_first_and_of_every_kind():
    found = levers_of(make_desk())
    assert found[0] == Lever()
    assert found[0].change(make_desk(), WINDOW).is_none
    assert {lever.key for lever in found} == set(KEYS)
    change = Lever(2, (60, 0)).change(make_desk(), WINDOW)
    assert (change.extra_heads, change.opens_earlier_min) == (2, 60)


@pytest.mark.parametrize(("most", "kinds"), [(0, 2), (1, 4), (2, 6), (5, 6)])
def test_levers_limit_extra_people(most, kinds):
    found = levers_of(make_desk(levers=Levers(extra_heads=most)))
    assert len({lever.key for lever in found}) == kinds
    assert len(found) == len(set(found)) == 6 * (min(most, 2) + 1)


def test_without_other_hours_only_people_are_left():
    found = levers_of(make_desk(levers=Levers(earlier_min=0, later_min=0)))
    assert [lever.key for lever in found] == ["status_quo", "plus_1", "plus_2"]


def test_the_cheapest_seated_grade_helps_where_the_desk_names_none():
    assert extra_grade(make_desk(levers=Levers())) == "junior"


def test_residents_keep_their_shifts_unless_hours_move():
    desk = make_desk()
    question = pattern_question(desk, changed(desk, WINDOW, 2), NO_TABLE, 7)
    residents = [c for c in question.crews if not c.is_extra]
    extra = question.crews[-1]
    assert all(c.starts_min == tuple(set(c.standing_starts_min)) for c in residents)
    assert sum(c.heads for c in residents) == 3
    assert (extra.heads, extra.operations_min, extra.grade) == (2, 0, "junior")
    assert extra.starts_min == (8 * 60 + 30, 9 * 60)  # 8:00 is before opening, 10:00 would end after closing


def test_moved_hours_open_the_lever_starts_and_the_moved_standing_starts():
    desk = make_desk()
    question = pattern_question(desk, changed(desk, WINDOW, 0, (60, 60)), NO_TABLE, 7)
    assert (question.opens_min, question.closes_min) == (8 * 60, 19 * 60)
    standard = next(c for c in question.crews if c.grade == "standard")
    assert standard.standing_starts_min == (510, 540)
    assert standard.starts_min == (450, 480, 510, 540, 570, 600)


@pytest.mark.parametrize(
    ("work_min", "own", "least"), [(481, 0, 60), (480, 0, 45), (480, 60, 60), (360, 0, 0)]
)
def test_a_break_is_never_shorter_than_the_law_asks(work_min, own, least):
    shift = Shift("s", "勤務", 540, 540 + work_min + own, own)
    assert lawful_break_min(shift) == least


def test_late_calls_of_a_pattern_come_from_the_table():
    desk = make_desk()
    table = np.zeros((48, 6))
    table[20] = [6, 5, 3, 1, 0, 0]  # 10:00
    question = replace(pattern_question(desk, changed(desk, WINDOW, 0), table, 0), grid=Grid(30))
    assert question.late(10 * 60 + 29, 2) == 3.0
    assert question.late(10 * 60, 99) == 0.0
