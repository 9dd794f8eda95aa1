"""Shift-scheduling instances of Curtois and Qu (2014): read, solved by every engine, checked apart."""

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.rosters_curtois_check import faults, penalty
from benchmarks.rosters_curtois_rules import Cover, Employee, Instance, Request, Shift, rules
from benchmarks.shared_data import shared
from planner.desk import Labour, Person
from planner.formation import Seat
from planner.rosters.engine import Ask, Engine
from planner.rosters.engines.cp_sat import cp_sat
from planner.rosters.engines.highs import highs
from planner.rosters.engines.lines import lines
from planner.rosters.linear import Linear
from planner.rosters.roster import RosterProblem

MONDAY = date(2024, 1, 1)
"""The invented first day."""


@dataclass(frozen=True, slots=True)
class Row:
    """What an engine reached on an instance: points, points proved to be unavoidable, wall seconds.

    ``is_checked``: the independent checker finds no fault and the same points.
    """

    instance: int
    engine: str
    value: int | None
    bound: float
    seconds: float
    is_proven: bool
    is_checked: bool


def text_of(number: int) -> str:
    """Return an instance as it was published."""
    return shared(f"bench/rosters/Instance{number}.txt").read_text(encoding="utf-8")


def read(text: str) -> Instance:
    """Read an instance."""
    fields: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if line.startswith("SECTION_"):
            section = fields.setdefault(line.strip(), [])
        elif line.strip() and not line.startswith("#"):
            section.append(line.strip().split(","))
    days_off = {row[0]: frozenset(map(int, row[1:])) for row in fields.get("SECTION_DAYS_OFF", [])}
    return Instance(
        days=int(fields["SECTION_HORIZON"][0][0]),
        shifts=tuple(
            Shift(name, int(length), frozenset(filter(None, after.split("|"))))
            for name, length, after in fields["SECTION_SHIFTS"]
        ),
        employees=tuple(
            Employee(who, _limits(types), days_off.get(who, frozenset()), *map(int, rest))
            for who, types, *rest in fields["SECTION_STAFF"]
        ),
        requests=tuple(
            Request(who, int(day), shift, int(weight), is_on)
            for name, is_on in (("SECTION_SHIFT_ON_REQUESTS", True), ("SECTION_SHIFT_OFF_REQUESTS", False))
            for who, day, shift, weight in fields.get(name, [])
        ),
        covers=tuple(
            Cover(int(day), shift, *map(int, rest)) for day, shift, *rest in fields["SECTION_COVER"]
        ),
    )


def _limits(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((name, int(most)) for name, most in (limit.split("=") for limit in text.split("|")))


def problem_of(instance: Instance) -> RosterProblem:
    """Return the instance as a roster problem: a duty of the menu for every shift; starts tell them apart."""
    menu = tuple(Seat("", i, i + shift.length_min) for i, shift in enumerate(instance.shifts))
    days = tuple(MONDAY + timedelta(days=n) for n in range(instance.days))
    return RosterProblem(
        days=days,
        people=tuple(Person(id=who.id, name=who.id, grade="") for who in instance.employees),
        seats={},
        open_min={},
        standing={},
        reachable=frozenset(),
        labour=Labour(),
        menu=dict.fromkeys(days, menu),
    )


def linear_of(text: str) -> Linear:
    """Return the rows of an instance: the one model of every engine."""
    instance = read(text)
    return Linear(problem_of(instance), rules(instance))


def lines_of(linear: Linear, values: Sequence[int], text: str) -> Mapping[str, list[str]]:
    """Return everybody's shifts by day, "" for a day off."""
    names = [shift.id for shift in read(text).shifts]
    out = {person.id: [""] * len(linear.problem.days) for person in linear.problem.people}
    for literal, (person, day, seat) in linear.places.items():
        if values[literal]:
            out[person][(day - MONDAY).days] += names[seat]
    return out


def run(instances: Iterable[int], limit_s: float, engines: Mapping[str, Engine]) -> list[Row]:
    """Let every engine solve every instance in turn."""
    return [
        measured(number, name, engine, limit_s) for number in instances for name, engine in engines.items()
    ]


def measured(number: int, name: str, engine: Engine, limit_s: float) -> Row:
    """Solve one instance; seconds hold the writing of the rows too."""
    text = text_of(number)
    start = time.perf_counter()
    linear = linear_of(text)
    answer = engine(Ask(linear, stage="service", limit_s=limit_s))
    seconds = time.perf_counter() - start
    if answer.values is None:
        return Row(number, name, None, answer.bound, seconds, is_proven=False, is_checked=True)
    roster = lines_of(linear, answer.values, text)
    value = linear.cost(answer.values, "service")
    is_checked = not faults(text, roster) and penalty(text, roster) == value
    is_proven = answer.is_optimal and answer.bound > value - 1
    return Row(number, name, value, answer.bound, seconds, is_proven, is_checked)


def main(arguments: Sequence[str]) -> None:
    """Print a line for each instance (numbers; otherwise 1 to 12) and engine (names; otherwise all)."""
    engines: dict[str, Engine] = {"lines": lines, "highs": highs, "cp_sat": cp_sat}
    numbers = [int(a) for a in arguments if a.isdigit()] or list(range(1, 13))
    named = {name: e for name, e in engines.items() if name in arguments} or engines
    for number in numbers:
        for row in run([number], 300.0, named):
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
