"""The edits that draw rosters near the border: none is idle, and what they leave can be said by decisions."""

from collections.abc import Callable
from random import Random

import pytest

from planner.rosters.linear import Linear
from planner.rosters.notation import Case, case
from planner.rosters.rule import seats_by_day
from tests.planner.rosters.altered import EDITS, altered, seated

# Everything that an edit may alter.
FULL = """
    open 9-19
    menu 10-19
    labour has_art36_agreement=true rest_cycle_start=2026-03-29
    record A overtime=2026-03:600 rest=2026-03:480 early=3
    published A 9-18 9-18
    frozen 2
    elsewhere B 2 9-13
    lock A 1 9-18
    lock B 2
    wish A 2 off 3
    need 9-18x2 10-12x1@vpn
    skills A vpn
    handover 120
    peak . x .
    reach . x .
    A!=9-18   9-18 | 9-18  10-19*
    B=10-19   .    | 10-19(14-15) .
    +C@junior .    | 9-13+ .
    ~M!       .    | .     .
    -         .    | 9-18  .
"""
Edit = Callable[[Case, Random], Case]
NAMED: dict[str, Edit] = {edit.__name__: edit for edit in EDITS}
each_edit = pytest.mark.parametrize("edit", NAMED.values(), ids=NAMED)


def drawn(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # a fixed draw, no secret


@each_edit
def test_no_edit_is_idle(edit: Edit) -> None:
    full = case(FULL)
    altered_ones = [edit(full, drawn(seed)) for seed in range(30)]
    assert any(one != full for one in altered_ones)
    assert [edit(full, drawn(seed)) for seed in range(30)] == altered_ones


@each_edit
def test_an_edit_leaves_a_bare_case_a_case(edit: Edit) -> None:
    for seed in range(10):
        assert isinstance(edit(case("A ."), drawn(seed)), Case)


def test_draws_differ_and_come_again() -> None:
    draws = [altered(case(FULL), drawn(seed), most_edits=4, has_one_duty=True) for seed in range(50)]
    assert draws == [altered(case(FULL), drawn(seed), most_edits=4, has_one_duty=True) for seed in range(50)]
    assert sum(one != seated(case(FULL)) for one in draws) >= 30


def test_what_is_drawn_can_be_said_by_decisions() -> None:
    for seed in range(300):
        one = altered(case(FULL), drawn(seed), most_edits=4, has_one_duty=True)
        linear = Linear(one.problem, [])
        assert linear.duties(linear.values(one.roster.duties)) == one.roster.duties
        cells = [(duty.day, duty.person) for duty in (*one.problem.tail, *one.roster.duties)]
        assert len(cells) == len(set(cells))


def test_seats_stay_in_step_wherever_they_stand() -> None:
    for seed in range(300):
        one = altered(case(FULL), drawn(seed), most_edits=4, has_one_duty=True)
        seats = seats_by_day(one.problem)
        for duty in one.roster.duties:
            assert duty.seat in seats[duty.day]
        for lock in one.problem.locks:
            assert lock.seat is None or lock.seat in seats[lock.day]
