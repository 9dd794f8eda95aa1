"""Work between 22:00 and 5:00 is paid 25 % more: 労働基準法37条4項.

Points are per cent of a minute's wage: 100 points = what a minute of work costs.
"""

from collections.abc import Iterator
from datetime import date

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, hours, seats_by_day, sum_of

PREMIUM = InForce(25, "%", "労働基準法第37条第4項", date(1947, 11, 1))
DUSK, DAWN, NEXT_DAWN = 22 * 60, 5 * 60, 29 * 60


def _night_min(seat: Seat) -> int:
    """Return the minutes of work at night, without the breaks."""
    pauses = sum(_shared_min(away.start_min, away.end_min) for away in seat.away if away.kind == "break")
    return _shared_min(seat.start_min, seat.end_min) - pauses


def _shared_min(start: int, end: int) -> int:
    """Return the minutes of a span in the nights that a duty can reach, by the day on which it begins."""
    before_dawn = max(min(end, DAWN) - start, 0)
    return before_dawn + max(min(end, NEXT_DAWN) - max(start, DUSK), 0)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge the premium of every duty."""
    seats = seats_by_day(problem)
    for person in problem.people:
        for day in problem.days:
            terms = sum_of(variables, seats, person.id, [day], _night_min)
            variables.penalise(terms, above=0, cost=PREMIUM.figure)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every duty with work at night."""
    del problem
    for duty in sorted(roster.duties):
        if (minutes := _night_min(duty.seat)) > 0:
            found, cost = f"深夜労働 {hours(minutes)}", minutes * PREMIUM.figure
            yield Violation(RULE.code, duty.day, duty.person, found, "22:00〜5:00の勤務なし", cost)


RULE = Rule(
    code="night_work",
    name_ja="深夜労働の割増",
    remedy_ja="対応は必須でない。22時から5時までの勤務を減らすと割増賃金（25%以上）が減る。",
    source=(PREMIUM,),
    is_hard=False,
    apply=apply,
    check=check,
    keeps=("A 5-14 13-22\nB 9-18 .", "A 20-28(22-28) 0-9(0-5)", "A 29-30() ."),
    breaks=(
        "A 13-22:01 .",
        "A . 4:59-14",
        "A 20-29(24-25) .",
        "A 21-29:15(23-25) 0-1",
        "B 22-23 .\nA . 9-18",
        "A 28:59-29:30() .",
        "A 0-0:01 .",
    ),
    stage="cost",
)
