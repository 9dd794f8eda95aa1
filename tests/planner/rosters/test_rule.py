"""What all rules share: who may fill which seat."""

from dataclasses import replace

from planner.desk import Person
from planner.formation import Seat
from planner.rosters.notation import GRADES, case
from planner.rosters.rule import grade_name, grade_steps, weeks

TWO_GRADES = replace(case("A@junior 9-18\nB 9-18\n+C ?9-18").problem, grades=GRADES[:2])
JUNIOR, STANDARD, TEMPORARY = TWO_GRADES.people


def steps(person: Person, grade: str, *, is_extra: bool = False) -> int | None:
    return grade_steps(TWO_GRADES, person, Seat(grade, 540, 1080, is_extra=is_extra))


def test_a_higher_grade_fills_a_lower_seat_and_no_lower_one_a_higher() -> None:
    assert [steps(STANDARD, grade) for grade in ("junior", "standard", "")] == [1, 0, 0]
    assert [steps(JUNIOR, grade) for grade in ("junior", "standard", "")] == [0, None, 0]


def test_a_grade_that_is_not_listed_fills_only_its_own_seats() -> None:
    chief = replace(STANDARD, grade="chief")
    assert [steps(chief, grade) for grade in ("junior", "standard", "chief")] == [None, None, 0]
    assert steps(STANDARD, "chief") is None


def test_extra_seats_are_for_temporary_staff_and_theirs_only() -> None:
    assert [steps(TEMPORARY, "standard", is_extra=is_extra) for is_extra in (True, False)] == [0, None]
    assert [steps(STANDARD, "standard", is_extra=is_extra) for is_extra in (True, False)] == [None, 0]
    assert steps(TEMPORARY, "") == 0


def test_who_is_on_call_fills_no_seat() -> None:
    assert steps(replace(STANDARD, is_resident=False), "") is None


def test_grades_are_told_by_name() -> None:
    assert [grade_name(TWO_GRADES, grade) for grade in ("junior", "chief")] == ["初級SE", "chief"]


def test_weeks_run_from_sunday_to_saturday_and_reach_back_into_the_tail() -> None:
    a_week_and_more = case("A 9-18 . . . . . 9-18 9-18 | 9-18 . . . . . 9-18").problem
    assert [[day.day for day in week] for week in weeks(a_week_and_more)] == [
        [12, 13, 14, 15, 16, 17, 18],
        [19],
    ]
    saturday = case("A . . . . . 9-18 | 9-18 9-18").problem
    assert [[day.day for day in week] for week in weeks(saturday)] == [[10, 11], [12]]
