"""Questions of a few decisions, each a part of its own, against all rosters counted out."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from planner.rosters import settle
from planner.rosters.engine import Answer, Ask, Engine
from planner.rosters.engines.cp_sat import cp_sat
from planner.rosters.engines.highs import highs
from planner.rosters.linear import Charge, Linear, Row
from planner.rosters.notation import case
from planner.rosters.parts import Index
from planner.rosters.roster import STAGES, Settled
from planner.rosters.rule import Literal
from planner.rosters.search import Infeasible, Search
from planner.rosters.settle import Course
from planner.rosters.solve import settled_in_turn

X, Y, Z = Literal(2), Literal(3), Literal(4)
ENGINES = (("CP-SAT", cp_sat, 1.0), ("HiGHS", highs, 1.0))


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """No two weeks are put together."""
    monkeypatch.setattr(settle, "MOST", 0)


def question(days: list[int], rows: list[Row], charges: list[Charge]) -> Linear:
    """Return rows and charges over one decision for each number: weeks after the first day."""
    out = Linear(case("open 9-18\nreach x\n~M! .").problem, ())
    out.places.clear()
    for n, week in enumerate(days):
        day = date(2026, 4, 5) + timedelta(weeks=2 * week)
        out.places[Literal(2 + n)] = (f"P{n}", day, 0)
    out.rows, out.charges = rows, charges
    return out


def rosters(linear: Linear) -> Iterator[list[int]]:
    for free in product((0, 1), repeat=len(linear.places)):
        values = linear.completed([0, 1, *free, *[0] * len(linear.unions)])
        if not linear.broken(values):
            yield values


def costs(linear: Linear, values: list[int]) -> tuple[int, ...]:
    return tuple(linear.cost(values, stage) for stage in STAGES)


def settled(
    linear: Linear, start: list[int] | None = None, engines: tuple[tuple[str, Engine, float], ...] = ENGINES
) -> tuple[Settled, ...]:
    values = start or [0, 1, *[0] * (linear.size - 2)]
    course = Course(linear, Index(linear), list(values), not linear.broken(values))
    found = settled_in_turn(course, Search(engines, workers=1))
    assert not linear.broken(course.values)
    assert costs(linear, course.values) == tuple(stage.value for stage in found)
    return found


def is_sound(linear: Linear, found: tuple[Settled, ...]) -> bool:
    """Tell whether no roster that holds the earlier stages costs less than what was said to be proved."""
    left = list(rosters(linear))
    for stage in found:
        if min(linear.cost(values, stage.stage) for values in left) < stage.bound:
            return False
        left = [values for values in left if linear.cost(values, stage.stage) <= stage.value]
    return True


TIED = question(
    [0, 1],
    [Row("y", ((1, Y),), 1, None)],
    [
        Charge("own", "service", ((-1, X),), -1, 1),
        Charge("across", "service", ((1, X), (1, Y)), 1, 1),
        Charge("later", "cost", ((1, X),), 0, 10),
    ],
)


@pytest.mark.parametrize("start", [[0, 1, 1, 1], [0, 1, 0, 0]])
def test_an_earlier_stage_may_be_paid_elsewhere_by_a_later_one(start: list[int]) -> None:
    found = settled(TIED, start)
    assert [(stage.value, stage.bound) for stage in found] == [(1, 1), (0, 0), (0, 0), (0, 0)]


def test_a_lawful_answer_that_pays_across_is_not_thrown_away() -> None:
    linear = question(
        [0, 1, 2],
        [Row("one", ((1, X), (1, Y)), None, 1), Row("y", ((1, Y),), 1, None)],
        [
            Charge("own", "service", ((-1, X),), -1, 3),
            Charge("across", "service", ((1, Y), (1, Z)), 1, 1),
            Charge("third", "service", ((-1, Z),), -1, 2),
        ],
    )
    found = settled(linear, [0, 1, 0, 0, 0])
    assert found[0].value == 4
    assert is_sound(linear, found)


def test_where_parts_in_turn_end_in_a_blind_alley_all_days_are_tried_as_one() -> None:
    linear = question([0, 1], [Row("both", ((1, X), (-1, Y)), 0, 0), Row("y", ((1, Y),), 1, None)], [])
    assert settled(linear)[0].value == 0


def test_a_later_stage_may_lower_an_earlier_one_that_was_not_proved() -> None:
    linear = question(
        [0], [], [Charge("a", "service", ((1, X),), 0, 5), Charge("b", "cost", ((1, X),), 0, 9)]
    )

    def weak_at_first(ask: Ask) -> Answer:
        return Answer((0, 1, 1)) if ask.stage == "service" else cp_sat(ask)

    found = settled(linear, [0, 1, 1], (("weak", weak_at_first, 1.0),))
    assert [(stage.value, stage.bound) for stage in found[:2]] == [(0, 0), (0, 0)]


def test_what_falls_due_in_any_case_is_proved_too() -> None:
    linear = question([0, 1], TIED.rows, [*TIED.charges, Charge("always", "service", (), -3, 1)])
    assert settled(linear, [0, 1, 1, 1])[0] == Settled("service", 4, 4, "CP-SAT")


def test_a_bound_a_hair_above_the_last_point_is_no_proof() -> None:
    linear = question([0], [], [Charge("a", "service", ((-1, X),), -1, 10)])

    def hair(_: Ask) -> Answer:
        return Answer((0, 1, 0), 9.0000001)

    assert settled(linear, [0, 1, 0], (("hair", hair, 1.0),))[0].bound == 9


def drawn(seed: int) -> Linear:
    """A few decisions in two or three parts, rows and charges within and across, some derived ones."""
    rng = Random(seed)  # noqa: S311  # drawn, not secret
    linear = question(sorted(rng.randrange(3) for _ in range(rng.randint(2, 7))), [], [])
    free = list(linear.places)
    for _ in range(rng.choice((0, 0, 1, 2))):
        linear.any_of(rng.sample([*free, *linear.unions], 2))

    def terms() -> tuple[tuple[int, Literal], ...]:
        some = rng.sample([*free, *linear.unions], rng.randint(1, min(4, len(free))))
        return tuple((rng.choice((1, 1, 2, -1)), x) for x in sorted(some))

    for _ in range(rng.randint(0, 3)):
        sum_ = terms()
        at = rng.randint(*linear.span(sum_))
        linear.rows.append(Row("r", sum_, at, None) if rng.random() < 0.5 else Row("r", sum_, None, at))
    for _ in range(rng.randint(2, 8)):
        sum_, stage = terms(), rng.choice(STAGES)
        low, high = linear.span(sum_)
        linear.charges.append(
            Charge("c", stage, sum_, rng.randint(low - 1, max(low, high - 1)), rng.randint(1, 4))
        )
    return linear


def tired(ask: Ask) -> Answer:
    """An engine that runs out of time now and then: a roster without a proof, or nothing."""
    full = cp_sat(ask)
    chance = Random(f"{ask.stage}{ask.linear.size}{len(ask.linear.charges)}").random()  # noqa: S311  # drawn
    if chance < 0.4 and not full.is_infeasible:
        found = cp_sat(Ask(ask.linear, None, ask.held))  # any roster
        return Answer(found.values, full.bound / 2)
    return full


@pytest.mark.parametrize("engine", [cp_sat, tired])
@pytest.mark.parametrize("seed", range(150))
def test_nothing_is_proved_that_counting_out_refutes(seed: int, engine: Engine) -> None:
    linear = drawn(seed)
    try:
        found = settled(linear, None, (("engine", engine, 1.0),))
    except Infeasible:
        assert not list(rosters(linear))
        return
    assert is_sound(linear, found)
