"""Column generation over everybody's lines, a dive for a roster, and the proof over the arcs that are left.

Dantzig and Wolfe (1960); duals are smoothed (Wentges 1997) and give a bound whatever they are (Lagrange).
What lies only on lines whose reduced cost passes the gap is in no better roster: the proof runs without it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import numpy as np

from planner.rosters.lines.crowd import Crowd, Left, Priced
from planner.rosters.lines.features import Floats
from planner.rosters.lines.flow import Effort, Flow, solved
from planner.rosters.lines.links import Links
from planner.rosters.lines.master import Duals, Master
from planner.rosters.lines.neighbours import Neighbours, astray_of, neighbours_of

_SMOOTH = 0.5
_NEAR = 0.005
"""Points between the program's value and the bound at which column generation ends."""
_EPS = 1e-6
_STEEP = 1e4
"""Points for each unit by which a hard link is missed while lines are few."""
_MOST_ARCS = 3000
"""A larger program is put off: what is dearer is left out first."""
_ROUNDS = 12
_WHOLE = 0.99
_HALF = 0.5
_DIVES = 2
_CHANCE = 0.5
_MANY_ARCS = 15_000
"""Beyond this, better rosters are looked for before the program is tried."""
_TOO_MANY_ARCS = 200_000
"""Beyond this, the program is not even read in time."""
_LATE = 0.4
"""The share of the time that a large program gets in the end."""
_PICK_S = 3.0
_REPAIR_S = 5.0
_VAIN = 12
_MORE = 1.3


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What links people, what held stages may cost (S - 1,), and how long to search.

    ``value``: what a roster of these decisions costs, infinite if it breaks a row; ``seconds``: what is left.
    """

    crowd: Crowd
    links: Links
    most: Floats
    seed: int
    value: Callable[[frozenset[int]], float]
    seconds: Callable[[], float]


class Search:
    """The state of a search: the cheapest roster (``literals``, ``value``) and the ``bound``."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.literals: frozenset[int] | None = None
        self.value = np.inf
        self.bound = -np.inf
        self.dual_bound = -np.inf
        self.duals = (np.zeros(len(question.links.low)), np.zeros(len(question.most)))
        self.master = Master(question.links, question.most, question.crowd.n_people, _STEEP)
        self.master.add(self._priced(self.duals).best())

    @property
    def least(self) -> float:
        """The bound in whole points."""
        return float(np.ceil(self.bound - _EPS))

    def run(self) -> None:
        """Search until the value is proved or the time is over."""
        self.generate()
        late = _LATE * self.question.seconds()
        for n_round in count():
            if self.is_over:
                return
            target, left = self._target()
            if n_round >= _DIVES and self._is_small(left, late):
                self.prove(target, left)
                continue
            if n_round < _DIVES or self.literals is None:
                self.dive(n_round)
                if not self.is_over:
                    self.pick(_PICK_S * 2**n_round)
            if left.n_arcs > _MANY_ARCS:
                self.repair(n_round)

    @property
    def is_over(self) -> bool:
        """Tell whether the value is proved or the time is over."""
        return self.value <= self.least or self.question.seconds() <= 0

    def _is_small(self, left: Left, late: float) -> bool:
        """Tell whether the proof is the thing to try; when it is late, a larger one may be, too."""
        return left.n_arcs <= (_MANY_ARCS if self.question.seconds() > late else _TOO_MANY_ARCS)

    def generate(self) -> None:
        """Add lines until the linear program cannot fall any more."""
        while self.question.seconds() > 0:
            found = self.master.solve()
            if found.value - self.dual_bound < _NEAR:
                return
            duals = self._projected(found)
            if np.isfinite(self.dual_bound):
                pairs = zip(self.duals, duals, strict=True)
                duals = tuple(_SMOOTH * held + (1 - _SMOOTH) * new for held, new in pairs)  # type: ignore[assignment]  # still two
            priced = self._priced(duals)
            bound = self._bound_of(priced, duals)
            if bound > self.dual_bound:
                self.bound = self.dual_bound = bound
                self.duals = duals
            self.master.add(priced.best())

    def dive(self, n_dive: int) -> None:
        """Give one person after the other a whole line, with new lines for the rest each time.

        The line with the largest share is taken; from the second dive on, chance has a say.
        """
        random = np.random.default_rng((self.question.seed, n_dive))
        n_people = self.question.crowd.n_people
        taken: dict[int, int] = {}
        while len(taken) < n_people and self.question.seconds() > 0:
            for _ in range(_ROUNDS):
                found = self.master.solve()
                lines = self._priced(self._projected(found)).best()
                if not self.master.add(lines.of(~np.isin(lines.whose, list(taken)))):
                    break
            shares = self.master.solve().shares
            whose = np.concatenate([lines.whose for lines in self.master.lines])
            shares[np.isin(whose, list(taken))] = -1.0
            weighed = shares * random.uniform(_CHANCE if n_dive else 1.0, 1.0, len(shares))
            for n in {*np.flatnonzero(shares > _WHOLE).tolist(), int(weighed.argmax())}:
                taken[int(whose[n])] = n
                self.master.take(n)
        self.master.release()
        if len(taken) == n_people:
            self._offer(self.master.literals_of(list(taken.values())))

    def pick(self, limit_s: float) -> None:
        """Choose among all lines found that are not too dear for a better roster."""
        priced = self._priced(self.duals)
        dearer = self.master.dearer(priced, self._prices(self.duals[0]), self._weights(self.duals[1]))
        taken = np.flatnonzero(dearer <= self.value - 1 - self.dual_bound + _EPS)
        effort = Effort(min(limit_s, self.question.seconds()), self.question.seed, self.value - _HALF)
        self._offer(self.master.picked(taken, self.question.most, effort).literals)

    def repair(self, n_round: int) -> None:
        """Free some people at a time for a better roster, more of them while that is quickly answered."""
        random = np.random.default_rng((self.question.seed, n_round, 1))
        most_arcs, n_vain = float(_MOST_ARCS), 0
        near: Neighbours | None = None
        while self.literals is not None and n_vain < _VAIN and not self.is_over:
            near = near or self._neighbours(self.literals)
            before, value = self.question.seconds(), self.value
            flow = self._flow(near.drawn(random, most_arcs))
            effort = Effort(min(_REPAIR_S, before), self.question.seed, value - _HALF)
            self._offer(solved(flow.program, flow.holds, effort).literals)
            if self.value < value:
                near, n_vain = None, 0
                continue
            n_vain += 1
            if most_arcs >= near.n_all:
                return
            is_quick = before - self.question.seconds() < _REPAIR_S / 2
            most_arcs *= _MORE if is_quick else 1 / _MORE

    def _neighbours(self, literals: frozenset[int]) -> Neighbours:
        priced = self._priced(self.duals)
        left = priced.left(self.value - 1 - self.dual_bound + _EPS)
        astray = astray_of(self.question.links, literals, self.duals[0], self._weights(self.duals[1]))
        return neighbours_of(priced, left, literals, astray)

    def _flow(self, left: Left) -> Flow:
        return Flow(self.question.crowd, self.question.links, self.question.most, left)

    def prove(self, target: float, left: Left) -> None:
        """Solve what is left at the bound, or at more where that is not too much at once.

        All rosters up to the target are left; one found a point above it is the best one too.
        """
        flow = self._flow(left)
        below = min(self.value, target + 2) - _HALF
        found = solved(flow.program, flow.holds, Effort(self.question.seconds(), self.question.seed, below))
        self._offer(found.literals)
        self.bound = max(self.bound, min(found.bound, target + 1))

    def _target(self) -> tuple[float, Left]:
        """Return up to which value rosters are left, and the arcs of these."""
        priced = self._priced(self.duals)
        target, left = self.least, priced.left(self.least - self.dual_bound + _EPS)
        n_all = priced.left(np.inf).n_arcs
        step = 1.0
        while target < self.value - 1:
            if left.n_arcs == n_all:
                return self.value - 1, left
            further = min(target + step, self.value - 1)
            more = priced.left(further - self.dual_bound + _EPS)
            if more.n_arcs > _MOST_ARCS:
                break
            target, left, step = further, more, 2 * step
        return target, left

    def _offer(self, literals: frozenset[int] | None) -> None:
        if literals is not None and (value := self.question.value(literals)) < self.value:
            self.literals, self.value = literals, value

    def _prices(self, duals: Floats) -> Floats:
        prices: Floats = -(self.question.links.sums.T @ duals)
        return prices

    def _weights(self, held: Floats) -> Floats:
        return np.concatenate([[1.0], held])

    def _priced(self, duals: tuple[Floats, Floats]) -> Priced:
        return self.question.crowd.priced(self._prices(duals[0]), self._weights(duals[1]))

    def _projected(self, found: Duals) -> tuple[Floats, Floats]:
        """Keep prices within what a unit below or above a range costs, and 0 where a side has no bound."""
        links, weights = self.question.links, self._weights(found.held)
        under = np.where(np.isfinite(links.low), _weighed(weights, links.under), 0.0)
        over = np.where(np.isfinite(links.high), _weighed(weights, links.over), 0.0)
        return np.clip(found.links, -over, under), found.held

    def _bound_of(self, priced: Priced, duals: tuple[Floats, Floats]) -> float:
        links, (prices, held) = self.question.links, duals
        ends = np.where(prices > 0, links.low, np.where(prices < 0, links.high, 0.0))
        shared = self._prices(prices)[list(links.shared)]
        paid = float(prices @ np.where(np.isfinite(ends), ends, 0.0)) + float(np.minimum(shared, 0.0).sum())
        return paid + float(priced.shortest.sum()) - float(held @ self.question.most)


def _weighed(weights: Floats, costs: Floats) -> Floats:
    """Return what a unit costs over all stages; infinite for hard rows, even at weight 0."""
    is_hard = np.isinf(costs).any(axis=0)
    return np.where(is_hard, np.inf, weights @ np.where(is_hard, 0.0, costs))
