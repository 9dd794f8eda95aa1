"""Desks without a roster (``tests/cases/rosters``): the conflict is minimal, the loosening makes it work.

What CP-SAT found on reduced models is proved again by HiGHS on the plain rows, and read by the checkers.
"""

import copy
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.rosters.check import violations
from planner.rosters.engine import Ask
from planner.rosters.engines.highs import highs
from planner.rosters.explain.conflict import Conflict, conflict
from planner.rosters.explain.loosening import Loosening, loosening
from planner.rosters.explain.words import conflict_words, loosening_words
from planner.rosters.linear import Linear
from planner.rosters.notation import case
from planner.rosters.notation_cells import day_at
from planner.rosters.roster import Roster, RosterProblem
from planner.rosters.rules import RULES

CASES = sorted((Path(__file__).parents[2] / "cases" / "rosters").glob("*.toml"))
HARD = tuple(rule for rule in RULES if rule.is_hard)
BY_CODE = {rule.code: rule for rule in RULES}


class Desk:
    """One case: the question, what is expected, what is found."""

    def __init__(self, path: Path) -> None:
        self.expected: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        self.problem: RosterProblem = case(self.expected["roster"]).problem
        self.linear = Linear(self.problem, HARD)
        self.conflict: Conflict = conflict(self.problem)
        self.loosening: Loosening = loosening(self.problem)


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def desk(request: pytest.FixtureRequest) -> Desk:
    return Desk(request.param)


def has_roster(linear: Linear, rows: Iterable[int] | None = None) -> bool:
    """Ask HiGHS whether these rows (all, if none are given) can be kept; it must prove either."""
    part = copy.copy(linear)
    if rows is not None:
        part.rows = [linear.rows[n] for n in rows]
    answer = highs(Ask(part, None))
    assert (answer.values is None) == answer.is_infeasible
    return not answer.is_infeasible


def spelled(days: Iterable[date]) -> str:
    """Write days by their numbers: 1-3,5."""
    numbers = sorted({(day - day_at(0)).days for day in days})
    starts = [n for n in numbers if n - 1 not in numbers]
    ends = [n for n in numbers if n + 1 not in numbers]
    return ",".join(f"{a}-{b}" if a < b else f"{a}" for a, b in zip(starts, ends, strict=True))


def by_days(found: Iterable[tuple[str, str, tuple[date, ...]]]) -> set[str]:
    days: dict[str, set[date]] = {}
    for rule, who, when in found:
        days.setdefault(f"{rule} {who or '-'}", set()).update(when)
    return {f"{key} {spelled(when)}" for key, when in days.items()}


def test_there_are_twenty_cases() -> None:
    assert len(CASES) >= 20


def test_the_conflict_is_the_expected_one(desk: Desk) -> None:
    found = by_days((d.rule, ",".join(d.people), d.days) for d in desk.conflict.demands)
    assert found == set(desk.expected["conflict"])


def test_the_conflict_is_minimal(desk: Desk) -> None:
    rows = desk.conflict.rows
    assert desk.conflict.is_proved_minimal
    assert not has_roster(desk.linear)
    assert not has_roster(desk.linear, rows)
    for member in rows:
        assert has_roster(desk.linear, [n for n in rows if n != member]), desk.linear.rows[member]


def test_the_loosening_is_the_expected_one(desk: Desk) -> None:
    """Where several days cost the same the case names none."""
    steps = by_days((s.rule, s.person, s.days) for s in desk.loosening.steps)
    rules = {" ".join(step.split()[:2]) for step in steps}
    expected = set(desk.expected["loosening"])
    assert {" ".join(step.split()[:2]) for step in expected} == rules
    assert {step for step in expected if len(step.split()) == 3} <= steps
    assert desk.loosening.weight == sum(BY_CODE[step.split()[0]].loosening or 0 for step in expected)
    assert desk.loosening.is_proved_cheapest


def test_the_loosening_makes_a_roster_possible(desk: Desk) -> None:
    assert has_roster(desk.loosening.applied(desk.linear))
    roster = Roster(desk.loosening.duties)
    broken = {(v.rule, v.person, v.day) for v in violations(desk.problem, roster) if not v.cost}
    assert broken == {(s.rule, s.person, day) for s in desk.loosening.steps for day in s.days}


def test_no_cheaper_loosening_is_known_to_another_engine(desk: Desk) -> None:
    assert loosening(desk.problem, engine=highs).weight == desk.loosening.weight


def test_only_what_may_be_loosened_is_loosened(desk: Desk) -> None:
    assert desk.loosening.stuck is None
    assert all(BY_CODE[step.rule].loosening is not None for step in desk.loosening.steps)


def test_the_same_question_gets_the_same_answer(desk: Desk) -> None:
    assert conflict(desk.problem) == desk.conflict
    assert loosening(desk.problem) == desk.loosening


def test_both_are_told_in_words(desk: Desk) -> None:
    clash = conflict_words(desk.problem, desk.conflict)
    assert clash.answer.startswith("次の項目は" if len(clash.lines) == 1 else f"次の{len(clash.lines)}項目を")
    assert {line.partition("（")[0] for line in clash.lines} == {
        BY_CODE[demand.rule].name_ja.partition("（")[0] for demand in desk.conflict.demands
    }
    way = loosening_words(desk.problem, desk.loosening)
    assert len(way.lines) == len(desk.loosening.steps)
    assert all("「" in line and line.endswith("に見直す。") for line in way.lines)
    assert set(way.remedies) == {BY_CODE[step.rule].remedy_ja for step in desk.loosening.steps}
