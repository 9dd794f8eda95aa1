"""Cells that were locked stay as they are: a duty, or none."""

from collections.abc import Iterator

from planner.formation import Seat
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of
from planner.wording.dates import clock_span

LOCKED = InForce(1, "勤務", "事業者の運用（固定した欄は変えない）")


def apply(problem: RosterProblem, variables: Variables) -> None:
    """The locked duty is there; no duty where none is locked."""
    seats = seats_by_day(problem)
    people = {person.id for person in problem.people}
    for lock in problem.locks:
        if lock.person in people and lock.day in problem.days:

            def is_locked(seat: Seat, own: Seat | None = lock.seat) -> bool:
                return own in {None, seat}

            terms = sum_of(variables, seats, lock.person, [lock.day], is_locked)
            if lock.seat is None:
                variables.keep(terms, at_most=0)
            else:
                variables.keep(terms, at_least=LOCKED.figure)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every locked cell that holds something else."""
    people = [person.id for person in problem.people]
    for lock in problem.locks:
        found = [duty.seat for duty in roster.of(lock.person) if duty.day == lock.day]
        asked = [lock.seat] if lock.seat else []
        if found != asked and lock.person in people and lock.day in problem.days:
            yield Violation(RULE.code, lock.day, lock.person, _words(found), f"固定は{_words(asked)}")


def _words(seats: list[Seat]) -> str:
    return "・".join(clock_span(seat.start_min, seat.end_min) for seat in seats) or "勤務なし"


RULE = Rule(
    code="locked",
    name_ja="固定した欄",
    remedy_ja="欄の固定を解くか、固定した勤務に戻す。",
    source=(LOCKED,),
    is_hard=True,
    loosening=10,
    apply=apply,
    check=check,
    keeps=(
        "lock A 0 9-18\nlock A 1\nlock B 1 9-18\nA 9-18 .\nB 9-18 9-18",
        "menu 9-18 10-19\nlock A 1 10-19*\nlock B 0 9-18\nlock Z 1\nA 9-18* 10-19*\nB 9-18 9-18*",
    ),
    breaks=(
        "lock A 0 9-18\nA 9-17 .\nB 9-18 .",
        "lock A 0\nlock B 1 9-18\nA 9-18 .\nB . 9-18",
        "menu 9-18 10-19\nlock A 1 10-19*\nA 9-18* 9-18*\nB . .",
        "lock A 0 9-18(12-13)\nA 9-18 .\nB 9-18(12-13) .",
    ),
)
