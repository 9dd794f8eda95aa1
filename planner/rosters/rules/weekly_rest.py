"""One rest day a week (Sunday to Saturday): 労働基準法35条1項. Any day without work will do.

Where the 36協定 allows work on rest days, ``rest_day_work`` counts the weeks without one instead; where rest
days are four in four weeks (2項), ``four_weeks_rest`` does. A duty past midnight is read as work of its first
day; desk files have none (a rest day is a calendar day: 昭和23年4月5日基発第535号).
"""

from collections.abc import Iterator
from datetime import date

from planner.desk import Labour
from planner.rosters.hours import Planned, calendar_weeks, first_of, rest_day_work_days, worked
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables

REST_DAYS = InForce(1, "日/週", "労働基準法第35条第1項", date(1947, 11, 1))


def _is_in_force(labour: Labour) -> bool:
    return labour.rest_days == "weekly" and rest_day_work_days(labour) == 0


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Six days of work a week at most."""
    if not _is_in_force(problem.labour):
        return
    planned = Planned(problem, variables)
    for person in problem.people:
        for week in calendar_weeks(problem):
            planned.keep_within(len(week) - REST_DAYS.figure, planned.days_at_work(person.id, week))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every person and week without a rest day."""
    if not _is_in_force(problem.labour):
        return
    for person, minutes, known in worked(problem, roster):
        for week in calendar_weeks(problem):
            n_rest = len(set(week) - minutes.keys())
            if n_rest < min(REST_DAYS.figure, len(set(week) - known.keys())):
                found, allowed = f"休日{n_rest}日", f"休日{REST_DAYS.figure}日以上"
                yield Violation(RULE.code, first_of(problem, week), person, found, allowed)


RULE = Rule(
    code="weekly_rest",
    name_ja="週1日の休日",
    remedy_ja="その週のいずれか1日の勤務を同じ等級の要員に替える。",
    source=(REST_DAYS,),
    is_hard=True,
    apply=apply,
    check=check,
    keeps=(
        "A 9-14 9-14 9-14 9-14 9-14 9-14 .",
        "A . 9-14 9-14 9-14 9-14 9-14 9-14 9-14",
        "elsewhere A 0 9-14\nA 15-18 9-14 9-14 9-14 9-14 9-14 .",
        "elsewhere A 5 9-14\nelsewhere A 6 9-14\nA 9-14 9-14 9-14 9-14 9-14 | . 15-16",
        "overtime 45\nlabour rest_day_work_days=1\nA 9-14 9-14 9-14 9-14 9-14 9-14 9-14",
        "labour rest_days=four_weeks rest_cycle_start=2026-04-05\nA 9-14 9-14 9-14 9-14 9-14 9-14 9-14",
    ),
    breaks=(
        "A 9-14 9-14 9-14 9-14 9-14 9-14 9-14",
        "A 9-14 9-14 9-14 | 9-14 9-14 9-14 9-14\nB . . . . . . .",
        "elsewhere A 6 9-14\nA 9-14 9-14 9-14 9-14 9-14 9-14 .",
        "overtime 45\nA 9-14 9-14 9-14 9-14 9-14 9-14 9-14",
        "labour rest_day_work_days=1\nA 9-14 9-14 9-14 9-14 9-14 9-14 9-14",
        "\n".join(f"elsewhere A {n} 9-14" for n in range(1, 7)) + "\nA 9-14",
    ),
)
