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
  person's), ``+`` an extra seat, ``?`` a duty for which there is no seat, ``*`` a duty of the menu, ``L``
  leave was asked for.
- Breaks: ``(12-13)``, none ``()``; not said: an hour after four hours of presence, above six hours of it.
- ``|`` after a person's last cell before the period (the tail). ``open``: reception hours of days with
  duties; ``reach``: days on which somebody off duty can be called; ``overtime 45``: hours of a 36協定.
- ``menu 9-18 10-19(14-15)``: duties that anybody may take on any day of the period; ``9-18*`` takes one.

What else a problem may hold stands in ``notation_extras``, one line each.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from planner.desk import Grade, Labour, Person
from planner.formation import Seat
from planner.rosters.notation_cells import day_at, matched, seat_of, span_of
from planner.rosters.notation_extras import EXTRAS
from planner.rosters.roster import Duty, Roster, RosterProblem

GRADES = (
    Grade("junior", "初級SE", 800_000),
    Grade("standard", "一般SE", 900_000),
    Grade("senior", "中級SE", 1_100_000),
)
_PERSON = re.compile(r"([+~]?)(\w+)(!?)(?:@(\w+))?(?:=(\S+))?")


@dataclass(frozen=True, slots=True)
class Case:
    """A question together with one answer to it, lawful or not."""

    problem: RosterProblem
    roster: Roster


@dataclass(slots=True)
class _Sheet:
    """What the rows read so far have said."""

    menu: tuple[Seat, ...]
    people: list[Person] = field(default_factory=list)
    standing: dict[str, tuple[int, int]] = field(default_factory=dict)
    extra_people: set[str] = field(default_factory=set)
    duties: list[Duty] = field(default_factory=list)
    seats: dict[date, list[Seat]] = field(default_factory=dict)
    tail_days: int = 0


def case(text: str) -> Case:
    """Read a case; raises ValueError where a line is not of the notation."""
    lines = [(line.split()[0], line.split()[1:]) for line in text.splitlines() if line.strip()]
    sheet = _Sheet(tuple(seat_of(cell, "")[0] for head, cells in lines if head == "menu" for cell in cells))
    for head, cells in lines:
        if head not in EXTRAS and head != "menu":
            _read_row(sheet, head, cells)
    first = day_at(sheet.tail_days)
    problem = _problem(sheet, first)
    for head, cells in lines:
        if head in EXTRAS:
            problem = EXTRAS[head](problem, cells)
    return Case(problem, Roster(tuple(sorted(d for d in sheet.duties if d.day >= first))))


def _problem(sheet: _Sheet, first: date) -> RosterProblem:
    days = tuple(day for day in sorted(sheet.seats) if day >= first)
    return RosterProblem(
        days=days,
        people=tuple(sheet.people),
        seats={day: tuple(sorted(sheet.seats[day])) for day in days},
        open_min={},
        standing=sheet.standing,
        reachable=frozenset(),
        labour=Labour(),
        tail=tuple(sorted(d for d in sheet.duties if d.day < first)),
        extra_people=frozenset(sheet.extra_people),
        grades=GRADES,
        menu=dict.fromkeys(days, sheet.menu) if sheet.menu else {},
    )


def _read_row(sheet: _Sheet, head: str, cells: list[str]) -> None:
    if "|" in cells:
        sheet.tail_days = cells.index("|")
        cells.remove("|")
    kind, name, manages, grade, shift = ("", "", "", None, None) if head == "-" else matched(_PERSON, head)
    grade = grade or "standard"
    leave = frozenset(day_at(n) for n, cell in enumerate(cells) if cell.startswith("L"))
    for n, cell in enumerate(cells):
        seats = sheet.seats.setdefault(day_at(n), [])
        for written in filter(None, cell.removeprefix("L").strip(".").split("&")):
            seat, has_seat = seat_of(written, grade, sheet.menu)
            if has_seat:
                seats.append(seat)
            if name:
                sheet.duties.append(Duty(day_at(n), name, seat))
    if name:
        is_resident, may_manage = kind != "~", bool(manages)
        person = Person(name, name, grade, is_resident=is_resident, may_manage=may_manage, leave=leave)
        sheet.people.append(person)
        sheet.standing |= {name: span_of(shift)} if shift else {}
        sheet.extra_people |= {name} if kind == "+" else set()
