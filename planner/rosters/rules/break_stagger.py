"""Breaks are staggered: not more people on break than at work, but for one."""

from collections.abc import Iterator, Sequence

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Span, Variables, covers, seats_by_day, stretches
from planner.wording.dates import clock_span

ODD = InForce(1, "人", "事業者の運用（同時に休憩に入るのは半数まで、端数は切上げ）")
COST_A_MINUTE = 1


def _breaks(seat: Seat) -> list[Span]:
    return [(away.start_min, away.end_min) for away in seat.away if away.kind == "break"]


def _part(seat: Seat, stretch: Span) -> int:
    """Return 1 for a duty on break, -1 for one at work, 0 for one that is not on."""
    if not covers((seat.start_min, seat.end_min), stretch):
        return 0
    return 1 if any(covers(pause, stretch) for pause in _breaks(seat)) else -1


def _cut(seats: Sequence[Seat]) -> list[Span]:
    """Return the stretches of a day in which nobody's part changes."""
    spans = [(seat.start_min, seat.end_min) for seat in seats]
    spans += [pause for seat in seats for pause in _breaks(seat)]
    return stretches((min(a for a, _ in spans), max(b for _, b in spans)), spans) if spans else []


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every minute of everybody by whom those on break outnumber those at work: break - work > 1."""
    seats = seats_by_day(problem)
    for day in problem.days:
        offered = seats.get(day, ())
        for stretch in _cut(offered):
            parts = {i: part for i, seat in enumerate(offered) if (part := _part(seat, stretch))}
            if 1 in parts.values():
                people = (person.id for person in problem.people)
                terms = [(part, variables.works(who, day, i)) for who in people for i, part in parts.items()]
                cost = (stretch[1] - stretch[0]) * COST_A_MINUTE
                variables.penalise(terms, above=ODD.figure, cost=cost)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every stretch in which more than half of the people are on break."""
    for day in problem.days:
        seats = [duty.seat for duty in roster.duties if duty.day == day]
        for start, end in _cut(seats):
            on_duty = [seat for seat in seats if seat.start_min <= start and seat.end_min >= end]
            n_away = sum(any(a <= start and b >= end for a, b in _breaks(seat)) for seat in on_duty)
            surplus = 2 * n_away - len(on_duty) - 1
            if surplus > 0:
                found = f"{clock_span(start, end)}に{len(on_duty)}人中{n_away}人が休憩"
                allowed, cost = f"{(len(on_duty) + 1) // 2}人以下", surplus * (end - start) * COST_A_MINUTE
                yield Violation(RULE.code, day, "", found, allowed, cost)


RULE = Rule(
    code="break_stagger",
    name_ja="休憩の分散",
    remedy_ja="休憩の時刻を互いにずらす。",
    source=(ODD,),
    is_hard=False,
    stage="service",
    apply=apply,
    check=check,
    keeps=(
        "A 9-18(12-13) 9-18(12-13)\nB 9-18(13-14) .",
        "A 9-18(12-13) .\nB 9-18(12-13) 9-12\nC 9-18(13-14) .",
        "menu 9-18(12-13) 9-18(13-14)\nA 9-18(12-13)*\nB 9-18(12-13)*\nC 9-18(13-14)*\n+D 12-13+",
    ),
    breaks=(
        "A 9-18(12-13) .\nB 9-18(12:59-13:59) .",
        "A 9-18(12-13) .\nB 9-18(12-13) .\nC 9-18(12-13) .\nD 12:01-18() 9-18",
        "menu 9-18(12-13) 9-18(13-14)\nA 9-18(13-14)*\nB 9-18(13-14)*\nC 9-13()",
    ),
)
