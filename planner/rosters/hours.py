"""Hours of work as the law adds them up: everything a person does for the same employer counts.

Work for the sister contract counts like work here (労働基準法38条1項: 事業場を異にする場合も通算する). A duty
belongs wholly to the day on which it begins (昭和63年1月1日基発第1号: 継続勤務は始業の日の労働とする).

What is past (the tail, the records) or done elsewhere is *known*: no roster changes it. So where a limit is
used up by it already, a roster is refused only if it adds to it. Constraints count what the period may add
(``Planned``), checkers the whole (``worked``).
"""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile

from planner.desk import Labour
from planner.rosters.roster import Record, Roster, RosterProblem
from planner.rosters.rule import InForce, Term, Variables, seats_by_day

DAILY = InForce(8, "時間/日", "労働基準法第32条第2項", date(1988, 4, 1))
DAY = timedelta(days=1)
APRIL = 4

Minutes = Counter[date]
"""Minutes of work of one person by day; a day at work is a key."""

Counted = Callable[[int], int]
"""What a limit counts of the minutes of one day."""

Worked = tuple[str, Minutes, Minutes]
"""A person, all their minutes, and those among them that are known."""

Sum = tuple[list[Term], int]
"""What duties of the period add, and what is known."""


def all_of(minutes: int) -> int:
    """Return all minutes of a day."""
    return minutes


def within_8_h(minutes: int) -> int:
    """Return the minutes of a day within the statutory 8 hours."""
    return min(minutes, DAILY.figure * 60)


def above_8_h(minutes: int) -> int:
    """Return the minutes of a day above the statutory 8 hours."""
    return max(minutes - DAILY.figure * 60, 0)


def has_overtime(labour: Labour) -> bool:
    """Tell whether there may be overtime at all: under a 36協定, and hours not averaged over a month.

    Under monthly variable hours a long day that is fixed beforehand is none (32条の2), as every roster is.
    """
    return labour.has_art36_agreement and labour.working_hours == "weekly"


def rest_day_work_days(labour: Labour) -> int:
    """Return how many days of rest-day work a month may have: none without a 36協定 (35条1項, 36条1項)."""
    return labour.rest_day_work_days if labour.has_art36_agreement and labour.rest_days == "weekly" else 0


class Planned:
    """For constraints: what the duties of the period add to what is known."""

    def __init__(self, problem: RosterProblem, variables: Variables) -> None:
        """Read the seats and what is known once for all people."""
        self._problem, self._variables = problem, variables
        self._days = frozenset(problem.days)
        self._seats = seats_by_day(problem)
        self._known = known_minutes(problem)

    def minutes(self, person: str, days: Collection[date], counted: Counted) -> Sum:
        """Return the sum over days of what ``counted`` makes of a day's minutes."""
        known = self._known.get(person, Counter())
        terms: list[Term] = []
        for day in days:
            before = known[day]
            if day in self._days:
                for i, seat in enumerate(self._seats.get(day, ())):
                    if more := counted(before + seat.work_min) - counted(before):
                        terms.append((more, self._variables.works(person, day, i)))
        return terms, sum_over(known, days, counted)

    def days_at_work(self, person: str, days: Collection[date]) -> Sum:
        """Return how many of the days have work."""
        known = self._known.get(person, Counter()).keys() & set(days)
        free = [day for day in days if day in self._days and day not in known]
        places = [(day, i) for day in free for i in range(len(self._seats.get(day, ())))]
        return [(1, self._variables.works(person, day, i)) for day, i in places], len(known)

    def keep_within(self, limit: int, planned: Sum) -> None:
        """Demand that the sum stays within the limit, or adds nothing where the limit is used up."""
        terms, n_known = planned
        self._variables.keep(terms, at_most=max(limit - n_known, 0))

    def keep_overtime(self, person: str, months: Container[date], days: Collection[date], most: int) -> None:
        """Demand that the overtime recorded of these months and that of these days stay within ``most``."""
        room = most - overtime_before(self._problem, person, months)
        self.keep_within(room, self.minutes(person, days, above_8_h))


