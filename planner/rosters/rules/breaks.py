"""Breaks by length of work, within the work: 労働基準法34条1項.

A duty needs its own breaks: the time between it and work for the sister contract is not taken for one.
"""

from collections.abc import Iterator
from datetime import date

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of

ABOVE_6_H = InForce(45, "分", "労働基準法第34条第1項（6時間を超える労働）", date(1947, 11, 1))
ABOVE_8_H = InForce(60, "分", "労働基準法第34条第1項（8時間を超える労働）", date(1947, 11, 1))
# The Act came into force on 1 September 1947 in part, in full on 1 November: the later day is stated.


def _needed_min(seat: Seat) -> int:
    """Return the minutes of break of a duty above 6 hours."""
    return ABOVE_8_H.figure if seat.work_min > 8 * 60 else ABOVE_6_H.figure


def _within_work_min(seat: Seat) -> int:
    """A break at the edge of a duty is none: 労働時間の途中に与えなければならない."""
    return sum(
        away.end_min - away.start_min
        for away in seat.away
        if away.kind == "break" and seat.start_min < away.start_min and away.end_min < seat.end_min
    )


def _lacks_break(seat: Seat) -> bool:
    return seat.work_min > 6 * 60 and _within_work_min(seat) < _needed_min(seat)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Nobody fills a seat that lacks a break."""
    seats = seats_by_day(problem)
    for person in problem.people:
        variables.keep(sum_of(variables, seats, person.id, problem.days, _lacks_break), at_most=0)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every duty that lacks a break."""
    del problem
    for duty in sorted(roster.duties):
        if _lacks_break(duty.seat):
            found, allowed = f"途中の休憩{_within_work_min(duty.seat)}分", f"{_needed_min(duty.seat)}分以上"
            yield Violation(RULE.code, duty.day, duty.person, found, allowed)


RULE = Rule(
    code="breaks",
    name_ja="休憩",
    remedy_ja="勤務の途中に必要な長さの休憩を置く。",
    source=(ABOVE_6_H, ABOVE_8_H),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=("A 9-18 9-15()", "A 9-17:45(12-12:45) .", "A 9-18:30(13-14) ."),
    breaks=(
        "A 9-15:01() .",
        "A 9-17(12-12:44) .",
        "A 9-17:46(12-12:45) .",
        "A 9-18:30(13-13:59) .",
        "A 9-18(17-18) .",
        "A 9-18(9-10) .",
    ),
)
