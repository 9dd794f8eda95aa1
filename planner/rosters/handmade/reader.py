"""Bytes of a roster made by hand → a Roster and what to know of it, or all of its faults."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from forecasts.faults import Fault, FaultyFile, Notice
from forecasts.history.account import listed
from forecasts.history.sheets import Sheet, read_sheets
from forecasts.history.text import key_of
from planner.desk import Person, Shift
from planner.rosters.handmade.cells import (
    Hours,
    Unreadable,
    UnreadableBreak,
    duty_hours,
    said_hours,
    shift_names,
)
from planner.rosters.handmade.days import Span
from planner.rosters.handmade.seats import Entry, seated
from planner.rosters.handmade.silence import silent
from planner.rosters.handmade.tables import Cell, Table, table_of
from planner.rosters.roster import Roster, RosterProblem

_FORMS = "要員を行、日を列とする表か、「日付、氏名、開始、終了」の一覧"
_HOURS = "8:30-17:30、休、空欄"
_BREAKS = "12:00-13:00、60分、空欄"
_PEOPLE_NAMED = 20


@dataclass(frozen=True, slots=True)
class Handmade:
    """A roster as a file tells it; ``notices``: worksheets left out, days and people it is silent of."""

    roster: Roster
    notices: tuple[Notice, ...]


def read_roster(name: str, content: bytes, problem: RosterProblem, shifts: Sequence[Shift] = ()) -> Handmade:
    """Read a roster: people in rows and days in columns, or one line a duty; our own workbook too.

    ``shifts``: how the desk calls its hours. A duty is the problem's seat of that day with these hours if
    there is one; else it has the breaks that are written, else those of another seat of these hours, else a
    break in the middle, as long as the shift's or as the law asks for. Where a workbook has both forms the
    table counts, and the list tells breaks only. Worksheets of other months are left out where one is of the
    period. Raises FaultyFile with all faults.
    """
    sheets = read_sheets(name, content).sheets
    reading = _Reading(name, problem, shifts, is_book=len(sheets) > 1)
    tables = _rosters(sheets, reading)
    if not tables:
        raise FaultyFile([Fault("roster_not_found", name, allowed=_FORMS)])
    lists = [table for table in tables if table.is_list]
    grids = [table for table in tables if not table.is_list]
    entries = [entry for table in grids or lists for entry in reading.entries(table)]
    if reading.faults:
        raise FaultyFile(listed(dict.fromkeys(reading.faults)))
    if grids:
        entries = _with_breaks(entries, [entry for table in lists for entry in reading.entries(table)])
    roster = Roster(seated(problem, entries))
    return Handmade(roster, (*reading.notices, *silent(problem, roster)))


def _rosters(sheets: Sequence[Sheet], reading: "_Reading") -> list[Table]:
    """Return the worksheets that are rosters: those that name people of the desk, if any does.

    Of a workbook with a sheet a month only those that touch the period count, if any does.
    """
    tables = [
        (s, table) for s in sheets if (table := table_of(s, reading.names, reading.span)) and table.cells
    ]
    naming = [(s, table) for s, table in tables if table.persons & reading.names] or tables
    touching = [(s, table) for s, table in naming if not table.is_outside(reading.span)] or naming
    for sheet, _ in touching:
        reading.broken(sheet)
    kept = [table for _, table in touching]
    if others := [table.name for _, table in naming if table not in kept]:
        reading.notices.append(Notice("roster_other_sheets", "".join(f"「{name}」" for name in others)))
    return kept


def _with_breaks(entries: Sequence[Entry], told: Sequence[Entry]) -> list[Entry]:
    """Return the duties of a table with the breaks that a list tells of the very same duties."""
    known = {(e.day, e.person, e.hours.start_min, e.hours.end_min): e.hours for e in told}
    return [
        replace(e, hours=known.get((e.day, e.person, e.hours.start_min, e.hours.end_min), e.hours))
        for e in entries
    ]


class _Reading:
    """What is looked up while a file is read; collects the ``faults`` and the ``notices``."""

    def __init__(self, name: str, problem: RosterProblem, shifts: Sequence[Shift], *, is_book: bool) -> None:
        self.faults: list[Fault] = []
        self.notices: list[Notice] = []
        self.span = Span(problem.days[0], problem.days[-1])
        self._days, self._shifts = frozenset(problem.days), shift_names(shifts)
        self._name, self._is_book, self._place = name, is_book, name
        self._people: dict[str, list[Person]] = {}
        for person in problem.people:
            for written in dict.fromkeys(key_of(text) for text in (person.id, person.name) if text):
                self._people.setdefault(written, []).append(person)

    def broken(self, sheet: Sheet) -> None:
        """Tell of the cells and lines of a worksheet that cannot be read at all."""
        self._turn_to(sheet.name)
        for record, broken in sorted(sheet.broken.items()):
            row = int(sheet.line[record])
            self.faults += [Fault(b.code, self._place, row, value=b.value, allowed=b.allowed) for b in broken]

    @property
    def names(self) -> frozenset[str]:
        """How people may be written, as ``key_of`` leaves it."""
        return frozenset(self._people)

    def _turn_to(self, sheet: str) -> None:
        """Let faults name the worksheet too, where there are several: rows are counted in each."""
        self._place = f"{self._name}「{sheet}」" if self._is_book else self._name

    def entries(self, table: Table) -> list[Entry]:
        """Return the duties of a table."""
        self._turn_to(table.name)
        if not table.is_list:
            self._doubled(table)
        found = (self._entry(cell) for cell in table.cells)
        return [entry for entry in found if entry]

    def _doubled(self, table: Table) -> None:
        """Two rows of one name tell two things of a day."""
        told = Counter((key_of(cell.person), cell.day) for cell in table.cells)
        for cell in table.cells:
            if told[key_of(cell.person), cell.day] > 1:
                self._fault("roster_name_twice", cell, value=cell.person)

    def _entry(self, cell: Cell) -> Entry | None:
        person, hours = self._person(cell), self._hours(cell)
        if hours is None:
            return None
        day = self._day(cell)
        return Entry(day, person.id, hours) if person and day else None

    def _person(self, cell: Cell) -> Person | None:
        found = self._people.get(key_of(cell.person), [])
        if len(found) == 1:
            return found[0]
        if found:
            codes = "、".join(person.id for person in found)
            self._fault("roster_name_of_two", cell, value=cell.person, allowed=codes)
        else:
            people = [person for some in self._people.values() for person in some]
            names = list(dict.fromkeys(person.name or person.id for person in people))
            more = " …" if len(names) > _PEOPLE_NAMED else ""
            allowed = "、".join(names[:_PEOPLE_NAMED]) + more
            self._fault("roster_unknown_person", cell, value=cell.person, allowed=allowed)
        return None

    def _hours(self, cell: Cell) -> Hours | None:
        try:
            if len(cell.said) == 1 and "hours" in cell.said:
                return duty_hours(cell.said["hours"], self._shifts)
            return said_hours(cell.said, self._shifts)
        except UnreadableBreak as unreadable:
            self._fault("roster_bad_break", cell, value=str(unreadable), allowed=_BREAKS)
            return None
        except Unreadable as unreadable:
            names = "、".join(dict.fromkeys(shift.name for shift in self._shifts.values()))
            allowed = "、".join(filter(None, (names, _HOURS)))
            self._fault("roster_bad_hours", cell, column=cell.column, value=str(unreadable), allowed=allowed)
            return None

    def _day(self, cell: Cell) -> date | None:
        period = f"{self.span.first}〜{self.span.last}"
        if cell.day is None:
            self._fault("roster_bad_day", cell, value=cell.day_text, allowed=period)
        elif cell.day not in self._days:
            value = f"{cell.day_text}（{cell.day}）" if cell.day_text != str(cell.day) else cell.day_text
            self._fault("roster_day_outside", cell, value=value, allowed=period)
        else:
            return cell.day
        return None

    def _fault(self, code: str, cell: Cell, *, column: str = "", value: str = "", allowed: str = "") -> None:
        self.faults.append(Fault(code, self._place, cell.row, column, value, allowed))
