"""What a case may say besides its rows: one line, one thing.

::

    labour working_hours=monthly_variable overtime_month_h=30 has_special_clause=true
    record A overtime=2026-03:2700,2026-02:600 rest=2026-03:480 early=3 late=2 peak=1
    published A 9-18 . 9-18
    frozen 3
    elsewhere A 2 9-13
    lock A 2 9-18
    lock B 2
    wish A 2 off 3
    need 9-18x2 10-12x1@vpn
    skills A vpn,net
    handover 120
    peak . x .

Days are numbered as cells are, from 0. ``labour``: fields of ``Labour``; ``record``: minutes by month, and
duties; ``published``: the cells made known before, ``frozen``: the first n days of the period; ``elsewhere``:
work for the sister contract (an hour of break above six hours of presence); ``lock``: a duty, or none;
``wish``: day, what, weight (1 if none); ``need``: heads on every day of the period with seats or a menu,
``@`` a skill; ``handover``: minutes; ``peak``: days.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, get_args

from planner.desk import Labour
from planner.formation import Seat
from planner.rosters.notation_cells import day_at, matched, refused, seat_of, span_of
from planner.rosters.roster import Duty, Elsewhere, Lock, Need, Record, RosterProblem, Wants, Wish

Extra = Callable[[RosterProblem, list[str]], RosterProblem]

_NEED = re.compile(r"([\d:]+-[\d:]+)x(\d+)(?:@(\w+))?")
_FIELDS = {field.name: field.type for field in fields(Labour)}
WANTS: tuple[Wants, ...] = get_args(Wants)


def _words(cells: list[str]) -> dict[str, str]:
    if wrong := [cell for cell in cells if cell.count("=") != 1]:
        raise refused(wrong[0])
    return dict(cell.split("=") for cell in cells)


def _typed(name: str, text: str) -> Any:
    """Read the value of a field of ``Labour`` by the field's type."""
    of = _FIELDS.get(name)
    if of is bool and text in {"true", "false"}:
        return text == "true"
    if of in {int, float}:
        return int(text) if of is int else float(text)
    if date in get_args(of):
        return date.fromisoformat(text)
    if text in get_args(of):
        return text
    raise refused(f"{name}={text}")


def _labour(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    said = {name: _typed(name, text) for name, text in _words(cells).items()}
    return replace(problem, labour=replace(problem.labour, **said))


def _overtime(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    return _labour(problem, ["has_art36_agreement=true", f"overtime_month_h={cells[0]}"])


def _days_with_duties(problem: RosterProblem) -> list[date]:
    return [day for day in problem.days if problem.seats[day] or problem.menu.get(day)]


def _open(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    return replace(problem, open_min=dict.fromkeys(_days_with_duties(problem), span_of(cells[0])))


def _crossed(cells: list[str]) -> list[date]:
    return [day_at(n) for n, cell in enumerate(cells) if cell == "x"]


def _reach(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    managers = [person.id for person in problem.people if person.may_manage]
    return replace(problem, reachable=frozenset((p, day) for p in managers for day in _crossed(cells)))


def _peak(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    return replace(problem, peak_days=frozenset(_crossed(cells)))


def _months(text: str) -> tuple[tuple[date, int], ...]:
    pairs = (part.split(":") for part in text.split(",") if part)
    return tuple((date.fromisoformat(f"{month}-01"), int(minutes)) for month, minutes in pairs)


def _record(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    said = _words(cells[1:])
    overtime, rest = _months(said.pop("overtime", "")), _months(said.pop("rest", ""))
    if wrong := said.keys() - {"early", "late", "peak"}:
        raise refused(min(wrong))
    record = Record(overtime, rest, **{name: int(n) for name, n in said.items()})
    return replace(problem, records={**problem.records, cells[0]: record})


def _seat(problem: RosterProblem, person: str, day: date, written: str) -> Seat:
    """Read a cell of a person who stands in a row: with that person's grade."""
    grade = next((p.grade for p in problem.people if p.id == person), "")
    return seat_of(written, grade, problem.menu.get(day, ()))[0]


def _published(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    person, *rest = cells
    duties = (
        Duty(day_at(n), person, _seat(problem, person, day_at(n), cell))
        for n, cell in enumerate(rest)
        if cell != "."
    )
    return replace(problem, published=tuple(sorted((*problem.published, *duties))))


def _frozen(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    return replace(problem, frozen_until=problem.days[0] + timedelta(days=int(cells[0])))


def _elsewhere(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    person, n, hours = cells
    start, end = span_of(hours)
    work = end - start - (60 if end - start > 6 * 60 else 0)
    return replace(problem, elsewhere=(*problem.elsewhere, Elsewhere(person, day_at(n), start, end, work)))


def _lock(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    person, day = cells[0], day_at(cells[1])
    seat = _seat(problem, person, day, cells[2]) if cells[2:] else None
    return replace(problem, locks=(*problem.locks, Lock(person, day, seat)))


def _wish(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    person, n, said, *weight = cells
    wants = next((one for one in WANTS if one == said), None)
    if wants is None:
        raise refused(said)
    wish = Wish(person, day_at(n), wants, *map(int, weight))
    return replace(problem, wishes=(*problem.wishes, wish))


def _need(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    needs = []
    for cell in cells:
        hours, heads, skill = matched(_NEED, cell)
        needs.append(Need(*span_of(str(hours)), int(str(heads)), skill or ""))
    more = {day: (*problem.needs.get(day, ()), *needs) for day in _days_with_duties(problem)}
    return replace(problem, needs=more)


def _skills(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    has = frozenset(cells[1].split(","))
    people = tuple(replace(p, skills=has) if p.id == cells[0] else p for p in problem.people)
    return replace(problem, people=people)


def _handover(problem: RosterProblem, cells: list[str]) -> RosterProblem:
    return replace(problem, handover_min=int(cells[0]))


EXTRAS: Mapping[str, Extra] = {
    "open": _open,
    "overtime": _overtime,
    "reach": _reach,
    "labour": _labour,
    "record": _record,
    "published": _published,
    "frozen": _frozen,
    "elsewhere": _elsewhere,
    "lock": _lock,
    "wish": _wish,
    "need": _need,
    "skills": _skills,
    "handover": _handover,
    "peak": _peak,
}
