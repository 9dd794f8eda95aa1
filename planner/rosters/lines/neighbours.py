"""Rosters near one at hand: some people are freed, the lines of all others stay.

Large neighbourhood search (Shaw 1998). Who is freed is drawn; those come first whose line is dearer than
their best one, and those who could work where a link costs more than the bound has it.
"""

from dataclasses import dataclass

import numpy as np

from planner.rosters.lines.crowd import Left, Priced
from planner.rosters.lines.features import Bools, Floats, Ints
from planner.rosters.lines.links import Links

_EAGER = 4.0
"""How much likelier people are drawn first who can help than others."""


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The arcs ``left`` for better rosters, those of the roster (``path``), and what speaks for each person.

    ``size``: arcs left by person (P,); ``eager``: how likely a person is drawn (P,).
    """

    priced: Priced
    left: Left
    path: Left
    size: Ints
    eager: Floats

    def drawn(self, random: np.random.Generator, most_arcs: float) -> Left:
        """Return the arcs left of some people, and the line that everybody has.

        People are freed in the order drawn while their arcs are no more than this; at least one is freed.
        """
        order = np.argsort(random.exponential(size=len(self.eager)) / self.eager)
        freed = np.zeros(len(order), dtype=np.bool_)
        n_arcs = 0
        for person in order.tolist():
            if not n_arcs or n_arcs + self.size[person] <= most_arcs:
                freed[person] = True
                n_arcs += int(self.size[person])
        return self._around(freed)

    @property
    def n_all(self) -> int:
        """How many arcs there are if everybody is freed."""
        return int(self.size.sum())

    def _around(self, freed: Bools) -> Left:
        arcs, options = [], []
        for n, step in enumerate(self.priced.crowd.steps):
            arcs.append(self.path.arcs[n] | (self.left.arcs[n] & freed[step.whose]))
            person = step.slots % len(freed)
            options.append(self.path.options[n] | (self.left.options[n] & freed[person]))
        return Left(arcs, options)


def neighbours_of(priced: Priced, left: Left, literals: frozenset[int], astray: Floats) -> Neighbours:
    """Return who can be freed in a roster; ``astray`` as ``astray_of`` says."""
    n_people = priced.crowd.n_people
    path, dearer = _traced(priced, literals)
    size, help_by = np.zeros(n_people, dtype=np.int64), np.zeros(n_people)
    for n, step in enumerate(priced.crowd.steps):
        size += np.bincount(step.whose[np.nonzero(left.arcs[n])[1]], minlength=n_people)
        points = np.where(left.options[n], astray[step.literals], 0.0)
        np.maximum.at(help_by, step.slots % n_people, points)
    speaks = np.maximum(dearer, 0.0) + help_by
    return Neighbours(priced, left, path, size, 1.0 + _EAGER * speaks / max(float(speaks.max()), 1e-9))


def astray_of(links: Links, literals: frozenset[int], duals: Floats, weights: Floats) -> Floats:
    """Return, by literal, the points beyond the bound that the links in which it stands cost a roster."""
    holds = np.zeros(links.sums.shape[1])
    holds[list(literals)] = 1.0
    sums = links.sums @ holds
    beyond = np.zeros(len(sums))
    for end, paid, missed in (
        (links.low, links.under, np.maximum(links.low - sums, 0.0)),
        (links.high, links.over, np.maximum(sums - links.high, 0.0)),
    ):
        is_paid = np.isfinite(end) & np.isfinite(paid).all(axis=0)
        beyond += np.where(is_paid, weights @ np.where(is_paid, paid, 0.0) * missed, 0.0)
    ends = np.where(duals > 0, links.low, np.where(duals < 0, links.high, sums))
    beyond += duals * (sums - np.where(np.isfinite(ends), ends, sums))
    points: Floats = abs(links.sums).T @ np.maximum(beyond, 0.0)
    return points


def _traced(priced: Priced, literals: frozenset[int]) -> tuple[Left, Floats]:
    """Return the arcs and options of a roster, and how much dearer than the best each line is (P,)."""
    n_people = priced.crowd.n_people
    nodes, held = np.arange(n_people), np.array(sorted(literals), dtype=np.int64)
    cost = -priced.shortest
    arcs, options = [], []
    for n, step in enumerate(priced.crowd.steps):
        person, works = step.slots % n_people, np.zeros(n_people, dtype=np.bool_)
        holds = np.isin(step.literals, held)
        works[person[holds]] = True
        chosen = holds | ((step.literals == 0) & ~works[person])
        at = np.zeros(n_people, dtype=np.int64)
        at[person[chosen]] = np.flatnonzero(chosen)
        kind = step.slots[at] // n_people
        arc = np.zeros(step.child.shape, dtype=np.bool_)
        arc[kind, nodes] = True
        cost += priced.options[n][at]
        if step.cost is not None:
            cost += priced.weights @ step.cost[:, kind, nodes]
        arcs.append(arc)
        options.append(chosen)
        nodes = step.child[kind, nodes]
    return Left(arcs, options), cost
