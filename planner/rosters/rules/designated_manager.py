"""A 管理責任者 or deputy on duty or on call in every open slot: the client's orders go to nobody else.

労働者派遣事業と請負により行われる事業との区分に関する基準（昭和61年労働省告示第37号）2条1号:
the contractor itself directs how and when its staff work.
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

MANAGERS = InForce(1, "人", "昭和61年労働省告示第37号第2条第1号", date(1986, 7, 1))


def _managers(problem: RosterProblem) -> list[str]:
    return [person.id for person in problem.people if person.may_manage]


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Somebody who may manage is on duty in every stretch of the open hours."""
    seats = seats_by_day(problem)
    for day in days_without_call(problem):
        for stretch in stretches(
            problem.open_min[day], ((s.start_min, s.end_min) for s in seats.get(day, ()))
        ):

            def present(seat: Seat, stretch: Span = stretch) -> bool:
                return covers((seat.start_min, seat.end_min), stretch)

            terms = [
                term
                for person in _managers(problem)
                for term in sum_of(variables, seats, person, [day], present)
            ]
            variables.keep(terms, at_least=MANAGERS.figure)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every stretch of the open hours with nobody who may manage."""
    for day in days_without_call(problem):
        spans = [
            (d.seat.start_min, d.seat.end_min)
            for d in roster.duties
            if d.day == day and d.person in _managers(problem)
        ]
        for start, end in stretches(problem.open_min[day], spans):
            if not any(covers(span, (start, end)) for span in spans):
                yield Violation(RULE.code, day, "", f"{clock_span(start, end)}に不在", "受付時間中1人以上")


RULE = Rule(
    code="designated_manager",
    name_ja="管理責任者の配置",
    remedy_ja="管理責任者又は代理者を勤務に就けるか、連絡のつく日として登録する。",
    source=(MANAGERS,),
    is_hard=True,
    loosening=60,
    apply=apply,
    check=check,
    keeps=("open 9-18\nA! 9-18 .\nB 9-18 9-18\nreach . x", "open 9-19\nA! 9-18 9-18\nB! 10-19 10-19"),
    breaks=("open 9-18\nA! 9-18 .\nB 9-18 9-18", "open 9-19\nA! 9-18 9-18\nB 10-19 10-19\nreach x ."),
)
