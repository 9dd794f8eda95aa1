"""A vacant seat is shown with the roster: the proposal promised its headcount."""

from collections import Counter
from collections.abc import Iterator

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, grade_name
from planner.wording.dates import clock_span

VACANCIES = InForce(0, "勤務", "提案した体制（提案書の体制表）")
COST = 10_000


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every seat that nobody fills: 1 - people > 0. Duties of the menu are nobody's seats."""
    for day in problem.days:
        for i in range(len(problem.seats.get(day, ()))):
            terms = [(-1, variables.works(person.id, day, i)) for person in problem.people]
            variables.penalise(terms, above=VACANCIES.figure - 1, cost=COST)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every seat that nobody fills."""
    for day in problem.days:
        taken = Counter(duty.seat for duty in roster.duties if duty.day == day)
        for seat in sorted((Counter(problem.seats.get(day, ())) - taken).elements()):
            found = f"{grade_name(problem, seat.grade)} {clock_span(seat.start_min, seat.end_min)}が欠員"
            yield Violation(RULE.code, day, "", found, "欠員なし", COST)


RULE = Rule(
    code="vacancy",
    name_ja="欠員",
    remedy_ja="応援要員を求めるか、その日の体制を減らすことを主管課に届け出る。",
    source=(VACANCIES,),
    is_hard=False,
    stage="service",
    apply=apply,
    check=check,
    keeps=("A 9-18 .\nB 9-18 .", "menu 9-18 10-19\nA 9-18 .\nB 10-19* ."),
    breaks=("A 9-18 L\n- . 9-18", "A . .\n- 9-18 9-18", "menu 9-18\nA 9-18* .\n- . 9-18"),
)
