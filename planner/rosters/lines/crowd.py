"""Everybody's graphs side by side: shortest lines, what each option costs at least, and lines below a price.

One numpy step a day for all people together. Prices are of options (a person's literal, or off, on a day).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.rosters.lines.features import Bools, Floats, Ints
from planner.rosters.lines.graph import NOWHERE, Graph


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A day of all graphs. ``options`` of everybody's day stand in one list, sorted by person and kind.

    ``group``: where a (person, kind) begins among the options (G,); ``slot``: its place in the table of
    kinds x people (G,); ``whose``: person of a node (N,); ``child`` (K, N); ``cost`` (S, K, N) or None.
    """

    literals: Ints
    price: Floats
    group: Ints
    slot: Ints
    n_kinds: int
    whose: Ints
    child: Ints
    cost: Floats | None

    @property
    def slots(self) -> Ints:
        """Return every option's place in the table of kinds x people (O,)."""
        return np.repeat(self.slot, np.diff(np.append(self.group, len(self.literals))))

    def options_of(self, slot: int) -> range:
        """Return the options of a (kind, person)."""
        ends = np.append(self.group[1:], len(self.literals))
        at = int(np.flatnonzero(self.slot == slot)[0])
        return range(self.group[at], ends[at])


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Some lines: whose (L,), their literals by day (L, D; 0 = off), and own charges by stage (S, L)."""

    whose: Ints
    literals: Ints
    cost: Floats

    def of(self, chosen: Bools | list[int]) -> "Lines":
        """Return some of these lines."""
        return Lines(self.whose[chosen], self.literals[chosen], self.cost[:, chosen])


class Crowd:
    """The graphs of all people."""

    def __init__(self, graphs: Sequence[Graph], n_stages: int) -> None:
        self.n_people = len(graphs)
        self.n_stages = n_stages
        self.steps = [_stacked(graphs, n) for n in range(len(graphs[0].layers) if graphs else 0)]

    def priced(self, prices: Floats, weights: Floats) -> "Priced":
        """Return the distances under prices by literal, own charges weighted by stage."""
        return Priced(self, prices, weights)


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """By day: which arcs (K, N) and which options are on some line that is not too dear."""

    arcs: list[Bools]
    options: list[Bools]

    @property
    def n_arcs(self) -> int:
        """How many arcs."""
        return sum(int(day.sum()) for day in self.arcs)


class Priced:
    """Shortest distances to the end from every node."""

    def __init__(self, crowd: Crowd, prices: Floats, weights: Floats) -> None:
        self.crowd = crowd
        self.tables: list[Floats] = []
        self.options: list[Floats] = []
        self.weights = weights
        for step in crowd.steps:
            option = weights @ step.price + prices[step.literals]
            table = np.full(step.n_kinds * crowd.n_people, np.inf)
            if len(option):
                table[step.slot] = np.minimum.reduceat(option, step.group)
            self.options.append(option)
            self.tables.append(table.reshape(step.n_kinds, crowd.n_people))
        self.to_end: list[Floats] = [np.append(np.zeros(crowd.n_people), np.inf)]
        for n in range(len(crowd.steps) - 1, -1, -1):
            best = self._through(n, self.to_end[0]).min(axis=0)
            self.to_end.insert(0, np.append(best, np.inf))

    @property
    def shortest(self) -> Floats:
        """Return what everybody's best line costs (P,); infinite without one."""
        return self.to_end[0][:-1]

    def arcs(self, n: int) -> Floats:
        """Return what the best rest through every arc of a day costs (K, N)."""
        return self._through(n, self.to_end[n + 1])

    def _lengths(self, n: int) -> Floats:
        step = self.crowd.steps[n]
        length: Floats = self.tables[n][:, step.whose]
        if step.cost is not None:
            length = length + np.tensordot(self.weights, step.cost, 1)
        return length

    def _through(self, n: int, behind: Floats) -> Floats:
        through: Floats = self._lengths(n) + behind[self.crowd.steps[n].child]
        return through

    def forward(self) -> list[Floats]:
        """Return the shortest distance from the root to every node, by day."""
        out = [np.zeros(self.crowd.n_people)]
        for n, step in enumerate(self.crowd.steps):
            found = np.full(len(self.to_end[n + 1]) - 1, np.inf)
            is_arc = step.child != NOWHERE
            np.minimum.at(found, step.child[is_arc], (out[-1] + self._lengths(n))[is_arc])
            out.append(found)
        return out

    def left(self, dearer: float) -> Left:
        """Return what lies on lines that are dearer than their person's best by no more than this."""
        most = self.shortest + dearer
        arcs, options = [], []
        ahead = self.forward()
        for n, step in enumerate(self.crowd.steps):
            through = ahead[n] + self.arcs(n)
            arcs.append(np.isfinite(through) & (through <= most[step.whose]))
            least = np.full(step.n_kinds * self.crowd.n_people, np.inf)
            kinds, nodes = np.nonzero(np.isfinite(through))
            slots = kinds * self.crowd.n_people + step.whose[nodes]
            np.minimum.at(least, slots, through[kinds, nodes])
            which = step.slots
            table = self.tables[n].ravel()[which]
            dear = least[which] - table + self.options[n]
            options.append(np.isfinite(dear) & (dear <= np.tile(most, step.n_kinds)[which]))
        return Left(arcs, options)

    def best(self) -> Lines:
        """Return everybody's best line."""
        whose = nodes = np.arange(self.crowd.n_people)
        chosen = []
        cost = np.zeros((self.crowd.n_stages, len(nodes)))
        for n, step in enumerate(self.crowd.steps):
            length = self.tables[n][:, whose] + self.to_end[n + 1][step.child[:, nodes]]
            if step.cost is not None:
                length = length + np.tensordot(self.weights, step.cost[:, :, nodes], 1)
            kind = length.argmin(axis=0)
            option = self._cheapest(n)[kind, whose]
            chosen.append(step.literals[option])
            cost += step.price[:, option]
            if step.cost is not None:
                cost += step.cost[:, kind, nodes]
            nodes = step.child[kind, nodes]
        return Lines(whose, np.array(chosen, dtype=np.int64).T.reshape(len(whose), -1), cost)

    def _cheapest(self, n: int) -> Ints:
        """Return which option is the cheapest of every kind and person (K, P)."""
        step, option = self.crowd.steps[n], self.options[n]
        out = np.zeros(step.n_kinds * self.crowd.n_people, dtype=np.int64)
        which = np.repeat(np.arange(len(step.group)), np.diff(np.append(step.group, len(option))))
        order = np.lexsort((option, which))
        out[step.slot] = order[step.group]
        return out.reshape(step.n_kinds, self.crowd.n_people)