def known_minutes(problem: RosterProblem) -> dict[str, Minutes]:
    """Return the minutes of the tail and of the sister contract by person and day."""
    out: dict[str, Minutes] = {}
    for duty in problem.tail:
        out.setdefault(duty.person, Counter())[duty.day] += duty.seat.work_min
    for work in problem.elsewhere:
        out.setdefault(work.person, Counter())[work.day] += work.work_min
    return out


def worked(problem: RosterProblem, roster: Roster) -> Iterator[Worked]:
    """For checkers: yield the work of everybody with duties."""
    known, total = known_minutes(problem), known_minutes(problem)
    for duty in roster.duties:
        total.setdefault(duty.person, Counter())[duty.day] += duty.seat.work_min
    for person in sorted({duty.person for duty in roster.duties}):
        yield person, total[person], known.get(person, Counter())


def sum_over(minutes: Minutes, days: Container[date], counted: Counted) -> int:
    """Return the sum over days of what ``counted`` makes of a day's minutes."""
    return sum(counted(n) for day, n in minutes.items() if day in days)


def calendar_weeks(problem: RosterProblem) -> list[tuple[date, ...]]:
    """Return the weeks (Sunday to Saturday) that touch the period, each with its seven days."""
    sundays = sorted({day - DAY * (day.isoweekday() % 7) for day in problem.days})
    return [tuple(sunday + DAY * n for n in range(7)) for sunday in sundays]


def calendar_months(problem: RosterProblem) -> list[tuple[date, ...]]:
    """Return the calendar months that touch the period, each with all its days."""
    return [days_of_month(first) for first in sorted({day.replace(day=1) for day in problem.days})]


def days_of_month(first: date) -> tuple[date, ...]:
    """Return the days of the month that begins on ``first``."""
    return tuple(takewhile(lambda day: day.month == first.month, (first + DAY * n for n in count())))


def first_of(problem: RosterProblem, days: Container[date]) -> date:
    """Return the first day of the period among these: where a breach that spans them is shown."""
    return next(day for day in problem.days if day in days)


def overtime_before(problem: RosterProblem, person: str, months: Container[date]) -> int:
    """Return the recorded overtime of these months in minutes (of a current month: before the tail)."""
    record = problem.records.get(person, Record())
    return sum(minutes for month, minutes in record.overtime_min if month in months)


def overtime_above(
    problem: RosterProblem, work: Worked, months: Container[date], days: Container[date], most: int
) -> int:
    """For checkers: return the overtime of these months if the roster takes it above ``most``, else 0."""
    person, minutes, known = work
    before = overtime_before(problem, person, months)
    n = before + sum_over(minutes, days, above_8_h)
    return n if n > max(most, before + sum_over(known, days, above_8_h)) else 0


def rest_day_minutes_before(problem: RosterProblem, person: str, months: Container[date]) -> int:
    """Return the recorded minutes of work on statutory rest days in these months."""
    record = problem.records.get(person, Record())
    return sum(minutes for month, minutes in record.rest_day_min if month in months)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a 36協定: its months, those among them that touch the period, and the days of these."""

    months: tuple[date, ...]
    touched: tuple[date, ...]
    days: frozenset[date]


def years(problem: RosterProblem) -> list[Year]:
    """Return the years of the 36協定 that touch the period.

    Assumed to begin on 1 April with the fiscal year of the contract; a 36協定 names its own day (起算日).
    """
    touched = [month[0] for month in calendar_months(problem)]
    starts: dict[date, list[date]] = {}
    for month in touched:
        start = month
        while start.month != APRIL:
            start = month_before(start)
        starts.setdefault(start, []).append(month)
    return [
        Year(
            tuple(date(start.year + n // 12, n % 12 + 1, 1) for n in range(APRIL - 1, APRIL + 11)),
            tuple(months),
            frozenset(day for month in months for day in days_of_month(month)),
        )
        for start, months in starts.items()
    ]


def month_before(month: date) -> date:
    """Return the first day of the month before."""
    return (month - DAY).replace(day=1)
