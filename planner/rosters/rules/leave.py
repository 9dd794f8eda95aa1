"""Paid leave is given when it was asked for: 労働基準法39条5項.

Soft with a weight above a vacant seat: a seat stays vacant rather than that leave is moved, unless a hard
rule leaves nothing else. Moving leave (時季変更権) is for people to decide. Counted with the service, in the
first stage, so that no later one takes it back.
"""

from collections.abc import Iterator
from datetime import date

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of

MOVED = InForce(0, "日", "労働基準法第39条第5項", date(2010, 4, 1))
COST = 20_000


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every duty on a day of leave."""
    seats = seats_by_day(problem)
    for person in problem.people:
        for day in problem.days:
            if day in person.leave:
                terms = sum_of(variables, seats, person.id, [day], lambda _: 1)
                variables.penalise(terms, above=MOVED.figure, cost=COST)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every duty on a day of leave."""
    leave = {person.id: person.leave for person in problem.people}
    for duty in sorted(roster.duties):
        if duty.day in leave.get(duty.person, ()):
            yield Violation(RULE.code, duty.day, duty.person, "休暇日に勤務", "休暇", COST)


RULE = Rule(
    code="leave",
    name_ja="年次有給休暇",
    remedy_ja="別の要員に替える。やむを得ないときは本人と時季を協議する。",
    source=(MOVED,),
    is_hard=False,
    apply=apply,
    check=check,
    keeps=("A L 9-18\nB 9-18 .",),
    breaks=("A L9-18 9-18\nB . .", "A L9-18 L9-18"),
)
