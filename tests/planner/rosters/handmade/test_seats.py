"""Hours that were read become seats: of the own grade, with their breaks; our own workbook too."""

import io
import subprocess
import sys
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from planner.desk import Desk
from planner.document.roster import RosterSheet
from planner.exports.roster_sheet import roster_sheet
from planner.formation import Away, Seat
from planner.rosters.check import violations
from planner.rosters.handmade.seats import lawful_break_min
from planner.rosters.repair import changed_cells
from planner.rosters.roster import Duty, Roster, RosterProblem
from planner.rosters.solve import solved
from tests.planner.rosters.handmade_files import FIRST, SECOND, THIRD, book_of, csv_of, read_roster


def test_everybody_has_the_seat_of_the_own_grade(asked: RosterProblem, lan_desk: Desk) -> None:
    """Also where somebody of a higher grade stands above: the junior has the junior's seat."""
    content = csv_of("氏名,4/1", "要員1,早番", "要員3,早番", "要員4,遅番", "要員2,遅番")
    found = read_roster("x", content, asked, lan_desk.shifts)
    assert {d.person: d.seat.grade for d in found.duties} == {
        "p1": "standard",
        "p2": "standard",
        "p3": "junior",
        "p4": "junior",
    }
    assert sorted(d.seat for d in found.duties) == sorted(asked.seats[FIRST])
    assert not {v.rule for v in violations(asked, found) if v.day == FIRST} & {"coverage", "vacancy"}


def test_a_higher_grade_takes_a_lower_seat_only_when_no_other_is_left(
    asked: RosterProblem, lan_desk: Desk
) -> None:
    found = read_roster("x", csv_of("氏名,4/1", "要員1,早番", "要員2,早番"), asked, lan_desk.shifts)
    assert [d.seat.grade for d in found.duties] == ["standard", "junior"]


def test_breaks_are_those_of_the_seat_or_as_written_or_lawful_in_the_middle(
    asked: RosterProblem, lan_desk: Desk
) -> None:
    cells = {
        "早番": ((720, 780),),
        "8:30-17:30(13:00-13:30、15:00-15:30)": ((780, 810), (900, 930)),
        "10:00-19:00": ((840, 900),),
        "10:00-18:45": ((840, 885),),
        "10:00-16:00": (),
        "10:00-18:00(30分)": ((825, 855),),
        "20:00-29:00(25:00-26:00)": ((1500, 1560),),
        "20:00-29:00(1:00-2:00)": ((1500, 1560),),
    }
    for text, breaks in cells.items():
        content = book_of([["氏名", "4/1"], ["要員1", text]])
        (duty,) = read_roster("x", content, asked, lan_desk.shifts).duties
        assert [(a.start_min, a.end_min) for a in duty.seat.away] == list(breaks), text


def test_hours_of_another_day_have_its_breaks(asked: RosterProblem, lan_desk: Desk) -> None:
    only_first = replace(asked, seats={FIRST: asked.seats[FIRST], SECOND: (), THIRD: ()})
    found = read_roster("x", csv_of("氏名,4/2", "要員2,遅番"), only_first, lan_desk.shifts)
    assert found.duties[0].seat == Seat("standard", 555, 1095, (Away(780, 840, "break"),))


@pytest.mark.parametrize(("presence", "length"), [(360, 0), (361, 45), (525, 45), (526, 60), (540, 60)])
def test_the_least_break_of_the_law(presence: int, length: int) -> None:
    assert lawful_break_min(presence) == length


def test_temporary_staff_have_seats_of_their_own(lan_desk_month: RosterProblem, lan_desk: Desk) -> None:
    found = read_roster("x", csv_of("氏名,4/1", "応援1,9:15-18:15"), lan_desk_month, lan_desk.shifts)
    assert found.duties[0].seat in lan_desk_month.seats[FIRST]
    assert found.duties[0].seat.is_extra


def test_our_own_workbook_reads_back_as_it_was(lan_desk: Desk, lan_desk_month: RosterProblem) -> None:
    roster = solved(lan_desk_month, seed=0)
    sheet = RosterSheet(lan_desk, roster, lan_desk_month.days, date(2026, 3, 20))
    found = read_roster("勤務表.xlsx", roster_sheet(sheet), lan_desk_month, lan_desk.shifts)
    assert found.duties == roster.duties
    assert violations(lan_desk_month, found) == roster.violations


def test_operations_work_and_odd_breaks_of_our_workbook_read_back(
    lan_desk: Desk, asked: RosterProblem
) -> None:
    own = Seat("standard", 510, 1050, (Away(735, 795, "break"), Away(870, 930, "operations")))
    roster = Roster((Duty(FIRST, "p1", own),))
    sheet = RosterSheet(lan_desk, roster, asked.days, date(2026, 3, 20))
    assert read_roster("勤務表.xlsx", roster_sheet(sheet), asked, lan_desk.shifts).duties == roster.duties


def test_what_was_edited_in_our_table_counts(lan_desk: Desk, asked: RosterProblem) -> None:
    roster = read_roster("x", csv_of("氏名,4/1,4/2", "要員1,早番,早番"), asked, lan_desk.shifts)
    exported = roster_sheet(RosterSheet(lan_desk, roster, asked.days, date(2026, 3, 20)))
    book = openpyxl.load_workbook(io.BytesIO(exported))
    book["勤務表"]["C4"] = "遅番"
    stream = io.BytesIO()
    book.save(stream)
    edited = read_roster("勤務表.xlsx", stream.getvalue(), asked, lan_desk.shifts)
    assert [(c.person, c.day) for c in changed_cells(roster, edited)] == [("p1", FIRST)]


def test_a_roster_is_read_and_checked_without_a_solver() -> None:
    code = "import sys, planner.rosters.handmade, planner.rosters.check; print('ortools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_two_duties_on_a_day_are_read_for_the_checker_to_tell(asked: RosterProblem, lan_desk: Desk) -> None:
    content = csv_of("日付,氏名,勤務", "4/1,要員1,8:30-12:00", "4/1,要員1,13:00-17:30")
    found = read_roster("x", content, asked, lan_desk.shifts)
    assert "one_duty" in {v.rule for v in violations(asked, found)}
