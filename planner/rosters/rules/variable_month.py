"""Hours averaged over a calendar month: 労働基準法32条の2 (1か月単位の変形労働時間制).

The total of a month stays within 40 hours × days of the month ÷ 7, in whole minutes; single days and weeks
may be longer, as their hours are fixed beforehand (``frozen_hours``). 変形期間: taken as the calendar month.
Days that are not known (before the tail, after the period) count 0.
"""

from collections.abc import Iterator, Sized
from datetime import date

from planner.rosters.hours import Planned, all_of, calendar_months, first_of, sum_over, worked
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, hours

AVERAGE = InForce(40, "時間/週（平均）", "労働基準法第32条の2第1項", date(1994, 4, 1))


def _limit_min(month: Sized) -> int:
    return AVERAGE.figure * 60 * len(month) // 7


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Hours of a month add up to what an average of 40 a week gives."""
    if problem.labour.working_hours != "monthly_variable":
        return
    planned = Planned(problem, variables)
    for person in problem.people:
        for month in calendar_months(problem):
            planned.keep_within(_limit_min(month), planned.minutes(person.id, month, all_of))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and month above the total."""
    if problem.labour.working_hours != "monthly_variable":
        return
    for person, minutes, known in worked(problem, roster):
        for month in calendar_months(problem):
            n = sum_over(minutes, month, all_of)
            if n > max(_limit_min(month), sum_over(known, month, all_of)):
                found, allowed = f"月{hours(n)}", f"月{hours(_limit_min(month))}以下"
                yield Violation(RULE.code, first_of(problem, month), person, found, allowed)


# April: 171 h 25 min, as 20 days of 8 h and one of 11 h 25 min.
_MONTH = "labour working_hours=monthly_variable\nA" + " 9-18" * 19
RULE = Rule(
    code="variable_month",
    name_ja="1か月単位の変形労働時間制の総枠",
    remedy_ja="その月の勤務を短くするか、同じ等級の要員に替える。",
    source=(AVERAGE,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        f"{_MONTH} 9-18 9-21:25",
        f"{_MONTH} | 9-18 9-21:25",
        f"elsewhere A 19 9-18\n{_MONTH} . 9-21:25",
        f"{_MONTH} 9-18 9-21:25 . . . . . 9-18",
        f"A{' 9-18' * 23}",
        f"elsewhere A 24 9-18\n{_MONTH} 9-18 9-18 9-18 | . .",
    ),
    breaks=(
        f"{_MONTH} 9-18 9-21:26",
        f"{_MONTH} | 9-18 9-21:26",
        f"elsewhere A 19 9-18\n{_MONTH} . 9-21:26",
        f"elsewhere A 23 9-18\n{_MONTH} 9-18 9-18 9-18 | 9-9:01 .",
    ),
)
