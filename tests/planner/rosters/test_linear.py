"""What rules say becomes rows: constants folded, what cannot matter left out, the same roster both ways."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from planner.rosters.linear import NO, YES, Charge, Linear, Row, is_kept
from planner.rosters.notation import case
from planner.rosters.roster import Duty, RosterProblem, Stage
from planner.rosters.rule import Literal, Rule, Term, Variables
from planner.rosters.rules import RULES

SUNDAY, MONDAY, TUESDAY = (date(2026, 4, day) for day in (5, 6, 7))
Said = Callable[[Variables], None]


def saying(said: Said, stage: Stage = "cost") -> Rule:
    """A rule whose constraint is what a test says."""

    def apply(_: RosterProblem, variables: Variables) -> None:
        said(variables)

    return replace(RULES[0], code="said", stage=stage, apply=apply)


def linear(text: str, *said: Said) -> Linear:
    return Linear(case(text).problem, [saying(one) for one in said])


def both(variables: Variables, weight_a: int = 1, weight_b: int = 1) -> list[Term]:
    """The first duties of A and B on Sunday."""
    return [(weight_a, variables.works("A", SUNDAY, 0)), (weight_b, variables.works("B", SUNDAY, 0))]


def test_every_person_may_take_every_seat_of_every_day() -> None:
    found = linear("A 9-18 .\nB . 9-13&14-18")
    assert sorted(found.places.values()) == [
        (person, day, i) for person in "AB" for day, n in ((SUNDAY, 1), (MONDAY, 2)) for i in range(n)
    ]
    assert min(found.places) == 2
    assert found.size == 2 + 6


def test_decisions_of_the_tail_are_constants() -> None:
    found = linear("A 9-18 | 9-18\nB 10-19 | .")
    assert {day for _, day, _ in found.places.values()} == {MONDAY}
    assert [found.works("A", SUNDAY, i) for i in (0, 1)] == [YES, NO]
    assert [found.works("B", SUNDAY, i) for i in (0, 1)] == [NO, YES]


def test_constants_are_folded_into_the_limits_and_equal_decisions_added_up() -> None:
    def said(variables: Variables) -> None:
        tail, own = variables.works("A", SUNDAY, 0), variables.works("A", MONDAY, 0)
        never = variables.works("B", SUNDAY, 0)
        variables.keep([(5, tail), (2, own), (7, never), (1, own)], at_least=6, at_most=7)
        variables.penalise([(5, tail), (-2, own), (3, variables.works("B", MONDAY, 0))], above=6, cost=9)

    found = linear("A 9-18 | 9-18\nB . | .", said)
    a, b = found.works("A", MONDAY, 0), found.works("B", MONDAY, 0)
    assert found.rows == [Row("said", ((3, a),), 1, 2)]
    assert found.charges == [Charge("said", "cost", ((-2, a), (3, b)), 1, 9)]


@pytest.mark.parametrize(
    ("at_least", "at_most", "left"),
    [
        (-2, 3, None),
        (-1, 3, (-1, None)),
        (-2, 2, (None, 2)),
        (0, 0, (0, 0)),
        (None, None, None),
        (4, None, (4, None)),
    ],
)
def test_the_side_of_a_row_that_cannot_fail_is_left_out(
    at_least: int | None, at_most: int | None, left: tuple[int | None, int | None] | None
) -> None:
    """3 A - 2 B lies between -2 and 3."""
    found = linear("A 9-18\nB .", lambda variables: variables.keep(both(variables, 3, -2), at_least, at_most))
    assert [(row.at_least, row.at_most) for row in found.rows] == ([left] if left else [])


def test_a_row_that_cannot_hold_stays_and_is_broken() -> None:
    found = linear("A 9-18", lambda variables: variables.keep([], at_least=1))
    assert found.rows == [Row("said", (), 1, None)]
    assert found.broken(found.values(())) == found.rows


@pytest.mark.parametrize(("above", "is_charged"), [(2, True), (3, False), (4, False)])
def test_a_charge_that_cannot_fall_due_is_left_out(above: int, is_charged: bool) -> None:
    found = linear(
        "A 9-18\nB .", lambda variables: variables.penalise(both(variables, 3, -2), above=above, cost=10)
    )
    assert bool(found.charges) == is_charged


@pytest.mark.parametrize("above", [-2, -1, 0, 1, 2, 3, 4])
@pytest.mark.parametrize("weights", [(2, 2), (1, 3), (3, -1), (-1, -2)])
@pytest.mark.parametrize("workers", ["", "A", "B", "AB"])
def test_however_a_charge_is_written_it_costs_every_unit_above(
    above: int, weights: tuple[int, int], workers: str
) -> None:
    problem = "A 9-18&9-18\nB ."

    def said(variables: Variables) -> None:
        variables.penalise(both(variables, *weights), above=above, cost=10)

    found = linear(problem, said)
    values = [0, 1] + [0] * (found.size - 2)
    for person in workers:
        values[found.works(person, SUNDAY, 0)] = 1
    summed = sum(weight for weight, person in zip(weights, "AB", strict=True) if person in workers)
    assert found.cost(values) == 10 * max(0, summed - above)


def test_a_union_holds_if_one_of_its_members_does() -> None:
    unions: list[Literal] = []

    def said(variables: Variables) -> None:
        (_, a), (_, b) = both(variables)
        either = variables.any_of([b, a, NO])
        unions.extend([either, variables.any_of([either, variables.works("A", MONDAY, 0)])])
        variables.keep([(1, unions[-1])], at_least=1)

    found = linear("A 9-18 10-19\nB . .", said)
    first, second = unions
    assert found.unions.keys() == {first, second}
    by_duty = {
        person: found.values([Duty(day, person, found.seats[day][0])])
        for person, day in (("A", MONDAY), ("B", SUNDAY))
    }
    assert [by_duty["A"][x] for x in unions] == [0, 1]
    assert [by_duty["B"][x] for x in unions] == [1, 1]
    assert found.broken(found.values(())) == found.rows
    assert not found.broken(by_duty["A"])
    everybody = {("A", SUNDAY, 0), ("B", SUNDAY, 0), ("A", MONDAY, 0)}
    assert found.places_of([(4, second)]) == everybody
    assert found.places_of([(1, YES)]) == set()


def test_a_union_of_constants_or_of_one_needs_no_decision() -> None:
    found = linear("A 9-18")
    a = found.works("A", SUNDAY, 0)
    assert found.any_of([]) == found.any_of([NO]) == NO
    assert found.any_of([a, YES]) == YES
    assert found.any_of([a, a, NO]) == a
    assert not found.unions


def test_a_roster_and_its_values_are_two_ways_to_say_the_same() -> None:
    drawn = case("menu 10-19\nA 9-18 . 10-19*\nB 9-18 13-22 .\n- . 9-18 .")
    found = Linear(drawn.problem, RULES)
    assert found.duties(found.values(drawn.roster.duties)) == drawn.roster.duties


def test_of_equal_seats_each_duty_takes_the_next() -> None:
    drawn = case("A 9-18\nB 9-18\nC .")
    found = Linear(drawn.problem, [])
    taken = [place for n, place in found.places.items() if found.values(drawn.roster.duties)[n]]
    assert taken == [("A", SUNDAY, 0), ("B", SUNDAY, 1)]
    one_more = replace(drawn.roster.duties[0], person="C")
    taken = [place for n, place in found.places.items() if found.values((*drawn.roster.duties, one_more))[n]]
    assert [i for _, _, i in taken] == [0, 1, 1]


def test_what_no_decision_can_say_has_no_value() -> None:
    drawn = case("A 9-18 | ?10-19 9-18")
    found = Linear(drawn.problem, [])
    unseated = [duty for duty in drawn.roster.duties if duty.day == MONDAY]
    stranger = replace(drawn.roster.duties[-1], person="Z")
    assert unseated
    assert found.values([*unseated, *drawn.problem.tail, stranger]) == found.values(())


def test_costs_are_told_apart_by_stage() -> None:
    def said(variables: Variables) -> None:
        variables.penalise(both(variables), above=0, cost=10)

    problem = case("A 9-18\nB .").problem
    found = Linear(problem, [saying(said), saying(said, "fairness"), saying(said, "fairness")])
    values = found.values([Duty(SUNDAY, "A", found.seats[SUNDAY][0])])
    costs = {stage: found.cost(values, stage) for stage in ("service", "cost", "fairness")}
    assert costs == {"service": 0, "cost": 10, "fairness": 20}
    assert found.cost(values) == 30


@pytest.mark.parametrize(
    ("found", "kept"), [((0, 0), False), ((1, 0), True), ((0, 1), True), ((1, 1), False)]
)
def test_both_limits_of_a_row_are_included(found: tuple[int, int], kept: bool) -> None:
    row = Row("said", ((2, Literal(2)), (3, Literal(3))), 2, 3)
    assert is_kept(row, (0, 1, *found)) == kept


def test_only_a_rule_writes_rows() -> None:
    with pytest.raises(RuntimeError, match="only a rule"):
        Linear(case("A 9-18").problem, []).keep([], at_least=1)
