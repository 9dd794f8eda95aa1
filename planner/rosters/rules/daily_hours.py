"""8 hours of work a day: 労働基準法32条2項. Without a 36協定 nothing above (36条1項).

With one, longer duties are allowed here and counted by ``overtime_month``.
"""

from collections.abc import Iterator
from datetime import date

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, hours, seats_by_day, sum_of

DAILY = InForce(8, "時間/日", "労働基準法第32条第2項", date(1988, 4, 1))


def _is_long(seat: Seat) -> bool:
    return seat.work_min > DAILY.figure * 60


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Nobody fills a seat that is too long."""
    if problem.labour.has_art36_agreement:
        return
    seats = seats_by_day(problem)
    for person in problem.people:
        variables.keep(sum_of(variables, seats, person.id, problem.days, _is_long), at_most=0)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every duty that is too long."""
    for duty in sorted(roster.duties):
        if _is_long(duty.seat) and not problem.labour.has_art36_agreement:
            found, allowed = hours(duty.seat.work_min), f"{DAILY.figure}時間以下"
            yield Violation(RULE.code, duty.day, duty.person, found, allowed)


RULE = Rule(
    code="daily_hours",
    name_ja="1日の労働時間",
    remedy_ja="始業を遅らせるか終業を早める。超える場合は36協定の締結・届出が要る。",
    source=(DAILY,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=("A 9-18 9-17", "overtime 45\nA 9-18:15 ."),
    breaks=("A 9-18:15 .", "A . 8:30-18\nB 9-18 9-18"),
)
