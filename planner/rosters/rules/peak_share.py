"""Duties on the days of expected peaks are shared, over the past year too."""

from collections.abc import Iterator
from datetime import date

from planner.formation import Seat
from planner.rosters.roster import Need, Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of
from planner.rosters.shares import Kind, shares

BEYOND = InForce(0, "勤務", "事業者の運用（繁忙日の勤務を1年を通じて等しく分ける）")
COST = 60


def _shares(problem: RosterProblem) -> dict[str, int]:
    def is_peak(day: date, _: Seat | Need) -> bool:
        return day in problem.peak_days

    return shares(problem, Kind(is_peak, is_peak, lambda record: record.peak))


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every duty on a peak day beyond the share."""
    seats = seats_by_day(problem)
    peaks = [day for day in problem.days if day in problem.peak_days]
    for person, share in _shares(problem).items():
        terms = sum_of(variables, seats, person, peaks, lambda _: 1)
        variables.penalise(terms, above=BEYOND.figure + share, cost=COST)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield everybody with more duties on peak days than the share."""
    for person, share in _shares(problem).items():
        n = sum(duty.day in problem.peak_days for duty in roster.of(person))
        if n > share:
            found, cost = f"繁忙日に{n}回", (n - share) * COST
            yield Violation(RULE.code, problem.days[0], person, found, f"{share}回まで", cost)


RULE = Rule(
    code="peak_share",
    name_ja="繁忙日の勤務の公平",
    remedy_ja="繁忙日の勤務を同じ等級の要員と交代する。",
    source=(BEYOND,),
    is_hard=False,
    stage="fairness",
    apply=apply,
    check=check,
    keeps=(
        "peak x x .\nA=9-18 9-18 . 9-18\nB=9-18 . 9-18 .",
        "peak x x x .\nA=9-18 9-18 9-18 . .\nB=9-18 . . 9-18 9-18",
        "peak x x .\nA=9-18 9-18 9-18 .\nB=9-18 . . 9-18\nrecord A peak=1\nrecord B peak=3",
        "peak x x .\nmenu 9-18\nneed 9-12x1\nA=9-18 9-18* . 9-18*\nB@junior=9-18 . 9-18* 9-18*",
    ),
    breaks=(
        "peak x x .\nA=9-18 9-18 9-18 .\nB=9-18 . . 9-18",
        "peak x x .\nA=9-18 . 9-18 9-18\nB=9-18 9-18 . .\nrecord A peak=4\nrecord B peak=2",
        "peak . x x\nmenu 9-18 10-19\nneed 9-12x1\nA=9-18 . 9-18* 10-19*\nB@junior=9-18 9-18* . .",
    ),
)
