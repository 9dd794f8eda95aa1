"""8 hours of work a day: 労働基準法32条2項. Without a 36協定 nothing above (36条1項).

With one, longer days are allowed here and counted by ``overtime_month``. Under monthly variable hours a day
may be longer if its hours are fixed beforehand (32条の2): ``variable_month`` and ``frozen_hours`` hold there.
"""

from collections.abc import Iterator

from planner.desk import Labour
from planner.rosters.hours import DAILY, Planned, above_8_h, worked
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import Rule, Variables, hours


def _is_in_force(labour: Labour) -> bool:
    return labour.working_hours == "weekly" and not labour.has_art36_agreement


def apply(problem: RosterProblem, variables: Variables) -> None:
    """No duty makes a day longer than 8 hours."""
    if not _is_in_force(problem.labour):
        return
    planned = Planned(problem, variables)
    for person in problem.people:
        for day in problem.days:
            terms, _ = planned.minutes(person.id, [day], above_8_h)
            variables.keep(terms, at_most=0)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and day above 8 hours."""
    if not _is_in_force(problem.labour):
        return
    for person, minutes, known in worked(problem, roster):
        for day, n in minutes.items():
            if n > max(DAILY.figure * 60, known[day]):
                yield Violation(RULE.code, day, person, hours(n), f"{DAILY.figure}時間以下")


RULE = Rule(
    code="daily_hours",
    name_ja="1日の労働時間",
    remedy_ja="始業を遅らせるか終業を早める。超える場合は36協定の締結・届出が要る。",
    source=(DAILY,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        "A 9-18 9-17",
        "overtime 45\nA 9-18:15 .",
        "labour working_hours=monthly_variable\nA 9-20 .",
        "elsewhere A 0 9-12\nelsewhere A 1 9-19:01\nA 13-18 .\nB . 9-18",
    ),
    breaks=(
        "A 9-18:01 .",
        "A . 8:30-18\nB 9-18 9-18",
        "elsewhere A 0 9-12\nA 13-18:01 9-18",
        "elsewhere A 1 9-19\nA . 20-20:01",
    ),
)
