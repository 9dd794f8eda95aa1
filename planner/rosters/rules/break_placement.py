"""A break lies in the middle of a long duty: not in its first two hours, not in its last hour and a half.

Soft: the patterns of an alternative keep it for eight hours of work, but not for every shorter duty.
"""

from collections.abc import Iterator

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of
from planner.wording.dates import clock_span

ARTICLE = "本ツールの前提（休憩は勤務の中ほどに置く）"
LONG = InForce(6 * 60, "分を超える勤務", ARTICLE)
AFTER_START = InForce(120, "分（始業から）", ARTICLE)
BEFORE_END = InForce(90, "分（終業まで）", ARTICLE)
COST_A_MINUTE = 1


def _misplaced_min(seat: Seat) -> int:
    """Return the minutes of break near the start or the end of a long duty."""
    is_long = seat.end_min - seat.start_min > LONG.figure
    first, last = seat.start_min + AFTER_START.figure, seat.end_min - BEFORE_END.figure
    breaks = [(away.start_min, away.end_min) for away in seat.away if away.kind == "break"]
    early = sum(max(0, min(end, first) - start) for start, end in breaks)
    late = sum(max(0, end - max(start, last)) for start, end in breaks)
    return is_long * (early + late)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every minute of break that lies too near to an end of its duty."""
    seats = seats_by_day(problem)
    for day in problem.days:
        for person in problem.people:
            terms = sum_of(variables, seats, person.id, [day], _misplaced_min)
            variables.penalise(terms, above=0, cost=COST_A_MINUTE)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every break that lies too near to an end of its duty."""
    del problem
    for duty in sorted(roster.duties):
        start, end = duty.seat.start_min, duty.seat.end_min
        middle = range(start + AFTER_START.figure, end - BEFORE_END.figure)
        for away in duty.seat.away:
            minutes = sum(minute not in middle for minute in range(away.start_min, away.end_min))
            if away.kind == "break" and minutes and end - start > LONG.figure:
                found = f"休憩{clock_span(away.start_min, away.end_min)}"
                allowed = clock_span(middle.start, middle.stop)
                yield Violation(RULE.code, duty.day, duty.person, found, allowed, minutes * COST_A_MINUTE)


RULE = Rule(
    code="break_placement",
    name_ja="休憩の位置",
    remedy_ja="休憩を勤務の中ほどに移す。",
    source=(LONG, AFTER_START, BEFORE_END),
    is_hard=False,
    stage="change",
    apply=apply,
    check=check,
    keeps=(
        "A 9-18(11-12) 9-18(15:30-16:30)\nmenu 9-15:01(11-12)\nB 9-15:01* 9-17()",
        "A 9-15(9-9:45) 9-15(14-15)\nB . 9-15(9-10)",
        "A 10-19(13-14) | 9-18(12-13)\nB 9-18(9-10) | 10-19(13-14)",
    ),
    breaks=(
        "A 9-18(10:59-11:59) 9-18(12-13)",
        "A 9-18(15:31-16:31) .\nB . 9-18(12-13)",
        "A 9-15:01(10-10:45) .",
        "A 9-15(9-10) 9-18(12-13)\nmenu 9-18(17-18)\nB . 9-18*",
    ),
)
