"""Four rest days in four weeks: 労働基準法35条2項.

The work rules name the day from which the weeks count (施行規則12条の2第2項); then ``weekly_rest`` is off. Of
four weeks that are only partly known (before the tail, after the period) the other days may still have been
or become rest days: refused is only what cannot be met any more.
"""

from collections.abc import Iterator
from datetime import date

from planner.rosters.hours import DAY, Planned, first_of, worked
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables

REST_DAYS = InForce(4, "日/4週", "労働基準法第35条第2項・労働基準法施行規則第12条の2第2項", date(1947, 11, 1))
CYCLE_DAYS = 28


def _cycles(problem: RosterProblem) -> list[tuple[date, ...]]:
    """Return the four weeks that touch the period, if rest days are so counted."""
    start = problem.labour.rest_cycle_start
    if problem.labour.rest_days != "four_weeks" or start is None:  # a desk file names the day
        return []
    numbers = sorted({(day - start).days // CYCLE_DAYS for day in problem.days})
    return [tuple(start + DAY * (n * CYCLE_DAYS + i) for i in range(CYCLE_DAYS)) for n in numbers]


def apply(problem: RosterProblem, variables: Variables) -> None:
    """24 days of work in four weeks at most."""
    planned = Planned(problem, variables)
    for person in problem.people:
        for cycle in _cycles(problem):
            planned.keep_within(len(cycle) - REST_DAYS.figure, planned.days_at_work(person.id, cycle))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and four weeks without enough rest days."""
    for person, minutes, known in worked(problem, roster):
        for cycle in _cycles(problem):
            n_rest = len(set(cycle) - minutes.keys())
            if n_rest < min(REST_DAYS.figure, len(set(cycle) - known.keys())):
                found, allowed = f"4週に休日{n_rest}日", f"4週に休日{REST_DAYS.figure}日以上"
                yield Violation(RULE.code, first_of(problem, cycle), person, found, allowed)


_CYCLE = "labour rest_days=four_weeks rest_cycle_start=2026-04-05\nA"
_EARLIER = "labour rest_days=four_weeks rest_cycle_start=2026-03-08\nA"
RULE = Rule(
    code="four_weeks_rest",
    name_ja="4週4日の休日",
    remedy_ja="その4週のうちに休日を加え、勤務を同じ等級の要員に替える。",
    source=(REST_DAYS,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        f"{_CYCLE}{' 9-14' * 24} . . . . 9-14",
        f"{_EARLIER} .{' 9-14' * 24} . . . 9-14",
        f"{_CYCLE}{' 9-14' * 20} |{' 9-14' * 4} . . . .",
        f"{_CYCLE}{' 9-14' * 24}",  # the other days are not known
        f"elsewhere A 24 9-14\n{_CYCLE}{' 9-14' * 24} | 15-18 .",
        f"elsewhere A 25 9-14\n{_CYCLE}{' 9-14' * 24} | . 15-18",
        f"A{' 9-14' * 25}",
        f"labour rest_cycle_start=2026-04-05\nA{' 9-14' * 25}",  # one a week all the same
        f"labour rest_days=four_weeks rest_cycle_start=2026-04-06\nA{' 9-14' * 25} . . .",
    ),
    breaks=(
        f"{_CYCLE}{' 9-14' * 25} . . .",
        f"{_CYCLE} 9-14{' . 9-14 9-14 9-14 9-14 9-14 9-14 9-14 9-14' * 3}",
        f"{_CYCLE}{' 9-14' * 20} |{' 9-14' * 5} . . .",
        f"elsewhere A 27 9-14\n{_CYCLE}{' 9-14' * 24} . . . .",
        f"labour rest_days=four_weeks rest_cycle_start=2026-05-03\nA{' 9-14' * 25}",
    ),
)
