"""Carrying on: what becomes the tail, what a record, and that nothing counts twice or is lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.desk import Labour, Person
from planner.formation import Away, Seat
from planner.rosters.carry import carried, tail_start
from planner.rosters.check import violations
from planner.rosters.linear import Linear
from planner.rosters.roster import Duty, Elsewhere, Record, Roster, RosterProblem
from planner.rosters.rules.rest_day_work import RULE

AGREED = Labour(has_art36_agreement=True, rest_day_work_days=2)
FIRST = date(2026, 4, 1)


def seat(start: int, end: int) -> Seat:
    return Seat("standard", start * 60, end * 60, (Away(start * 60 + 240, start * 60 + 300, "break"),))


USUAL, LONG, EARLY, LATE = seat(9, 18), seat(9, 20), seat(8, 17), seat(10, 19)


def question(first: date = FIRST, labour: Labour = AGREED) -> RosterProblem:
    days = tuple(first + timedelta(days=n) for n in range(5))
    return RosterProblem(
        days=days,
        people=(
            Person("A", "要員A", "standard"),
            Person("B", "要員B", "standard"),
            Person("応援1", "", "standard"),
        ),
        seats=dict.fromkeys(days, (USUAL,)),
        open_min={},
        standing={"A": (540, 1080), "B": (540, 1080)},
        reachable=frozenset(),
        labour=labour,
        extra_people=frozenset({"応援1"}),
    )


def worked(duties: Mapping[str, Seat], person: str = "A") -> Roster:
    return Roster(tuple(Duty(date.fromisoformat(day), person, own) for day, own in sorted(duties.items())))


@pytest.mark.parametrize(
    ("first", "labour", "expected"),
    [
        (date(2026, 4, 1), AGREED, date(2026, 3, 19)),
        (date(2026, 4, 5), AGREED, date(2026, 3, 23)),
        (date(2026, 4, 20), AGREED, date(2026, 4, 1)),
        (
            date(2026, 4, 20),
            Labour(rest_days="four_weeks", rest_cycle_start=date(2026, 3, 1)),
            date(2026, 3, 29),
        ),
        (
            date(2026, 4, 20),
            Labour(rest_days="four_weeks", rest_cycle_start=date(2026, 4, 26)),
            date(2026, 3, 29),
        ),
    ],
)
def test_the_tail_reaches_as_far_as_a_rule_looks(first: date, labour: Labour, expected: date) -> None:
    assert tail_start(question(first, labour)) == expected


def test_recent_duties_are_the_tail_and_all_of_a_year_the_record() -> None:
    told = worked(
        {
            "2025-03-31": EARLY,  # more than twelve months ago
            "2025-04-01": EARLY,
            "2026-03-18": LATE,
            "2026-03-19": EARLY,
            "2026-03-31": LONG,
            "2026-04-01": LONG,  # in the period
        }
    )
    asked = carried(question(), [told], peak_days={date(2026, 3, 18), date(2026, 3, 31)})
    assert [duty.day for duty in asked.tail] == [date(2026, 3, 19), date(2026, 3, 31)]
    assert asked.records == {"A": Record(((date(2026, 3, 1), 120),), (), early=2, late=2, peak=2)}


def test_overtime_of_the_current_month_is_counted_from_the_tail_alone() -> None:
    told = worked({"2026-03-31": LONG, "2026-04-01": LONG, "2026-04-02": LONG})
    asked = carried(question(date(2026, 4, 20)), [told])
    assert asked.records["A"].overtime_min == ((date(2026, 3, 1), 120),)
    assert [duty.day.day for duty in asked.tail] == [1, 2]
    today = Roster((Duty(asked.days[0], "A", LONG),))
    tight = replace(asked, labour=replace(AGREED, overtime_month_h=6))
    assert not [v for v in violations(tight, today) if v.rule == "overtime_month"]
    tighter = replace(asked, labour=replace(AGREED, overtime_month_h=5.9))
    assert [v.found for v in violations(tighter, today) if v.rule == "overtime_month"] == ["月6時間"]


def test_a_year_of_overtime_is_the_sum_of_records_tail_and_roster() -> None:
    told = worked({"2025-05-07": LONG, "2026-02-27": LONG, "2026-03-02": LONG})
    asked = carried(question(date(2026, 3, 9)), [told])
    today = Roster((Duty(asked.days[0], "A", LONG),))
    for hours, n in ((8, 0), (7.9, 1)):
        agreed = replace(asked, labour=replace(AGREED, overtime_year_h=hours))
        assert len([v for v in violations(agreed, today) if v.rule == "overtime_year"]) == n


def test_work_on_a_rest_day_is_no_overtime_too() -> None:
    """A week without a rest day: of 8 to 14 March the named day, Sunday the 8th."""
    week = {f"2026-03-{n:02}": USUAL for n in range(9, 15)}
    record = carried(question(), [worked(week | {"2026-03-08": LONG})]).records["A"]
    assert record.rest_day_min == ((date(2026, 3, 1), 600),)
    assert record.overtime_min == ()
    moved = carried(question(), [worked({**dict(list(week.items())[1:]), "2026-03-08": LONG})]).records["A"]
    assert moved.rest_day_min == ()
    assert moved.overtime_min == ((date(2026, 3, 1), 120),)
    by_weeks = carried(question(labour=Labour(rest_days="four_weeks")), [worked(week | {"2026-03-08": LONG})])
    assert by_weeks.records["A"].rest_day_min == ()


def test_a_rest_day_of_the_month_before_counts_from_the_record_alone() -> None:
    """Two weeks without a rest day: of 22 March, in tail and record, and of the 29th, not over yet."""
    told = worked({f"2026-03-{n}": USUAL for n in range(22, 32)})
    asked = carried(question(), [told])
    assert asked.records["A"].rest_day_min == ((date(2026, 3, 1), 480),)
    week = Roster(tuple(Duty(day, "A", USUAL) for day in asked.days[:4]))
    for allowed, found in ((2, []), (1, ["法定休日の労働 月2日"])):
        agreed = replace(asked, labour=replace(AGREED, rest_day_work_days=allowed))
        assert [v.found for v in violations(agreed, week) if v.rule == "rest_day_work"] == found
        linear = Linear(agreed, [RULE])
        assert bool(linear.broken(linear.values(week.duties))) == bool(found)


def test_the_first_week_of_the_month_is_read_whole() -> None:
    """Saturday, 4 April is the named day of a week that begins in March."""
    saturday = replace(AGREED, statutory_rest_weekday=6, rest_day_work_days=1)
    weeks = [f"2026-03-{n}" for n in (29, 30, 31)] + [f"2026-04-{n:02}" for n in (1, 2, 3, 4, 19)]
    asked = carried(question(date(2026, 4, 20), saturday), [worked(dict.fromkeys(weeks, USUAL))])
    assert asked.tail[0].day == date(2026, 3, 29)
    assert asked.records["A"].rest_day_min == ()


def test_without_an_agreement_or_with_variable_hours_there_is_no_overtime() -> None:
    told = worked({"2026-03-02": LONG})
    assert carried(question(labour=Labour()), [told]).records["A"].overtime_min == ()
    variable = replace(AGREED, working_hours="monthly_variable")
    assert carried(question(labour=variable), [told]).records["A"].overtime_min == ()


def test_work_for_the_sister_contract_counts_with_it() -> None:
    asked = replace(question(), elsewhere=(Elsewhere("A", date(2026, 3, 2), 1200, 1260, 60),))
    told = worked({"2026-03-02": USUAL})
    assert carried(asked, [told]).records["A"].overtime_min == ((date(2026, 3, 1), 60),)


def test_of_rosters_that_overlap_the_later_one_counts() -> None:
    march = worked({f"2026-03-{n:02}": EARLY for n in (23, 24, 25, 26)})
    repaired = worked({"2026-03-24": LATE, "2026-03-26": LATE})
    asked = carried(question(), [march, Roster(()), repaired])
    found = [(duty.day.day, duty.seat) for duty in asked.tail]
    assert found == [(23, EARLY), (24, LATE), (26, LATE)]
    assert (asked.records["A"].early, asked.records["A"].late) == (1, 2)


def test_people_who_left_and_newcomers_have_no_record_and_temporary_staff_only_a_tail() -> None:
    gone = worked({"2026-03-30": USUAL}, "Z")
    temporary = worked({"2026-03-30": USUAL}, "応援1")
    asked = carried(question(), [Roster(tuple(sorted((*gone.duties, *temporary.duties))))])
    assert [duty.person for duty in asked.tail] == ["応援1"]
    assert asked.records == {}


def test_what_the_problem_said_of_the_past_before_is_replaced() -> None:
    said = replace(question(), tail=(Duty(date(2026, 3, 30), "A", LONG),), records={"A": Record(early=9)})
    assert carried(said, []) == question()


def test_a_run_of_days_and_a_week_hold_across_the_edge() -> None:
    """Six days of eight hours, five of them before the period."""
    first = date(2026, 4, 4)  # a Saturday
    told = worked({f"2026-{day}": USUAL for day in ("03-30", "03-31", "04-01", "04-02", "04-03")})
    asked = carried(question(first, Labour()), [told])
    broken = {v.rule for v in violations(asked, Roster((Duty(first, "A", USUAL),))) if not v.cost}
    assert "weekly_hours" in broken
    assert "weekly_hours" not in {v.rule for v in violations(asked, Roster((Duty(first, "B", USUAL),)))}


def test_who_was_absent_did_not_work() -> None:
    """Two people, one of whom fell ill: the day counts for the other one alone."""
    told = Roster(
        tuple(Duty(date(2026, 3, n), who, LONG) for n in (2, 30) for who in ("A", "B")),
        absent=(("A", date(2026, 3, 30)), ("B", date(2026, 3, 2))),
    )
    asked = carried(question(), [told])
    assert [(duty.day.day, duty.person) for duty in asked.tail] == [(30, "B")]
    assert {person: record.late for person, record in asked.records.items()} == {"A": 1, "B": 1}
