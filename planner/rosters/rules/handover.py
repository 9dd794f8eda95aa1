"""Temporary staff work together with a resident on their first day, long enough to be shown the work.

First day: a duty on an office day (a day with anything to work), and none on the office day before.
"""

from collections.abc import Iterator

from planner.formation import Seat
from planner.rosters.roster import Duty, Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Span, Term, Variables, seats_by_day, sum_of

FIRST_DUTIES = InForce(0, "勤務", "事業者の運用（応援要員は初日に常駐要員から引継ぎを受ける）")


def _residents(problem: RosterProblem) -> list[str]:
    return [p.id for p in problem.people if p.is_resident and p.id not in problem.extra_people]


def _span(seat: Seat) -> Span:
    return seat.start_min, seat.end_min


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Who comes was there yesterday or meets a resident: comes - yesterday - residents met <= 0."""
    if not problem.handover_min:
        return
    seats = seats_by_day(problem)
    for person in (person.id for person in problem.people if person.id in problem.extra_people):
        yesterday: list[Term] = []
        for day in (day for day, offered in seats.items() if offered):
            for span in sorted({(seat.start_min, seat.end_min) for seat in seats[day]}):

                def is_met(seat: Seat, span: Span = span) -> int:
                    return -(
                        min(seat.end_min, span[1]) - max(seat.start_min, span[0]) >= problem.handover_min
                    )

                def is_so(seat: Seat, span: Span = span) -> bool:
                    return _span(seat) == span

                met = [t for r in _residents(problem) for t in sum_of(variables, seats, r, [day], is_met)]
                comes = sum_of(variables, seats, person, [day], is_so)
                if day in problem.days:
                    variables.keep([*comes, *yesterday, *met], at_most=FIRST_DUTIES.figure)
            yesterday = sum_of(variables, seats, person, [day], lambda _: -1)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every first day of temporary staff without a hand-over."""
    offered = {day for day in problem.days if problem.seats.get(day) or problem.menu.get(day)}
    office_days = sorted(offered | {duty.day for duty in problem.tail})
    worked = {(duty.person, duty.day) for duty in (*problem.tail, *roster.duties)}
    for duty in (duty for duty in sorted(roster.duties) if duty.person in problem.extra_people):
        earlier = [day for day in office_days if day < duty.day]
        if not problem.handover_min or (earlier and (duty.person, earlier[-1]) in worked):
            continue
        together = _together(problem, roster, duty)
        if together < problem.handover_min:
            found, allowed = f"初日に常駐要員と{together}分", f"{problem.handover_min}分以上"
            yield Violation(RULE.code, duty.day, duty.person, found, allowed)


def _together(problem: RosterProblem, roster: Roster, duty: Duty) -> int:
    """Return the minutes of the longest presence together with one resident."""
    own = range(duty.seat.start_min, duty.seat.end_min)
    others = [d.seat for d in roster.duties if d.day == duty.day and d.person in _residents(problem)]
    shared = (range(max(own.start, seat.start_min), min(own.stop, seat.end_min)) for seat in others)
    return max(map(len, shared), default=0)


RULE = Rule(
    code="handover",
    name_ja="応援要員への引継ぎ",
    remedy_ja="応援要員の初日を常駐要員と重なる勤務にする。",
    source=(FIRST_DUTIES,),
    is_hard=True,
    loosening=5,
    apply=apply,
    check=check,
    keeps=(
        "handover 120\n+C . 13-18+ 18-20+\nA 9-18 9-15 9-18",
        "handover 60\n+C 9-18+ | 18-20+ .\nA 9-18 | 9-12 9-18",
        "menu 9-18 17-26\nhandover 60\n+C 9-18* 17-26*\nA 17-26* 9-18*\n+D . .",
        "+C . 13-18+\nA 9-18 .",
    ),
    breaks=(
        "handover 120\n+C . 13:01-18+ .\nA 9-18 9-15 .\nB . 17-20 9-18",
        "handover 60\n+C 9-18+ . | 18-20+ 9-18+\nA 9-18 9-18 | 9-18 9-18",
        "menu 9-18 17-26\nhandover 61\n+C . 17-26*\nA 17-26* 9-18*\n+D . 17-26*",
        "handover 1\n+C 9-18+\n~M 9-18\n+D 9-18+",
    ),
)
