r"""A compact notation of rosters, for the examples of rules and for tests.

One line a person, one cell a calendar day, the first one a Sunday::

    open 9-19
    A!=9-18   9-18  .    L
    B@junior  .     L10-19(13-14)  9-18@junior
    +C        9-13+ .    ?9-18
    -         .     9-18 .
    reach     x     .    x

- Person: ``!`` may manage, ``@`` grade (standard if none), ``=`` standing shift, ``+`` before the name
  temporary staff, ``~`` not resident. ``-`` instead of a name: seats that nobody fills.
- Cell: ``.`` no duty; ``9-18`` a duty and its seat; ``a&b`` two duties; ``@`` grade of the seat (else the
  person's), ``+`` an extra seat, ``?`` a duty for which there is no seat, ``L`` leave was asked for.
- Breaks: ``(12-13)``, none ``()``; not said: an hour after four hours of presence, above six hours of it.
- ``|`` after a person's last cell before the period (the tail). ``open``: reception hours of days with seats;
  ``reach``: days on which somebody off duty can be called; ``overtime 45``: hours a month of a 36協定.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from forecasts.slots import minute_of
from planner.desk import Grade, Labour, Person
from planner.formation import Away, Seat
from planner.rosters.roster import Duty, Roster, RosterProblem

FIRST_DAY = date(2026, 4, 5)
GRADES = (
    Grade("junior", "初級SE", 800_000),
    Grade("standard", "一般SE", 900_000),
    Grade("senior", "中級SE", 1_100_000),
)
_PERSON = re.compile(r"([+~]?)(\w+)(!?)(?:@(\w+))?(?:=(\S+))?")
_DUTY = re.compile(r"(\??)([\d:]+-[\d:]+)(?:\(([\d:-]*)\))?(?:@(\w+))?(\+?)")


@dataclass(frozen=True, slots=True)
class Case:
    """A question together with one answer to it, lawful or not."""

    problem: RosterProblem
    roster: Roster


@dataclass(slots=True)
class _Sheet:
    """What the lines read so far have said."""

    people: list[Person] = field(default_factory=list)
    standing: dict[str, tuple[int, int]] = field(default_factory=dict)
    extra_people: set[str] = field(default_factory=set)
    duties: list[Duty] = field(default_factory=list)
    seats: dict[date, list[Seat]] = field(default_factory=dict)
    on_call: set[date] = field(default_factory=set)
    tail_days: int = 0
    open_min: tuple[int, int] | None = None
    labour: Labour = field(default_factory=Labour)


def case(text: str) -> Case:
    """Read a case; raises ValueError where a line is not of the notation."""
    sheet = _Sheet()
    for line in filter(None, map(str.strip, text.splitlines())):
        head, *cells = line.split()
        if head == "open":
            sheet.open_min = _span(cells[0])
        elif head == "overtime":
            sheet.labour = Labour(has_art36_agreement=True, overtime_month_h=float(cells[0]))
        elif head == "reach":
            sheet.on_call = {_day(n) for n, cell in enumerate(cells) if cell == "x"}
        else:
            _read_row(sheet, head, cells)
    return _case(sheet)


def _case(sheet: _Sheet) -> Case:
    first = _day(sheet.tail_days)
    days = tuple(day for day in sorted(sheet.seats) if day >= first)
    problem = RosterProblem(
        days=days,
        people=tuple(sheet.people),
        seats={day: tuple(sorted(sheet.seats[day])) for day in days},
        open_min={day: sheet.open_min for day in days if sheet.open_min and sheet.seats[day]},
        standing=sheet.standing,
        reachable=frozenset((p.id, day) for p in sheet.people if p.may_manage for day in sheet.on_call),
        labour=sheet.labour,
        tail=tuple(sorted(d for d in sheet.duties if d.day < first)),
        extra_people=frozenset(sheet.extra_people),
        grades=GRADES,
    )
    return Case(problem, Roster(tuple(sorted(d for d in sheet.duties if d.day >= first))))


def _read_row(sheet: _Sheet, head: str, cells: list[str]) -> None:
    if "|" in cells:
        sheet.tail_days = cells.index("|")
        cells.remove("|")
    kind, name, manages, grade, shift = ("", "", "", None, None) if head == "-" else _matched(_PERSON, head)
    grade = grade or "standard"
    leave = frozenset(_day(n) for n, cell in enumerate(cells) if cell.startswith("L"))
    for n, cell in enumerate(cells):
        seats = sheet.seats.setdefault(_day(n), [])
        for written in filter(None, cell.removeprefix("L").strip(".").split("&")):
            seat, has_seat = _seat(written, grade)
            if has_seat:
                seats.append(seat)
            if name:
                sheet.duties.append(Duty(_day(n), name, seat))
    if name:
        is_resident, may_manage = kind != "~", bool(manages)
        person = Person(name, name, grade, is_resident=is_resident, may_manage=may_manage, leave=leave)
        sheet.people.append(person)
        sheet.standing |= {name: _span(shift)} if shift else {}
        sheet.extra_people |= {name} if kind == "+" else set()


def _seat(written: str, grade: str) -> tuple[Seat, bool]:
    """Read one duty; return its seat, and whether the problem holds that seat."""
    unseated, hours, pause, own_grade, extra = _matched(_DUTY, written)
    start, end = _span(str(hours))
    if pause is None:
        pauses = [(start + 240, start + 300)] if end - start > 6 * 60 else []
    else:
        pauses = [_span(pause)] if pause else []
    away = tuple(Away(a, b, "break") for a, b in pauses)
    return Seat(own_grade or grade, start, end, away, is_extra=bool(extra)), not unseated


def _matched(pattern: re.Pattern[str], text: str) -> tuple[str | None, ...]:
    found = pattern.fullmatch(text)
    if found is None:
        message = f"not of the notation of rosters: {text!r}"
        raise ValueError(message)
    return found.groups()


def _span(text: str) -> tuple[int, int]:
    start, end = (minute_of(t if ":" in t else f"{t}:00") for t in text.split("-"))
    return start, end


def _day(n: int) -> date:
    return FIRST_DAY + timedelta(days=n)
