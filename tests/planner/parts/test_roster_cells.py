"""Cells of a roster: changed and swapped, locked, checked at once, with absences; numbered findings."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.charts import svg
from planner.charts.roster import roster_day
from planner.content import Content
from planner.desk_file import read_desk
from planner.document.roster import findings
from planner.formation import Away, Seat
from planner.parts import roster_cells as cells
from planner.parts.roster_case import Case
from planner.parts.roster_cells import Draft
from planner.parts.roster_compare import loads
from planner.parts.roster_day import day_of, title_of
from planner.parts.roster_table import table_html, views
from planner.proposing import problem_of
from planner.rosters.roster import Duty, Roster, RosterProblem
from planner.rosters.solve import solved

DAY = date(2026, 4, 1)


@pytest.fixture
def case(content: Content) -> Case:
    desk = read_desk(Path(__file__).parents[3] / "data/desks/lan-desk.toml")
    return Case("plan-1", content, desk, problem_of(content, desk))


@pytest.fixture
def draft(case: Case) -> Draft:
    return cells.checked(case.problem, Draft(solved(case.problem, 1)))


def broken(draft: Draft) -> set[str]:
    return {v.rule for v in draft.roster.violations if not v.cost}


def other_seat(problem: RosterProblem, draft: Draft, person: str) -> Seat:
    now = cells.seat_of(draft.roster, (person, DAY))
    return next(
        seat
        for seat in cells.options(problem, DAY)
        if seat != now and not seat.is_extra and now and seat.grade == now.grade
    )


def test_who_holds_a_duty_takes_the_other_one(case: Case, draft: Draft) -> None:
    seat, mine = other_seat(case.problem, draft, "p1"), cells.seat_of(draft.roster, ("p1", DAY))
    who = cells.holder(case.problem, draft.roster, DAY, seat, "p1")
    after = cells.changed(case.problem, draft, ("p1", DAY), seat)
    assert who == "p2"
    assert cells.seat_of(after.roster, ("p1", DAY)) == seat
    assert cells.seat_of(after.roster, (who, DAY)) == mine
    assert after.locked == {("p1", DAY), (who, DAY)}
    assert len(after.roster.duties) == len(draft.roster.duties)
    assert not broken(after)


def test_a_duty_taken_away_breaks_coverage_at_once(case: Case, draft: Draft) -> None:
    after = cells.changed(case.problem, draft, ("p1", DAY), None)
    assert broken(after) == {"coverage"}
    new, gone = cells.new_and_gone(draft.roster, after.roster)
    assert {v.rule for v in new} >= {"coverage", "vacancy"}
    assert not [v for v in gone if not v.cost]
    back = cells.changed(case.problem, after, ("p1", DAY), cells.seat_of(draft.roster, ("p1", DAY)))
    assert back.roster.duties == draft.roster.duties


def test_a_change_around_locks_stays_when_solved_anew(case: Case, draft: Draft) -> None:
    after = cells.changed(case.problem, draft, ("p1", DAY), other_seat(case.problem, draft, "p1"))
    asked = cells.asked_of(case.problem, after.absent, after.locks)
    again = solved(asked, 1, start=after.roster.duties)
    assert cells.seat_of(again, ("p1", DAY)) == cells.seat_of(after.roster, ("p1", DAY))


def test_a_cell_is_locked_and_set_free(draft: Draft) -> None:
    locked = cells.with_lock(draft, ("p1", DAY))
    assert locked.locked == {("p1", DAY)}
    assert cells.with_lock(locked, ("p1", DAY)).locked == set()


def test_an_absence_is_leave_that_nobody_has_to_fill(case: Case, draft: Draft) -> None:
    gone = replace(draft, roster=Roster(tuple(d for d in draft.roster.duties if d.person != "p1")))
    days = frozenset(("p1", day) for day in case.problem.days)
    assert "coverage" in broken(cells.checked(case.problem, gone))
    assert "coverage" not in broken(cells.checked(case.problem, replace(gone, absent=days)))


def test_findings_are_numbered_hard_ones_first(case: Case, draft: Draft) -> None:
    after = cells.changed(case.problem, draft, ("p1", DAY), None)
    found = findings(after.roster.violations)
    assert [f.number for f in found] == list(range(1, len(found) + 1))
    assert found[0].mark == "×1"
    assert found[0].kind == "必須"
    assert all(f.mark.startswith("△") for f in found[1:])
    assert sum(len(f.days) for f in found) == len(after.roster.violations)


def test_the_table_shows_marks_locks_and_leave(case: Case, draft: Draft) -> None:
    month, *weeks = views(case.problem.days)
    assert month.days == case.problem.days
    assert tuple(day for week in weeks for day in week.days) == case.problem.days
    after = cells.changed(case.problem, draft, ("p1", DAY), None)
    html = table_html(case, after, month)
    assert "×1" in html
    assert "固" in html
    assert "class='leave'" in html
    assert "固" not in table_html(case, draft, month)
    assert "休憩" in table_html(case, draft, weeks[0])


def test_a_name_in_the_table_is_no_markup(case: Case, draft: Draft) -> None:
    first, *rest = case.problem.people
    odd = replace(case, problem=replace(case.problem, people=(replace(first, name="<b>花</b>"), *rest)))
    html = table_html(odd, draft, views(case.problem.days)[0])
    assert "<b>花" not in html
    assert "&lt;b&gt;花" in html


def test_loads_count_days_hours_and_moves(case: Case) -> None:
    seat = next(s for s in cells.options(case.problem, DAY) if s.start_min == 510)
    late = replace(seat, start_min=555, end_min=1155)  # an hour longer
    duties = (Duty(DAY, "p1", seat), Duty(case.problem.days[1], "p1", late))
    load = next(load for load in loads(case.problem, duties) if load.person == "p1")
    assert (load.days, load.work_min, load.overtime_min) == (2, 480 + 540, 60)
    assert (load.early, load.late, load.moved, load.moved_min) == (0, 1, 1, 45)


def test_the_drawing_of_a_day_says_where_heads_fall_short(case: Case, draft: Draft) -> None:
    whole = day_of(case, draft, DAY)
    assert "体制どおりである" in title_of(whole, DAY)
    assert svg(roster_day(whole, "題")) == svg(roster_day(whole, "題"))
    after = cells.changed(case.problem, draft, ("p1", DAY), None)
    short = day_of(case, after, DAY)
    assert "体制を下回る" in title_of(short, DAY)
    assert len(short.duties) == len(whole.duties) - 1


def test_heads_are_counted_between_breaks() -> None:
    seat = Seat("a", 0, 600, (Away(200, 300, "break"),))
    assert cells.heads_at([seat, Seat("a", 100, 300)]) == [
        (0, 100, 1),
        (100, 200, 2),
        (200, 300, 1),
        (300, 600, 1),
    ]
