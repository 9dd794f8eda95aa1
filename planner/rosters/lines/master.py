"""The master's linear program over lines: one line a person, links paid for (through MathOpt, GLOP)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python.expressions import fast_sum
from ortools.math_opt.python.model import Model
from ortools.math_opt.python.parameters import SolverType
from ortools.math_opt.python.result import SolveResult
from ortools.math_opt.python.solve import IncrementalSolver
from ortools.math_opt.python.variables import LinearBase, Variable
from scipy import sparse

from planner.rosters.lines.crowd import Lines, Priced
from planner.rosters.lines.features import Floats, Ints
from planner.rosters.lines.flow import Effort, Found, add_links, solved
from planner.rosters.lines.links import Links


@dataclass(frozen=True, slots=True, eq=False)
class Duals:
    """Prices of links (L,) and of held stages' points (S - 1,), the value, and shares of lines."""

    links: Floats
    held: Floats
    value: float
    shares: Floats


class Master:
    """The program; lines are added and stay. ``most``: points that each held stage may cost."""

    def __init__(self, links: Links, most: Floats, n_people: int, steep: float) -> None:
        self.links = links
        self.program = Model()
        self._rows = [
            self.program.add_linear_constraint(lb=float(low), ub=float(high))
            for low, high in zip(links.low, links.high, strict=True)
        ]
        self._held = [self.program.add_linear_constraint(ub=float(limit)) for limit in most]
        self._one = [self.program.add_linear_constraint(lb=1.0, ub=1.0) for _ in range(n_people)]
        for sign, costs, bound in ((1.0, links.under, links.low), (-1.0, links.over, links.high)):
            for n in np.flatnonzero(np.isfinite(bound)).tolist():
                self._slack(n, sign, costs[:, n], steep)
        columns = links.sums.tocsc()
        for literal in links.shared:
            variable = self.program.add_variable(lb=0.0, ub=1.0)
            for at in range(columns.indptr[literal], columns.indptr[literal + 1]):
                self._rows[columns.indices[at]].set_coefficient(variable, float(columns.data[at]))
        self.lines: list[Lines] = []
        self._known: set[tuple[int, bytes]] = set()
        self.variables: list[Variable] = []
        self._solver = IncrementalSolver(self.program, SolverType.GLOP)

    def _slack(self, n: int, sign: float, cost: Floats, steep: float) -> None:
        variable = self.program.add_variable(lb=0.0)
        self._rows[n].set_coefficient(variable, sign)
        is_hard = np.isinf(cost).any()
        self.program.objective.set_linear_coefficient(variable, steep if is_hard else float(cost[0]))
        for row, held in zip(() if is_hard else self._held, cost[1:], strict=False):
            row.set_coefficient(variable, float(held))

    def add(self, lines: Lines) -> int:
        """Add those lines that are new as columns; return how many."""
        keys = [(int(p), line.tobytes()) for p, line in zip(lines.whose, lines.literals, strict=True)]
        new = [n for n, key in enumerate(keys) if key not in self._known]
        self._known.update(keys)
        lines = lines.of(new)
        counts = counts_of(self.links, lines)
        for n, person in enumerate(lines.whose):
            variable = self.program.add_variable(lb=0.0)
            self.variables.append(variable)
            self._one[person].set_coefficient(variable, 1.0)
            self.program.objective.set_linear_coefficient(variable, float(lines.cost[0, n]))
            for row, cost in zip(self._held, lines.cost[1:, n], strict=True):
                row.set_coefficient(variable, float(cost))
            for at in range(counts.indptr[n], counts.indptr[n + 1]):
                self._rows[counts.indices[at]].set_coefficient(variable, float(counts.data[at]))
        self.lines.append(lines)
        return len(new)

    def solve(self) -> Duals:
        """Solve the linear program from where it stood."""
        result = self._solver.solve()
        duals = np.array(result.dual_values([*self._rows, *self._held]), dtype=np.float64)
        n = len(self._rows)
        return Duals(duals[:n], np.maximum(-duals[n:], 0.0), result.objective_value(), self._shares(result))

    def _shares(self, result: SolveResult) -> Floats:
        return np.array(result.variable_values(self.variables), dtype=np.float64)

    def take(self, n: int) -> None:
        """Give a person this line for good, until ``release``."""
        self.variables[n].lower_bound = 1.0

    def release(self) -> None:
        """Free every person."""
        for variable in self.variables:
            variable.lower_bound = 0.0

    def literals_of(self, taken: Sequence[int]) -> frozenset[int]:
        """Return the decisions of some lines."""
        return frozenset(joined(self.lines).literals[list(taken)].ravel().tolist()) - {0}

    def dearer(self, priced: Priced, prices: Floats, weights: Floats) -> Floats:
        """Return by how much each line is dearer than its person's best one."""
        pool = joined(self.lines)
        cost: Floats = weights @ pool.cost + prices[pool.literals].sum(axis=1)
        return cost - priced.shortest[pool.whose]

    def picked(self, taken: Ints, most: Floats, effort: Effort) -> Found:
        """Choose whole lines among these as well as can be."""
        program = Model()
        costs: list[list[LinearBase]] = [[] for _ in range(len(most) + 1)]
        holds: dict[int, list[LinearBase]] = {}
        of_person: dict[int, list[LinearBase]] = {}
        pool = joined(self.lines)
        for n in taken:
            line = program.add_binary_variable()
            of_person.setdefault(int(pool.whose[n]), []).append(line)
            for stage, points in enumerate(pool.cost[:, n]):
                costs[stage].append(float(points) * line)
            for literal in pool.literals[n][pool.literals[n] > 0].tolist():
                holds.setdefault(literal, []).append(line)
        for lines in of_person.values():
            program.add_linear_constraint(fast_sum(lines) == 1.0)
        sums = {x: fast_sum(lines) for x, lines in holds.items()}
        add_links(program, self.links, sums, costs)
        for limit, cost in zip(most, costs[1:], strict=True):
            program.add_linear_constraint(fast_sum(cost) <= float(limit))
        program.minimize(fast_sum(costs[0]))
        return solved(program, sums, effort)


def joined(lines: Sequence[Lines]) -> Lines:
    """Put lines one behind the other."""
    return Lines(
        np.concatenate([found.whose for found in lines]),
        np.concatenate([found.literals for found in lines]),
        np.concatenate([found.cost for found in lines], axis=1),
    )


def counts_of(links: Links, lines: Lines) -> sparse.csr_array:
    """Return what every line adds to every link (lines, links)."""
    n_lines, n_days = lines.literals.shape
    rows, literals = np.repeat(np.arange(n_lines), n_days), lines.literals.ravel()
    works = literals > 0
    shape = (n_lines, links.sums.shape[1])
    taken = sparse.csr_array((np.ones(works.sum()), (rows[works], literals[works])), shape=shape)
    return sparse.csr_array(taken @ links.sums.T)
