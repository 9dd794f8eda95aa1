"""Hours of work that were made known stay: 労働基準法32条の2 (各日の労働時間を事前に特定する).

Before ``frozen_until`` everybody works the hours of ``published``, or has no duty where they had none; which
of equal seats does not matter. Not held are days of leave (an absence changes no hours) and temporary staff,
who may be called in late. People may agree to a change: so this may be loosened.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from planner.formation import Seat
from planner.rosters.made_known import Cell, Hours, changed, hours_of
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of

CHANGED = InForce(0, "件（周知した勤務の変更）", "労働基準法第32条の2第1項", date(1988, 4, 1))
LOOSENING = 20


def _held(problem: RosterProblem) -> Mapping[Cell, Seat | None]:
    """Return the cells whose hours are held, with what was made known."""
    published = {(duty.person, duty.day): duty.seat for duty in problem.published}
    return {
        (person.id, day): published.get((person.id, day))
        for person in problem.people
        if person.id not in problem.extra_people
        for day in problem.days
        if problem.frozen_until and day < problem.frozen_until and day not in person.leave
    }


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Everybody fills a seat of the hours made known, or none."""
    seats = seats_by_day(problem)
    for (person, day), known in _held(problem).items():
        if known is None:
            variables.keep(sum_of(variables, seats, person, [day], lambda _: True), at_most=CHANGED.figure)
        else:
            hours = hours_of(known)

            def is_same(seat: Seat, hours: Hours = hours) -> bool:
                return hours_of(seat) == hours

            variables.keep(sum_of(variables, seats, person, [day], is_same), at_least=1)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and day with other hours."""
    for (person, day), found, told in changed(_held(problem), roster):
        yield Violation(RULE.code, day, person, found, told)


RULE = Rule(
    code="frozen_hours",
    name_ja="周知した勤務の固定",
    remedy_ja="固定日より後の日で調整する。変える場合は本人と協議し、合意を記録する。",
    source=(CHANGED,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        "frozen 2\npublished A 9-18 . 9-18\nA 9-18 . 10-19",
        "frozen 2\npublished A . 9-18@junior\nA . 9-18@standard .\nB 9-17 . .\npublished B 9-17",
        "frozen 1\npublished A 9-18(12-13)\nA 9-18(13-14) 9-18",
        "frozen 1\npublished A 9-18\nA L 9-18\nB . 9-18",
        "frozen 1\npublished A 9-18\nA 9-18 .\n+C 9-18+ .",
        "published A 9-18\nA . 9-18",
    ),
    breaks=(
        "frozen 3\npublished A 9-18 . 9-18\nA 9-18 . 10-19",
        "frozen 1\npublished A 9-18\nA . 9-18\nB 9-18 .",
        "frozen 1\npublished A 9-18\nA 9-19 9-18",
        "frozen 1\npublished A 9-18\nA 8-18 9-18",
        "frozen 1\npublished A 9-18(12-13)\nA 9-18(12-12:59) .",
        "frozen 1\nA 9-18 9-18",
    ),
    loosening=LOOSENING,
)
