"""The question that a desk and a chosen change put to the solver."""

from dataclasses import replace
from datetime import date

from planner.desk import Desk
from planner.formation import Pattern
from planner.rosters.problem import Change, roster_problem
from planner.rosters.roster import RosterProblem

FIRST, LAST_CHANGED, AFTER = date(2026, 4, 1), date(2026, 4, 17), date(2026, 4, 20)


def test_only_office_days_are_rostered(lan_desk_month: RosterProblem) -> None:
    assert lan_desk_month.days[0] == FIRST
    assert lan_desk_month.days[-1] == date(2026, 4, 30)
    assert date(2026, 4, 4) not in lan_desk_month.days
    assert date(2026, 4, 29) not in lan_desk_month.days
    assert len(lan_desk_month.days) == 21


def test_the_change_holds_in_its_window_and_the_standing_pattern_outside(
    lan_desk_month: RosterProblem, plus_one: Change
) -> None:
    assert lan_desk_month.seats[LAST_CHANGED] == plus_one.pattern.seats
    assert lan_desk_month.open_min[LAST_CHANGED] == (450, 1155)
    assert len(lan_desk_month.seats[AFTER]) == 4
    assert lan_desk_month.open_min[AFTER] == (510, 1095)


def test_temporary_staff_come_for_the_fullest_day(lan_desk: Desk, plus_one: Change) -> None:
    one = plus_one.pattern.seats[-1]
    seats = (*plus_one.pattern.seats, one, replace(one, grade="junior"))
    chosen = type(plus_one)(plus_one.formation, Pattern(seats), plus_one.days_changed)  # type: ignore[call-arg]
    problem = roster_problem(lan_desk, [FIRST, AFTER], chosen, plus_one.pattern)
    temporary = [person for person in problem.people if person.id in problem.extra_people]
    assert [(p.id, p.grade) for p in temporary] == [
        ("応援1", "junior"),
        ("応援2", "standard"),
        ("応援3", "standard"),
    ]


def test_who_is_not_resident_is_reached_but_on_leave(lan_desk_month: RosterProblem) -> None:
    assert ("責任者", FIRST) in lan_desk_month.reachable
    assert ("責任者", date(2026, 4, 10)) not in lan_desk_month.reachable
    assert {person for person, _ in lan_desk_month.reachable} == {"責任者", "リーダー"}


def test_grades_stand_in_the_order_of_their_prices(lan_desk_month: RosterProblem) -> None:
    assert [grade.id for grade in lan_desk_month.grades] == ["junior", "standard", "senior"]


def test_standing_shifts_are_those_of_residents(lan_desk_month: RosterProblem) -> None:
    assert lan_desk_month.standing == {
        "p1": (510, 1050),
        "p2": (555, 1095),
        "p3": (510, 1050),
        "p4": (555, 1095),
    }
