"""Overtime of a calendar month under a 36協定: 労働基準法36条4項, or less if the desk agreed on less.

With a special clause (特別条項) ``overtime_special`` says in which months more is allowed.
"""

from collections.abc import Iterator
from datetime import date

from planner.desk import Labour
from planner.rosters.hours import (
    Planned,
    calendar_months,
    first_of,
    has_overtime,
    overtime_above,
    worked,
)
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, hours

MONTHLY = InForce(45, "時間/月", "労働基準法第36条第4項", date(2019, 4, 1))


def _is_in_force(labour: Labour) -> bool:
    return has_overtime(labour) and not labour.has_special_clause


def _limit_min(labour: Labour) -> int:
    return round(60 * min(MONTHLY.figure, labour.overtime_month_h))


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Overtime of a month stays within the agreement."""
    if not _is_in_force(problem.labour):
        return
    planned = Planned(problem, variables)
    for person in problem.people:
        for month in calendar_months(problem):
            planned.keep_overtime(person.id, month, month, _limit_min(problem.labour))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and month above the agreement."""
    if not _is_in_force(problem.labour):
        return
    for work in worked(problem, roster):
        for month in calendar_months(problem):
            if n := overtime_above(problem, work, month, month, _limit_min(problem.labour)):
                found, allowed = f"月{hours(n)}", f"月{hours(_limit_min(problem.labour))}以下"
                yield Violation(RULE.code, first_of(problem, month), work[0], found, allowed)


RULE = Rule(
    code="overtime_month",
    name_ja="1か月の時間外労働",
    remedy_ja="長い勤務を同じ等級の要員に分ける。",
    source=(MONTHLY,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        "overtime 2\nA . 9-19 9-19 9-18",
        "overtime 1\nA 9-19 | 9-18 9-18\nB . . 9-19",
        "overtime 1\nA 9-20 | 9-18 9-18",  # the tail used it up
        "overtime 1.5\nrecord A overtime=2026-03:2700,2026-04:30\nA 9-19 .",
        "overtime 45\nrecord A overtime=2026-04:2640\nA 9-19 .",
        "overtime 1\nA 9-19" + " ." * 25 + " 9-19",  # the second in May
        "overtime 1\nelsewhere A 0 9-12\nA 13-19 9-18",
        "overtime 1\nlabour has_special_clause=true\nA 9-20 9-20",
        "overtime 1\nlabour working_hours=monthly_variable\nA 9-20 9-20",
        "A 9-20 9-20",  # without a 36協定 daily_hours says no
    ),
    breaks=(
        "overtime 2\nA . 9-19 9-19 9-18:01",
        "overtime 1\nA 9-19 | 9-18:15 9-18\nB 9-18 . 9-19",
        "overtime 1\nA 9-20 | 9-18:01 9-18",
        "overtime 1.5\nrecord A overtime=2026-04:31\nA 9-19 .",
        "labour has_art36_agreement=true overtime_month_h=60\nrecord A overtime=2026-04:2641\nA 9-19 .",
        "overtime 1\nelsewhere A 0 9-12\nA 13-20:01 9-18",
    ),
)