def _stacked(graphs: Sequence[Graph], n: int) -> _Step:
    """Lay a day of all graphs side by side; nodes of a person follow those of the person before."""
    sizes = [g.layers[n].child.shape[1] for g in graphs]
    offsets = np.cumsum([0, *(_width(g, n + 1) for g in graphs)])
    n_kinds = max(len(g.days[n].adds) for g in graphs)
    child = np.full((n_kinds, sum(sizes)), NOWHERE, dtype=np.int64)
    cost = np.zeros((len(graphs[0].days[n].price), n_kinds, sum(sizes)))
    group, slot, at, begun = [], [], 0, 0
    for person, graph in enumerate(graphs):
        layer, day = graph.layers[n], graph.days[n]
        block = np.s_[: layer.child.shape[0], at : at + sizes[person]]
        child[block] = np.where(layer.child == NOWHERE, NOWHERE, layer.child + offsets[person])
        if layer.cost is not None:
            cost[:, *block] = np.where(layer.child == NOWHERE, 0.0, layer.cost)
        kinds, first = np.unique(day.kind, return_index=True)
        group.append(begun + first)
        slot.append(kinds * len(graphs) + person)
        at, begun = at + sizes[person], begun + len(day.kind)
    return _Step(
        literals=np.concatenate([g.days[n].literals for g in graphs]),
        price=np.concatenate([g.days[n].price for g in graphs], axis=1),
        group=np.concatenate(group),
        slot=np.concatenate(slot),
        n_kinds=n_kinds,
        whose=np.repeat(np.arange(len(graphs)), sizes),
        child=child,
        cost=cost if cost.any() else None,
    )


def _width(graph: Graph, n: int) -> int:
    return graph.layers[n].child.shape[1] if n < len(graph.layers) else 1
