"""Every fault of a roster made by hand, with its place."""

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.faults import Fault, FaultyFile
from planner.desk import Desk, Person, Shift
from planner.rosters.notation import case
from planner.rosters.roster import Duty, RosterProblem
from planner.wording.faults import fault_sentences
from planner.wording.roster_faults import ROSTER_FILE_FAULTS
from tests.planner.rosters.handmade_files import EARLY, book_of, csv_of, duties, read_roster, refused


@pytest.mark.parametrize(
    "text", ["早出", "8:30", "1", "18:00-8:00-9:00", "9:00-9:00〜", "0.5日", "早番遅番", "9-34"]
)
def test_what_a_cell_may_not_say(text: str, asked: RosterProblem, lan_desk: Desk) -> None:
    found = refused(csv_of("氏名,4/1,4/2", f"要員1,早番,{text}"), asked, lan_desk)
    assert found == [("roster_bad_hours", 2, "4/2", text)]


def test_all_faults_are_told_at_once(asked: RosterProblem, lan_desk: Desk) -> None:
    content = csv_of(
        "氏名,4/1,4/2,4/4", "要員1,早番,早出,早番", "要員9,早番,,", "要員2,遅番,,", "要員2,,遅番,", ",早番,,"
    )
    assert refused(content, asked, lan_desk) == [
        ("roster_bad_hours", 2, "4/2", "早出"),
        ("roster_day_outside", 2, "", "4/4（2026-04-04）"),
        ("roster_unknown_person", 3, "", "要員9"),
        ("roster_name_twice", 4, "", "要員2"),
        ("roster_name_twice", 5, "", "要員2"),
        ("roster_unknown_person", 6, "", ""),
    ]


def test_two_people_of_one_name_are_told_apart_by_their_codes(asked: RosterProblem, lan_desk: Desk) -> None:
    twins = tuple(replace(p, name="要員1") if p.id == "p2" else p for p in asked.people)
    same = replace(asked, people=twins)
    assert refused(csv_of("氏名,4/1", "要員1,早番"), same, lan_desk) == [
        ("roster_name_of_two", 2, "", "要員1")
    ]
    assert duties(read_roster("x", csv_of("氏名,4/1", "p1,早番"), same, lan_desk.shifts)) == {(1, *EARLY)}


def test_a_roster_of_another_year_is_outside(asked: RosterProblem, lan_desk: Desk) -> None:
    content = csv_of("令和7年4月,,", "氏名,1,2", "要員1,早番,休")
    found = refused(content, asked, lan_desk)
    assert found == [("roster_day_outside", 3, "", "1（2025-04-01）")]


def test_days_without_a_duty_may_lie_outside(asked: RosterProblem, lan_desk: Desk) -> None:
    content = csv_of("氏名,3/31,4/1,4/4,4/5", "要員1,,早番,休,公休")
    assert duties(read_roster("x", content, asked, lan_desk.shifts)) == {(1, *EARLY)}


def test_a_list_with_a_day_that_is_none(asked: RosterProblem, lan_desk: Desk) -> None:
    content = csv_of("日付,氏名,開始,終了", "4/31,要員1,8:30,17:30", "あす,要員1,8:30,17:30")
    found = refused(content, asked, lan_desk)
    assert found == [("roster_bad_day", 2, "", "4/31"), ("roster_bad_day", 3, "", "あす")]


@pytest.mark.parametrize(
    "rows", [["件名,件数", "電話,3"], ["要員1,早番"], ["氏名,4/1,4/2"], ["日付,氏名", "4/1,要員1"]]
)
def test_what_is_no_roster_is_refused(rows: list[str], asked: RosterProblem, lan_desk: Desk) -> None:
    assert [code for code, *_ in refused(csv_of(*rows), asked, lan_desk)] == ["roster_not_found"]


