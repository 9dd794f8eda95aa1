"""What every engine owes: the answers of trying everything, and nothing claimed that was not proved."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from planner.rosters.engine import Answer, Ask, Engine
from planner.rosters.engines.cp_sat import cp_sat
from planner.rosters.engines.highs import highs
from planner.rosters.linear import Linear
from planner.rosters.notation import case
from planner.rosters.roster import STAGES, RosterProblem, Stage
from planner.rosters.rule import Rule, Variables
from planner.rosters.rules import RULES

ENGINES: Mapping[str, Engine] = {"cp_sat": cp_sat, "highs": highs}
each_engine = pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)

FEASIBLE = {
    "wishes of hours": "open 8-18\nA=8-17 . 9-18 13-22\nB=9-18 . 8-17 8-17\n~M! . . .\nreach x x x",
    "leave": "open 9-18\nA=9-18 . 9-18 L9-18\nB!=9-18 . 9-18(14-15) 9-18(14-15)",
    "grades": "A=9-18 . 9-18@junior 8-17@junior\nB@junior=9-18 . 9-18@junior .\n+C . 9-18+ .",
    "a tail": "A . 13-22 | 6-15 9-18\nB . . 9-18 8-17",
    "a week": "A=9-18 9-18 9-18 9-18 9-18 . | 9-14 9-14\nB=10-19 . . . . . . 9-18",
}
INFEASIBLE = {
    "a day too long": "A 9-19 .\nB . .",
    "nobody may manage": "open 9-18\nA 9-18 .\nB . 9-18",
    "home at ten, back at six": "A 13-22 6-15",
}
MOST_DECISIONS = 12


@cache
def linear(text: str) -> Linear:
    return Linear(case(text).problem, RULES)


@cache
def every(text: str) -> tuple[tuple[int, ...], ...]:
    """All rosters of a case that keep every row, as values."""
    asked = linear(text)
    assert len(asked.places) <= MOST_DECISIONS
    derived = [0] * len(asked.unions)
    return tuple(
        tuple(values)
        for free in product((0, 1), repeat=len(asked.places))
        if not asked.broken(values := asked.completed([0, 1, *free, *derived]))
    )


def settled(text: str, costs: Mapping[Stage, int]) -> list[tuple[int, ...]]:
    """The rosters that cost no more than this in these stages."""
    asked = linear(text)
    return [
        values
        for values in every(text)
        if all(asked.cost(values, stage) <= most for stage, most in costs.items())
    ]


def least(text: str, stage: Stage, held: Mapping[Stage, int]) -> int:
    return min(linear(text).cost(values, stage) for values in settled(text, held))


def steps(text: str) -> Iterator[tuple[Stage, dict[Stage, int], int]]:
    """Each stage with the earlier ones held at their least, and its own least."""
    held: dict[Stage, int] = {}
    for stage in STAGES:
        value = least(text, stage, held)
        yield stage, dict(held), value
        held[stage] = value


def test_the_cases_are_small_and_of_both_kinds() -> None:
    assert all(every(text) for text in FEASIBLE.values())
    assert not any(every(text) for text in INFEASIBLE.values())
    costs = {stage for text in FEASIBLE.values() for stage, _, value in steps(text) if value}
    assert len(costs) >= 2, "the cases charge nothing worth minimising"


@each_engine
@pytest.mark.parametrize("text", FEASIBLE.values(), ids=FEASIBLE)
def test_each_stage_costs_what_trying_everything_finds(engine: Engine, text: str) -> None:
    asked = linear(text)
    for stage, held, value in steps(text):
        answer = engine(Ask(asked, stage, held))
        assert answer.values is not None
        assert answer.values in settled(text, held)
        assert asked.cost(answer.values, stage) == value
        assert answer.bound == pytest.approx(value)
        assert answer.is_optimal
        assert not answer.is_infeasible


@each_engine
@pytest.mark.parametrize("text", FEASIBLE.values(), ids=FEASIBLE)
def test_without_a_stage_any_roster_will_do(engine: Engine, text: str) -> None:
    answer = engine(Ask(linear(text), None))
    assert answer.values in every(text)
    assert answer.bound == 0


@each_engine
@pytest.mark.parametrize("text", INFEASIBLE.values(), ids=INFEASIBLE)
def test_that_there_is_no_roster_is_proved(engine: Engine, text: str) -> None:
    assert engine(Ask(linear(text), "service")) == Answer(None, is_infeasible=True)


@each_engine
def test_a_stage_held_below_its_least_leaves_no_roster(engine: Engine) -> None:
    text = FEASIBLE["leave"]
    stage = next(stage for stage, _, value in steps(text) if value)
    below = least(text, stage, {}) - 1
    assert engine(Ask(linear(text), "fairness", {stage: below})).is_infeasible


@each_engine
@pytest.mark.parametrize("text", FEASIBLE.values(), ids=FEASIBLE)
def test_fixed_decisions_are_kept(engine: Engine, text: str) -> None:
    """Each decision fixed the other way round than the best roster has it."""
    asked = linear(text)
    best = min(every(text), key=lambda values: asked.cost(values, "service"))
    for n in (*asked.places, *asked.unions):
        fixed = {int(n): 1 - best[n]}
        left = [values for values in every(text) if values[n] == 1 - best[n]]
        answer = engine(Ask(asked, "service", fixed=fixed))
        if left:
            assert answer.values in left
            assert asked.cost(answer.values, "service") == min(asked.cost(v, "service") for v in left)
        else:
            assert answer == Answer(None, is_infeasible=True)


@each_engine
@pytest.mark.parametrize("text", FEASIBLE.values(), ids=FEASIBLE)
def test_a_hint_changes_nothing_that_is_proved(engine: Engine, text: str) -> None:
    """Not even one that breaks rows: nobody works, or everybody everywhere."""
    asked = linear(text)
    dearest = max(every(text), key=lambda values: asked.cost(values, "service"))
    for hint in (dearest, [0, 1] + [0] * (asked.size - 2), [0] + [1] * (asked.size - 1)):
        before = list(hint)
        answer = engine(Ask(asked, "service", hint=hint))
        assert answer.is_optimal
        assert answer.bound == pytest.approx(least(text, "service", {}))
        assert list(hint) == before


@each_engine
def test_the_same_question_has_the_same_answer(engine: Engine) -> None:
    for text in FEASIBLE.values():
        ask = Ask(linear(text), "service", seed=5)
        assert engine(ask) == engine(ask)


@each_engine
def test_within_a_gap_the_bound_holds_and_only_the_least_is_called_optimal(engine: Engine) -> None:
    for text in FEASIBLE.values():
        asked, value = linear(text), least(text, "service", {})
        answer = engine(Ask(asked, "service", gap=0.5))
        assert answer.values in every(text)
        found = asked.cost(answer.values, "service")
        assert answer.bound <= value + 1e-6
        assert found - answer.bound <= 0.5 * found + 1e-6
        assert found == value or not answer.is_optimal


def demanding(*rows: tuple[int | None, int | None]) -> Rule:
    """A rule with rows that hold no decision at all."""

    def apply(_: RosterProblem, variables: Variables) -> None:
        for at_least, at_most in rows:
            variables.keep([], at_least, at_most)

    return replace(RULES[0], apply=apply)


@each_engine
@pytest.mark.parametrize("row", [(1, None), (None, -1)])
def test_a_row_without_decisions_that_cannot_hold_leaves_no_roster(
    engine: Engine, row: tuple[int | None, int | None]
) -> None:
    asked = Linear(case("A 9-18").problem, [demanding(row)])
    assert asked.rows
    assert engine(Ask(asked, None)).is_infeasible


def charging(above: int, *weights: int) -> Rule:
    """A rule that charges the sum of the first duties of A and B, and demands one of them."""

    def apply(problem: RosterProblem, variables: Variables) -> None:
        both = [variables.works(person, problem.days[0], 0) for person in "AB"]
        variables.keep([(1, x) for x in both], at_least=1)
        variables.penalise(list(zip(weights, both, strict=True)), above=above, cost=10)

    return replace(RULES[0], stage="service", apply=apply)


@each_engine
@pytest.mark.parametrize("above", [-3, -1, 0, 1, 2])
@pytest.mark.parametrize("weights", [(1, 2), (3, -1), (-1, -2), (2, 2)])
def test_a_charge_counts_every_unit_above_and_none_below(
    engine: Engine, above: int, weights: tuple[int, int]
) -> None:
    asked = Linear(case("A 9-18\nB .").problem, [charging(above, *weights)])
    expected = min(10 * max(0, n - above) for n in (weights[0], weights[1], sum(weights)))
    answer = engine(Ask(asked, "service"))
    assert answer.values is not None
    assert asked.cost(answer.values, "service") == expected
    assert answer.bound == pytest.approx(expected)


def test_engines_agree_on_a_month(lan_desk_month: RosterProblem) -> None:
    asked = Linear(lan_desk_month, RULES)
    held: dict[Stage, int] = {}
    for stage in STAGES:
        answers = [engine(Ask(asked, stage, dict(held))) for engine in ENGINES.values()]
        costs = {asked.cost(answer.values or (), stage) for answer in answers}
        assert all(answer.is_optimal for answer in answers)
        assert len(costs) == 1
        held[stage] = costs.pop()
    assert any(held.values())


@each_engine
def test_who_is_not_waited_for_any_more_gets_what_is_known_and_no_more(
    engine: Engine, lan_desk_month: RosterProblem
) -> None:
    asked = Linear(lan_desk_month, RULES)
    answer = engine(Ask(asked, "service", watch=lambda: False, limit_s=20))
    assert not answer.is_infeasible
    if answer.values is None:
        assert not answer.is_optimal
    else:
        assert not asked.broken(answer.values)
        assert answer.bound <= asked.cost(answer.values, "service") + 1e-6


def test_cp_sat_ends_when_it_is_told_to(lan_desk_month: RosterProblem) -> None:
    """HiGHS cannot be stopped through MathOpt: it ends with its limit, and is not asked for long searches."""
    asked = Linear(lan_desk_month, RULES)
    answers = iter([True, False, False])
    times: list[bool] = []

    def watch() -> bool:
        times.append(next(answers, False))
        return times[-1]

    stopped = cp_sat(Ask(asked, "service", watch=watch, limit_s=20))
    assert times[:2] == [True, False]
    assert not stopped.is_optimal
