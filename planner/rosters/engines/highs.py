"""HiGHS through MathOpt: the stronger engine where the rows' linear relaxation is tight."""

from collections.abc import Sequence
from datetime import timedelta
from math import inf

from ortools.math_opt.python.expressions import fast_sum
from ortools.math_opt.python.model import Model
from ortools.math_opt.python.parameters import SolveParameters, SolverType
from ortools.math_opt.python.result import TerminationReason
from ortools.math_opt.python.solve import solve
from ortools.math_opt.python.variables import LinearBase

from planner.rosters.engine import Answer, Ask
from planner.rosters.linear import NO, YES, Charge, Linear
from planner.rosters.rule import Literal, Term

NAME = "HiGHS"


def highs(ask: Ask) -> Answer:
    """Minimise by branch and bound; what is proved does not hang on the clock, a stop by it does."""
    model = _Rows(ask)
    parameters = SolveParameters(
        time_limit=timedelta(seconds=ask.limit_s),
        relative_gap_tolerance=ask.gap,
        random_seed=ask.seed,
    )
    found = solve(model.program, SolverType.HIGHS, params=parameters)
    reason = found.termination.reason
    if not found.solutions or found.solutions[0].primal_solution is None:
        return Answer(None, is_infeasible=reason == TerminationReason.INFEASIBLE)
    solution = found.solutions[0].primal_solution.variable_values
    values = [0] * ask.linear.size
    values[YES] = 1
    for n in ask.linear.places:
        values[n] = round(solution[model.literals[n]])
    is_optimal = reason == TerminationReason.OPTIMAL and not ask.gap
    bound = found.termination.objective_bounds.dual_bound if ask.stage else 0.0
    return Answer(tuple(ask.linear.completed(values)), bound, is_optimal)


class _Rows:
    """The rows as a mixed-integer program; derived decisions are linear in their members."""

    def __init__(self, ask: Ask) -> None:
        self.program = Model()
        linear = ask.linear
        self.linear = linear
        self.literals = [
            self.program.add_integer_variable(lb=0, ub=linear.most.get(Literal(n), 1))
            for n in range(linear.size)
        ]
        for n, value in {**ask.fixed, NO: 0, YES: 1}.items():
            self.literals[n].lower_bound = self.literals[n].upper_bound = value
        self._rows(linear)
        for stage, most in ask.held.items():
            self.program.add_linear_constraint(self._cost(linear, stage) <= most)
        if ask.stage:
            self.program.minimize(self._cost(linear, ask.stage))

    def _rows(self, linear: Linear) -> None:
        for literal, members in linear.unions.items():
            union = self.literals[literal]
            self.program.add_linear_constraint(union <= fast_sum(self.literals[x] for x in members))
            for x in members:
                self.program.add_linear_constraint(self.literals[x] <= union)
        for row in linear.rows:
            low = -inf if row.at_least is None else row.at_least
            high = inf if row.at_most is None else row.at_most
            self.program.add_linear_constraint(lb=low, ub=high, expr=self._sum(row.terms))

    def _cost(self, linear: Linear, stage: str) -> LinearBase:
        """Charges for too few and too many of one sum share a row: sum + under - over = limit, both >= 0."""
        groups: dict[tuple[tuple[Term, ...], int], list[Charge]] = {}
        for charge in (c for c in linear.charges if c.stage == stage):
            groups.setdefault(_direction(charge), []).append(charge)
        return fast_sum(term for charges in groups.values() for term in self._charged(charges))

    def _charged(self, charges: Sequence[Charge]) -> list[LinearBase]:
        plain = [c for c in charges if self.linear.span(c.terms)[0] >= c.above]
        bent = [c for c in charges if c not in plain]
        out: list[LinearBase] = [c.cost * (self._sum(c.terms) - c.above) for c in plain]
        if bent:
            first = bent[0]
            over = self.program.add_variable(lb=0.0)
            under = self.program.add_variable(lb=0.0)
            self.program.add_linear_constraint(self._sum(first.terms) - over + under == first.above)
            out += [charge.cost * (over if charge.terms == first.terms else under) for charge in bent]
        return out

    def _sum(self, terms: Sequence[Term]) -> LinearBase:
        return fast_sum(weight * self.literals[x] for weight, x in terms)


def _direction(charge: Charge) -> tuple[tuple[Term, ...], int]:
    """Return what a charge shares with its opposite: the sum, its first weight positive, and the limit."""
    if charge.terms and charge.terms[0][0] < 0:
        return tuple((-weight, literal) for weight, literal in charge.terms), -charge.above
    return charge.terms, charge.above
