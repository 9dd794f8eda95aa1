"""The arcs that are left, as one integer program: a path a person through the graphs, links paid for.

The paths are whole, so its relaxation is that of the lines; it is exact for every roster whose arcs are left.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt.python.expressions import evaluate_expression, fast_sum
from ortools.math_opt.python.model import Model
from ortools.math_opt.python.parameters import SolveParameters, SolverType
from ortools.math_opt.python.result import SolveResult, TerminationReason
from ortools.math_opt.python.solve import solve
from ortools.math_opt.python.variables import LinearBase, Variable

from planner.rosters.lines.crowd import Crowd, Left
from planner.rosters.lines.features import Floats
from planner.rosters.lines.links import Links

_LESS_THAN_A_POINT = 0.999
"""Points are whole: a bound this near proves the value."""


_TRUE = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """What a program said: the decisions that hold (None without an answer), and what it proved.

    ``bound``: nothing within the program costs less; infinite if nothing costs less than the cut-off.
    """

    literals: frozenset[int] | None
    bound: float


@dataclass(frozen=True, slots=True)
class Effort:
    """Wall seconds at most, the seed, and the value from which on nothing is of interest (infinite: none)."""

    limit_s: float
    seed: int
    below: float = np.inf


def solved(program: Model, holds: Mapping[int, LinearBase], effort: Effort) -> Found:
    """Run HiGHS on a program in which ``holds`` says which decisions are true."""
    parameters = SolveParameters(
        time_limit=timedelta(seconds=max(effort.limit_s, 0.1)),
        random_seed=effort.seed,
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=_LESS_THAN_A_POINT,
    )
    if np.isfinite(effort.below):
        parameters.highs.double_options["objective_bound"] = effort.below
    result = solve(program, SolverType.HIGHS, params=parameters)
    bound = _bound(result)
    if not result.has_primal_feasible_solution():
        return Found(None, bound)
    values = result.variable_values()
    chosen = frozenset(
        x for x, expression in holds.items() if evaluate_expression(expression, values) > _TRUE
    )
    return Found(chosen, bound)


def _bound(result: SolveResult) -> float:
    if result.termination.reason == TerminationReason.INFEASIBLE:
        return float("inf")
    return float(result.termination.objective_bounds.dual_bound)


class Flow:
    """The program over what is ``left`` of the graphs."""

    def __init__(self, crowd: Crowd, links: Links, most: Floats, left: Left) -> None:
        self.program = Model()
        self.crowd = crowd
        self.left = left
        self.costs: list[list[LinearBase]] = [[] for _ in range(crowd.n_stages)]
        self.holds: dict[int, LinearBase] = {}
        self._paths()
        add_links(self.program, links, self.holds, self.costs)
        for limit, cost in zip(most, self.costs[1:], strict=True):
            self.program.add_linear_constraint(fast_sum(cost) <= float(limit))
        self.program.minimize(fast_sum(self.costs[0]))

    def _paths(self) -> None:
        into: dict[int, list[LinearBase | float]] = {n: [1.0] for n in range(self.crowd.n_people)}
        for n, step in enumerate(self.crowd.steps):
            behind: dict[int, list[LinearBase | float]] = {}
            out: dict[int, list[Variable]] = {node: [] for node in into}
            of_kind: dict[tuple[int, int], list[Variable]] = {}
            for kind, node in zip(*(found.tolist() for found in np.nonzero(self.left.arcs[n])), strict=True):
                arc = self.program.add_binary_variable()
                behind.setdefault(int(step.child[kind, node]), []).append(arc)
                out[node].append(arc)
                of_kind.setdefault((kind, int(step.whose[node])), []).append(arc)
                if step.cost is not None:
                    self._charge(step.cost[:, kind, node], arc)
            for node, arcs in out.items():
                self.program.add_linear_constraint(fast_sum(arcs) == fast_sum(into[node]))
            for (kind, person), arcs in of_kind.items():
                self._choose(n, kind * self.crowd.n_people + person, arcs)
            into = behind

    def _choose(self, n: int, slot: int, arcs: list[Variable]) -> None:
        """Which option of a kind it is that the arcs stand for."""
        step = self.crowd.steps[n]
        options = [o for o in step.options_of(slot) if self.left.options[n][o]]
        chosen: list[LinearBase] = [fast_sum(arcs)]
        if len(options) > 1:
            chosen = [self.program.add_binary_variable() for _ in options]
            self.program.add_linear_constraint(fast_sum(chosen) == fast_sum(arcs))
        for option, holds in zip(options, chosen, strict=True):
            self._charge(step.price[:, option], holds)
            if step.literals[option]:
                self.holds[int(step.literals[option])] = holds

    def _charge(self, cost: Floats, holds: LinearBase) -> None:
        for stage, points in enumerate(cost):
            if points:
                self.costs[stage].append(float(points) * holds)


def add_links(
    program: Model, links: Links, holds: Mapping[int, LinearBase], costs: list[list[LinearBase]]
) -> None:
    """Add the links of decisions; one that is missing in ``holds`` is false unless it is shared."""
    known: dict[int, LinearBase] = dict(holds)
    known.update((x, program.add_binary_variable()) for x in links.shared)
    for n in range(len(links.low)):
        terms: list[LinearBase] = [weight * known[x] for x, weight in _row(links, n) if x in known]
        for bound, paid, sign in (
            (links.low[n], links.under[:, n], 1.0),
            (links.high[n], links.over[:, n], -1.0),
        ):
            if np.isfinite(bound) and np.isfinite(paid).all():
                beyond = program.add_variable(lb=0.0)
                terms.append(sign * beyond)
                for stage, points in enumerate(paid):
                    if points:
                        costs[stage].append(float(points) * beyond)
        program.add_linear_constraint(lb=float(links.low[n]), ub=float(links.high[n]), expr=fast_sum(terms))


def _row(links: Links, n: int) -> Iterator[tuple[int, float]]:
    span = slice(links.sums.indptr[n], links.sums.indptr[n + 1])
    return zip(links.sums.indices[span].tolist(), links.sums.data[span].tolist(), strict=True)