def test_a_break_outside_its_duty_cannot_be_read(asked: RosterProblem, lan_desk: Desk) -> None:
    for pause in ("18:00-19:00", "8:00-9:00", "12:00-13:00、12:30-13:30", "ひる"):
        content = csv_of("日付,氏名,開始,終了,休憩", f"4/1,要員1,8:30,17:30,{pause}")
        assert refused(content, asked, lan_desk) == [("roster_bad_break", 2, "", pause)]


def test_sheets_that_name_nobody_are_no_rosters(asked: RosterProblem, lan_desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(book_of([["氏名", "4/1"], ["要員1", "早番"]])))
    others: dict[str, list[list[object]]] = {
        "費用": [["項目", "4/1", "4/2"], ["応援", 49_450, 0]],
        "解": [["値", 46_120, 46_113]],
    }
    for title, rows in others.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert duties(read_roster("x", stream.getvalue(), asked, lan_desk.shifts)) == {(1, *EARLY)}


def test_of_several_worksheets_a_fault_names_its_own(asked: RosterProblem, lan_desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(book_of([["氏名", "4/1"], ["要員1", "早番"]], title="A班")))
    other = book.create_sheet("B班")
    for row in (["氏名", "4/1"], ["要員2", "早出"]):
        other.append(row)
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(FaultyFile) as caught:
        read_roster("x.xlsx", stream.getvalue(), asked, lan_desk.shifts)
    assert [(f.place, f.row) for f in caught.value.faults] == [("x.xlsx「B班」", 2)]


def test_a_broken_cell_is_told(asked: RosterProblem, lan_desk: Desk) -> None:
    with pytest.raises(FaultyFile) as caught:
        read_roster("x", book_of([["氏名", "4/1"], ["要員1", "#REF!"]]), asked, lan_desk.shifts)
    assert [(f.code, f.row) for f in caught.value.faults] == [("error_value", 2)]


def test_every_fault_has_its_words_and_is_met(asked: RosterProblem, lan_desk: Desk) -> None:
    twins = replace(asked, people=(Person("a", "同", "standard"), Person("b", "同", "standard")))
    met = [
        *refused(csv_of("件名"), asked, lan_desk),
        *refused(csv_of("氏名,4/1,4/9", "同,早番,", "甲,早番,早番", "乙,い,"), twins, lan_desk),
        *refused(csv_of("氏名,4/1,4/2", "要員1,早番,", "要員1,早番,"), asked, lan_desk),
        *refused(csv_of("日付,氏名,勤務", "あす,要員1,早番", "4/9,要員1,早番"), asked, lan_desk),
        *refused(csv_of("日付,氏名,勤務,休憩", "4/1,要員1,早番,昼"), asked, lan_desk),
    ]
    of_the_command = {"not_a_plan", "plan_of_other_desk"}
    assert {code for code, *_ in met} == set(ROSTER_FILE_FAULTS) - of_the_command


@given(
    rows=st.lists(
        st.lists(
            st.sampled_from(
                (
                    "",
                    "氏名",
                    "日付",
                    "開始",
                    "終了",
                    "勤務",
                    "休憩",
                    "4/1",
                    "1",
                    "2",
                    "31日",
                    "要員1",
                    "要員9",
                    "早番",
                )
            )
            | st.text("0123456789:-〜/年月日時分()翌休 \n", max_size=12),
            max_size=6,
        ),
        max_size=6,
    )
)
def test_whatever_stands_there_is_read_or_refused(rows: list[list[str]]) -> None:
    problem = case("A . . . 9-18 9-18\nB . . . . .").problem
    renamed = replace(
        problem, people=tuple(replace(p, name=f"要員{n}") for n, p in enumerate(problem.people))
    )
    faults: tuple[Fault, ...] = ()
    found: tuple[Duty, ...] = ()
    try:
        found = read_roster("x", book_of(rows), renamed, (Shift("early", "早番", 510, 1050),)).duties
    except FaultyFile as faulty:
        faults = faulty.faults
    assert all(fault_sentences(faults))
    assert {d.day for d in found} <= set(problem.days)
    assert all(0 < d.seat.work_min <= 24 * 60 for d in found)
