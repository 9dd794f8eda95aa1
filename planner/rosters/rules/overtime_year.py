"""Overtime of a year under a 36協定: 労働基準法36条4項, or less if the desk agreed on less.

The year is assumed to begin on 1 April (``hours.years``). With a special clause ``overtime_special`` holds.
"""

from collections.abc import Iterator
from datetime import date

from planner.desk import Labour
from planner.rosters.hours import Planned, first_of, has_overtime, overtime_above, worked, years
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, hours

YEARLY = InForce(360, "時間/年", "労働基準法第36条第4項", date(2019, 4, 1))


def _is_in_force(labour: Labour) -> bool:
    return has_overtime(labour) and not labour.has_special_clause


def _limit_min(labour: Labour) -> int:
    return round(60 * min(YEARLY.figure, labour.overtime_year_h))


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Overtime of a year stays within the agreement."""
    if not _is_in_force(problem.labour):
        return
    planned = Planned(problem, variables)
    for person in problem.people:
        for year in years(problem):
            planned.keep_overtime(person.id, year.months, year.days, _limit_min(problem.labour))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and year above the agreement."""
    if not _is_in_force(problem.labour):
        return
    for work in worked(problem, roster):
        for year in years(problem):
            if n := overtime_above(problem, work, year.months, year.days, _limit_min(problem.labour)):
                found, allowed = f"年{hours(n)}", f"年{hours(_limit_min(problem.labour))}以下"
                yield Violation(RULE.code, first_of(problem, year.days), work[0], found, allowed)


_RECORD = "overtime 45\nrecord A overtime="
RULE = Rule(
    code="overtime_year",
    name_ja="1年の時間外労働",
    remedy_ja="長い勤務を、時間外労働の少ない同じ等級の要員に分ける。",
    source=(YEARLY,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        f"{_RECORD}2026-03:9999,2026-04:21540\nA 9-19 .",
        f"{_RECORD}2026-04:21480\nA 9-19 | 9-19",
        f"{_RECORD}2026-04:20000,2027-03:1540,2027-04:9999\nA 9-19 .",
        f"{_RECORD}2026-04:22000\nA 9-20 | 9-18",  # used up before this roster
        f"labour overtime_year_h=10.5\n{_RECORD}2026-04:570\nA 9-19 .",
        f"labour has_special_clause=true\n{_RECORD}2026-04:21541\nA 9-19 .",
        f"labour working_hours=monthly_variable\n{_RECORD}2026-04:21541\nA 9-19 .",
        f"{_RECORD}2026-04:21540\nelsewhere A 0 9-12\nA 13-20 9-18",
    ),
    breaks=(
        f"{_RECORD}2026-04:21541\nA 9-19 .",
        f"{_RECORD}2026-04:21481\nA 9-19 | 9-19",
        f"{_RECORD}2026-04:20000,2027-03:1541\nA 9-19 .",
        f"{_RECORD}2026-12:20000,2027-01:1541\nA 9-19 .",
        f"{_RECORD}2026-04:22000\nA 9-20 | 9-18:01",
        f"labour overtime_year_h=10.5\n{_RECORD}2026-04:571\nA 9-19 .",
        f"labour overtime_year_h=400\n{_RECORD}2026-04:21541\nA 9-19 .",
        f"{_RECORD}2026-04:21540\nA 9-19" + " ." * 25 + " 9-18:01",
        f"{_RECORD}2026-04:21540\nelsewhere A 0 9-12\nA 13-20:01 9-18",
    ),
)
