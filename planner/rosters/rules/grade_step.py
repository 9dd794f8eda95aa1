"""A higher grade in a lower seat is allowed, but wasteful."""

from collections.abc import Iterator

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, grade_name, grade_steps

STEPS = InForce(0, "等級差", "事業者の運用（契約の等級どおりの配置を優先）")
COST = 40


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every grade between person and seat."""
    for day in problem.days:
        for i, seat in enumerate(problem.seats.get(day, ())):
            for person in problem.people:
                if steps := grade_steps(problem, person, seat):
                    variables.penalise([(steps, variables.works(person.id, day, i))], STEPS.figure, COST)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every duty below the grade of its person."""
    people = {person.id: person for person in problem.people}
    for duty in sorted(roster.duties):
        person = people.get(duty.person)
        if person and (steps := grade_steps(problem, person, duty.seat)):
            own, asked = (grade_name(problem, grade) for grade in (person.grade, duty.seat.grade))
            yield Violation(RULE.code, duty.day, person.id, f"{own}が{asked}の勤務", "同じ等級", steps * COST)


RULE = Rule(
    code="grade_step",
    name_ja="上位等級の充当",
    remedy_ja="同じ等級の要員と勤務を入れ替える。",
    source=(STEPS,),
    is_hard=False,
    stage="cost",
    apply=apply,
    check=check,
    keeps=("A 9-18 .\nB@junior . 9-18",),
    breaks=("A 9-18@junior .", "A@senior 9-18@junior 9-18@standard"),
)
