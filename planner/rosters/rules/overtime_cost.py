"""What overtime and work on rest days cost: 労働基準法37条1項.

Points are per cent of a minute's wage (100 = what a minute of work costs): overtime 125, above 60 hours a
month 25 more, and the statutory rest day 135 for its first 8 hours, where a week has no rest day
(``rest_day_work``). Only what the roster adds is charged.
"""

from collections.abc import Iterator
from datetime import date

from planner.rosters.hours import (
    DAILY,
    Minutes,
    Planned,
    above_8_h,
    calendar_months,
    calendar_weeks,
    first_of,
    has_overtime,
    overtime_before,
    sum_over,
    within_8_h,
    worked,
)
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, hours

BASE = 100
OVERTIME = InForce(25, "%", "労働基準法第37条第1項・割増賃金令", date(1994, 4, 1))
LONG = InForce(60, "時間/月", "労働基準法第37条第1項ただし書", date(2010, 4, 1))
LONG_OVERTIME = InForce(50, "%", "労働基準法第37条第1項ただし書", date(2010, 4, 1))  # small firms: 2023
REST_DAY = InForce(35, "%", "労働基準法第37条第1項・割増賃金令", date(1994, 4, 1))
A_MINUTE = BASE + OVERTIME.figure
A_LONG_MINUTE = LONG_OVERTIME.figure - OVERTIME.figure
A_REST_MINUTE = BASE + REST_DAY.figure

Week = tuple[date, ...]


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge overtime by the day and by the month, rest days by the week."""
    planned = Planned(problem, variables)
    for person in problem.people:
        if has_overtime(problem.labour):
            for day in problem.days:
                terms, _ = planned.minutes(person.id, [day], above_8_h)
                variables.penalise(terms, above=0, cost=A_MINUTE)
            for month in calendar_months(problem):
                terms, known = planned.minutes(person.id, month, above_8_h)
                room = LONG.figure * 60 - known - overtime_before(problem, person.id, {month[0]})
                variables.penalise(terms, above=max(room, 0), cost=A_LONG_MINUTE)
        for week in _weeks(problem):
            _charge_week(problem, variables, planned, person.id, week)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every day with overtime, every month above 60 hours, every week without a rest day."""
    for person, minutes, known in worked(problem, roster):
        if has_overtime(problem.labour):
            yield from _long_days(person, minutes, known)
            yield from _long_months(problem, person, minutes, known)
        for week in _weeks(problem):
            if minutes.keys() >= set(week) and not known.keys() >= set(week):
                rest_day = {day for day in week if day.isoweekday() == problem.labour.statutory_rest_weekday}
                n = sum_over(minutes, rest_day, within_8_h)
                found, first = f"法定休日の労働 {hours(n)}", first_of(problem, week)
                yield Violation(RULE.code, first, person, found, "法定休日の労働なし", n * A_REST_MINUTE)


def _long_days(person: str, minutes: Minutes, known: Minutes) -> Iterator[Violation]:
    for day, n in minutes.items():
        if (added := above_8_h(n) - above_8_h(known[day])) > 0:
            found, allowed = f"時間外労働 {hours(added)}", f"1日{DAILY.figure}時間以下"
            yield Violation(RULE.code, day, person, found, allowed, added * A_MINUTE)


def _long_months(
    problem: RosterProblem, person: str, minutes: Minutes, known: Minutes
) -> Iterator[Violation]:
    for month in calendar_months(problem):
        before = overtime_before(problem, person, {month[0]})
        n = before + sum_over(minutes, month, above_8_h)
        used = max(LONG.figure * 60, before + sum_over(known, month, above_8_h))
        if n > used:
            found, allowed = f"時間外労働 月{hours(n)}", f"月{LONG.figure}時間以下"
            cost = (n - used) * A_LONG_MINUTE
            yield Violation(RULE.code, first_of(problem, month), person, found, allowed, cost)


def _weeks(problem: RosterProblem) -> list[Week]:
    return calendar_weeks(problem) if problem.labour.rest_days == "weekly" else []


def _charge_week(
    problem: RosterProblem, variables: Variables, planned: Planned, person: str, week: Week
) -> None:
    """Charge the minutes of the named day if all seven are worked: each other day outweighs them if free."""
    named = [day for day in week if day.isoweekday() == problem.labour.statutory_rest_weekday]
    others = [day for day in week if day not in named]
    terms, known_min = planned.minutes(person, named, within_8_h)
    days, n_known = planned.days_at_work(person, others)
    if planned.days_at_work(person, week)[1] < len(week):
        most = known_min + sum(minutes for minutes, _ in terms)
        terms += [(most * one, literal) for one, literal in days]
        variables.penalise(terms, above=most * (len(others) - n_known) - known_min, cost=A_REST_MINUTE)


_WEEK = " 9-14" * 6
RULE = Rule(
    code="overtime_cost",
    name_ja="時間外・休日労働の割増",
    remedy_ja="対応は必須でない。長い勤務や休日のない週を分けると割増賃金が減る。",
    source=(OVERTIME, LONG, LONG_OVERTIME, REST_DAY),
    is_hard=False,
    apply=apply,
    check=check,
    keeps=(
        "overtime 45\nA 9-18 9-17 .\nB . . 9-18",
        "overtime 45\nrecord A overtime=2026-04:9999\nA 9-20 | 9-18",
        "overtime 45\nlabour working_hours=monthly_variable\nA 9-20 .",
        f"A{_WEEK} .",
        f"A{_WEEK} 9-14 | 9-14",
        f"elsewhere A 6 9-14\nA{_WEEK} | . 9-14",
        "A 9-18 9-14 9-14 9-14 9-14 9-14 .",
        f"labour rest_days=four_weeks\nA{_WEEK} 9-14",
        "A 9-20 .",  # without a 36協定 daily_hours says no
    ),
    breaks=(
        "overtime 45\nA 9-19 9-17 .",
        "overtime 45\nrecord A overtime=2026-04:3540\nA 9-19 9-18 9-18:01",
        "overtime 45\nrecord A overtime=2026-03:9999,2026-04:3539\nA 9-19 | 9-18 9-18:01",
        "overtime 45\nrecord A overtime=2026-04:9999\nA 9-20 | 9-19",
        "overtime 45\nelsewhere A 0 9-12\nA 13-18:01 .",
        f"A 9-19{_WEEK}",
        f"labour statutory_rest_weekday=3\nA{_WEEK} | 9-14",
        f"elsewhere A 6 9-14\nlabour statutory_rest_weekday=6\nA{_WEEK} 15-20",
    ),
    stage="cost",
)
