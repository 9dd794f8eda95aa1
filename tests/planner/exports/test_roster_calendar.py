"""The contractor's calendar: one entry a duty, the same file for the same roster, over midnight too.

After a change that is meant: MADOGUCHI_GOLDEN=1 pytest tests/planner/exports/test_roster_calendar.py.
"""

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import icalendar

from planner.desk_file import read_desk
from planner.document.roster import RosterSheet
from planner.exports.roster_calendar import roster_calendar
from planner.formation import Away, Seat
from planner.rosters.roster import Duty, Roster

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests/golden/roster.ics"
DAYS = (date(2026, 4, 1), date(2026, 4, 2))
EARLY = Seat("standard", 510, 1050, (Away(720, 780, "break"), Away(870, 930, "operations")))
NIGHT = Seat("standard", 1320, 1860, (Away(1560, 1620, "break"),))
EXTRA = Seat("junior", 540, 1080, (Away(780, 840, "break"),), is_extra=True)


def make_sheet(dated: date = date(2026, 3, 2)) -> RosterSheet:
    desk = read_desk(ROOT / "data/desks/lan-desk.toml")
    duties = (Duty(DAYS[0], "p1", EARLY), Duty(DAYS[1], "p2", NIGHT), Duty(DAYS[0], "応援1", EXTRA))
    return RosterSheet(desk, Roster(duties, "optimal"), DAYS, dated)


def entries(written: bytes) -> list[icalendar.cal.Component]:
    return icalendar.Calendar.from_ical(written).walk("VEVENT")


def test_the_calendar_of_everybody_is_as_it_was() -> None:
    written = roster_calendar(make_sheet())
    if os.environ.get("MADOGUCHI_GOLDEN"):
        GOLDEN.write_bytes(written)
    assert written == GOLDEN.read_bytes()


def test_a_duty_over_midnight_ends_on_the_next_day() -> None:
    (night,) = [e for e in entries(roster_calendar(make_sheet())) if "いつき" in str(e["summary"])]
    assert night["dtstart"].dt.replace(tzinfo=None) == datetime(2026, 4, 2, 22, 0)
    assert night["dtend"].dt.replace(tzinfo=None) == datetime(2026, 4, 3, 7, 0)
    assert str(night["dtstart"].params["TZID"]) == "Asia/Tokyo"
    assert night["dtstart"].dt.utcoffset().total_seconds() == 9 * 3600


def test_one_persons_calendar_names_nobody_else() -> None:
    written = roster_calendar(make_sheet(), "p1").decode()
    (entry,) = entries(written.encode())
    assert entry["summary"] == "早番"
    assert entry["description"] == "休憩 12:00〜13:00\n運用管理業務 14:30〜15:30\n労働時間 8時間"
    whole = written.replace("\r\n ", "")
    assert "架空坂" in whole
    assert not any(p.name in whole for p in make_sheet().desk.people if p.id != "p1")


def test_a_later_roster_replaces_the_entries_of_an_earlier_one() -> None:
    sheet, later = make_sheet(), make_sheet(date(2026, 3, 9))
    moved = replace(later, roster=Roster(tuple(replace(d, seat=NIGHT) for d in sheet.roster.duties)))
    before, after = entries(roster_calendar(sheet)), entries(roster_calendar(moved))
    assert {e["uid"] for e in before} == {e["uid"] for e in after}
    assert len({e["uid"] for e in before}) == len(before)
    assert all(a["dtstamp"].dt > b["dtstamp"].dt for a, b in zip(after, before, strict=True))
