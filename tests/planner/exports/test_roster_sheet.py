"""The contractor's roster sheet: names, times, leave, vacancies, what is broken and what to do about it."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from planner.desk import Desk, Person
from planner.desk_file import read_desk
from planner.document.roster import RosterSheet
from planner.exports.roster_sheet import roster_sheet
from planner.formation import Away, Seat
from planner.rosters.handmade import read_roster
from planner.rosters.roster import Duty, Roster, RosterProblem, Settled, Violation

DAYS = (date(2026, 4, 1), date(2026, 4, 2))
SEAT = Seat("standard", 510, 1050, (Away(720, 780, "break"), Away(870, 930, "operations")))
EXTRA = Seat("junior", 540, 1080, (Away(780, 840, "break"),), is_extra=True)


def make_sheet() -> RosterSheet:
    desk: Desk = read_desk(Path(__file__).parents[3] / "data" / "desks" / "lan-desk.toml")
    first, *others = desk.people
    desk = replace(desk, people=(replace(first, leave=frozenset({DAYS[1]})), *others))
    duties = (Duty(DAYS[0], first.id, SEAT), Duty(DAYS[0], "応援1", EXTRA))
    broken = (
        Violation("vacancy", DAYS[1], "", "欠員 standard", "欠員なし", 10_000),
        Violation("daily_hours", DAYS[0], first.id, "9時間", "8時間"),
    )
    return RosterSheet(desk, Roster(duties, "optimal", violations=broken), DAYS, date(2026, 3, 2))


@pytest.fixture
def book() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(roster_sheet(make_sheet())))


def test_it_is_for_the_contractor_alone(book: Workbook) -> None:
    assert all(sheet.oddHeader.right.text == "受託事業者限り" for sheet in book)
    assert "受託事業者限り" in str(book["勤務表"]["A1"].value)
    assert "架空データ" in str(book["勤務表"]["A1"].value)


def test_everybody_has_a_row_of_days(book: Workbook) -> None:
    sheet = make_sheet()
    rows = [r for r in book["勤務表"].iter_rows(min_row=4, values_only=True) if r[0]]
    by_name = {row[0]: row[1:] for row in rows}
    first = sheet.desk.people[0].name
    assert by_name[first][1:] == (by_name[first][1], "休暇", 1, 8)
    assert by_name[first][1] == "早番"
    assert by_name["応援1"][1:4] == ("9:00〜18:00", "・", 1)
    assert {p.name for p in sheet.desk.people} < set(by_name)
    assert by_name["欠員（人）"][1:3] == ("・", 1)


def test_duties_are_listed_with_breaks(book: Workbook) -> None:
    rows = list(book["勤務一覧"].iter_rows(min_row=2, values_only=True))
    assert ("12:00〜13:00", "14:30〜15:30", 8) in [row[3:] for row in rows]
    assert len(rows) == len(make_sheet().roster.duties)


def test_violations_stand_with_law_and_remedy(book: Workbook) -> None:
    rows = list(book["確認事項"].iter_rows(min_row=2, values_only=True))
    kinds = {row[3]: row for row in rows}
    assert [row[0] for row in rows] == ["×1", "△2"]
    assert kinds["欠員"][4] == "配慮"
    assert kinds["1日の労働時間"][4] == "必須"
    assert "労働基準法" in str(kinds["1日の労働時間"][7])
    assert all(row[8] for row in rows)


def test_what_is_broken_stands_beside_its_cell(book: Workbook) -> None:
    sheet = book["勤務表"]
    marked = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(marked) == {"早番", 1}
    assert marked["早番"].number_format == '@" ×1"'
    assert marked["早番"].comment.text.startswith("×1 1日の労働時間: 9時間（8時間）")
    assert marked[1].number_format == '0" △2"'
    assert marked[1].comment.text.startswith("△2 欠員: ")


def test_an_absence_is_told_apart_from_leave() -> None:
    sheet = make_sheet()
    away = sheet.desk.people[1]
    roster = replace(sheet.roster, absent=((away.id, DAYS[0]),))
    book = openpyxl.load_workbook(io.BytesIO(roster_sheet(replace(sheet, roster=roster))))
    rows = {row[0]: row for row in book["勤務表"].iter_rows(min_row=4, values_only=True)}
    assert rows[away.name][2:4] == ("欠勤", "・")


def test_every_printed_page_has_its_headings(book: Workbook) -> None:
    titles = [book[name].print_title_rows for name in ("勤務表", "勤務一覧", "確認事項")]
    assert titles == ["$1:$3", "$1:$1", "$1:$1"]
    assert book["勤務表"].print_title_cols == "$A:$B"


def test_it_can_be_read_in_again_with_its_marks() -> None:
    sheet = make_sheet()
    people = (*sheet.desk.people, Person("応援1", "応援1", "junior"))
    problem = RosterProblem(
        DAYS,
        people,
        {DAYS[0]: (SEAT, EXTRA)},
        dict.fromkeys(DAYS, (510, 1095)),
        {},
        frozenset(),
        sheet.desk.labour,
    )
    problem = replace(problem, extra_people=frozenset({"応援1"}))
    read = read_roster("roster.xlsx", roster_sheet(sheet), problem, sheet.desk.shifts).roster
    assert read.duties == tuple(sorted(sheet.roster.duties))


def test_what_was_proved_is_told_by_stage(book: Workbook) -> None:
    assert "手で直した" in str(book["求め方"]["A2"].value)
    sheet = make_sheet()
    solved = replace(sheet.roster, stages=(Settled("service", 10_000, 9_000.0, "CP-SAT"),))
    told = openpyxl.load_workbook(io.BytesIO(roster_sheet(replace(sheet, roster=solved))))
    assert [*told["求め方"].iter_rows(min_row=2, values_only=True)] == [
        ("受付の体制", 10_000, 9_000, "CP-SAT")
    ]


def test_a_clean_roster_says_so() -> None:
    sheet = make_sheet()
    clean = replace(sheet, roster=replace(sheet.roster, violations=()))
    book = openpyxl.load_workbook(io.BytesIO(roster_sheet(clean)))
    assert book["確認事項"]["A2"].value == "確認を要する事項はない。"
    assert roster_sheet(clean) == roster_sheet(clean)
