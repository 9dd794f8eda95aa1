"""40 hours of work a week, Sunday to Saturday: 労働基準法32条1項; week by 昭和63年1月1日基発第1号.

Time above 8 h of a day is overtime of that day already (``overtime_month``) and is not counted twice.
Overtime of the week (a sixth day of work) is not planned, with or without a 36協定.
"""

from collections.abc import Iterator
from datetime import date

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, duties_of, hours, seats_by_day, sum_of, weeks

WEEKLY = InForce(40, "時間/週", "労働基準法第32条第1項", date(1994, 4, 1))
DAILY = InForce(8, "時間/日", "労働基準法第32条第2項", date(1988, 4, 1))


def _within_day(seat: Seat) -> int:
    return min(seat.work_min, DAILY.figure * 60)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Hours of a week add up to 40 at most."""
    seats = seats_by_day(problem)
    for person in problem.people:
        for week in weeks(problem):
            terms = sum_of(variables, seats, person.id, week, _within_day)
            variables.keep(terms, at_most=WEEKLY.figure * 60)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and week above 40 hours."""
    for person, duties in duties_of(problem, roster).items():
        for week in weeks(problem):
            minutes = sum(_within_day(duty.seat) for duty in duties if duty.day in week)
            if minutes > WEEKLY.figure * 60:
                first = max(week[0], problem.days[0])
                yield Violation(RULE.code, first, person, f"週{hours(minutes)}", f"週{WEEKLY.figure}時間以下")


RULE = Rule(
    code="weekly_hours",
    name_ja="週の労働時間",
    remedy_ja="その週の勤務を1日減らすか、同じ等級の要員に替える。",
    source=(WEEKLY,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        "A . 9-18 9-18 9-18 9-18 9-18 . 9-18",
        "A 9-16:15 9-16:45 9-16:45 | 9-16:45 9-16:45 9-16:45 .",  # exactly 40 h
    ),
    breaks=(
        "A . 9-18 9-18 9-18 9-18 9-18 9-9:30",
        "A 9-16:45 9-16:45 9-16:45 9-16:45 9-16:45 9-16:45 .",
        "A . 9-18 9-18 9-18 | 9-18 9-18 9-13\nB . . . . . . 9-18",
    ),
)
