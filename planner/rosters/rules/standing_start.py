"""Change as little as possible: people keep the start of their standing shift."""

from collections.abc import Iterator

from forecasts.slots import clock
from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of

MOVED = InForce(0, "分", "事業者の運用（通常の勤務からの変更を少なくする）")
COST_A_MINUTE = 1


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge the minutes by which a start moves, day by day."""
    seats = seats_by_day(problem)
    for person in (person.id for person in problem.people if person.id in problem.standing):
        start, _ = problem.standing[person]

        def moved_min(seat: Seat, start: int = start) -> int:
            return abs(seat.start_min - start)

        for day in problem.days:
            terms = sum_of(variables, seats, person, [day], moved_min)
            variables.penalise(terms, above=MOVED.figure, cost=COST_A_MINUTE)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every start that moved."""
    usual = {person: start for person, (start, _) in problem.standing.items()}
    for duty in sorted(roster.duties):
        start = usual.get(duty.person, duty.seat.start_min)
        if moved := abs(duty.seat.start_min - start):
            found, allowed = f"{clock(duty.seat.start_min)}始業", f"{clock(start)}始業（通常）"
            yield Violation(RULE.code, duty.day, duty.person, found, allowed, moved * COST_A_MINUTE)


RULE = Rule(
    code="standing_start",
    name_ja="通常の始業からの変更",
    remedy_ja="対応は必須でない。変更の期間と時刻を本人に早めに伝える。",
    source=(MOVED,),
    is_hard=False,
    stage="change",
    apply=apply,
    check=check,
    keeps=("A=9-18 9-18 9-17\nB . 7-16", "menu 9-18 10-19\nA=9-18 9-18* .\nB 10-19* 9-18*"),
    breaks=(
        "A=8:30-17:30 8:29-17:30 8:31-17:31\nB=9:15-18:15 8:30-17:30 .",
        "menu 9-18 10-19\nA=9-18 10-19* 9-18*\nB=9-18 . 9-18*",
    ),
)
