"""Rosters as files, and what is read of them."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from forecasts.faults import FaultyFile
from planner.desk import Desk, Shift
from planner.rosters import handmade
from planner.rosters.roster import Roster, RosterProblem
from planner.wording.faults import fault_sentences
from planner.wording.roster_faults import ROSTER_FILE_FAULTS

FIRST, SECOND, THIRD = (date(2026, 4, n) for n in (1, 2, 3))
EARLY = ("p1", 510, 1050)


def duties(roster: Roster) -> set[tuple[int, str, int, int]]:
    return {(d.day.day, d.person, d.seat.start_min, d.seat.end_min) for d in roster.duties}


def csv_of(*rows: str, encoding: str = "utf-8") -> bytes:
    return ("\n".join(rows) + "\n").encode(encoding)


def book_of(rows: Sequence[Sequence[object]], title: str = "Sheet1", merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_roster(name: str, content: bytes, asked: RosterProblem, shifts: Sequence[Shift] = ()) -> Roster:
    """Return the roster alone; what else is to know: ``handmade.read_roster``."""
    return handmade.read_roster(name, content, asked, shifts).roster


def refused(content: bytes, asked: RosterProblem, desk: Desk) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(FaultyFile) as caught:
        read_roster("四月.csv", content, asked, desk.shifts)
    faults = caught.value.faults
    assert all(fault.place == "四月.csv" for fault in faults)
    assert all(fault.code in ROSTER_FILE_FAULTS for fault in faults)
    assert all("{" not in sentence for sentence in fault_sentences(faults))
    return [(fault.code, fault.row, fault.column, fault.value) for fault in faults]
