"""One duty a person a day: a duty is one stretch of presence, its breaks and operations work within it."""

from collections import Counter
from collections.abc import Iterator

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of

DUTIES = InForce(1, "勤務/日", "本ツールの前提（勤務は1日につき連続した1つ）")


def apply(problem: RosterProblem, variables: Variables) -> None:
    """At most one seat a person a day."""
    seats = seats_by_day(problem)
    for person in problem.people:
        for day in problem.days:
            variables.keep(sum_of(variables, seats, person.id, [day], lambda _: 1), at_most=DUTIES.figure)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and day with more than one duty."""
    del problem
    for (day, person), n in sorted(Counter((d.day, d.person) for d in roster.duties).items()):
        if n > DUTIES.figure:
            yield Violation(RULE.code, day, person, f"{n}勤務", f"{DUTIES.figure}勤務以下")


RULE = Rule(
    code="one_duty",
    name_ja="1日1勤務",
    remedy_ja="一方の勤務を同じ等級の別の要員に割り当てる。",
    source=(DUTIES,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=("A 9-18 9-18\nB . 13-22",),
    breaks=("A 9-12&13-18 .",),
)
