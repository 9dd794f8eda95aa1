"""Build, solve in stages, check, say what was proved.

Hard rules are kept or there is no roster. Soft rules are settled stage by stage: service, cost, change,
fairness; what an earlier stage reached is held while the next one is minimised. The same question and seed
give the same roster where every part is proved, or ends by its engine's own count of work (CP-SAT).
"""

from collections.abc import Callable, Iterable

from planner.rosters.apart import improved, made_lawful
from planner.rosters.blend import blended
from planner.rosters.check import violations
from planner.rosters.engine import Watch
from planner.rosters.engines.cp_sat import cp_sat
from planner.rosters.engines.highs import highs
from planner.rosters.explain.conflict import conflict
from planner.rosters.implicit import implicit
from planner.rosters.linear import Linear
from planner.rosters.parts import Index
from planner.rosters.roster import STAGES, Duty, NoRoster, Proof, Roster, RosterProblem, Settled, Stage
from planner.rosters.rule import Rule, grade_steps
from planner.rosters.rules import RULES
from planner.rosters.search import Infeasible, NotFound, Search
from planner.rosters.settle import Course, Pieces, in_pieces

ENGINES = (("CP-SAT", cp_sat, 6.0), ("HiGHS", highs, 20.0))
"""CP-SAT takes a start and proves most parts in a second; where it does not, HiGHS' bound is often better."""


def solved(
    problem: RosterProblem,
    seed: int,
    *,
    rules: Iterable[Rule] = RULES,
    start: Iterable[Duty] | None = None,
    watch: Watch = lambda: True,
    progress: Callable[[Stage, float], None] = lambda _stage, _share: None,
) -> Roster:
    """Return the best roster found, checked by rules that never saw the solver.

    ``start``: a roster to begin with (default: everybody near the standing shift). Raises NoRoster, and
    Cancelled when ``watch`` says that nobody waits any more. Why there is none: ``planner.rosters.explain``.
    """
    rules = tuple(rules)
    linear = Linear(problem, rules)
    short = implicit(linear)
    values = linear.values(standing_duties(problem) if start is None else start)
    course = Course(short.linear, Index(short.linear), short.read(values), not linear.broken(values))
    search = Search(ENGINES, seed, watch=watch, progress=progress)
    try:
        stages = settled_in_turn(course, search)
    except (Infeasible, NotFound):
        raise NoRoster(conflict(problem, rules, seed=seed, watch=watch).rules) from None
    return _checked(problem, rules, linear.duties(short.write(course.values)), stages)


def settled_in_turn(course: Course, search: Search) -> tuple[Settled, ...]:
    """Settle all stages; ``course`` then has the roster. Raises Infeasible, NotFound, Cancelled."""
    if any(not row.terms for row in course.linear.rows):  # no decision can help: no part would see it
        raise Infeasible
    engines = {stage: _settle(course, stage, search) for stage in STAGES}
    return tuple(Settled(each, course.held[each], course.bounds[each], engines[each]) for each in STAGES)


def _settle(course: Course, stage: Stage, search: Search) -> str:
    """Minimise one stage with the earlier ones held; return the engines asked."""
    if course.is_lawful and not course.linear.cost(course.values, stage):
        course.settle(stage, 0, {})
        return ""
    pieces = in_pieces(course, stage, search)
    course.parts = pieces.parts
    course.take(pieces.values, stage)
    if not course.is_lawful:
        made_lawful(course, stage, search, pieces.parts)
    if not course.is_lawful:
        raise NotFound
    if _is_open(course, stage, pieces) and pieces.clashes:
        pieces = blended(course, stage, search, pieces)
        if _is_open(course, stage, pieces):
            improved(course, stage, search.hurried(), pieces.parts)
    course.settle(stage, pieces.bound, pieces.prices)
    return "・".join(sorted(pieces.engines))


def _is_open(course: Course, stage: Stage, pieces: Pieces) -> bool:
    return pieces.bound < course.linear.cost(course.values, stage)


def _checked(
    problem: RosterProblem, rules: tuple[Rule, ...], duties: tuple[Duty, ...], stages: tuple[Settled, ...]
) -> Roster:
    found = violations(problem, Roster(duties), rules)
    broken, cost = [v for v in found if not v.cost], sum(v.cost for v in found)
    value = sum(stage.value for stage in stages)
    if broken or cost != value or any(stage.bound > stage.value for stage in stages):
        message = f"solver and checkers disagree: cost {cost}, stages {stages}, broken {broken}"
        raise RuntimeError(message)
    is_optimal = all(stage.value == stage.bound for stage in stages)
    proof: Proof = "optimal" if is_optimal else "feasible"
    return Roster(duties, proof, cost, sum(stage.bound for stage in stages), found, stages)


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
