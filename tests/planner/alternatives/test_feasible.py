"""planner/alternatives/feasible.py: in time, and with people who are to be had."""

from dataclasses import replace
from datetime import date

from forecasts.slots import Period
from planner.alternatives.blocks import Block
from planner.alternatives.feasible import Feasible, feasible
from planner.alternatives.levers import Lever
from planner.desk import Desk
from planner.desk_levers import ExtraPeople, Levers
from tests.planner.alternatives.small_desk import make_desk

APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))
TODAY = date(2026, 3, 2)  # a Monday
HOURS, ONE, TWO = Lever(0, (60, 0)), Lever(1), Lever(2)


def found(levers: Levers, today: date = TODAY) -> tuple[Desk, tuple[date, ...], Feasible]:
    desk = make_desk(levers=levers)
    days = tuple(desk.calendar.office_days(date(2026, 3, 2), date(2026, 5, 1)))
    return desk, days, feasible(desk, days, APRIL, today, 15)


def test_a_change_begins_where_its_proposal_is_in_time() -> None:
    desk, days, can = found(Levers())
    first = days.index(desk.calendar.shifted(TODAY, 15))
    assert can.since == first
    assert not can.allows(HOURS, Block(first - 1, first + 5))
    assert can.allows(HOURS, Block(first, first + 5))
    assert can.allows(Lever(), Block(0, 5))


def test_a_peak_that_is_too_near_may_be_met_by_an_urgent_change() -> None:
    _, days, can = found(Levers(), date(2026, 3, 30))
    first = days.index(date(2026, 3, 30))
    assert can.since == first
    assert can.allows(ONE, Block(first, first + 5))


def test_extra_people_need_notice_and_training_first() -> None:
    desk, days, can = found(Levers(notice_days=18, training_days=2))
    first = days.index(desk.calendar.shifted(TODAY, 20))
    assert can.people_since == first > can.since
    assert not can.allows(ONE, Block(first - 1, first + 5))
    assert can.allows(ONE, Block(first, first + 5))
    assert can.allows(HOURS, Block(can.since, first + 5))


def test_extra_people_work_only_while_they_are_to_be_had() -> None:
    there = (
        ExtraPeople(date(2026, 4, 1), date(2026, 4, 30), 1),
        ExtraPeople(date(2026, 4, 8), date(2026, 4, 14), 3, "関連契約"),
    )
    _, days, can = found(Levers(people=there))
    at = {day: n for n, day in enumerate(days)}
    assert not can.allows(ONE, Block(at[date(2026, 3, 31)], at[date(2026, 4, 7)]))
    assert can.allows(ONE, Block(at[date(2026, 4, 1)], at[date(2026, 4, 30)] + 1))
    assert can.allows(TWO, Block(at[date(2026, 4, 8)], at[date(2026, 4, 14)] + 1))
    assert not can.allows(TWO, Block(at[date(2026, 4, 8)], at[date(2026, 4, 15)] + 1))
    assert max(can.heads) == 2  # never more than the desk's extra_heads
    assert can.allows(HOURS, Block(at[date(2026, 3, 31)], at[date(2026, 4, 7)]))


def test_they_are_there_for_their_training_too() -> None:
    there = (ExtraPeople(date(2026, 4, 1), date(2026, 4, 30), 2),)
    _, days, can = found(Levers(people=there, training_days=1))
    first = days.index(date(2026, 4, 1))
    assert not can.allows(ONE, Block(first, first + 5))
    assert can.allows(ONE, Block(first + 1, first + 5))


def test_without_any_named_everybody_is_always_to_be_had() -> None:
    assert Levers(extra_heads=2).heads_on(TODAY) == 2
    assert replace(Levers(), people=(ExtraPeople(TODAY, TODAY, 1),)).heads_on(date(2026, 3, 3)) == 0
