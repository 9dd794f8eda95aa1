"""Overtime together with work on rest days, with or without a special clause: 労働基準法36条6項2号・3号.

Less than 100 hours in every month, and at most 80 hours a month on average over the last two to six months,
across the years of the 36協定. Months without a record count 0. On the safe side, where the 36協定 allows
work on rest days, all work on the named weekday counts as such, also if the rest day was moved (振替).
"""

from collections.abc import Iterator
from datetime import date

from planner.rosters.hours import (
    Planned,
    above_8_h,
    all_of,
    calendar_months,
    days_of_month,
    first_of,
    has_overtime,
    month_before,
    overtime_before,
    rest_day_minutes_before,
    rest_day_work_days,
    sum_over,
    worked,
)
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, hours

MONTHLY = InForce(100, "時間/月未満", "労働基準法第36条第6項第2号", date(2019, 4, 1))
AVERAGE = InForce(80, "時間/月（平均）", "労働基準法第36条第6項第3号", date(2019, 4, 1))
LONGEST = InForce(6, "か月の平均まで", "労働基準法第36条第6項第3号", date(2019, 4, 1))

Months = tuple[date, ...]


def _windows(problem: RosterProblem) -> Iterator[tuple[Months, int, str]]:
    """Yield months taken together, newest first, and the minutes that they may have (in words too)."""
    for month in calendar_months(problem):
        window: Months = (month[0],)
        yield window, MONTHLY.figure * 60 - 1, f"月{MONTHLY.figure}時間未満"
        while len(window) < LONGEST.figure:
            window = (*window, month_before(window[-1]))
            limit = AVERAGE.figure * 60 * len(window)
            yield window, limit, f"{hours(limit)}以下（月平均{AVERAGE.figure}時間）"


def _days(problem: RosterProblem, window: Months) -> tuple[list[date], list[date]]:
    """Return the days of the period's months of which all work counts, and those of which overtime does."""
    days = [day for month in calendar_months(problem) if month[0] in window for day in month]
    named = problem.labour.statutory_rest_weekday if rest_day_work_days(problem.labour) else None
    rest = [day for day in days if day.isoweekday() == named]
    return rest, [day for day in days if day.isoweekday() != named]


def _recorded(problem: RosterProblem, person: str, window: Months) -> int:
    return overtime_before(problem, person, window) + rest_day_minutes_before(problem, person, window)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Overtime and work on rest days stay below 100 hours a month, and within 80 on average."""
    if not has_overtime(problem.labour):
        return
    planned = Planned(problem, variables)
    for person in problem.people:
        by_month = {
            month[0]: [
                planned.minutes(person.id, days, counted)
                for days, counted in zip(_days(problem, (month[0],)), (all_of, above_8_h), strict=True)
            ]
            for month in calendar_months(problem)
        }
        for window, limit, _ in _windows(problem):
            sums = [part for month in window for part in by_month.get(month, ())]
            terms = [term for some, _ in sums for term in some]
            room = limit - _recorded(problem, person.id, window)
            planned.keep_within(room, (terms, sum(known for _, known in sums)))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person with a month of 100 hours, or an average above 80."""
    if not has_overtime(problem.labour):
        return
    for person, minutes, known in worked(problem, roster):
        for window, limit, allowed in _windows(problem):
            rest, other = _days(problem, window)
            recorded = _recorded(problem, person, window)
            before = recorded + sum_over(known, rest, all_of) + sum_over(known, other, above_8_h)
            n = recorded + sum_over(minutes, rest, all_of) + sum_over(minutes, other, above_8_h)
            if n > max(limit, before):
                first = first_of(problem, days_of_month(max(window)))
                found = f"時間外と休日の労働 {len(window)}か月で{hours(n)}"
                yield Violation(RULE.code, first, person, found, allowed)


_RECORD = "overtime 45\nrecord A overtime="
_FULL = ",".join(f"{month}:4800" for month in ("2026-02", "2026-01", "2025-12", "2025-11"))
_REST = "labour statutory_rest_weekday=1 rest_day_work_days="
RULE = Rule(
    code="overtime_average",
    name_ja="時間外と休日の労働の合計",
    remedy_ja="長い勤務と休日の勤務を、時間外労働の少ない同じ等級の要員に分ける。",
    source=(MONTHLY, AVERAGE, LONGEST),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        f"{_RECORD}2026-04:5939\nA 9-19 .",
        f"{_RECORD}2026-04:0,2026-03:9540,{_FULL},2025-10:9999\nA 9-19 .",  # every average is 80 hours
        f"{_RECORD}2026-03:5000 rest=2026-03:4540\nA 9-19 .",
        f"{_RECORD}2026-04:9999\nA 9-20 | 9-18",  # used up before this roster
        f"{_REST}1\n{_RECORD}2026-04:9999\nA . 9-18 | 9-18",  # and by a Monday, too
        f"{_REST}1\n{_RECORD}2026-04:5459 rest=2026-04:60\nA . 9-18 9-18",  # Monday counts
        f"{_REST}0\n{_RECORD}2026-04:5939\nA . 9-18 9-19",
        f"labour working_hours=monthly_variable\n{_RECORD}2026-04:5940\nA 9-19",
        f"{_RECORD}2026-04:4680\nA 9-19{' .' * 25} 9-19",
        f"elsewhere A 1 9-12\n{_RECORD}2026-04:5939\nA . 13-19",
    ),
    breaks=(
        f"{_RECORD}2026-04:5940\nA 9-19 .",
        f"{_RECORD}2026-03:9541,2026-02:0\nA 9-19 .",
        f"{_RECORD}2026-02:14341\nA 9-19 .",
        f"{_RECORD}2026-01:19141\nA 9-19 .",
        f"{_RECORD}2025-12:23941\nA 9-19 .",
        f"{_RECORD}2025-11:28741\nA 9-19 .",
        f"{_RECORD}2026-03:5000 rest=2026-03:4541\nA 9-19 .",
        f"{_RECORD}2026-04:9999\nA 9-20 | 9-18:01",
        f"{_RECORD}2026-04:5880\nA 9-19 | 9-19",
        f"{_REST}1\n{_RECORD}2026-04:5459 rest=2026-04:61\nA . 9-18 9-18",
        f"{_REST}1\n{_RECORD}2026-04:5940\nA . 9-10 9-18",
        f"{_REST}0\n{_RECORD}2026-04:5940\nA . 9-18 9-19",
        f"{_RECORD}2026-04:9480\nA{' .' * 26} 9-20:01",
        f"elsewhere A 1 9-12\n{_RECORD}2026-04:5940\nA . 13-19",
    ),
)
