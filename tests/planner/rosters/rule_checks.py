"""What is asked of a rule, by test_rules.py of every rule, by benchmarks/rule_mutants.py of their mutants."""

from collections.abc import Iterator
from random import Random

from planner.rosters.linear import Linear
from planner.rosters.notation import Case, case
from planner.rosters.roster import Violation
from planner.rosters.rule import Rule
from tests.planner.rosters.altered import altered

N_ROSTERS = 200


def example_faults(rule: Rule) -> Iterator[str]:
    """Yield the examples that the checker judges otherwise than they say."""
    for text in rule.keeps:
        if found := _found(rule, case(text)):
            yield f"should keep {rule.code}: {text!r}, {found}"
    for text in rule.breaks:
        if not _found(rule, case(text)):
            yield f"should break {rule.code}: {text!r}"


def draws(rule: Rule) -> list[Case]:
    """Return the examples, then rosters near the border: examples altered at random, always the same."""
    rng = Random(rule.code)  # noqa: S311  # a fixed draw, no secret
    examples = [case(text) for text in rule.keeps + rule.breaks]
    has_one_duty = rule.code != "one_duty"
    drawn = [altered(x, rng, most_edits=0, has_one_duty=has_one_duty) for x in examples]
    return drawn + [
        altered(rng.choice(examples), rng, most_edits=4, has_one_duty=has_one_duty) for _ in range(N_ROSTERS)
    ]


def disagreement(rule: Rule, drawn: Case) -> str:
    """Return in what constraint and checker differ about a roster ("": in nothing)."""
    found = _found(rule, drawn)
    linear = Linear(drawn.problem, [rule])
    values = linear.values(drawn.roster.duties)
    if rule.is_hard:
        broken = linear.broken(values)
        agree = bool(broken) == bool(found) and not linear.charges
        return "" if agree else f"{rule.code}: rows {broken}, checker {found}"
    charged, points = linear.cost(values, rule.stage), sum(violation.cost for violation in found)
    agree = charged == linear.cost(values) == points and not linear.rows
    return "" if agree else f"{rule.code}: charged {charged}, checker {points}: {found}"


def keeps(rule: Rule, drawn: Case) -> bool:
    """Tell whether a roster keeps the rule."""
    return not _found(rule, drawn)


def points(rule: Rule) -> list[list[int]]:
    """Return what every example is charged."""
    return [[violation.cost for violation in _found(rule, case(text))] for text in rule.breaks]


def golden(rule: Rule) -> str:
    """Return what a rule is and what it finds in its examples."""
    kind = f"hard, loosening {rule.loosening}" if rule.is_hard else f"soft, {rule.stage}"
    return "\n".join([f"{rule.code}: {kind}", *_golden_examples(rule)]) + "\n"


def _golden_examples(rule: Rule) -> Iterator[str]:
    for text in rule.breaks:
        drawn = case(text)
        yield ""
        yield from map(str.strip, text.strip().splitlines())
        for v in _found(rule, drawn):
            yield f"  {v.rule} {v.day} {v.person or '-'}: {v.found} | {v.allowed} | {v.cost}"


def _found(rule: Rule, drawn: Case) -> list[Violation]:
    return sorted(rule.check(drawn.problem, drawn.roster))
