"""One rest day a week (Sunday to Saturday): 労働基準法35条1項. Four in four weeks (2項) is not used."""

from collections.abc import Iterator
from datetime import date

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, duties_of, seats_by_day, sum_of, weeks

REST_DAYS = InForce(1, "日/週", "労働基準法第35条第1項", date(1947, 11, 1))
MOST_DAYS = 7 - REST_DAYS.figure


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Six days of work a week at most."""
    seats = seats_by_day(problem)
    for person in problem.people:
        for week in weeks(problem):
            variables.keep(sum_of(variables, seats, person.id, week, lambda _: 1), at_most=MOST_DAYS)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and week without a rest day."""
    for person, duties in duties_of(problem, roster).items():
        for week in weeks(problem):
            n = len({duty.day for duty in duties if duty.day in week})
            if n > MOST_DAYS:
                first = max(week[0], problem.days[0])
                yield Violation(RULE.code, first, person, f"休日{7 - n}日", f"休日{REST_DAYS.figure}日以上")


RULE = Rule(
    code="weekly_rest",
    name_ja="週1日の休日",
    remedy_ja="その週のいずれか1日の勤務を同じ等級の要員に替える。",
    source=(REST_DAYS,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=("A 9-14 9-14 9-14 9-14 9-14 9-14 .", "A . 9-14 9-14 9-14 9-14 9-14 9-14 9-14"),
    breaks=(
        "A 9-14 9-14 9-14 9-14 9-14 9-14 9-14",
        "A 9-14 9-14 9-14 | 9-14 9-14 9-14 9-14\nB . . . . . . .",
    ),
)
