"""Every checker over any roster, a hand-made one too. Knows no solver; importing it loads none."""

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rules import RULES


def violations(problem: RosterProblem, roster: Roster) -> tuple[Violation, ...]:
    """Return everything that a roster breaks, in the order of the rules, then of the days.

    Cost 0: a hard rule is broken, and the roster must not be used.
    """
    return tuple(v for rule in RULES for v in sorted(rule.check(problem, roster)))
