"""Early and late duties outside everybody's standing hours are shared, over the past year too.

Early: a start before all standing starts; late: an end after all standing ends. They are counted apart, so
that nobody has only early ones. How many fall to whom: ``planner.rosters.shares``.
"""

from collections.abc import Callable, Iterator

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of
from planner.rosters.shares import Kind, shares

BEYOND = InForce(0, "勤務", "事業者の運用（早い始業・遅い終業を1年を通じて等しく分ける）")
COST = 60


def _kinds(problem: RosterProblem) -> Iterator[tuple[str, Callable[[Seat], bool], dict[str, int]]]:
    """Yield early and late: their name, what counts, and each person's share."""
    if not problem.standing:
        return
    first = min(start for start, _ in problem.standing.values())
    last = max(end for _, end in problem.standing.values())
    early = Kind(
        lambda _, seat: seat.start_min < first,
        lambda _, need: need.start_min < first,
        lambda record: record.early,
    )
    late = Kind(
        lambda _, seat: seat.end_min > last,
        lambda _, need: need.end_min > last,
        lambda record: record.late,
    )
    yield "早出", lambda seat: seat.start_min < first, shares(problem, early)
    yield "遅出", lambda seat: seat.end_min > last, shares(problem, late)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every early or late duty beyond the share."""
    seats = seats_by_day(problem)
    for _, counts, share in _kinds(problem):
        for person, n in share.items():
            terms = sum_of(variables, seats, person, problem.days, counts)
            variables.penalise(terms, above=BEYOND.figure + n, cost=COST)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield everybody with more early or late duties than the share."""
    for name, counts, share in _kinds(problem):
        for person, n in share.items():
            found = len([duty for duty in roster.of(person) if counts(duty.seat)])
            if found > n:
                cost = (found - n) * COST
                yield Violation(RULE.code, problem.days[0], person, f"{name}{found}回", f"{n}回まで", cost)


RULE = Rule(
    code="fair_share",
    name_ja="早出・遅出の公平",
    remedy_ja="週を単位に同じ等級の要員と交代する。",
    source=(BEYOND,),
    is_hard=False,
    stage="fairness",
    apply=apply,
    check=check,
    keeps=(
        "A=9-18 8:59-18 9-18\nB=9-18 9-18 8:59-17",
        "A=9-18 8-17 8-17 9-18\nB=9-18 9-18 9-18 8-17",  # three early ones, two each at most
        "A=9-18 8-17 10-19 9-18\nB=10-19 9-18 10-19 10-19",  # no start before 9, no end after 19
        "A=9-18 8-17 8-17\nB@junior=9-18 9-18 9-18",  # each grade its own
        "A=8-17 8-17 8-17\nB=9-18 9-18 9-18",  # no start before 8, no end after 18
        "A=9-18 8-17 8-17 9-18\nB=9-18 9-18 9-18 9-18\nrecord A early=3\nrecord B early=5",
        "menu 8-17\nneed 8-8:30x1 8:30-9x3\nA=9-18 8-17*\nB=9-18 .\nrecord A early=1\nrecord B peak=9",
        "menu 10-19\nneed 18-19x3 18-18:30x1\nA=9-18 10-19*\nB=9-18 .\nrecord A late=1\nrecord B early=9",
        "menu 8-17 9-18\nneed 8-9x1 9-17x2\nA=9-18 8-17* 9-18*\nB@junior=9-18 9-18* 8-17*",
    ),
    breaks=(
        "A=9-18 8-17 8:59-17 9-18\nB=9-18 9-18 9-18 9-18",
        "A=9-18 9-18:01 10-19 8-17\nB=9-18 . 9-18 9-18",
        "A=9-18 9-18 10-19\nB=9-18 9-18 9-18\nrecord A late=2\nrecord B late=1",
        "A=9-18 8-17 8-17 8-17\nB=9-18 8-17 . .\nC=9-18 . 9-18 .\nrecord A early=1\nrecord C early=9",
        "A=9-18 8-17 8-17 8-17\nB=9-18 . . .\nC=9-18 . . .\nrecord A\nrecord B early=9\nrecord C early=9",
        "menu 8-17 9-18\nA=9-18 8-17 8-17* 9-18*",  # the seat counts, what was taken from the menu does not
        "menu 8-17\nneed 9-18x2\nA=9-18 8-17*\nB=9-18 .",
        "menu 10-19\nneed 9-18x2\nA=9-18 10-19*\nB=9-18 .",
        "menu 8-17 9-18 10-19\nneed 8-9x1 18-19x1\nA=9-18 8-17* 8-17*\nB=9-18 10-19* 10-19*",
    ),
)
