"""The notation of rosters."""

from datetime import date

import pytest

from planner.formation import Away, Seat
from planner.rosters.notation import case
from planner.rosters.roster import Duty

SUNDAY, MONDAY = date(2026, 4, 5), date(2026, 4, 6)


def test_a_case_in_full() -> None:
    drawn = case("""
        open 9-19
        overtime 30
        A!=9-18   9-18 | L
        B@junior  .      8:30-12:30@standard
        +C        .      ?9-16(12-12:45)+
        ~M!       .      .
        -         .      10-19()
        reach     .      x
    """)
    problem = drawn.problem
    assert problem.days == (MONDAY,)
    assert problem.open_min == {MONDAY: (540, 1140)}
    assert problem.labour.overtime_month_h == 30
    assert problem.standing == {"A": (540, 1080)}
    assert problem.extra_people == {"C"}
    assert problem.reachable == {("A", MONDAY), ("M", MONDAY)}
    assert problem.people[0].leave == {MONDAY}
    assert [(p.grade, p.is_resident) for p in problem.people] == [
        ("standard", True),
        ("junior", True),
        ("standard", True),
        ("standard", False),
    ]
    assert problem.tail == (Duty(SUNDAY, "A", Seat("standard", 540, 1080, (Away(780, 840, "break"),))),)
    assert problem.seats == {MONDAY: (Seat("standard", 510, 750), Seat("standard", 600, 1140))}
    assert drawn.roster.duties == (
        Duty(MONDAY, "B", Seat("standard", 510, 750)),
        Duty(MONDAY, "C", Seat("standard", 540, 960, (Away(720, 765, "break"),), is_extra=True)),
    )


@pytest.mark.parametrize("text", ["A 9-18-20", "A nine", "A* .", "A 9-18("])
def test_what_is_not_of_the_notation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not of the notation"):
        case(text)
