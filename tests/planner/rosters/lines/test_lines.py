from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from planner.rosters.engine import Ask
from planner.rosters.engines.lines import applies, lines
from planner.rosters.linear import Linear

Rosters = Callable[[Linear, int], Iterator[list[int]]]


def best_of(linear: Linear, rosters: Rosters) -> int | None:
    costs = [linear.cost(v, "service") for v in rosters(linear, 2) if not linear.broken(v)]
    return min(costs, default=None)


@pytest.mark.parametrize("seed", range(25))
def test_the_cheapest_roster_is_found_and_proved(
    seed: int, drawn: Callable[..., Linear], rosters: Rosters
) -> None:
    linear = drawn(seed, n_days=3)
    answer = lines(Ask(linear, "service", limit_s=20.0))
    best = best_of(linear, rosters)
    if best is None:
        assert answer.values is None
        return
    assert answer.values is not None
    assert not linear.broken(answer.values)
    assert linear.cost(answer.values, "service") == best
    assert answer.bound == best
    assert answer.is_optimal


@pytest.mark.parametrize("seed", range(10))
def test_a_bound_is_never_above_the_best_roster(
    seed: int, drawn: Callable[..., Linear], rosters: Rosters
) -> None:
    linear = drawn(seed, n_days=3)
    best = best_of(linear, rosters)
    answer = lines(Ask(linear, "service", limit_s=0.0))
    assert best is None or answer.bound <= best


def test_a_held_stage_costs_no_more_than_it_may(drawn: Callable[..., Linear], rosters: Rosters) -> None:
    linear = drawn(3, n_days=3)
    n = len(linear.charges) // 2
    linear.charges[:n] = [replace(charge, stage="cost") for charge in linear.charges[:n]]
    kept = [v for v in rosters(linear, 2) if not linear.broken(v)]
    most = min(linear.cost(v, "cost") for v in kept) + 2
    best = min(linear.cost(v, "service") for v in kept if linear.cost(v, "cost") <= most)
    answer = lines(Ask(linear, "service", held={"cost": most}, limit_s=20.0))
    assert answer.values is not None
    assert (linear.cost(answer.values, "service"), answer.is_optimal) == (best, True)
    assert linear.cost(answer.values, "cost") <= most


def test_a_fixed_decision_stays(drawn: Callable[..., Linear], rosters: Rosters) -> None:
    linear = drawn(3, n_days=3)
    kept = [v for v in rosters(linear, 2) if not linear.broken(v)]
    best = min(kept, key=lambda v: linear.cost(v, "service"))
    for fixed in linear.places:
        costs = [linear.cost(v, "service") for v in kept if v[fixed] != best[fixed]]
        answer = lines(Ask(linear, "service", fixed={fixed: 1 - best[fixed]}, limit_s=20.0))
        assert (answer.values is None) == (not costs) == answer.is_infeasible
        assert answer.values is None or linear.cost(answer.values, "service") == min(costs)


def test_people_with_several_duties_a_day_have_no_lines(drawn: Callable[..., Linear]) -> None:
    linear = drawn(3)
    assert applies(linear)
    linear.rows.clear()
    assert not applies(linear)
    assert lines(Ask(linear, "service")).values is None
