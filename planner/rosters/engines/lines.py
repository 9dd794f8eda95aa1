"""Lines: strong where people's own rules are many and links are few (one line a person, Dantzig–Wolfe)."""

import time

import numpy as np

from planner.rosters.engine import Answer, Ask
from planner.rosters.linear import YES, Linear
from planner.rosters.lines.crowd import Crowd
from planner.rosters.lines.features import features_of
from planner.rosters.lines.graph import Graph, graph_of
from planner.rosters.lines.links import links_of
from planner.rosters.lines.own import Parted, parted
from planner.rosters.lines.search import Question, Search
from planner.rosters.roster import Stage

NAME = "lines"


def applies(linear: Linear) -> bool:
    """Tell whether everybody has one duty a day at most by rows of their own: then there are lines."""
    return parted(linear, {}) is not None


def lines(ask: Ask) -> Answer:
    """Minimise over whole lines; no answer where a graph grows too large or where there are no lines."""
    end = time.monotonic() + ask.limit_s
    found = parted(ask.linear, ask.fixed)
    stages: tuple[Stage, ...] = (ask.stage or "service", *ask.held)
    if found is None:
        return Answer(None)
    graphs = _graphs(found, stages)
    if graphs is None:
        return Answer(None)
    crowd = Crowd(graphs, len(stages))
    if not all(graph.has_line for graph in graphs):
        return Answer(None, is_infeasible=True)

    def value(literals: frozenset[int]) -> float:
        values = _values(ask.linear, literals)
        is_kept = not ask.linear.broken(values) and all(
            ask.linear.cost(values, stage) <= most for stage, most in ask.held.items()
        )
        return float(ask.linear.cost(values, ask.stage) if ask.stage else 0) if is_kept else np.inf

    search = Search(
        Question(
            crowd=crowd,
            links=links_of(found, stages, ask.linear.size),
            most=np.array(list(ask.held.values()), dtype=np.float64),
            seed=ask.seed,
            value=value,
            seconds=lambda: end - time.monotonic() if ask.watch() else 0.0,
        )
    )
    search.run()
    if search.literals is None:
        return Answer(None, max(search.least, 0.0), is_infeasible=bool(np.isposinf(search.bound)))
    is_optimal = search.least >= search.value
    return Answer(
        tuple(_values(ask.linear, search.literals)), max(min(search.least, search.value), 0.0), is_optimal
    )


def _graphs(found: Parted, stages: tuple[Stage, ...]) -> list[Graph] | None:
    out = []
    for own in found.owns:
        graph = graph_of(features_of(own, stages))
        if graph is None:
            return None
        out.append(graph)
    return out


def _values(linear: Linear, literals: frozenset[int]) -> list[int]:
    values = [0] * linear.size
    values[YES] = 1
    for x in literals & linear.places.keys():
        values[x] = 1
    return linear.completed(values)
