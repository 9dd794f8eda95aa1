"""A lone worker should not be the 管理責任者 too: the client's orders would go straight to the worker.

労働者派遣事業と請負により行われる事業との区分に関する基準（昭和61年労働省告示第37号）に関する疑義応答集
（第1集、平成21年3月31日）: with one worker who is also the manager, orders to the manager are
orders to the worker. Somebody on call lifts the rule.
"""

from collections.abc import Iterator
from datetime import date

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import (
    InForce,
    Rule,
    Span,
    Variables,
    covers,
    days_without_call,
    seats_by_day,
    stretches,
    sum_of,
)
from planner.wording.dates import clock_span

ALONE = InForce(0, "分", "昭和61年労働省告示第37号に関する疑義応答集（第1集）", date(2009, 3, 31))
COST_A_MINUTE = 2


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every minute with a manager and nobody else: manager - others > 0."""
    seats = seats_by_day(problem)
    for day in days_without_call(problem):
        for stretch in stretches(
            problem.open_min[day], ((s.start_min, s.end_min) for s in seats.get(day, ()))
        ):

            def present(seat: Seat, stretch: Span = stretch) -> bool:
                return covers((seat.start_min, seat.end_min), stretch)

            on_duty = {p.id: sum_of(variables, seats, p.id, [day], present) for p in problem.people}
            cost = (stretch[1] - stretch[0]) * COST_A_MINUTE
            for manager in (p.id for p in problem.people if p.may_manage and on_duty[p.id]):
                others = [(-1, x) for person, terms in on_duty.items() if person != manager for _, x in terms]
                variables.penalise(on_duty[manager] + others, above=ALONE.figure, cost=cost)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every stretch of the open hours in which a manager works alone."""
    managers = {person.id for person in problem.people if person.may_manage}
    for day in days_without_call(problem):
        spans = [(d.person, (d.seat.start_min, d.seat.end_min)) for d in roster.duties if d.day == day]
        for start, end in stretches(problem.open_min[day], (span for _, span in spans)):
            present = [person for person, span in spans if covers(span, (start, end))]
            for manager in managers.intersection(present if len(present) == 1 else ()):
                found, cost = f"{clock_span(start, end)}に1人", (end - start) * COST_A_MINUTE
                yield Violation(RULE.code, day, manager, found, "管理責任者のほか1人以上", cost)


RULE = Rule(
    code="lone_manager",
    name_ja="管理責任者の単独勤務",
    remedy_ja="もう1人を同じ時間帯に置くか、別の管理責任者を連絡のつく日として登録する。",
    source=(ALONE,),
    is_hard=False,
    stage="service",
    apply=apply,
    check=check,
    keeps=("open 9-18\nA! 9-18 .\nB 9-18 9-18", "open 9-18\nA! 9-18 .\nM! . .\nreach x ."),
    breaks=("open 9-19\nA! 9-18 10-19\nB 10-19 9-18", "open 9-18\nA! 9-18 .\nB . 9-18"),
)
