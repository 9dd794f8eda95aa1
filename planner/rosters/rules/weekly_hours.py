"""40 hours of work a week, Sunday to Saturday: 労働基準法32条1項; week by 昭和63年1月1日基発第1号.

Time above 8 h of a day is overtime of that day already (``overtime_month``) and is not counted twice.
Overtime of the week (a sixth day of 8 hours) is not planned, with or without a 36協定; on the safe side the
hours of a statutory rest day count too. Not in force under monthly variable hours: see ``variable_month``.
"""

from collections.abc import Iterator
from datetime import date

from planner.rosters.hours import Planned, calendar_weeks, first_of, sum_over, within_8_h, worked
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, hours

WEEKLY = InForce(40, "時間/週", "労働基準法第32条第1項", date(1994, 4, 1))


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Hours of a week add up to 40 at most."""
    if problem.labour.working_hours != "weekly":
        return
    planned = Planned(problem, variables)
    for person in problem.people:
        for week in calendar_weeks(problem):
            planned.keep_within(WEEKLY.figure * 60, planned.minutes(person.id, week, within_8_h))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and week above 40 hours."""
    if problem.labour.working_hours != "weekly":
        return
    for person, minutes, known in worked(problem, roster):
        for week in calendar_weeks(problem):
            n = sum_over(minutes, week, within_8_h)
            if n > max(WEEKLY.figure * 60, sum_over(known, week, within_8_h)):
                found, allowed = f"週{hours(n)}", f"週{WEEKLY.figure}時間以下"
                yield Violation(RULE.code, first_of(problem, week), person, found, allowed)


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
        "overtime 45\nA . 9-20 9-18 9-18 9-18 9-18 .",  # overtime of a day is not counted again
        "elsewhere A 6 9-13\nA . 9-18 9-18 9-18 9-18 9-13 .",
        "elsewhere A 6 9-18\nA 9-18 9-18 9-18 9-18 9-18 | . 19-20 9-18",  # used up without this roster
        "labour working_hours=monthly_variable\nA . 9-18 9-18 9-18 9-18 9-18 9-13",
    ),
    breaks=(
        "A . 9-18 9-18 9-18 9-18 9-18 9-9:01",
        "A 9-16:45 9-16:45 9-16:45 9-16:45 9-16:45 9-16:45 .",
        "A . 9-18 9-18 9-18 | 9-18 9-18 9-13\nB . . . . . . 9-18",
        "elsewhere A 6 9-13\nA . 9-18 9-18 9-18 9-18 9-13:01 .",
        "elsewhere A 5 9-18\nelsewhere A 6 9-18\nA 9-18 9-18 9-18 9-18 | 9-9:01 . . .",
    ),
)
