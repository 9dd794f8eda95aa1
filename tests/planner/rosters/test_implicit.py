"""Breaks dealt out afterwards: the same question, at the same charges, with fewer decisions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from random import Random

import pytest

from planner.rosters import implicit as implicit_module
from planner.rosters.engine import Ask
from planner.rosters.engines.cp_sat import cp_sat
from planner.rosters.implicit import Implicit, implicit
from planner.rosters.linear import Charge, Linear, Row
from planner.rosters.notation import case
from planner.rosters.roster import STAGES, Stage
from planner.rosters.rule import Literal
from planner.rosters.rules import RULES

MENU = "menu " + " ".join(
    f"{start}-{start + 9}({pause}-{pause + 1})" for start in (8, 9, 10) for pause in (11, 12, 13, 14)
)
ON_CALL = "reach x x\n~M! . ."
NEEDS = "need 8-10x1 10-17x2 17-19x1"
CASES = {
    "alike": f"open 8-19\n{MENU}\n{NEEDS}\n{ON_CALL}\nA=8-17 . .\nB=10-19 . .\nC=9-18 . .",
    "leave, a late day before": f"{MENU}\n{NEEDS}\nA=8-17 . | . L\nB=10-19 13-22 | . .\nC . | . .\nD . | . .",
    "a manager at the desk": f"open 8-19\n{MENU}\n{NEEDS}\nA!=8-17 . .\nB!=10-19 . .\nC=9-18 . .\nD . .",
    "a skill asked for": f"{MENU}\nneed 9-17x1@vpn 9-18x2\nskills A vpn\nA . .\nB . .\nC . .",
    "grades": f"open 8-19\n{MENU}\n{NEEDS}\n{ON_CALL}\nA=8-17 . .\nB@junior . .\nC@junior=9-18 . .\nD . .",
}
each_case = pytest.mark.parametrize("text", CASES.values(), ids=CASES)


def rewritten(text: str) -> Implicit:
    return implicit(Linear(case(text).problem, RULES))


def drawn(linear: Linear, rng: Random) -> list[int]:
    """A roster: nobody or one seat for each person and day, drawn."""
    values = [0] * linear.size
    values[1] = 1
    for _, group in groupby(sorted(linear.places, key=lambda x: linear.places[x]), _own(linear)):
        if (seat := rng.choice([None, *group])) is not None:
            values[seat] = 1
    return linear.completed(values)


def broken(linear: Linear, values: Sequence[int]) -> set[str]:
    return {row.rule for row in linear.broken(values)}


def _own(linear: Linear) -> Callable[[Literal], tuple[str, date]]:
    return lambda x: linear.places[x][:2]


def some_rosters(linear: Linear, n: int = 60) -> Iterator[list[int]]:
    rng = Random(7)  # noqa: S311  # drawn, not secret
    return (drawn(linear, rng) for _ in range(n))


@each_case
def test_a_roster_costs_and_breaks_the_same_in_both(text: str) -> None:
    short = rewritten(text)
    assert len(short.linear.places) < len(short.whole.places)
    for values in some_rosters(short.whole):
        read = short.read(values)
        for stage in STAGES:
            assert short.linear.cost(read, stage) == short.whole.cost(values, stage)
        assert broken(short.linear, read) == broken(short.whole, values)


@each_case
def test_dealing_out_gives_everybody_a_seat_of_the_chosen_shift_and_every_seat_its_number(text: str) -> None:
    short = rewritten(text)
    for values in some_rosters(short.whole):
        read = short.read(values)
        dealt = short.write(read)
        assert short.read(dealt) == read
        assert sum(dealt) == sum(values)
        assert [short.whole.cost(dealt, stage) for stage in STAGES] == [
            short.whole.cost(values, stage) for stage in STAGES
        ]


@each_case
def test_the_optimum_is_the_same_stage_by_stage(text: str) -> None:
    short = rewritten(text)
    held: dict[Stage, int] = {}
    for stage in STAGES:
        whole = cp_sat(Ask(short.whole, stage, held))
        few = cp_sat(Ask(short.linear, stage, held))
        assert whole.is_optimal
        assert few.is_optimal
        assert whole.values is not None
        assert few.values is not None
        dealt = short.write(few.values)
        assert not short.whole.broken(dealt)
        assert short.whole.cost(dealt, stage) == short.whole.cost(whole.values, stage)
        held[stage] = short.whole.cost(dealt, stage)


def test_named_seats_stay_as_they_are() -> None:
    linear = Linear(case("open 8-18\nA=8-17 . 9-18 13-22\nB=9-18 . 8-17 8-17").problem, RULES)
    assert implicit(linear).linear is linear


def test_who_may_have_two_duties_a_day_chooses_every_seat_alone() -> None:
    problem = case(CASES["alike"]).problem
    linear = Linear(problem, [rule for rule in RULES if rule.code != "one_duty"])
    assert implicit(linear).linear is linear


def test_a_wish_that_reads_one_break_keeps_that_shift_apart() -> None:
    """A row of one person's own that reads a single seat: this seat cannot be dealt to him unasked."""
    linear = Linear(case(CASES["alike"]).problem, RULES)
    mine = next(x for x, (who, _, _) in linear.places.items() if who == "A")
    before = len(implicit(linear).shifts)
    linear.rows.append(replace(linear.rows[0], terms=((1, mine),), at_least=None, at_most=0))
    short = implicit(linear)
    assert len(short.shifts) > before
    for values in some_rosters(linear):
        assert broken(short.linear, short.read(values)) == broken(linear, values)


@pytest.mark.parametrize("at_least", [0, 1])
def test_a_demand_on_single_seats_stays_a_demand_on_each(
    at_least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(implicit_module, "WORTH", 9.0)
    linear = Linear(case("menu 9-18(12-13) 9-18(13-14)\nA .").problem, [])
    (first, second) = linear.places
    linear.rows = [Row("one", ((1, first), (1, second)), None, 1)]
    linear.rows += [Row("each", ((1, seat),), at_least, None) for seat in (first, second)]
    answer = cp_sat(Ask(implicit(linear).linear, None))
    assert answer.is_infeasible == bool(at_least)


@pytest.mark.parametrize(("above", "cost"), [(0, 0), (-1, 1)])
def test_a_charge_on_seats_not_taken_falls_due_for_each(
    above: int, cost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(implicit_module, "WORTH", 9.0)
    linear = Linear(case("menu 9-18(12-13) 9-18(13-14)\nA .").problem, [])
    (first, second) = linear.places
    linear.rows = [Row("one", ((1, first), (1, second)), None, 1)]
    linear.charges = [Charge("each", "service", ((-1, seat),), above, 1) for seat in (first, second)]
    asked = implicit(linear)
    answer = cp_sat(Ask(asked.linear, "service"))
    assert answer.values is not None
    assert linear.cost(asked.write(answer.values)) == answer.bound == cost
