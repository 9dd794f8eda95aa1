"""The same rows without whole numbers: what each charge's next unit is worth (through MathOpt, GLOP)."""

from dataclasses import dataclass
from math import inf

from ortools.math_opt.python.expressions import fast_sum
from ortools.math_opt.python.model import Model
from ortools.math_opt.python.parameters import SolverType
from ortools.math_opt.python.solve import solve

from planner.rosters.linear import NO, YES, Linear
from planner.rosters.roster import Stage
from planner.rosters.rule import Literal


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The least points, and for each charge of the stage, in their order, its price: 0 to its cost."""

    value: float
    prices: tuple[float, ...]


def relaxed(linear: Linear, stage: Stage) -> Relaxed:
    """Solve the linear program of one stage; derived decisions count as free. It must have an answer."""
    program = Model()
    literals = [
        program.add_variable(lb=float(n == YES), ub=0.0 if n == NO else float(linear.most.get(Literal(n), 1)))
        for n in range(linear.size)
    ]
    for row in linear.rows:
        low = -inf if row.at_least is None else row.at_least
        high = inf if row.at_most is None else row.at_most
        expr = fast_sum(weight * literals[x] for weight, x in row.terms)
        program.add_linear_constraint(lb=low, ub=high, expr=expr)
    cost, limits = [], []
    for charge in (charge for charge in linear.charges if charge.stage == stage):
        excess = program.add_variable(lb=0.0)
        expr = fast_sum(weight * literals[x] for weight, x in charge.terms) - excess
        limits.append(program.add_linear_constraint(ub=charge.above, expr=expr))
        cost.append(charge.cost * excess)
    program.minimize(fast_sum(cost))
    found = solve(program, SolverType.GLOP)
    return Relaxed(found.objective_value(), tuple(-found.dual_values(limit) for limit in limits))
