from collections.abc import Callable, Iterator

import numpy as np
import pytest

from planner.rosters.linear import Linear
from planner.rosters.lines.crowd import Crowd
from planner.rosters.lines.features import features_of
from planner.rosters.lines.flow import Effort, Flow, solved
from planner.rosters.lines.graph import graph_of
from planner.rosters.lines.links import Links, links_of
from planner.rosters.lines.neighbours import Neighbours, astray_of, neighbours_of
from planner.rosters.lines.own import parted

NOTHING_KEPT = frozenset({0, 1, 2, 6})
"""Seeds whose drawn rows no roster keeps."""

Rosters = Callable[[Linear, int], Iterator[list[int]]]
Kept = dict[frozenset[int], int]


def question_of(linear: Linear, rosters: Rosters) -> tuple[Crowd, Links, Kept]:
    found = parted(linear, {})
    assert found is not None
    graphs = [graph_of(features_of(own, ("service",))) for own in found.owns]
    crowd = Crowd([graph for graph in graphs if graph is not None], 1)
    kept = {
        frozenset(int(x) for x in linear.places if v[x]): linear.cost(v, "service")
        for v in rosters(linear, 2)
        if not linear.broken(v)
    }
    return crowd, links_of(found, ("service",), linear.size), kept


def near(crowd: Crowd, links: Links, held: frozenset[int]) -> Neighbours:
    priced = crowd.priced(np.zeros(links.sums.shape[1]), np.ones(1))
    astray = astray_of(links, held, np.zeros(len(links.low)), np.ones(1))
    return neighbours_of(priced, priced.left(np.inf), held, astray)


@pytest.mark.parametrize("seed", range(12))
def test_freeing_some_people_finds_the_best_roster_with_the_lines_of_the_others(
    seed: int, drawn: Callable[..., Linear], rosters: Rosters
) -> None:
    linear = drawn(seed, n_days=3)
    crowd, links, kept = question_of(linear, rosters)
    if not kept:  # drawn rows that nothing keeps: others of the twelve are kept
        assert seed in NOTHING_KEPT
        return
    held = max(kept, key=lambda literals: kept[literals])
    persons = {int(x): place[0] for x, place in linear.places.items()}
    for most_arcs, freed in ((np.inf, {"P0", "P1"}), (0.0, {"P0"}), (0.0, {"P1"})):
        hood = near(crowd, links, held)
        if len(freed) == 1:  # who is eager without end is drawn first
            hood.eager[:] = [1e12 if person.id in freed else 1e-12 for person in linear.problem.people]
        flow = Flow(crowd, links, np.zeros(0), hood.drawn(np.random.default_rng(seed), most_arcs))
        found = solved(flow.program, flow.holds, Effort(10.0, 1)).literals
        stays = {x for x in held if persons[x] not in freed}
        best = min(kept[other] for other in kept if {x for x in other if persons[x] not in freed} == stays)
        assert found is not None
        assert kept[found] == best


@pytest.mark.parametrize("seed", range(12))
def test_without_prices_links_are_astray_by_what_is_paid_for_them(
    seed: int, drawn: Callable[..., Linear], rosters: Rosters
) -> None:
    linear = drawn(seed, n_days=3)
    _crowd, links, kept = question_of(linear, rosters)
    for held in sorted(kept, key=sorted)[:5]:
        holds = np.isin(np.arange(links.sums.shape[1]), sorted(held)).astype(np.float64)
        sums = links.sums @ holds
        for x in linear.places:
            expected = 0.0
            for n in range(len(sums)):
                under, over = links.under[0, n], links.over[0, n]
                missed = max(links.low[n] - sums[n], 0.0), max(sums[n] - links.high[n], 0.0)
                paid = sum(m * c for m, c in zip(missed, (under, over), strict=True) if m and np.isfinite(c))
                expected += abs(links.sums[n, x]) * paid
            assert astray_of(links, held, np.zeros(len(sums)), np.ones(1))[x] == pytest.approx(expected)
