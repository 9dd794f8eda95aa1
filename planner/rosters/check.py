"""Every checker over any roster, a hand-made one too. Knows no solver; importing it loads none."""

import re
from collections.abc import Iterable

from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import Rule
from planner.rosters.rules import RULES

_CLOCK = re.compile(r"(\d+):(\d\d)")


def violations(
    problem: RosterProblem, roster: Roster, rules: Iterable[Rule] = RULES
) -> tuple[Violation, ...]:
    """Return everything that a roster breaks, in the order of the rules, then by day, person and time.

    Cost 0: a hard rule is broken, and the roster must not be used.
    """
    return tuple(v for rule in rules for v in sorted(rule.check(problem, roster), key=_place))


def _place(found: Violation) -> tuple[object, ...]:
    """Order by the times that a text tells, not by their letters: 8:30 comes before 12:45."""
    times = tuple((int(hour), int(minute)) for hour, minute in _CLOCK.findall(found.found))
    return found.day, found.person, times, found
