"""Temporary staff come for one unbroken block of office days: who has left does not come back.

Office days are the days on which anything can be worked, those of the tail included.
"""

from collections.abc import Iterator
from itertools import pairwise

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Term, Variables, duties_of, seats_by_day, sum_of

BLOCKS = InForce(1, "期間", "事業者の運用（応援要員は連続した期間で受け入れる）")


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Who came before comes today only if there yesterday too: came + today - yesterday <= 1."""
    seats = seats_by_day(problem)
    for person in (person.id for person in problem.people if person.id in problem.extra_people):
        came = variables.any_of([])
        yesterday: list[Term] = []
        for day in (day for day, offered in seats.items() if offered):
            today = sum_of(variables, seats, person, [day], lambda _: 1)
            if day in problem.days:
                away = [(-weight, x) for weight, x in yesterday]
                variables.keep([(1, came), *today, *away], at_most=BLOCKS.figure)
            came = variables.any_of([came, *(x for _, x in today)])
            yesterday = today


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every return of temporary staff after office days without duty."""
    offered = {day for day in problem.days if problem.seats.get(day) or problem.menu.get(day)}
    office_days = sorted(offered | {duty.day for duty in problem.tail})
    for person, duties in duties_of(problem, roster).items():
        for before, after in pairwise(sorted({duty.day for duty in duties})):
            gap = [day for day in office_days if before < day < after]
            if gap and person in problem.extra_people and after in problem.days:
                found = f"{len(gap)}開庁日を空けて再度の勤務"
                yield Violation(RULE.code, after, person, found, f"連続した{BLOCKS.figure}期間")


RULE = Rule(
    code="temporary_block",
    name_ja="応援要員の連続した期間",
    remedy_ja="応援要員の期間を一続きにするか、別の応援要員を求める。",
    source=(BLOCKS,),
    is_hard=True,
    loosening=15,
    apply=apply,
    check=check,
    keeps=(
        "+C . 9-18+ 9-18+ . 9-18+ .\nA 9-18 9-18 9-18 . 9-18 9-18",
        "+C 9-18+ | 9-18+ .\n+D . | . 9-18+\nA 9-18 | 9-18 9-18",
        "+C 9-18+ . 9-18+ | 9-18+ .\nA . 9-18 . | 9-18 9-18",
        "menu 9-18\n+C 9-18* . .\n+D . 9-18* 9-18*\nA 9-18* . 9-18*",
    ),
    breaks=(
        "+C 9-18+ . 9-18+\nA 9-18 9-18 9-18",
        "+C 9-18+ . | . 9-18+\nA . 9-18 | . 9-18",
        "menu 9-18\n+C 9-18* . 9-18*\nA . . 9-18*",
        "+C . 9-18+ 9-18+ . . 9-18+\nA . . . 9-18 . 9-18",
    ),
)
