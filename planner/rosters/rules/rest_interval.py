"""Rest between two working days (勤務間インターバル): a guide, and a floor below it.

労働時間等の設定の改善に関する特別措置法2条1項 asks the employer to try and names no figure. 11 hours is
the guide of the desk (``Labour.rest_interval_h``). Below 9 hours no roster is made: the ministry's manual
(厚生労働省 勤務間インターバル制度導入・運用マニュアル) takes them as the least to begin with.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.formation import Seat
from planner.rosters.roster import Duty, Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Term, Variables, duties_of, hours, seats_by_day, sum_of

ARTICLE = "労働時間等設定改善法第2条第1項（努力義務。時間は目安）"
GUIDE = InForce(11, "時間", ARTICLE, date(2019, 4, 1))
FLOOR = InForce(9, "時間", ARTICLE, date(2019, 4, 1))
COST = 500
DAY = timedelta(days=1)


def _short_pairs(problem: RosterProblem, variables: Variables, limit_min: int) -> Iterator[list[Term]]:
    """Yield sums that reach 2 exactly if a person has a late end followed by a start that is too early."""
    seats = seats_by_day(problem)
    for before, after in ((day - DAY, day) for day in problem.days if day - DAY in seats):
        for end in sorted({seat.end_min for seat in seats[before]}):

            def ends(seat: Seat, end: int = end) -> bool:
                return seat.end_min == end

            def starts_early(seat: Seat, end: int = end) -> bool:
                return seat.start_min + 24 * 60 - end < limit_min

            if any(map(starts_early, seats[after])):
                for person in problem.people:
                    late = sum_of(variables, seats, person.id, [before], ends)
                    yield late + sum_of(variables, seats, person.id, [after], starts_early)


def _short_rests(problem: RosterProblem, roster: Roster, limit_min: int) -> Iterator[tuple[Duty, int]]:
    for duties in duties_of(problem, roster).values():
        for duty in duties:
            ends = [d.seat.end_min for d in duties if d.day == duty.day - DAY]
            if ends and duty.day in problem.days:
                gap = duty.seat.start_min + 24 * 60 - max(ends)
                if gap < limit_min:
                    yield duty, gap


def _guide_min(problem: RosterProblem) -> int:
    return round(problem.labour.rest_interval_h * 60)


def apply_guide(problem: RosterProblem, variables: Variables) -> None:
    """Charge every rest below the guide."""
    for terms in _short_pairs(problem, variables, _guide_min(problem)):
        variables.penalise(terms, above=1, cost=COST)


def check_guide(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every rest below the guide."""
    limit = _guide_min(problem)
    for duty, gap in _short_rests(problem, roster, limit):
        yield Violation(RULE.code, duty.day, duty.person, hours(gap), f"{hours(limit)}以上", COST)


def apply_floor(problem: RosterProblem, variables: Variables) -> None:
    """Refuse every rest below the floor."""
    for terms in _short_pairs(problem, variables, FLOOR.figure * 60):
        variables.keep(terms, at_most=1)


def check_floor(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every rest below the floor."""
    for duty, gap in _short_rests(problem, roster, FLOOR.figure * 60):
        yield Violation(FLOOR_RULE.code, duty.day, duty.person, hours(gap), f"{FLOOR.figure}時間以上")


REMEDY = "翌日の始業を遅らせるか、前日の遅い勤務を同じ等級の要員に替える。"
RULE = Rule(
    code="rest_interval",
    name_ja="勤務間インターバル（目安）",
    remedy_ja=REMEDY,
    source=(GUIDE,),
    is_hard=False,
    apply=apply_guide,
    check=check_guide,
    keeps=("A 13-22 9-18\nB 9-18 .",),
    breaks=("A 13-22 8:30-17:30", "A . 13-22 | 8-17 12-21 7:30-16:30", "A 18-27 13-22"),
)
FLOOR_RULE = Rule(
    code="rest_interval_floor",
    name_ja="勤務間インターバル（下限）",
    remedy_ja=REMEDY,
    source=(FLOOR,),
    is_hard=True,
    apply=apply_floor,
    check=check_floor,
    keeps=("A 13-22 7-16\nB 9-18 .", "A 18-27 12-21", "A 18-27 . 9-18"),
    breaks=("A 13-22 6:45-15:45\nB . 9-18", "A . 13-22 | 6-15 .", "A 18-27 11:45-20:45"),
)
