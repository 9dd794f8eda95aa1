"""Nobody at reception while it is open: worse than other holes, so a vacancy goes elsewhere."""

from collections.abc import Iterator

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Span, Variables, covers, seats_by_day, stretches
from planner.wording.dates import clock_span

HEADS = InForce(1, "人", "提案した受付時間（提案書の体制表）")
COST_A_MINUTE = 10


def _is_at_reception(seat: Seat, stretch: Span) -> bool:
    return any(covers(span, stretch) for span in seat.at_reception)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every open minute with nobody at reception: 1 - heads > 0."""
    seats = seats_by_day(problem)
    for day in (day for day in problem.days if day in problem.open_min):
        for stretch in stretches(
            problem.open_min[day], (s for x in seats.get(day, ()) for s in x.at_reception)
        ):
            there = [i for i, seat in enumerate(seats.get(day, ())) if _is_at_reception(seat, stretch)]
            terms = [(-1, variables.works(person.id, day, i)) for person in problem.people for i in there]
            variables.penalise(terms, above=-HEADS.figure, cost=(stretch[1] - stretch[0]) * COST_A_MINUTE)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every stretch of the open hours with nobody at reception."""
    for day in (day for day in problem.days if day in problem.open_min):
        spans = [span for d in roster.duties if d.day == day for span in d.seat.at_reception]
        for start, end in stretches(problem.open_min[day], spans):
            if not any(covers(span, (start, end)) for span in spans):
                found, cost = f"{clock_span(start, end)}に無人", (end - start) * COST_A_MINUTE
                yield Violation(RULE.code, day, "", found, f"受付に{HEADS.figure}人以上", cost)


RULE = Rule(
    code="unattended",
    name_ja="受付の無人",
    remedy_ja="勤務の始業・終業か休憩の時刻をずらす。",
    source=(HEADS,),
    is_hard=False,
    stage="service",
    apply=apply,
    check=check,
    keeps=("open 9-19\nA 9-18 9-18(12-13)\nB 10-19 10-19(14-15)",),
    breaks=("open 9-18\nA 9-18(12-13) .", "open 8:30-18\nA 9-18 .\nB 9-18 9-18\n- 8:30-17:30 8:30-17:30"),
)
