"""Build, solve, check, say what was proved.

Every hard rule is kept or there is no roster; the soft rules add up to one cost, whose weights stand in the
rules' files and keep the order service → cost → change → fairness. Limits are in deterministic time, so
that the same question and seed give the same roster on every machine.
"""

from collections.abc import Sequence

from planner.rosters.check import violations
from planner.rosters.model import Model
from planner.rosters.roster import Duty, NoRoster, Proof, Roster, RosterProblem
from planner.rosters.rule import Rule, grade_steps
from planner.rosters.rules import RULES

LIMIT = 2.5
CLASH_LIMIT = 1.0


def solved(problem: RosterProblem, seed: int) -> Roster:
    """Return the best roster found, checked by rules that never saw the solver.

    Raises NoRoster with hard rules that cannot all be kept (with no code if none was found in time).
    """
    model = Model(problem, RULES)
    model.hint(standing_duties(problem))
    answer = model.solved(seed, LIMIT)
    if answer.duties is None:
        raise NoRoster(clashing(problem, seed) if answer.is_infeasible else ())
    found = violations(problem, Roster(answer.duties))
    broken, cost = [v for v in found if not v.cost], sum(v.cost for v in found)
    # An answer without proof may charge more than its roster costs, never less.
    if broken or cost > answer.objective or (answer.is_optimal and cost < answer.objective):
        message = f"solver and checkers disagree: cost {answer.objective} and {cost}, broken {broken}"
        raise RuntimeError(message)
    proof: Proof = "optimal" if answer.is_optimal else "feasible"
    return Roster(answer.duties, proof, cost, answer.bound, found)


def clashing(problem: RosterProblem, seed: int) -> tuple[str, ...]:
    """Return the codes of hard rules that cannot all be kept; without any one of them there is a roster.

    Found by deletion: each rule is left out in turn, and stays out if there is still no roster. A rule whose
    trial ends without proof is kept, so that the set clashes in any case.
    """
    rules: Sequence[Rule] = [rule for rule in RULES if rule.is_hard]
    for rule in tuple(rules):
        others = [other for other in rules if other is not rule]
        if Model(problem, others).solved(seed, CLASH_LIMIT).is_infeasible:
            rules = others
    return tuple(rule.code for rule in rules)


def standing_duties(problem: RosterProblem) -> tuple[Duty, ...]:
    """Return a start for the solver: each seat goes to who stands closest to it in grade and usual start."""
    out = []
    for day in problem.days:
        free = {person.id: person for person in problem.people if day not in person.leave}
        for seat in problem.seats.get(day, ()):
            ranked = [
                (
                    steps,
                    abs(problem.standing.get(person.id, (seat.start_min, 0))[0] - seat.start_min),
                    person.id,
                )
                for person in free.values()
                if (steps := grade_steps(problem, person, seat)) is not None
            ]
            if ranked:
                person = min(ranked)[2]
                del free[person]
                out.append(Duty(day, person, seat))
    return tuple(out)
