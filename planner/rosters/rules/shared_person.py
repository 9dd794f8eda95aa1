"""Who works for the sister contract too is there at those hours, and not at the desk.

No time is taken for the way from one to the other.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of
from planner.wording.dates import clock_span

OVERLAP = InForce(0, "勤務", "本ツールの前提（1人が同じ時刻に2か所では働かない）")
DAY_MIN = 24 * 60


def apply(problem: RosterProblem, variables: Variables) -> None:
    """No duty that overlaps work elsewhere, also past midnight."""
    seats = seats_by_day(problem)
    people = {person.id for person in problem.people}
    for work in problem.elsewhere:
        for days_later in (-1, 0, 1):
            day = work.day + timedelta(days=days_later)
            start = work.start_min - days_later * DAY_MIN
            end = work.end_min - days_later * DAY_MIN

            def overlaps(seat: Seat, start: int = start, end: int = end) -> bool:
                return seat.start_min < end and start < seat.end_min

            if work.person in people and day in problem.days:
                terms = sum_of(variables, seats, work.person, [day], overlaps)
                variables.keep(terms, at_most=OVERLAP.figure)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every duty that overlaps work elsewhere."""
    for duty in sorted(roster.duties):
        own = _minutes(duty.day, duty.seat.start_min, duty.seat.end_min)
        for work in problem.elsewhere:
            there = _minutes(work.day, work.start_min, work.end_min)
            both = range(max(own.start, there.start), min(own.stop, there.stop))
            if work.person == duty.person and both:
                found = f"{clock_span(duty.seat.start_min, duty.seat.end_min)}の勤務"
                allowed = f"{clock_span(work.start_min, work.end_min)}（他窓口の勤務）と重ならない"
                yield Violation(RULE.code, duty.day, duty.person, found, allowed)


def _minutes(day: date, start_min: int, end_min: int) -> range:
    """Return the minutes since the first day of the calendar."""
    midnight = day.toordinal() * DAY_MIN
    return range(midnight + start_min, midnight + end_min)


RULE = Rule(
    code="shared_person",
    name_ja="他窓口との兼務",
    remedy_ja="他窓口の勤務と重ならない時間帯に移すか、別の要員に替える。",
    source=(OVERLAP,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        "elsewhere A 0 9-13\nelsewhere B 1 9-18\nA 13-18 9-18\nB 9-18 .",
        "elsewhere A 0 13-18\nelsewhere B 1 3-9\nelsewhere C 0 18-26\nA 9-13\nB 18-27 9-18\nC . 2-9",
        "elsewhere A 0 9-13\nelsewhere Z 1 9-13\nA 9-13 | 9-13\nB 9-13 | .",
        "menu 9-13 13-18\nelsewhere A 1 9-13\nA 9-13* 13-18*\nB . 9-13*",
    ),
    breaks=(
        "elsewhere A 0 9-13\nA 12:59-18 .\nB . 9-18",
        "elsewhere A 1 13-18\nA 9-18 9-13:01",
        "elsewhere B 1 2:59-9\nelsewhere C 0 18-26:01\nA . .\nB 18-27 .\nC . 2-9",
        "menu 9-13 13-18\nelsewhere A 1 12-14\nA . 13-18*\nB . 9-13*",
    ),
)
