"""CP-SAT: strong where rules interlock and for proofs that there is no roster."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from planner.rosters.engine import Answer, Ask, Watch
from planner.rosters.linear import NO, YES, Charge, Linear, total
from planner.rosters.rule import Literal, Term

NAME = "CP-SAT"
WORK_PER_S = 1.0
"""Deterministic time spent for a second of the limit: the same question ends at the same place everywhere."""


def cp_sat(ask: Ask) -> Answer:
    """Minimise with one worker and a fixed seed; the limit is deterministic time."""
    model = _Model(ask)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.catch_sigint_signal = False  # Ctrl+C ends the program, not this one search
    parameters.num_workers = 1
    parameters.random_seed = ask.seed
    # Nearly an assignment problem: with the whole LP a month is proved in 0.1 s, without it not in 20.
    parameters.linearization_level = 2
    parameters.cp_model_probing_level = 0
    parameters.max_deterministic_time = ask.limit_s * WORK_PER_S
    parameters.max_time_in_seconds = ask.limit_s * 10  # a loaded machine; not met on a quiet one
    parameters.relative_gap_limit = ask.gap
    status = solver.solve(model.cp, _Watcher(solver, ask.watch))
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Answer(None, is_infeasible=status == cp_model.INFEASIBLE)
    values = [solver.value(variable) for variable in model.literals]
    is_optimal = status == cp_model.OPTIMAL and not ask.gap
    bound = solver.best_objective_bound if ask.stage else 0.0
    return Answer(tuple(ask.linear.completed(values)), bound, is_optimal)


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Ends the search when nobody waits for it any more."""

    def __init__(self, solver: cp_model.CpSolver, watch: Watch) -> None:
        super().__init__()
        self._solver, self._watch = solver, watch
        solver.best_bound_callback = self._look

    def on_solution_callback(self) -> None:
        self._look(0.0)

    def _look(self, _: float) -> None:
        if not self._watch():
            self._solver.stop_search()


class _Model:
    """The rows as constraints."""

    def __init__(self, ask: Ask) -> None:
        self.cp = cp_model.CpModel()
        linear = ask.linear
        self.linear = linear
        self.literals = [
            self.cp.new_constant(n)
            if n in {NO, YES}
            else self.cp.new_int_var(0, linear.most.get(Literal(n), 1), "")
            for n in range(linear.size)
        ]
        for literal, members in linear.unions.items():
            self.cp.add_max_equality(self.literals[literal], [self.literals[x] for x in members])
        for row in linear.rows:
            low = cp_model.INT_MIN if row.at_least is None else row.at_least
            high = cp_model.INT_MAX if row.at_most is None else row.at_most
            self.cp.add_linear_constraint(self._sum(row.terms), low, high)
        for fixed, value in ask.fixed.items():
            self.cp.add(self.literals[fixed] == value)
        self._excess: list[tuple[cp_model.IntVar, Charge]] = []
        for stage, most in ask.held.items():
            self.cp.add(self._cost(linear, stage) <= most)
        if ask.stage:
            self.cp.minimize(self._cost(linear, ask.stage))
        if ask.hint is not None:
            self._hint(linear, ask.hint)

    def _cost(self, linear: Linear, stage: str) -> cp_model.LinearExpr:
        charges = [charge for charge in linear.charges if charge.stage == stage]
        units = [self._charged(charge) for charge in charges]
        return cp_model.LinearExpr.weighted_sum(units, [charge.cost for charge in charges])

    def _charged(self, charge: Charge) -> cp_model.LinearExprT:
        """A sum that cannot fall below ``above`` needs no variable for its excess."""
        least, most = self.linear.span(charge.terms)
        passed: cp_model.LinearExprT = self._sum(charge.terms) - charge.above
        if least >= charge.above:
            return passed
        excess = self.cp.new_int_var(0, max(0, most - charge.above), "")
        self.cp.add(excess >= passed)
        self._excess.append((excess, charge))
        return excess

    def _hint(self, linear: Linear, hint: Sequence[int]) -> None:
        values = linear.completed(list(hint))
        for n in (*linear.places, *linear.unions):
            self.cp.add_hint(self.literals[n], values[n])
        for excess, charge in self._excess:
            self.cp.add_hint(excess, max(0, total(charge.terms, values) - charge.above))

    def _sum(self, terms: tuple[Term, ...]) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum([self.literals[x] for _, x in terms], [w for w, _ in terms])
