"""Kept rosters and a new question: what is carried, what is fixed, and that the solver heeds both."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.desk import Labour, Person
from planner.formation import Seat
from planner.rosters.check import violations
from planner.rosters.past import NO_PAST, Kept, Past, continued, days_carried
from planner.rosters.roster import Duty, Roster, RosterProblem
from planner.rosters.solve import solved
from planner.rosters.soundness import problems_with
from tests.planner.rosters.test_carry import AGREED, EARLY, FIRST, LATE, LONG, USUAL, question, worked

VARIABLE = Labour(working_hours="monthly_variable")


def of(*seats: Seat, first: date = date(2026, 4, 6), labour: Labour = AGREED) -> RosterProblem:
    """A week from Monday with the same duties every day, for A and B."""
    asked = question(first, labour)
    manager = Person("M", "責任者", "standard", is_resident=False, may_manage=True)
    return replace(
        asked,
        people=(*(person for person in asked.people if person.id in {"A", "B"}), manager),
        seats={day: tuple(sorted(seats)) for day in asked.days},
        open_min=dict.fromkeys(asked.days, (540, 1080)),
        reachable=frozenset(("M", day) for day in asked.days),
        extra_people=frozenset(),
    )


def who_has(seat: Seat, roster: Roster) -> list[str]:
    return [duty.person for duty in sorted(roster.duties) if duty.seat == seat]


def past(*rosters: Roster, today: date = FIRST, is_made_known: bool = False) -> Past:
    return Past(today, tuple(Kept(roster, is_made_known=is_made_known) for roster in rosters))


def test_without_kept_rosters_nothing_changes() -> None:
    assert continued(question(), NO_PAST) == question()
    assert days_carried(question(), NO_PAST) == ()


def test_kept_rosters_are_tail_and_records_and_their_days_are_told() -> None:
    told = worked({"2025-03-31": EARLY, "2026-02-02": EARLY, "2026-03-31": LONG, "2026-04-01": LONG})
    kept = Past(FIRST, (Kept(told, (date(2026, 2, 2), date(2026, 2, 3))),))
    asked = continued(question(), kept)
    assert [duty.day for duty in asked.tail] == [date(2026, 3, 31)]
    assert (asked.records["A"].early, asked.records["A"].late, asked.records["A"].peak) == (1, 1, 1)
    assert days_carried(question(), kept) == (date(2026, 2, 2), date(2026, 3, 31))


def test_overtime_near_the_cap_forbids_more_of_it() -> None:
    """Of 6 hours of the year A has 2 left, one long day; the three others of four are B's."""
    labour = replace(AGREED, overtime_year_h=6)
    long_days = worked({"2026-04-02": LONG, "2026-04-03": LONG})
    asked = continued(of(LONG, USUAL, labour=labour), past(long_days))
    assert sum(duty.seat == LONG for duty in asked.tail) == 2
    four = replace(asked, days=asked.days[:4])
    assert sorted(who_has(LONG, solved(four, 1))) == ["A", "B", "B", "B"]
    everyday = Roster(tuple(Duty(day, "A", LONG) for day in four.days))
    assert "overtime_year" in {v.rule for v in violations(four, everyday)}


def test_who_had_the_late_duties_last_year_is_spared() -> None:
    """A week's late duties fall to one of two; had that one a month of them before, to the other."""
    (chosen,) = set(who_has(LATE, solved(of(USUAL, LATE), 1)))
    other = "A" if chosen == "B" else "B"
    late = worked({f"2026-02-{n:02}": LATE for n in range(2, 22)}, chosen).duties
    usual = worked({"2026-02-02": USUAL}, other).duties  # no newcomer, who would begin at the others' level
    asked = continued(of(USUAL, LATE), past(Roster((*late, *usual))))
    assert set(who_has(LATE, solved(asked, 1))) == {other}


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2026, 3, 31), None),  # the month has not begun
        (date(2026, 4, 1), date(2026, 4, 6)),  # as far as was told
        (date(2026, 5, 20), date(2026, 4, 6)),
    ],
)
def test_hours_made_known_are_fixed_once_the_month_has_begun(today: date, until: date | None) -> None:
    told = Roster(tuple(Duty(FIRST + timedelta(days=n), "A", LATE) for n in range(-1, 5)))
    kept = past(told, today=today, is_made_known=True)
    asked = continued(question(labour=VARIABLE), kept)
    assert [duty.day for duty in asked.published] == list(asked.days)
    assert asked.frozen_until == until
    assert continued(question(), kept).published == ()  # 40 hours a week: nothing to fix
    drafted = past(told, today=today)
    assert continued(question(labour=VARIABLE), drafted).published == ()


def test_a_period_over_two_months_is_fixed_to_the_end_of_the_month_that_runs() -> None:
    first = date(2026, 4, 28)
    told = Roster(tuple(Duty(first + timedelta(days=n), "A", USUAL) for n in range(5)))
    asked = continued(question(first, VARIABLE), past(told, today=first, is_made_known=True))
    assert asked.frozen_until == date(2026, 5, 1)
    assert not problems_with(asked)


def test_fixed_hours_hold_for_the_solver() -> None:
    """Made known: B late on Monday, A for the rest of the week, though the duties could be shared."""
    days = of(USUAL, LATE).days
    told = Roster(
        tuple(
            Duty(day, who, seat)
            for n, day in enumerate(days)
            for who, seat in zip("AB", (LATE, USUAL) if n else (USUAL, LATE), strict=True)
        )
    )
    asked = continued(of(USUAL, LATE, labour=VARIABLE), past(told, today=days[1], is_made_known=True))
    assert not problems_with(asked)
    assert who_has(LATE, solved(asked, 1)) == ["B", "A", "A", "A", "A"]


def test_what_was_made_known_of_a_later_part_fixes_nothing() -> None:
    told = worked({"2026-04-02": USUAL, "2026-04-03": USUAL})
    asked = continued(question(labour=VARIABLE), past(told, is_made_known=True))
    assert (asked.published, asked.frozen_until) == ((), None)
