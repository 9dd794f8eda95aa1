"""Days of work in a row: a warning from the sixth day, and none from the fourteenth.

No law in force limits them. The ban from the fourteenth day is what a commission of the Ministry proposed:
hard, but it may be loosened. A row counts work for the sister contract and the days before the period.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count, takewhile

from planner.rosters.hours import DAY, Planned, worked
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables

GUIDE = InForce(5, "日", "事業者の運用（連続勤務は5日までを目安とする）")
LIMIT = InForce(13, "日", "厚生労働省の研究会報告書（2025年1月）の提言（14日以上の連続勤務の禁止。未施行）")
COST = 300
LOOSENING = 50

Row = tuple[date, ...]


def _rows(problem: RosterProblem, length: int) -> list[Row]:
    """Return all rows of so many days that touch the period."""
    starts = sorted({day - DAY * n for day in problem.days for n in range(length)})
    return [tuple(start + DAY * n for n in range(length)) for start in starts]


def _too_long(problem: RosterProblem, roster: Roster, n_days: int) -> Iterator[tuple[str, date, int]]:
    """Yield every day in a row after ``n_days``: whose, the day (the last in the period), the row so far."""
    for person, minutes, known in worked(problem, roster):
        for row in _rows(problem, n_days + 1):
            if minutes.keys() >= set(row) and not known.keys() >= set(row):
                days = takewhile(minutes.__contains__, (max(row) - DAY * n for n in count()))
                yield person, max(set(row) & set(problem.days)), len(list(days))


def apply_guide(problem: RosterProblem, variables: Variables) -> None:
    """Charge every day that a row goes on after the fifth."""
    planned = Planned(problem, variables)
    for person in problem.people:
        for row in _rows(problem, GUIDE.figure + 1):
            terms, n_known = planned.days_at_work(person.id, row)
            if terms:
                variables.penalise(terms, above=GUIDE.figure - n_known, cost=COST)


def check_guide(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every day from the sixth in a row."""
    for person, day, n in _too_long(problem, roster, GUIDE.figure):
        yield Violation(RULE.code, day, person, f"連続{n}日", f"連続{GUIDE.figure}日まで", COST)


def apply_limit(problem: RosterProblem, variables: Variables) -> None:
    """Of any fourteen days one is free."""
    planned = Planned(problem, variables)
    for person in problem.people:
        for row in _rows(problem, LIMIT.figure + 1):
            planned.keep_within(LIMIT.figure, planned.days_at_work(person.id, row))


def check_limit(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every day from the fourteenth in a row."""
    for person, day, n in _too_long(problem, roster, LIMIT.figure):
        yield Violation(LIMIT_RULE.code, day, person, f"連続{n}日", f"連続{LIMIT.figure}日まで")


REMEDY = "連続する勤務のいずれか1日を同じ等級の要員に替え、休日にする。"
_FIVE = " 9-14" * 5
_THIRTEEN = " 9-14" * 13
RULE = Rule(
    code="consecutive_days",
    name_ja="連続勤務（目安）",
    remedy_ja=REMEDY,
    source=(GUIDE,),
    is_hard=False,
    apply=apply_guide,
    check=check_guide,
    keeps=(
        f"A{_FIVE} .{_FIVE}",
        "A 9-14 9-14 9-14 | 9-14 9-14 .\nB . . . . . 9-14",
        f"elsewhere A 5 9-14\nA{_FIVE} | . . 9-14",
    ),
    breaks=(
        f"A{_FIVE} 9-14",
        f"A{_FIVE} | 9-14 9-14",
        f"elsewhere A 5 9-14\nA{_FIVE} .",
        "elsewhere A 5 9-14\nA 9-14 9-14 9-14 9-14 | 9-14",
        f"A .{_FIVE} 9-14 9-14\nB 9-14 . .",
    ),
)
LIMIT_RULE = Rule(
    code="consecutive_days_limit",
    name_ja="連続勤務（上限）",
    remedy_ja=REMEDY,
    source=(LIMIT,),
    is_hard=True,
    apply=apply_limit,
    check=check_limit,
    keeps=(
        f"A{_THIRTEEN} . 9-14",
        f"A{_FIVE} |{' 9-14' * 8} .",
        f"A .{_THIRTEEN}",
        f"elsewhere A 13 9-14\nA{_THIRTEEN} | . . 9-14",
    ),
    breaks=(
        f"A{_THIRTEEN} 9-14",
        f"A{_FIVE} |{' 9-14' * 9}",
        f"elsewhere A 13 9-14\nA{_THIRTEEN}",
    ),
    loosening=LOOSENING,
)
