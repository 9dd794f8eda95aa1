"""Somebody on duty who can do what not everybody can; on a break they can still be asked.

Kept as far as people are present: leave is not taken away for it. What is missing all the same is shown by
``skill_gap`` with the roster.
"""

from collections.abc import Iterator
from datetime import date

from planner.rosters.roster import Need, Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Term, Variables, covers, seats_by_day
from planner.wording.dates import clock_span

ARTICLE = "事業者の運用（技能を要する問合せに応じられる人を置く）"
SPARE = InForce(0, "人", ARTICLE)
MISSING = InForce(0, "人", ARTICLE)
COST_A_MINUTE = 2


def present(problem: RosterProblem, day: date, skill: str) -> int:
    """Return how many people with a skill could be on duty."""
    return sum(
        skill in p.skills and day not in p.leave and (p.is_resident or p.id in problem.extra_people)
        for p in problem.people
    )


def _needs(problem: RosterProblem, variables: Variables) -> Iterator[tuple[date, Need, list[Term]]]:
    """Yield the needs for a skill, each with who has it and is on duty all through."""
    for day, seats in seats_by_day(problem).items():
        for need in (need for need in problem.needs.get(day, ()) if need.skill):
            stretch = need.start_min, need.end_min
            able = [person.id for person in problem.people if need.skill in person.skills]
            there = [i for i, seat in enumerate(seats) if covers((seat.start_min, seat.end_min), stretch)]
            yield day, need, [(1, variables.works(person, day, i)) for person in able for i in there]


def apply(problem: RosterProblem, variables: Variables) -> None:
    """As many skilled people on duty as are needed, or as are present."""
    for day, need, terms in _needs(problem, variables):
        least = min(need.heads, present(problem, day, need.skill))
        variables.keep(terms, at_least=SPARE.figure + least)


def apply_gap(problem: RosterProblem, variables: Variables) -> None:
    """Charge every minute of every skilled person who is missing: needed - there > 0."""
    for _, need, terms in _needs(problem, variables):
        cost = (need.end_min - need.start_min) * COST_A_MINUTE
        variables.penalise([(-1, x) for _, x in terms], above=MISSING.figure - need.heads, cost=cost)


def _found(problem: RosterProblem, roster: Roster) -> Iterator[tuple[date, Need, int]]:
    skills = {person.id: person.skills for person in problem.people}
    for day in problem.days:
        duties = [duty for duty in roster.duties if duty.day == day]
        for need in problem.needs.get(day, ()):
            there = [
                d for d in duties if d.seat.start_min <= need.start_min and d.seat.end_min >= need.end_min
            ]
            if need.skill:
                yield day, need, sum(need.skill in skills.get(duty.person, ()) for duty in there)


def _words(need: Need, n: int, least: int) -> tuple[str, str]:
    return f"{clock_span(need.start_min, need.end_min)}に「{need.skill}」{n}人", f"{least}人以上"


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every need with fewer skilled people on duty than could be."""
    for day, need, n in _found(problem, roster):
        least = min(need.heads, present(problem, day, need.skill))
        if n < least:
            yield Violation(RULE.code, day, "", *_words(need, n, least))


def check_gap(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every need with fewer skilled people on duty than asked for."""
    for day, need, n in _found(problem, roster):
        if n < need.heads:
            cost = (need.heads - n) * (need.end_min - need.start_min) * COST_A_MINUTE
            yield Violation(GAP_RULE.code, day, "", *_words(need, n, need.heads), cost)


REMEDY = "技能のある要員の勤務をその時間帯に移すか、技能のある人を増やす。"
RULE = Rule(
    code="skill",
    name_ja="技能のある人の配置",
    remedy_ja=REMEDY,
    source=(SPARE,),
    is_hard=True,
    loosening=30,
    apply=apply,
    check=check,
    keeps=(
        "need 9-18x1@vpn 9-12x2@net\nskills A vpn,net\nskills C net\nA 9-18\nB 9-18\n+C 9-12+",
        "need 9-18x1@vpn\nskills A vpn\nA L 9-18\nB 9-18 .\n~M . .\nskills M vpn",
        "need 9-12x2@vpn\nskills A vpn\nA 9-12\nB 9-12",
        "need 9-12x3\nA 9-12",
    ),
    breaks=(
        "need 9-18x1@vpn\nskills A vpn\nA 9-17:59\nB 9-18\n- 9-18",
        "need 9-18x1@vpn 10-11x3\nskills A vpn\nA 9:01-18\n- 9-18",
        "need 9-12x2@vpn\nskills A vpn\nskills B vpn\nA 9-12 9-12\nB 9-12 .\nC . 9-12",
        "need 9-12x1@vpn\nskills A vpn\n+A .\nB 9-12\n- 9-12+",
    ),
)
GAP_RULE = Rule(
    code="skill_gap",
    name_ja="技能の不足",
    remedy_ja=REMEDY,
    source=(MISSING,),
    is_hard=False,
    stage="service",
    apply=apply_gap,
    check=check_gap,
    keeps=(
        "need 9-18x1@vpn 9-12x2@net\nskills A vpn,net\nskills C net\nA 9-18\nB 9-18\n+C 9-12+",
        "need 9-12x3\nA 9-12",
        "menu 9-18\nneed 9-18x1@vpn\nskills A vpn\nA 9-18*\nB 10-18",
    ),
    breaks=(
        "need 9-18x1@vpn\nskills A vpn\nA L 9-17:59\nB 9-18 .\n- . 9-18",
        "need 9-12x2@vpn\nskills A vpn\nA 9-12\nB 9-12",
        "need 9-12x1@vpn\nskills A vpn\nA 9:01-12\n- 9-12",
    ),
)
