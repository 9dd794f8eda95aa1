"""Continue from the rosters before: what of them still counts becomes the tail, the rest of a year records.

The tail goes back to where the first rule stops looking: 13 days (the longest run of days that a rule asks
for), the week, the month and the four weeks that are running. So nothing of the current month is recorded,
and overtime is counted once: the rules read the current month from the tail, earlier ones from the record.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.desk import Labour
from planner.rosters.hours import DAY, Minutes, above_8_h, has_overtime, month_before
from planner.rosters.roster import Duty, Record, Roster, RosterProblem

LONGEST_RUN = timedelta(days=13)
CYCLE = timedelta(days=28)
MONTHS = 12

ByMonth = tuple[tuple[date, int], ...]


def carried(
    problem: RosterProblem, earlier: Sequence[Roster], *, peak_days: Collection[date] = ()
) -> RosterProblem:
    """Return the problem with the tail and the records that the rosters before it leave behind.

    ``earlier``: oldest first. Where two tell of the same days (each from its first duty to its last), the
    later one wins; what they tell of days from the period on is not used. ``peak_days``: those of the past.
    Duties count that lie in the twelve months before the month in which the period begins, or in that month;
    not those of who was absent. People without any have no record: they are newcomers. Tail and records of
    the problem are replaced.
    """
    people = {person.id for person in problem.people}
    duties, start = before(problem, earlier), tail_start(problem)
    own = {person: [d for d in duties if d.person == person] for person in people - problem.extra_people}
    peaks = {*peak_days, *problem.peak_days}
    return replace(
        problem,
        tail=tuple(duty for duty in duties if duty.day >= start),
        records={person: _record(problem, some, peaks) for person, some in sorted(own.items()) if some},
    )


def tail_start(problem: RosterProblem) -> date:
    """Return the first day that the rules read one by one."""
    first, labour = problem.days[0], problem.labour
    month, named, cycle = first.replace(day=1), labour.statutory_rest_weekday, labour.rest_cycle_start
    starts = [first - LONGEST_RUN, _sunday(first), month]
    starts.append(_sunday(month + DAY * ((named - month.isoweekday()) % 7)))  # the month's first rest day
    if labour.rest_days == "four_weeks" and cycle:
        starts.append(first - (first - cycle) % CYCLE)
    return min(starts)


def _sunday(day: date) -> date:
    """Return the day on which a day's week begins."""
    return day - DAY * (day.isoweekday() % 7)


def before(problem: RosterProblem, earlier: Sequence[Roster]) -> list[Duty]:
    """Return the duties before the period that count, in order."""
    people, since = {person.id for person in problem.people}, _since(problem)
    return [duty for duty in told(earlier) if duty.person in people and since <= duty.day < problem.days[0]]


def told(earlier: Sequence[Roster]) -> list[Duty]:
    """Return the duties that were worked: of each day those of the last roster that tells of it.

    Who was absent did not work, even where nobody took the duty out of the roster.
    """
    out: list[Duty] = []
    for roster in earlier:
        if roster.duties:
            days = [duty.day for duty in roster.duties]
            first, last = min(days), max(days)
            out = [duty for duty in out if not first <= duty.day <= last]
            away = set(roster.absent)
            out += (duty for duty in roster.duties if (duty.person, duty.day) not in away)
    return sorted(out)


def _since(problem: RosterProblem) -> date:
    month = problem.days[0].replace(day=1)
    for _ in range(MONTHS):
        month = month_before(month)
    return month


def _record(problem: RosterProblem, duties: Sequence[Duty], peak_days: Collection[date]) -> Record:
    """Sum up one person's past. Early, late and peak: as ``fair_share`` and ``peak_share`` count them."""
    starts = [start for start, _ in problem.standing.values()]
    ends = [end for _, end in problem.standing.values()]
    minutes = _minutes(problem, duties)
    rest_days = set(_rest_days_worked(problem.labour, minutes))
    current = problem.days[0].replace(day=1)
    overtime = Counter[date]()
    if has_overtime(problem.labour):
        overtime.update({day: above_8_h(n) for day, n in minutes.items() if day not in rest_days})
    return Record(
        overtime_min=_by_month(overtime, current),
        rest_day_min=_by_month(Counter({day: minutes[day] for day in rest_days}), current),
        early=sum(duty.seat.start_min < min(starts) for duty in duties) if starts else 0,
        late=sum(duty.seat.end_min > max(ends) for duty in duties) if ends else 0,
        peak=sum(duty.day in peak_days for duty in duties),
    )


def _minutes(problem: RosterProblem, duties: Sequence[Duty]) -> Minutes:
    """Return one person's minutes by day, work for the sister contract included."""
    out, person = Minutes(), duties[0].person
    for duty in duties:
        out[duty.day] += duty.seat.work_min
    for work in problem.elsewhere:
        if work.person == person and _since(problem) <= work.day < problem.days[0]:
            out[work.day] += work.work_min
    return out


def _rest_days_worked(labour: Labour, minutes: Minutes) -> Iterator[date]:
    """Yield the statutory rest days that were worked: the named day of a week without any rest day.

    Such work is counted as work on rest days alone, not as overtime too (36条: 時間外労働と休日労働).
    """
    for day in minutes:
        week = {_sunday(day) + DAY * n for n in range(7)}
        is_named = labour.rest_days == "weekly" and day.isoweekday() == labour.statutory_rest_weekday
        if is_named and minutes.keys() >= week:
            yield day


def _by_month(minutes: Minutes, before: date) -> ByMonth:
    out = Counter[date]()
    for day, n in minutes.items():
        if day < before and n:
            out[day.replace(day=1)] += n
    return tuple(sorted(out.items()))
