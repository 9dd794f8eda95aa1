from collections.abc import Callable, Iterator

import numpy as np
import pytest

from planner.rosters.linear import Linear, is_kept, total
from planner.rosters.lines.crowd import Crowd
from planner.rosters.lines.features import features_of
from planner.rosters.lines.graph import NOWHERE, Graph, distinct, graph_of
from planner.rosters.lines.own import parted

Rosters = Callable[[Linear, int], Iterator[list[int]]]


def paths(graph: Graph) -> dict[frozenset[int], float]:
    """Return what every path of a graph holds, and what it costs."""
    found = {(0, frozenset[int]()): 0.0}
    for day, layer in zip(graph.days, graph.layers, strict=True):
        after = {}
        for (node, held), cost in found.items():
            for option, kind in enumerate(day.kind):
                child = int(layer.child[kind, node])
                if child != NOWHERE:
                    own = 0.0 if layer.cost is None else layer.cost[0, kind, node]
                    literal = int(day.literals[option])
                    after[child, held | ({literal} if literal else set())] = cost + own + day.price[0, option]
        found = after
    return {held: cost for (_, held), cost in found.items()}


def graph_and_lines(linear: Linear, rosters: Rosters) -> tuple[Graph | None, dict[frozenset[int], float]]:
    question = parted(linear, {})
    assert question is not None
    own = question.owns[0]
    graph = graph_of(features_of(own, ("service",)))
    kept = {
        frozenset(int(x) for x in linear.places if values[x]): float(
            sum(c.cost * max(0, total(c.terms, values) - c.above) for c in own.charges)
        )
        for values in rosters(linear, 1)
        if all(is_kept(row, values) for row in own.rows)
    }
    return graph, kept


@pytest.mark.parametrize("seed", range(60))
def test_paths_are_exactly_the_lines_that_keep_the_rows_at_their_cost(
    seed: int, drawn: Callable[..., Linear], rosters: Rosters
) -> None:
    graph, kept = graph_and_lines(drawn(seed, n_people=1, n_days=5, has_links=False), rosters)
    assert graph is not None
    assert graph.has_line == bool(kept)
    assert (paths(graph) if kept else {}) == kept


@pytest.mark.parametrize("seed", range(20))
def test_the_best_line_and_what_is_left_agree_with_all_paths(
    seed: int, drawn: Callable[..., Linear], rosters: Rosters
) -> None:
    linear = drawn(seed, n_people=1, n_days=5, has_links=False)
    graph, kept = graph_and_lines(linear, rosters)
    if graph is None or not kept:
        pytest.skip("no line keeps these rows: see the test above")
    prices = np.random.default_rng(seed).normal(size=linear.size)
    prices[0] = 0.0
    cost = {held: points + sum(prices[x] for x in held) for held, points in kept.items()}
    priced = Crowd([graph], 1).priced(prices, np.ones(1))
    assert priced.shortest[0] == pytest.approx(min(cost.values()))
    line = priced.best()
    held = frozenset(line.literals[0].tolist()) - {0}
    assert cost[held] == pytest.approx(min(cost.values()))
    assert line.cost[0, 0] == kept[held]
    left = priced.left(1.0)
    near = [held for held, points in cost.items() if points <= min(cost.values()) + 1.0]
    on_them = {x for held in near for x in held}
    days = [day.literals[options] for day, options in zip(graph.days, left.options, strict=True)]
    assert {int(x) for found in days for x in found} - {0} == on_them


def test_a_graph_that_would_grow_too_large_is_not_built(drawn: Callable[..., Linear]) -> None:
    question = parted(drawn(1), {})
    assert question is not None
    assert graph_of(features_of(question.owns[0], ("service",)), most_nodes=2) is None


def test_rows_of_wide_ranges_are_told_apart() -> None:
    wide = 2**40
    rows = np.array([[0, wide, 5], [wide, 0, 5], [0, wide, 5], [0, wide, 6]])
    first, which = distinct(rows)
    assert len(first) == 3
    assert np.array_equal(rows[first][which], rows)
