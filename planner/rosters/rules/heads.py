"""Heads at reception by stretch of the day, as the forecast of inquiries asks for them.

A person counts for a need only if at reception all through it: callers cut their needs into short stretches.
"""

from collections.abc import Iterator

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, covers, seats_by_day
from planner.wording.dates import clock_span

MISSING = InForce(0, "人", "事業者の運用（時間帯ごとの必要要員数）")
COST_A_MINUTE = 1


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every minute of every head that is missing: needed - there > 0."""
    for day, seats in seats_by_day(problem).items():
        for need in problem.needs.get(day, ()):
            if need.skill:
                continue
            stretch = need.start_min, need.end_min
            there = [i for i, seat in enumerate(seats) if any(covers(s, stretch) for s in seat.at_reception)]
            terms = [(-1, variables.works(person.id, day, i)) for person in problem.people for i in there]
            cost = (need.end_min - need.start_min) * COST_A_MINUTE
            variables.penalise(terms, above=MISSING.figure - need.heads, cost=cost)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every need for which heads are missing."""
    for day in problem.days:
        spans = [span for duty in roster.duties if duty.day == day for span in duty.seat.at_reception]
        for need in problem.needs.get(day, ()):
            n = sum(start <= need.start_min and end >= need.end_min for start, end in spans)
            missing = need.heads - n
            if missing > 0 and not need.skill:
                found = f"{clock_span(need.start_min, need.end_min)}に{n}人"
                cost = missing * (need.end_min - need.start_min) * COST_A_MINUTE
                yield Violation(RULE.code, day, "", found, f"{need.heads}人以上", cost)


RULE = Rule(
    code="heads",
    name_ja="時間帯ごとの必要人数",
    remedy_ja="勤務の始業・終業か休憩の時刻をずらすか、応援要員を加える。",
    source=(MISSING,),
    is_hard=False,
    stage="service",
    apply=apply,
    check=check,
    keeps=(
        "need 9-13x1 14-18x2\nA 9-18 .\nB 14-18 9-18\n+C 10-15+ 13-18+",
        "need 9-13x2 13-14x1\nmenu 9-18 9-18(12-13)\nA 9-18*\n+B 9-14+\n- 13-18",
        "need 9-12x3@vpn 9-12x1\nskills A net\nA 9-12\nB 8-12",
    ),
    breaks=(
        "need 9-13x1 14-18x1\nA 9:01-18 9-18\nB 9-12 9-17",
        "need 9-13x3 13-14x1\nA 9-18 9-14\n+B 9-12:59+ 9-18+\nC 8-14 9-18",
        "need 9-18x1\nmenu 9-18 10-19\nA 9-18* .\nB . 10-19*",
    ),
)
