"""One person's lines as a graph: days are layers, kinds of options arcs, and paths what keeps the own rows.

A node is what still matters of the days before: partial sums of open rows, and which open unions hold. A sum
that can no longer break its bounds is forgotten, nodes with the same future are one (a reduced multivalued
decision diagram; Bergman, Ciré, van Hoeve and Hooker, Decision Diagrams for Optimization, 2016).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.rosters.lines.features import FREE, Bools, Day, Features, Floats, Ints, Sums

NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Arcs out of a day's nodes: ``child`` (K, N) or ``NOWHERE``, ``cost`` by stage (S, K, N) or None."""

    child: Ints
    cost: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Layers by day; the root is node 0 of the first one, and after the last there is one node."""

    days: tuple[Day, ...]
    layers: tuple[Layer, ...]

    @property
    def has_line(self) -> bool:
        """Tell whether there is a path."""
        return all(layer.child.shape[1] for layer in self.layers)

    @property
    def n_arcs(self) -> int:
        """How many arcs."""
        return sum(int((layer.child != NOWHERE).sum()) for layer in self.layers)


def graph_of(features: Features, most_nodes: int = 2_000_000) -> Graph | None:
    """Return the graph; None where it would need too many nodes. Without a line, its root has no arc."""
    walk = _Walk(features)
    layers: list[Layer] = []
    n_nodes = 0
    for n in range(len(features.days)):
        layers.append(walk.step(n))
        n_nodes += walk.states.shape[0]
        if n_nodes > most_nodes:
            return None
    return Graph(features.days, tuple(_reduced(layers, walk.states.shape[0])))


class _Walk:
    """The states of a layer (N, columns of the open sums and unions); one step a day."""

    def __init__(self, features: Features) -> None:
        self.features = features
        self.sums: Sums = features.sums
        n_sums, n_unions = self.sums.jumps.shape[1], self.sums.jumps.shape[0]
        self.columns = np.zeros(0, dtype=np.int64)
        self.bits = np.zeros(0, dtype=np.int64)
        self.states = np.zeros((1, 0), dtype=np.int64)
        least, most = np.zeros((2, len(features.days) + 1, n_sums), dtype=np.int64)
        for n in range(len(features.days) - 1, -1, -1):
            adds = features.days[n].adds
            begun = self.sums.jumps[features.union_first == n]  # unions, at most once each
            least[n] = least[n + 1] + np.minimum(begun, 0).sum(axis=0)
            most[n] = most[n + 1] + np.maximum(begun, 0).sum(axis=0)
            if len(adds):
                least[n] += adds.min(axis=0)
                most[n] += adds.max(axis=0)
        self.least, self.most = least, most  # what the days from n on can add
        self.n_unions = n_unions

    def step(self, n: int) -> Layer:
        """Append a day: return its arcs, and keep the states behind it."""
        sums, features = self.sums, self.features
        columns = np.flatnonzero((sums.first <= n) & (n <= sums.last))
        bits = np.flatnonzero((features.union_first <= n) & (n <= features.union_last))
        values = _moved(self.states[:, : len(self.columns)], self.columns, columns)
        held = _moved(self.states[:, len(self.columns) :], self.bits, bits).astype(np.bool_)
        day = features.days[n]
        ahead = bits[features.union_last[bits] > n]
        stays, bits_stay = columns[sums.last[columns] > n], np.isin(bits, ahead)
        found, good, paid = [], [], []
        for kind in range(len(day.adds)):
            now = held | day.makes[kind, bits]
            summed = values + day.adds[kind, columns] + (now & ~held) @ sums.jumps[np.ix_(bits, columns)]
            low, high = self._reach(n, now[:, bits_stay], ahead, columns)
            is_good, cost = self._settle(summed, low, high, columns)
            good.append(is_good)
            paid.append(cost)
            found.append(np.concatenate([summed[:, np.isin(columns, stays)], now[:, bits_stay]], axis=1))
        return self._merged(found, good, paid, (stays, ahead))

    def _reach(self, n: int, now: Bools, ahead: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """Return the least and the most that the days after n can still add to the open sums (N, C)."""
        jumps = self.sums.jumps[np.ix_(ahead, columns)]
        low = self.least[n + 1, columns] + ~now @ np.minimum(jumps, 0)
        high = self.most[n + 1, columns] + ~now @ np.maximum(jumps, 0)
        return low, high

    def _settle(self, summed: Ints, low: Ints, high: Ints, columns: Ints) -> tuple[Bools, Floats]:
        """Forget in place what no longer matters of sums; return which states may live and what they pay."""
        sums = self.sums
        least, most = sums.at_least[columns], sums.at_most[columns]
        is_good = np.all((summed + high >= least) & (summed + low <= most), axis=1)
        floor, ceiling = least - low, most - high
        is_row = ~sums.cost[:, columns].any(axis=0)
        is_free = is_row & (summed >= floor) & (summed <= ceiling)
        safe = np.where(least > -FREE, floor, ceiling)
        np.copyto(summed, safe, where=is_free)
        above = sums.above[columns]
        cleared = np.clip(summed, above - high, above - low)
        cost = (sums.cost[:, columns] @ np.maximum(summed - cleared, 0).T).astype(np.float64)
        np.copyto(summed, cleared, where=~is_row)
        return is_good, cost

    def _merged(
        self,
        found: Sequence[Ints],
        good: Sequence[Bools],
        paid: Sequence[Floats],
        open_now: tuple[Ints, Ints],
    ) -> Layer:
        self.columns, self.bits = open_now
        n_before = self.states.shape[0]
        child = np.full((len(found), n_before), NOWHERE, dtype=np.int64)
        self.states = np.zeros((0, len(self.columns) + len(self.bits)), dtype=np.int64)
        if found:
            alive = np.array(good)
            kept = np.concatenate([f[g] for f, g in zip(found, good, strict=True)])
            first, child[alive] = distinct(kept)
            self.states = kept[first]
        cost = np.array(paid).reshape(len(paid), len(self.sums.cost), n_before).swapaxes(0, 1)
        return Layer(child, cost if cost.any() else None)


def _moved(states: Ints, before: Ints, after: Ints) -> Ints:
    """Give the columns of sums that are open now their values; those that open today begin with 0."""
    out = np.zeros((states.shape[0], len(after)), dtype=np.int64)
    out[:, np.isin(after, before)] = states[:, np.isin(before, after)]
    return out


def distinct(rows: Ints) -> tuple[Ints, Ints]:
    """Return the places of the different rows, and of every row which of them it equals."""
    key = np.zeros(len(rows), dtype=np.int64)
    size = 1
    for column in rows.T:
        if not len(column):
            break
        lowest, width = int(column.min()), int(column.max()) - int(column.min()) + 1
        if size > np.iinfo(np.int64).max // max(width, 2):
            _, key = np.unique(key, return_inverse=True)
            size = int(key.max()) + 1
        key = key * width + (column - lowest)
        size *= width
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return first, which.reshape(-1)


def _reduced(layers: Sequence[Layer], n_last: int) -> list[Layer]:
    """Make nodes with the same future one, from the last day to the first; drop those without one."""
    renamed = np.zeros(max(n_last, 1) + 1, dtype=np.int64)
    renamed[-1] = NOWHERE
    out: list[Layer] = []
    for layer in reversed(layers):
        child = renamed[layer.child]
        lives = (child != NOWHERE).any(axis=0)
        look = child
        if layer.cost is not None:
            look = np.concatenate([child, *np.where(child >= 0, layer.cost, 0)])
        first, which = distinct(look[:, lives].T.astype(np.int64))
        kept = np.flatnonzero(lives)[first]
        out.append(Layer(child[:, kept], None if layer.cost is None else layer.cost[:, :, kept]))
        renamed = np.full(child.shape[1] + 1, NOWHERE, dtype=np.int64)
        renamed[:-1][lives] = which
    return out[::-1]
