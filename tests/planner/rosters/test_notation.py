"""The notation of rosters."""

from datetime import date

import pytest

from planner.desk import Labour
from planner.formation import Away, Seat
from planner.rosters.notation import case
from planner.rosters.roster import Duty, Elsewhere, Lock, Need, Record, Wish

SUNDAY, MONDAY, TUESDAY = date(2026, 4, 5), date(2026, 4, 6), date(2026, 4, 7)


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


def test_a_menu_is_open_on_every_day_of_the_period_and_a_star_takes_from_it() -> None:
    drawn = case("open 9-19\nmenu 9-13 10-19(14-15)\nA 9-13* | 10-19* .\nB . 10-19(13-14)* 9-13")
    late = Seat("", 600, 1140, (Away(840, 900, "break"),))
    assert drawn.problem.menu == dict.fromkeys((MONDAY, TUESDAY), (Seat("", 540, 780), late))
    assert drawn.problem.seats == {MONDAY: (), TUESDAY: (Seat("standard", 540, 780),)}
    assert drawn.problem.open_min == dict.fromkeys((MONDAY, TUESDAY), (540, 1140))
    assert drawn.problem.tail == (Duty(SUNDAY, "A", Seat("", 540, 780)),)
    assert drawn.roster.duties == (
        Duty(MONDAY, "A", late),
        Duty(MONDAY, "B", Seat("", 600, 1140, (Away(780, 840, "break"),))),
        Duty(TUESDAY, "B", Seat("standard", 540, 780)),
    )


def test_labour_is_typed_by_its_fields() -> None:
    text = (
        "labour has_special_clause=true overtime_month_h=30 rest_day_work_days=2 "
        "working_hours=monthly_variable rest_cycle_start=2026-04-01\nA ."
    )
    assert case(text).problem.labour == Labour(
        has_special_clause=True,
        overtime_month_h=30.0,
        rest_day_work_days=2,
        working_hours="monthly_variable",
        rest_cycle_start=date(2026, 4, 1),
    )
    both = case("labour has_special_clause=true\novertime 30\nA .").problem.labour
    assert both == Labour(has_art36_agreement=True, has_special_clause=True, overtime_month_h=30.0)


def test_what_people_bring_along() -> None:
    problem = case("""
        A         .     | .    9-13
        B@junior  9-13  | .    .
        record A overtime=2026-03:2700,2026-02:600 rest=2026-03:480 early=3 late=2 peak=1
        record B late=4
        published B 9-13 10-14 .
        frozen 1
        elsewhere A 1 9-13
        elsewhere B 2 9-17
        skills A vpn,net
    """).problem
    march, february = date(2026, 3, 1), date(2026, 2, 1)
    assert problem.records == {
        "A": Record(((march, 2700), (february, 600)), ((march, 480),), early=3, late=2, peak=1),
        "B": Record(late=4),
    }
    assert problem.published == (
        Duty(SUNDAY, "B", Seat("junior", 540, 780)),
        Duty(MONDAY, "B", Seat("junior", 600, 840)),
    )
    assert problem.frozen_until == TUESDAY
    assert problem.elsewhere == (
        Elsewhere("A", MONDAY, 540, 780, 240),
        Elsewhere("B", TUESDAY, 540, 1020, 420),
    )
    assert problem.people[0].skills == {"vpn", "net"}
    assert not problem.people[1].skills


def test_what_is_asked_for() -> None:
    problem = case("""
        menu 9-13
        A  .  9-14
        lock A 0
        lock A 1 9-14
        lock A 1 9-13*
        wish A 0 off 3
        wish A 1 late
        need 9-18x2 10-12x1@vpn
        handover 120
        peak . x
    """).problem
    assert problem.locks == (
        Lock("A", SUNDAY),
        Lock("A", MONDAY, Seat("standard", 540, 840)),
        Lock("A", MONDAY, Seat("", 540, 780)),
    )
    assert problem.wishes == (Wish("A", SUNDAY, "off", 3), Wish("A", MONDAY, "late"))
    needs = (Need(540, 1080, 2), Need(600, 720, 1, "vpn"))
    assert problem.needs == {SUNDAY: needs, MONDAY: needs}
    assert problem.handover_min == 120
    assert problem.peak_days == {MONDAY}


def test_needs_are_of_days_with_duties() -> None:
    assert set(case("A . 9-18\nneed 9-18x1").problem.needs) == {MONDAY}


@pytest.mark.parametrize(
    "text",
    [
        "A 9-18-20",
        "A nine",
        "A* .",
        "A 9-18(",
        "labour overtime=3",
        "labour working_hours=daily",
        "labour has_special_clause=yes",
        "labour has_special_clause",
        "A .\nrecord A evening=3",
        "A .\nwish A 0 home",
        "A 9-18\nneed 9-18",
    ],
)
def test_what_is_not_of_the_notation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not of the notation"):
        case(text)
