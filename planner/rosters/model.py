"""The variables of ``rule.py`` in CP-SAT. The only file of rostering that names OR-Tools."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ortools.sat.python import cp_model

from planner.rosters.roster import Duty, RosterProblem
from planner.rosters.rule import Literal, Rule, Term, seats_by_day

Place = tuple[str, date, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver says. ``duties`` are None without an answer, which ``is_infeasible`` proves or not."""

    duties: tuple[Duty, ...] | None
    is_optimal: bool = False
    is_infeasible: bool = False
    objective: int = 0
    bound: float = 0.0


class Model:
    """x[person, day, seat] = the person fills the seat; days of the tail are constants."""

    def __init__(self, problem: RosterProblem, rules: Iterable[Rule]) -> None:
        """Build the variables and let the rules speak."""
        self._problem = problem
        self._cp = cp_model.CpModel()
        self._vars: list[cp_model.IntVar] = []
        self._derived: list[tuple[Literal, Callable[[Sequence[int]], int]]] = []
        self._costs: list[tuple[int, cp_model.LinearExprT]] = []
        self._seats = seats_by_day(problem)
        self._works: dict[Place, Literal] = {}
        tail = self._taken(problem.tail)
        for day, seats in self._seats.items():
            for place in ((person.id, day, i) for person in problem.people for i in range(len(seats))):
                is_free = day >= problem.days[0]
                variable = self._cp.new_bool_var("") if is_free else self._cp.new_constant(place in tail)
                self._works[place] = self._added(variable)
        for rule in rules:
            rule.apply(problem, self)

    def works(self, person: str, day: date, seat: int) -> Literal:
        """See ``Variables``."""
        return self._works[person, day, seat]

    def any_of(self, literals: Sequence[Literal]) -> Literal:
        """See ``Variables``."""
        found = self._added(self._cp.new_bool_var(""))
        self._cp.add_max_equality(self._vars[found], [self._vars[x] for x in literals])
        self._derived.append((found, lambda values: max(values[x] for x in literals)))
        return found

    def keep(self, terms: Sequence[Term], at_least: int | None = None, at_most: int | None = None) -> None:
        """See ``Variables``."""
        low = cp_model.INT_MIN if at_least is None else at_least
        high = cp_model.INT_MAX if at_most is None else at_most
        self._cp.add_linear_constraint(self._sum(terms), low, high)

    def penalise(self, terms: Sequence[Term], above: int, cost: int) -> None:
        """See ``Variables``. A sum that cannot fall below ``above`` needs no variable for its excess."""
        if (most := sum(max(weight, 0) for weight, _ in terms) - above) <= 0:
            return
        excess: cp_model.LinearExprT = self._sum(terms) - above
        if sum(min(weight, 0) for weight, _ in terms) < above:
            bounded = self._cp.new_int_var(0, most, "")
            self._cp.add(bounded >= excess)

            def value_in(values: Sequence[int]) -> int:
                return max(0, sum(weight * values[x] for weight, x in terms) - above)

            self._derived.append((self._added(bounded), value_in))
            excess = bounded
        self._costs.append((cost, excess))

    def hint(self, duties: Iterable[Duty]) -> None:
        """Offer a start: a value for every variable, for the solver seldom completes a part of one."""
        taken = self._taken((*self._problem.tail, *duties))
        values = [0] * len(self._vars)
        for place, literal in self._works.items():
            values[literal] = int(place in taken)
        for literal, value_in in self._derived:
            values[literal] = value_in(values)
        free = [self._works[place] for place in self._free()]
        for literal in (*free, *(literal for literal, _ in self._derived)):
            self._cp.add_hint(self._vars[literal], values[literal])

    def fix(self, duties: Iterable[Duty]) -> None:
        """Allow only this roster."""
        taken = self._taken(duties)
        for place in self._free():
            self._cp.add(self._vars[self._works[place]] == (place in taken))

    def solved(self, seed: int, limit: float) -> Answer:
        """Minimise the cost of the soft rules; the limit is deterministic time, one worker."""
        self._cp.minimize(
            cp_model.LinearExpr.weighted_sum([x for _, x in self._costs], [c for c, _ in self._costs])
        )
        solver = cp_model.CpSolver()
        solver.parameters.catch_sigint_signal = False  # Ctrl+C ends the program, not this one search
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        # Nearly an assignment problem: with the whole LP a month is proved in 0.1 s, without it not in 20.
        solver.parameters.linearization_level = 2
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_deterministic_time = limit
        status = solver.solve(self._cp)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return Answer(None, is_infeasible=status == cp_model.INFEASIBLE)
        duties = (
            Duty(day, person, self._seats[day][i])
            for person, day, i in self._free()
            if solver.value(self._vars[self._works[person, day, i]])
        )
        objective, bound = round(solver.objective_value), solver.best_objective_bound
        return Answer(tuple(sorted(duties)), status == cp_model.OPTIMAL, objective=objective, bound=bound)

    def _free(self) -> list[Place]:
        return [place for place in self._works if place[1] >= self._problem.days[0]]

    def _taken(self, duties: Iterable[Duty]) -> set[Place]:
        """Return the places that these duties take; of equal seats each duty takes the next."""
        out: set[Place] = set()
        n_taken: dict[tuple[date, object], int] = {}
        for duty in sorted(duties):
            equal = [i for i, seat in enumerate(self._seats[duty.day]) if seat == duty.seat]
            n = n_taken[duty.day, duty.seat] = n_taken.get((duty.day, duty.seat), 0) + 1
            out.add((duty.person, duty.day, equal[min(n, len(equal)) - 1]))
        return out

    def _added(self, variable: cp_model.IntVar) -> Literal:
        self._vars.append(variable)
        return Literal(len(self._vars) - 1)

    def _sum(self, terms: Sequence[Term]) -> cp_model.LinearExpr:
        variables, weights = [self._vars[x] for _, x in terms], [w for w, _ in terms]
        return cp_model.LinearExpr.weighted_sum(variables, weights)
