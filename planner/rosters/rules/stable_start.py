"""The same start all week: a change of start within a week tires."""

from collections.abc import Iterator

from forecasts.slots import clock
from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, duties_of, seats_by_day, sum_of, weeks

STARTS = InForce(1, "種類/週", "事業者の運用（週のうちは始業をそろえる）")
COST = 30


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every start of a week beyond the first."""
    seats = seats_by_day(problem)
    for person in problem.people:
        for week in weeks(problem):
            used = []
            for start in sorted({seat.start_min for day in week for seat in seats[day]}):

                def starts_so(seat: Seat, start: int = start) -> bool:
                    return seat.start_min == start

                terms = sum_of(variables, seats, person.id, week, starts_so)
                used.append((1, variables.any_of([literal for _, literal in terms])))
            variables.penalise(used, above=STARTS.figure, cost=COST)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and week with several starts."""
    for person, duties in duties_of(problem, roster).items():
        for week in weeks(problem):
            starts = sorted({duty.seat.start_min for duty in duties if duty.day in week})
            if (surplus := len(starts) - STARTS.figure) > 0:
                first, found = max(week[0], problem.days[0]), "・".join(map(clock, starts))
                yield Violation(RULE.code, first, person, f"始業 {found}", "週のうち同じ始業", surplus * COST)


RULE = Rule(
    code="stable_start",
    name_ja="週のうちの始業の一定",
    remedy_ja="同じ週の勤務を同じ等級の要員と入れ替える。",
    source=(STARTS,),
    is_hard=False,
    stage="change",
    apply=apply,
    check=check,
    keeps=("A . 9-18 9-18 . 9-17 . . 10-19",),
    breaks=("A . 9-18 10-19 . 8-17\nB . 9-18 9-18", "A . 9-18 9-18 | 10-19 10-19\nB . . . 9-18 ."),
)
