"""Early and late duties outside everybody's standing hours are shared within a grade."""

from collections.abc import Iterator

from planner.desk import Person
from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of

BEYOND = InForce(0, "勤務", "事業者の運用（早い始業・遅い終業を等しく分ける）")
COST = 60


def _is_unusual(problem: RosterProblem, seat: Seat) -> bool:
    earliest = min(start for start, _ in problem.standing.values())
    latest = max(end for _, end in problem.standing.values())
    return not seat.is_extra and (seat.start_min < earliest or seat.end_min > latest)


def _shares(problem: RosterProblem) -> Iterator[tuple[Person, int]]:
    """Yield the people with a standing shift, each with an even share (rounded up) of the grade's duties."""
    people = [person for person in problem.people if person.id in problem.standing]
    for person in people:
        n_people = sum(p.grade == person.grade for p in people)
        seats = [s for day in problem.days for s in problem.seats.get(day, ()) if s.grade == person.grade]
        yield person, -(-sum(_is_unusual(problem, seat) for seat in seats) // n_people)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every early or late duty beyond the share."""
    seats = seats_by_day(problem)
    for person, share in _shares(problem):
        terms = sum_of(variables, seats, person.id, problem.days, lambda seat: _is_unusual(problem, seat))
        variables.penalise(terms, above=share + BEYOND.figure, cost=COST)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield everybody with more early or late duties than the share."""
    for person, share in _shares(problem):
        n = sum(_is_unusual(problem, duty.seat) for duty in roster.of(person.id))
        if n > share:
            cost = (n - share) * COST
            yield Violation(RULE.code, problem.days[0], person.id, f"早出・遅出{n}回", f"{share}回まで", cost)


RULE = Rule(
    code="fair_share",
    name_ja="早出・遅出の公平",
    remedy_ja="週を単位に同じ等級の要員と交代する。",
    source=(BEYOND,),
    is_hard=False,
    apply=apply,
    check=check,
    keeps=("A=9-18 8-17 9-18\nB=9-18 9-18 10-19", "A=9-18 8-17 8-17 9-18\nB=9-18 9-18 9-18 10-19"),
    breaks=("A=9-18 8-17 8-17 9-18\nB=9-18 9-18 9-18 9-18", "A=9-18 10-19 10-19 8-17\nB=9-18 . 9-18 9-18"),
)
