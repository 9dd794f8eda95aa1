"""Overtime under a special clause (特別条項): 労働基準法36条5項.

At most 720 hours a year (or less if agreed), and more than 45 hours a month in at most six months of it; work
on rest days is not counted here. The year is assumed to begin on 1 April (``hours.years``). Where a period
has more months than the year has such months left, its earliest ones may take them (simple, and safe).
"""

from collections.abc import Iterator
from datetime import date

from planner.desk import Labour
from planner.rosters.hours import (
    Planned,
    Year,
    days_of_month,
    first_of,
    has_overtime,
    overtime_above,
    overtime_before,
    worked,
    years,
)
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, hours

YEARLY = InForce(720, "時間/年", "労働基準法第36条第5項", date(2019, 4, 1))
MONTHLY = InForce(45, "時間/月（超える月数に限りがある）", "労働基準法第36条第5項", date(2019, 4, 1))
MONTHS = InForce(6, "か月/年", "労働基準法第36条第5項", date(2019, 4, 1))


def _is_in_force(labour: Labour) -> bool:
    return has_overtime(labour) and labour.has_special_clause


def _limit_min(labour: Labour) -> int:
    return round(60 * min(YEARLY.figure, labour.special_year_h))


def _usual_months(problem: RosterProblem, person: str, year: Year) -> tuple[date, ...]:
    """Return the months of the period that must stay within 45 hours."""
    others = (month for month in year.months if month not in year.touched)
    n_used = sum(overtime_before(problem, person, {month}) > MONTHLY.figure * 60 for month in others)
    return year.touched[max(MONTHS.figure - n_used, 0) :]


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Overtime of a year stays within the clause; of months too where no more of them may pass 45 hours."""
    if not _is_in_force(problem.labour):
        return
    planned = Planned(problem, variables)
    for person in problem.people:
        for year in years(problem):
            planned.keep_overtime(person.id, year.months, year.days, _limit_min(problem.labour))
            for month in _usual_months(problem, person.id, year):
                planned.keep_overtime(person.id, {month}, days_of_month(month), MONTHLY.figure * 60)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and year above the clause, and every month above 45 hours that is one too many."""
    if not _is_in_force(problem.labour):
        return
    for work in worked(problem, roster):
        person = work[0]
        for year in years(problem):
            if n := overtime_above(problem, work, year.months, year.days, _limit_min(problem.labour)):
                found, allowed = f"年{hours(n)}", f"年{hours(_limit_min(problem.labour))}以下"
                yield Violation(RULE.code, first_of(problem, year.days), person, found, allowed)
            for month in _usual_months(problem, person, year):
                days = days_of_month(month)
                if n := overtime_above(problem, work, {month}, days, MONTHLY.figure * 60):
                    allowed = f"月{MONTHLY.figure}時間以下（超える月は年{MONTHS.figure}か月まで）"
                    yield Violation(RULE.code, first_of(problem, days), person, f"月{hours(n)}", allowed)


_CLAUSE = "overtime 45\nlabour has_special_clause=true\nrecord A overtime="
_FIVE = ",".join(f"2026-{month:02}:2701" for month in (6, 7, 8, 9, 10))
RULE = Rule(
    code="overtime_special",
    name_ja="特別条項の時間外労働",
    remedy_ja="長い勤務を、時間外労働の少ない同じ等級の要員に分ける。",
    source=(YEARLY, MONTHLY, MONTHS),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        f"{_CLAUSE}2026-03:9999,2026-04:43140\nA 9-19 .",
        f"{_CLAUSE}2026-04:43080\nA 9-19 | 9-19",
        f"{_CLAUSE}2026-04:50000\nA 9-20 | 9-18",  # used up before this roster
        f"labour special_year_h=10.5\n{_CLAUSE}2026-04:570\nA 9-19 .",
        f"labour working_hours=monthly_variable\n{_CLAUSE}2026-04:43141\nA 9-19 .",
        "overtime 45\nrecord A overtime=2026-04:43141\nA 9-19 .",
        f"{_CLAUSE}{_FIVE},2026-04:2641\nA 9-19 .",  # the sixth month
        f"{_CLAUSE}{_FIVE},2026-11:2700,2026-03:2701,2026-04:2641\nA 9-19 .",
        f"{_CLAUSE}{_FIVE},2026-11:2701,2026-04:2640\nA 9-19 .",  # the seventh, but not above 45 hours
        f"{_CLAUSE}{_FIVE},2026-11:2701,2026-12:2701,2026-04:2639\nA 9-19 | 9-18",
        f"{_CLAUSE}{_FIVE},2026-11:2701,2026-04:2699\nA 9-20 | 9-18",  # it was passed before this roster
        f"{_CLAUSE}{_FIVE},2026-04:2641,2026-05:2640\nA 9-19{' .' * 25} 9-19",
    ),
    breaks=(
        f"{_CLAUSE}2026-04:43141\nA 9-19 .",
        f"{_CLAUSE}2026-04:43081\nA 9-19 | 9-19",
        f"{_CLAUSE}2026-04:50000\nA 9-20 | 9-18:01",
        f"labour special_year_h=10.5\n{_CLAUSE}2026-04:571\nA 9-19 .",
        f"labour special_year_h=800\n{_CLAUSE}2026-04:43141\nA 9-19 .",
        f"{_CLAUSE}{_FIVE},2026-11:2701,2026-04:2641\nA 9-19 .",
        f"{_CLAUSE}{_FIVE},2026-11:2701,2026-12:2701,2026-04:2641\nA 9-19 .",
        f"{_CLAUSE}{_FIVE},2026-11:2701,2026-04:2699\nA 9-20 | 9-18:01",
        f"{_CLAUSE}{_FIVE},2026-04:2641,2026-05:2641\nA 9-19{' .' * 25} 9-19",
        f"{_CLAUSE}{_FIVE},2026-11:2701,2026-12:2701,2026-04:2641\nA 9-19{' .' * 26}",
        f"{_CLAUSE}{_FIVE},2026-04:0,2026-05:2641\nA 9-19{' .' * 25} 9-19",  # April had the sixth
    ),
)
