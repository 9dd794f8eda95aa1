"""Rosters as officials write them: what is read."""

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from forecasts.faults import FaultyFile
from planner.desk import Desk
from planner.rosters import handmade
from planner.rosters.roster import RosterProblem
from planner.wording.faults import notice_sentence
from tests.planner.rosters.handmade_files import EARLY, FIRST, SECOND, book_of, csv_of, duties, read_roster


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize(
    "head",
    [
        "氏名,4/1,4/2,4/3,合計",
        "氏名,4月1日,4月2日,4月3日,合計",
        "氏名,４月１日（水）,４月２日（木）,４月３日（金）,計",
        "氏名,2026-04-01,2026/4/2,令和8年4月3日,日数",
        "令和8年4月 勤務表,,,,\n氏名,1,2,3,計\n,水,木,金,",
        ",1日(水),2日(木),3日(金),計",
    ],
)
def test_people_by_days_however_the_days_are_written(
    head: str, encoding: str, asked: RosterProblem, lan_desk: Desk
) -> None:
    rows = (
        "要員1,早番,休,8:30-17:30,2",
        "要員２,遅番,9:15〜18:15,有休,2",
        "合計,2,1,1,4",
        "欠員（人）,2,3,3,",
    )
    found = read_roster("四月.csv", csv_of(head, *rows, encoding=encoding), asked, lan_desk.shifts)
    assert duties(found) == {
        (1, "p1", 510, 1050),
        (3, "p1", 510, 1050),
        (1, "p2", 555, 1095),
        (2, "p2", 555, 1095),
    }


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("早番", (510, 1050)),
        ("早", (510, 1050)),
        ("late", (555, 1095)),
        ("8:30-17:30", (510, 1050)),
        ("8:30〜17:30", (510, 1050)),
        ("８：３０～１７：３０", (510, 1050)),
        ("8時30分～17時30分", (510, 1050)),
        ("9-18", (540, 1080)),
        ("22:00-31:00", (1320, 1860)),
        ("22:00〜翌6:00", (1320, 1800)),
        ("24:00-28:00", (1440, 1680)),
        ("9:00〜18:00（12:00〜13:00）", (540, 1080)),
        ("9:00-18:00(休憩60分)", (540, 1080)),
        ("休暇\n早番", (510, 1050)),
        *((off, None) for off in ("", "休", "休暇", "有休", "公休", "-", "－", "・", "ー", "×")),
    ],
)
def test_what_a_cell_may_say(
    text: str, hours: tuple[int, int] | None, asked: RosterProblem, lan_desk: Desk
) -> None:
    content = book_of([["氏名", "4/1", "4/2"], ["要員1", text, "早番"]])
    first = [d for d in read_roster("x.xlsx", content, asked, lan_desk.shifts).duties if d.day == FIRST]
    assert [(d.seat.start_min, d.seat.end_min) for d in first] == ([hours] if hours else [])


def test_one_line_a_duty(asked: RosterProblem, lan_desk: Desk) -> None:
    content = csv_of(
        "日付,氏名,開始,終了,休憩",
        "2026-04-01,要員1,8:30,17:30,12:00-13:00",
        ",要員2,9:15,18:15,60",
        "4/2,p2,22:00,6:00,1:00",
        "4月3日（金）,要員1,,,",
        "合計,3,,,",
    )
    found = read_roster("四月.csv", content, asked, lan_desk.shifts)
    assert duties(found) == {(1, "p1", 510, 1050), (1, "p2", 555, 1095), (2, "p2", 1320, 1800)}
    assert [d.seat.break_min for d in found.duties] == [60, 60, 60]


def test_a_list_may_name_shifts(asked: RosterProblem, lan_desk: Desk) -> None:
    content = csv_of("氏名\t日付\tシフト", "要員1\t4/1\t早番", "要員1\t4/2\t休", encoding="cp932")
    assert duties(read_roster("x", content, asked, lan_desk.shifts)) == {(1, *EARLY)}


def test_a_workbook_with_merged_titles_real_dates_and_times(asked: RosterProblem, lan_desk: Desk) -> None:
    rows: list[list[object]] = [
        ["見本省LAN受付窓口　令和8年4月　勤務表", None, None, None],
        ["作成 2026年3月20日", None, None, None],
        [None, None, None, None],
        ["職員", *(datetime(2026, 4, n) for n in (1, 2, 3))],
        [None, "水", "木", "金"],
        ["要員1", "早番", None, "休暇"],
        ["凡例: 早番 8:30〜17:30", None, None, None],
    ]
    found = read_roster("x.xlsx", book_of(rows, merge="A1:D1"), asked, lan_desk.shifts)
    assert duties(found) == {(1, *EARLY)}


def test_weeks_may_stand_under_each_other_and_months_on_sheets(asked: RosterProblem, lan_desk: Desk) -> None:
    text = csv_of("氏名,4/1,4/2", "要員1,早番,休", ",,", "氏名,4/3,", "要員1,早番,")
    assert duties(read_roster("x", text, asked, lan_desk.shifts)) == {(1, *EARLY), (3, *EARLY)}
    long = replace(asked, days=(date(2026, 3, 31), FIRST), seats={})
    book = openpyxl.Workbook()
    for month, n in (("3月", 31), ("4月", 1)):
        sheet = book.create_sheet(month)
        sheet.append(["氏名", n])
        sheet.append(["要員1", "早番"])
    stream = io.BytesIO()
    book.save(stream)
    found = read_roster("x", stream.getvalue(), long, lan_desk.shifts)
    assert [d.day for d in found.duties] == [date(2026, 3, 31), FIRST]


def months(*sheets: tuple[str, int, str]) -> bytes:
    """Return a workbook with a sheet a month: its name, one day, the duty on it."""
    book = openpyxl.Workbook()
    for month, n, duty in sheets:
        sheet = book.create_sheet(month)
        sheet.append(["氏名", n, n + 1])
        sheet.append(["要員1", duty, duty])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_sheets_of_other_months_are_left_out_and_named(asked: RosterProblem, lan_desk: Desk) -> None:
    content = months(("3月", 30, "早番"), ("4月", 1, "早番"), ("5月", 1, "早出"))
    found = handmade.read_roster("x.xlsx", content, asked, lan_desk.shifts)
    assert [d.day for d in found.roster.duties] == [FIRST, SECOND]
    said = [notice_sentence(notice.code, notice.value) for notice in found.notices]
    assert said[0] == "シート「3月」「5月」は期間の外の日だけのため、確かめていません。"
    assert "4月3日（金）の勤務が一つも書かれていません" in said[1]


def test_a_sheet_that_only_touches_the_period_counts_with_its_faults(
    asked: RosterProblem, lan_desk: Desk
) -> None:
    content = months(("4月", 1, "早番"), ("4月後半", 3, "早番"))
    with pytest.raises(FaultyFile) as caught:
        handmade.read_roster("x.xlsx", content, asked, lan_desk.shifts)
    assert [(f.code, f.place) for f in caught.value.faults] == [("roster_day_outside", "x.xlsx「4月後半」")]


def test_a_workbook_of_other_months_alone_is_refused(asked: RosterProblem, lan_desk: Desk) -> None:
    with pytest.raises(FaultyFile) as caught:
        handmade.read_roster("x.xlsx", months(("5月", 1, "早番"), ("6月", 1, "早番")), asked, lan_desk.shifts)
    assert {f.code for f in caught.value.faults} == {"roster_day_outside"}
