"""Rest between two days of work: an effort duty, 11 hours as a guide, 9 hours as a floor.

労働時間等設定改善法2条1項 asks for it since 1 April 2019; the figures are the guides in use (9 to 11 hours).
The floor is hard, but no law's: it may be loosened. Work for the sister contract counts on both sides.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from planner.formation import Seat
from planner.rosters.roster import Duty, Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Term, Variables, duties_of, hours, seats_by_day, sum_of

ARTICLE = "労働時間等設定改善法第2条第1項（努力義務。時間は目安）"
GUIDE = InForce(11, "時間", ARTICLE, date(2019, 4, 1))
FLOOR = InForce(9, "時間", ARTICLE, date(2019, 4, 1))
COST = 500
LOOSENING = 50
DAY = timedelta(days=1)
DAY_MIN = 24 * 60

Times = Counter[tuple[str, date]]
Short = tuple[list[Term], int]
"""A sum and what it may reach: above it, a rest is too short."""


def _elsewhere(problem: RosterProblem) -> tuple[Times, Times]:
    """Return when work for the sister contract first begins and last ends, by person and day."""
    starts: Times = Counter()
    ends: Times = Counter()
    people = {person.id for person in problem.people}
    for work in (work for work in problem.elsewhere if work.person in people):
        cell = work.person, work.day
        starts[cell] = min(work.start_min, starts.get(cell, work.start_min))
        ends[cell] = max(work.end_min, ends[cell])
    return starts, ends


def _fixed_shorts(problem: RosterProblem, variables: Variables, limit_min: int) -> Iterator[Short]:
    """Yield duties too near to work elsewhere, on the day before or after."""
    seats = seats_by_day(problem)
    starts, ends = _elsewhere(problem)
    for (person, day), end in ends.items():
        if day + DAY in problem.days:

            def is_early(seat: Seat, end: int = end) -> bool:
                return seat.start_min + DAY_MIN - end < limit_min

            yield sum_of(variables, seats, person, [day + DAY], is_early), 0
    for (person, day), start in starts.items():
        if day - DAY in problem.days:

            def is_late(seat: Seat, start: int = start) -> bool:
                return start + DAY_MIN - seat.end_min < limit_min

            yield sum_of(variables, seats, person, [day - DAY], is_late), 0


def _short_pairs(problem: RosterProblem, variables: Variables, limit_min: int) -> Iterator[Short]:
    """Yield pairs of a late end and a start that is too early after it, but not too early for itself."""
    seats = seats_by_day(problem)
    _, ends = _elsewhere(problem)
    pairs = [(day - DAY, day) for day in problem.days if day - DAY in seats]
    for person, (before, after) in product((person.id for person in problem.people), pairs):
        fixed = ends[person, before]
        for end in sorted({seat.end_min for seat in seats[before]}):

            def ends_so(seat: Seat, end: int = end) -> bool:
                return seat.end_min == end

            def is_early(seat: Seat, end: int = end, fixed: int = fixed) -> bool:
                return seat.start_min + DAY_MIN - end < limit_min <= seat.start_min + DAY_MIN - fixed

            if any(map(is_early, seats[after])):
                late = sum_of(variables, seats, person, [before], ends_so)
                yield late + sum_of(variables, seats, person, [after], is_early), 1


def _shorts(problem: RosterProblem, variables: Variables, limit_min: int) -> Iterator[Short]:
    yield from _fixed_shorts(problem, variables, limit_min)
    yield from _short_pairs(problem, variables, limit_min)


def _short_rests(problem: RosterProblem, roster: Roster, limit_min: int) -> Iterator[tuple[Duty, int]]:
    """Yield every duty that begins too early or ends too late, with the rest that is left."""
    for person, duties in duties_of(problem, roster).items():
        other = [work for work in problem.elsewhere if work.person == person]
        for duty in (duty for duty in duties if duty.day in problem.days):
            ends = [d.seat.end_min for d in duties if d.day == duty.day - DAY]
            ends += [work.end_min for work in other if work.day == duty.day - DAY]
            starts = [work.start_min for work in other if work.day == duty.day + DAY]
            gaps = [duty.seat.start_min + DAY_MIN - max(ends)] if ends else []
            gaps += [min(starts) + DAY_MIN - duty.seat.end_min] if starts else []
            yield from ((duty, gap) for gap in gaps if gap < limit_min)


def _guide_min(problem: RosterProblem) -> int:
    return round(problem.labour.rest_interval_h * 60)


def apply_guide(problem: RosterProblem, variables: Variables) -> None:
    """Charge every rest below the guide."""
    for terms, most in _shorts(problem, variables, _guide_min(problem)):
        variables.penalise(terms, above=most, cost=COST)


def check_guide(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every rest below the guide."""
    limit = _guide_min(problem)
    for duty, gap in _short_rests(problem, roster, limit):
        yield Violation(RULE.code, duty.day, duty.person, hours(gap), f"{hours(limit)}以上", COST)


def apply_floor(problem: RosterProblem, variables: Variables) -> None:
    """Refuse every rest below the floor."""
    for terms, most in _shorts(problem, variables, FLOOR.figure * 60):
        variables.keep(terms, at_most=most)


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
    keeps=(
        "A 13-22 9-18\nB 9-18 .",
        "labour rest_interval_h=10.5\nA 13-22 8:30-18",
        "elsewhere A 0 13-22\nelsewhere A 2 7-12\nA 9-12 9-20",
    ),
    breaks=(
        "A 13-22 8:59-18",
        "A . 13-22 | 8-17 12-21 7:30-16:30",
        "A 18-27 13-22",
        "labour rest_interval_h=10.5\nA 13-22 8:29-18",
        "elsewhere A 0 13-22\nA 9-12 8:59-18",
        "elsewhere A 2 7-12\nA . 9-20:01",
        "elsewhere A 2 7-9\nelsewhere A 2 10-12\nA . 9-20:01",
        "elsewhere A 0 13-22\nelsewhere A 2 7-12\nA 9-23 8-21 .",
        "elsewhere A 0 13-22\nA 9-23 9-18 .",
    ),
)
FLOOR_RULE = Rule(
    code="rest_interval_floor",
    name_ja="勤務間インターバル（下限）",
    remedy_ja=REMEDY,
    source=(FLOOR,),
    is_hard=True,
    apply=apply_floor,
    check=check_floor,
    keeps=(
        "A 13-22 7-16\nB 9-18 .",
        "A 18-27 12-21",
        "A 18-27 . 9-18",
        "elsewhere A 0 13-22\nelsewhere A 2 7-12\nA 9-12 7-22",
        "elsewhere A 0 13-22\nA 9-23 8-17 .",
    ),
    breaks=(
        "A 13-22 6:59-15:45\nB . 9-18",
        "A . 13-22 | 6-15 .",
        "A 18-27 11:59-20:45",
        "elsewhere A 0 13-22\nA 9-12 6:59-18",
        "elsewhere A 2 7-12\nA . 9-22:01",
        "elsewhere A 0 13-22\nA 9-23 7:59-17 .",
        "elsewhere A 0 13-22\nA 9-23 7-16 .",
    ),
    loosening=LOOSENING,
)
