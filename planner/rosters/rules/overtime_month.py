"""Overtime of a calendar month under a 36協定: 労働基準法36条4項, or less if the desk agreed on less.

Not held here: 360 hours a year, and the special clause (36条5項 and 6項): a roster does not know the year.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, duties_of, hours, seats_by_day, sum_of

MONTHLY = InForce(45, "時間/月", "労働基準法第36条第4項", date(2019, 4, 1))
DAILY = InForce(8, "時間/日", "労働基準法第32条第2項", date(1988, 4, 1))


def _overtime_min(seat: Seat) -> int:
    return max(0, seat.work_min - DAILY.figure * 60)


def _limit_min(problem: RosterProblem) -> int:
    return round(60 * min(MONTHLY.figure, problem.labour.overtime_month_h))


def _months(days: Iterable[date], problem: RosterProblem) -> list[list[date]]:
    touched = sorted({day.replace(day=1) for day in problem.days})
    return [[day for day in days if day.replace(day=1) == first] for first in touched]


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Overtime of a month stays within the agreement."""
    if not problem.labour.has_art36_agreement:
        return
    seats = seats_by_day(problem)
    for person in problem.people:
        for month in _months(seats, problem):
            terms = sum_of(variables, seats, person.id, month, _overtime_min)
            variables.keep(terms, at_most=_limit_min(problem))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and month above the agreement."""
    if not problem.labour.has_art36_agreement:
        return
    for person, duties in duties_of(problem, roster).items():
        for month in _months(seats_by_day(problem), problem):
            minutes = sum(_overtime_min(duty.seat) for duty in duties if duty.day in month)
            if minutes > _limit_min(problem):
                first, allowed = max(month[0], problem.days[0]), f"月{hours(_limit_min(problem))}以下"
                yield Violation(RULE.code, first, person, f"月{hours(minutes)}", allowed)


RULE = Rule(
    code="overtime_month",
    name_ja="1か月の時間外労働",
    remedy_ja="長い勤務を同じ等級の要員に分ける。",
    source=(MONTHLY,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=("overtime 2\nA . 9-19 9-19 9-18", "overtime 1\nA 9-19 | 9-18 9-18\nB . . 9-19"),
    breaks=("overtime 2\nA . 9-19 9-19 9-18:30", "overtime 1\nA 9-19 | 9-18:15 9-18\nB 9-18 . 9-19"),
)
