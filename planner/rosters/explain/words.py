"""A conflict and its loosening in sentences. Names people: contractor's side only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.rosters.explain.conflict import Conflict, Demand
from planner.rosters.explain.loosening import Loosening
from planner.rosters.roster import RosterProblem
from planner.rosters.rule import Rule
from planner.rosters.rules import RULES
from planner.wording import rosters as wording


@dataclass(frozen=True, slots=True)
class Explanation:
    """``answer``: one or two sentences; ``lines``: one for each demand or step; ``remedies``: what to do."""

    answer: str
    lines: tuple[str, ...]
    remedies: tuple[str, ...]


def conflict_words(problem: RosterProblem, found: Conflict, rules: Iterable[Rule] = RULES) -> Explanation:
    """Say what cannot be kept together."""
    if not found.demands:
        return Explanation(wording.NOTHING_PROVED, (), ())
    if len(found.demands) == 1:
        return _demands(problem, found, rules, wording.CLASH_ALONE, "")
    proof = wording.CLASH_PROVED if found.is_proved_minimal else wording.CLASH_UNPROVED
    return _demands(problem, found, rules, wording.CLASH, proof)


def loosening_words(problem: RosterProblem, found: Loosening, rules: Iterable[Rule] = RULES) -> Explanation:
    """Say what to loosen, each with what it comes to."""
    if found.stuck:
        return _demands(problem, found.stuck, rules, wording.STUCK, "")
    if not found.steps:
        return Explanation(wording.NO_WAY_FOUND, (), ())
    names, by_code = _names(problem), {rule.code: rule for rule in rules}
    lines = tuple(
        wording.step_line(by_code[s.rule].name_ja, names.get(s.person, s.person), s.days, s.allowed, s.found)
        for s in found.steps
    )
    proof = wording.CHEAPEST_PROVED if found.is_proved_cheapest else wording.CHEAPEST_UNPROVED
    remedies = dict.fromkeys(by_code[step.rule].remedy_ja for step in found.steps)
    return Explanation(wording.CHEAPEST.format(n=len(lines)) + proof, lines, tuple(remedies))


def _demands(
    problem: RosterProblem, found: Conflict, rules: Iterable[Rule], lead: str, proof: str
) -> Explanation:
    names, by_code = _names(problem), {rule.code: rule for rule in rules}
    lines = tuple(
        wording.demand_line(by_code[d.rule].name_ja, [names.get(p, p) for p in d.people], d.days, d.allowed)
        for d in _merged(found.demands)
    )
    remedies = dict.fromkeys(by_code[code].remedy_ja for code in found.rules)
    return Explanation(lead.format(n=len(lines)) + proof, lines, tuple(remedies))


def _merged(demands: Sequence[Demand]) -> list[Demand]:
    """Write what differs only in its days as one, then what differs only in its people."""
    days: dict[tuple[str, tuple[str, ...], str], list[date]] = {}
    for d in demands:
        days.setdefault((d.rule, d.people, d.allowed), []).extend(d.days)
    people: dict[tuple[str, tuple[date, ...], str], list[str]] = {}
    for (rule, who, allowed), when in days.items():
        people.setdefault((rule, tuple(sorted(set(when))), allowed), []).extend(who)
    return [
        Demand(rule, tuple(dict.fromkeys(who)), when, allowed)
        for (rule, when, allowed), who in people.items()
    ]


def _names(problem: RosterProblem) -> dict[str, str]:
    return {person.id: person.name for person in problem.people}
