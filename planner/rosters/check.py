"""Every checker over any roster, a hand-made one too. Knows no solver; importing it loads none."""

from collections.abc import Iterable

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import Rule
from planner.rosters.rules import RULES


def violations(
    problem: RosterProblem, roster: Roster, rules: Iterable[Rule] = RULES
) -> tuple[Violation, ...]:
    """Return everything that a roster breaks, in the order of the rules, then of the days.

    Cost 0: a hard rule is broken, and the roster must not be used.
    """
    return tuple(v for rule in rules for v in sorted(rule.check(problem, roster)))
