"""Work on the statutory rest day (法定休日) under a 36協定: 労働基準法35条1項, 36条1項.

Simplest reading: the rest day is the named weekday, unless the week has another day without work: then it was
moved to that day beforehand (振替) and there is no rest-day work. So rest-day work arises only in a week
(Sunday to Saturday) without any rest day, one day in each, in the month of its named weekday; the 36協定 says
how many a month may have. Without rest-day work in the 36協定 ``weekly_rest`` refuses such weeks.
Minutes recorded for the month before count as days of 8 hours, a begun one whole.
"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from planner.rosters.hours import (
    DAILY,
    DAY,
    Planned,
    calendar_months,
    calendar_weeks,
    days_of_month,
    first_of,
    rest_day_minutes_before,
    rest_day_work_days,
    worked,
)
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables

AGREED = InForce(0, "日/月（36協定で定めた日数まで）", "労働基準法第36条第1項", date(1947, 11, 1))

Week = tuple[date, ...]


def _weeks_by_month(problem: RosterProblem) -> dict[date, list[Week]]:
    """Return the weeks of the months in which the period's weeks count: where their named day is.

    Of a month before the period only the week that runs into it: the record tells of the others.
    """
    named = problem.labour.statutory_rest_weekday
    running = calendar_weeks(problem)
    touched = {month[0] for month in calendar_months(problem)}
    months = sorted({day.replace(day=1) for week in running for day in week})
    weeks = {
        month: [
            tuple(day + DAY * (n - named % 7) for n in range(7))
            for day in days_of_month(month)
            if day.isoweekday() == named
        ]
        for month in months
    }
    return {m: [week for week in of if m in touched or week in running] for m, of in weeks.items()}


def _days_before(problem: RosterProblem, person: str, month: date) -> int:
    return -(-rest_day_minutes_before(problem, person, {month}) // (DAILY.figure * 60))


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Of any weeks one more than allowed, one has a rest day."""
    allowed = rest_day_work_days(problem.labour)
    if allowed == AGREED.figure:
        return
    planned = Planned(problem, variables)
    for person in problem.people:
        for month, weeks in _weeks_by_month(problem).items():
            n_weeks = max(allowed - _days_before(problem, person.id, month) + 1, 1)
            for chosen in combinations(weeks, n_weeks):
                days = [day for week in chosen for day in week]
                planned.keep_within(len(days) - 1, planned.days_at_work(person.id, days))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and month with too many weeks without a rest day."""
    allowed = rest_day_work_days(problem.labour)
    if allowed == AGREED.figure:
        return
    for person, minutes, known in worked(problem, roster):
        for month, weeks in _weeks_by_month(problem).items():
            full = [week for week in weeks if minutes.keys() >= set(week)]
            added = [week for week in full if not known.keys() >= set(week)]
            n = len(full) + _days_before(problem, person, month)
            if added and n > allowed:
                first = first_of(problem, min(added))
                yield Violation(RULE.code, first, person, f"法定休日の労働 月{n}日", f"月{allowed}日以下")


_WEEK = " 9-14" * 7
_AGREED = "overtime 45\nlabour rest_day_work_days="
_APRIL = f"record A rest=2026-04:480\nA{' .' * 14}{_WEEK}{' 9-14' * 5} | 9-14 9-14"  # until 2 May
RULE = Rule(
    code="rest_day_work",
    name_ja="法定休日の労働",
    remedy_ja="その週のいずれか1日を休日に振り替え、同じ等級の要員に替える。",
    source=(AGREED,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        f"{_AGREED}1\nA{_WEEK}",
        f"{_AGREED}1\nA{_WEEK} . 9-14 9-14 9-14 9-14 9-14 9-14",
        f"{_AGREED}1\nA{_WEEK} 9-14 9-14 9-14 9-14 9-14 9-14 .",
        f"{_AGREED}2\nA{_WEEK}{_WEEK}",
        f"{_AGREED}2\nrecord A rest=2026-04:480,2026-03:9999\nA{_WEEK}",
        f"{_AGREED}1\nrecord A rest=2026-04:9999\nA{_WEEK} | . 9-14 9-14 9-14 9-14 9-14 9-14",
        f"{_AGREED}1 statutory_rest_weekday=5\nA{_WEEK}{' .' * 14}{_WEEK}",  # Friday, 1 May
        f"{_AGREED}1\nA{' 9-14' * 14} | . 9-14",  # past, whatever it was
        f"{_AGREED}2\n{_APRIL}",  # the record tells of the week before the last, too
        f"labour rest_day_work_days=1\nA{_WEEK}{_WEEK}",  # weekly_rest says no
    ),
    breaks=(
        f"{_AGREED}1\nA{_WEEK}{_WEEK}",
        f"{_AGREED}1\nA{_WEEK} |{_WEEK}",
        f"{_AGREED}1\nA{_WEEK}{' .' * 14}{_WEEK}",  # Sunday, 26 April
        f"{_AGREED}2\nrecord A rest=2026-04:481\nA{_WEEK}",
        f"{_AGREED}1\nrecord A rest=2026-04:9999\nA{_WEEK}",
        f"elsewhere A 13 9-14\n{_AGREED}1\nA{_WEEK}{' 9-14' * 6} .",
        f"{_AGREED}1 statutory_rest_weekday=4\nA{_WEEK}{' .' * 14}{_WEEK}",  # Thursday, 30 April
        f"{_AGREED}1\n{_APRIL}",
    ),
)
