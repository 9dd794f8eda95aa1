"""Cases near the border of a rule: its examples, altered a few times at random."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from random import Random

from planner.formation import Seat
from planner.rosters.notation import Case
from planner.rosters.roster import Duty, Roster, RosterProblem
from planner.rosters.rule import seats_by_day
from tests.planner.rosters import altered_people, altered_terms

Seats = Mapping[date, tuple[Seat, ...]]
_STEPS_MIN = (-60, -15, -15, -1, 1, 15, 15, 60)
_TRIES = 20


def altered(drawn: Case, rng: Random, *, most_edits: int, has_one_duty: bool) -> Case:
    """Alter a case a few times; an edit that finds nothing to alter gives way to another."""
    drawn = seated(drawn)
    for _ in range(rng.randint(0, most_edits)):
        for _ in range(_TRIES):
            edited = rng.choice(EDITS)(drawn, rng)
            if edited != drawn and (_has_one_duty(edited) if has_one_duty else _can_be_said(edited)):
                drawn = edited
                break
    return drawn


def seated(drawn: Case) -> Case:
    """Leave out what decisions cannot say: duties for which the problem has no seat at all."""
    seats = seats_by_day(drawn.problem)
    return replace(drawn, roster=Roster(tuple(d for d in drawn.roster.duties if d.seat in seats[d.day])))


def _has_one_duty(drawn: Case) -> bool:
    duties = (*drawn.problem.tail, *drawn.roster.duties)
    return len({(duty.day, duty.person) for duty in duties}) == len(duties)


def _can_be_said(drawn: Case) -> bool:
    """A person who is twice on the one seat of its kind is one decision."""
    seats = seats_by_day(drawn.problem)
    taken = Counter((*drawn.problem.tail, *drawn.roster.duties))
    return all(n <= seats[duty.day].count(duty.seat) for duty, n in taken.items())


# --- who works ---


def moved(drawn: Case, rng: Random) -> Case:
    """Give a duty to somebody else."""
    return _with_duties(drawn, _moved(drawn.roster.duties, drawn.problem, rng))


def moved_before(drawn: Case, rng: Random) -> Case:
    """Let a duty before the period have been somebody else's."""
    return _with_tail(drawn, _moved(drawn.problem.tail, drawn.problem, rng))


def dropped(drawn: Case, rng: Random) -> Case:
    """Take a duty from the roster; its seat stays."""
    return _with_duties(drawn, _dropped(drawn.roster.duties, rng))


def dropped_before(drawn: Case, rng: Random) -> Case:
    """Take a duty from the days before the period."""
    return _with_tail(drawn, _dropped(drawn.problem.tail, rng))


def doubled(drawn: Case, rng: Random) -> Case:
    """Put somebody on some seat, taken or not."""
    day = rng.choice(drawn.problem.days)
    seats = seats_by_day(drawn.problem).get(day)
    if not seats:
        return drawn
    duty = Duty(day, rng.choice(drawn.problem.people).id, rng.choice(seats))
    return _with_duties(drawn, {*drawn.roster.duties, duty})


def reseated(drawn: Case, rng: Random) -> Case:
    """Put somebody who works on another seat of the day."""
    if not drawn.roster.duties:
        return drawn
    duty = rng.choice(drawn.roster.duties)
    others = [other for other in drawn.roster.duties if other is not duty]
    seat = rng.choice(seats_by_day(drawn.problem)[duty.day])
    return _with_duties(drawn, [*others, replace(duty, seat=seat)])


def _moved(duties: tuple[Duty, ...], problem: RosterProblem, rng: Random) -> Iterable[Duty]:
    if not duties:
        return duties
    n = rng.randrange(len(duties))
    return (*duties[:n], replace(duties[n], person=rng.choice(problem.people).id), *duties[n + 1 :])


def _dropped(duties: tuple[Duty, ...], rng: Random) -> Iterable[Duty]:
    n = rng.randrange(len(duties)) if duties else 0
    return (*duties[:n], *duties[n + 1 :])


def _with_duties(drawn: Case, duties: Iterable[Duty]) -> Case:
    return replace(drawn, roster=Roster(tuple(sorted(duties))))


def _with_tail(drawn: Case, tail: Iterable[Duty]) -> Case:
    return replace(drawn, problem=replace(drawn.problem, tail=tuple(sorted(tail))))


# --- what can be worked ---


def stretched(drawn: Case, rng: Random) -> Case:
    """Move one end of a seat."""
    by = rng.choice(_STEPS_MIN)
    if rng.random() < 0.5:
        return _reseated(drawn, rng, lambda seat: replace(seat, start_min=seat.start_min + by))
    return _reseated(drawn, rng, lambda seat: replace(seat, end_min=seat.end_min + by))


def shifted(drawn: Case, rng: Random) -> Case:
    """Move a whole seat."""
    by = rng.choice(_STEPS_MIN)

    def later(seat: Seat) -> Seat:
        away = tuple(replace(a, start_min=a.start_min + by, end_min=a.end_min + by) for a in seat.away)
        return replace(seat, start_min=seat.start_min + by, end_min=seat.end_min + by, away=away)

    return _reseated(drawn, rng, later)


def paused(drawn: Case, rng: Random) -> Case:
    """Move one end of a break."""
    by, is_start = rng.choice(_STEPS_MIN), rng.random() < 0.5

    def otherwise(seat: Seat) -> Seat:
        if not seat.away:
            return seat
        first, *others = seat.away
        start, end = (
            (first.start_min + by, first.end_min) if is_start else (first.start_min, first.end_min + by)
        )
        return (
            replace(seat, away=(replace(first, start_min=start, end_min=end), *others))
            if start < end
            else seat
        )

    return _reseated(drawn, rng, otherwise)


def regraded_seat(drawn: Case, rng: Random) -> Case:
    """Ask for another grade (none: any grade), or for temporary staff."""
    grade = rng.choice(["", *(grade.id for grade in drawn.problem.grades)])
    if rng.random() < 0.5:
        return _reseated(drawn, rng, lambda seat: replace(seat, is_extra=not seat.is_extra))
    return _reseated(drawn, rng, lambda seat: replace(seat, grade=grade))


def closed(drawn: Case, rng: Random) -> Case:
    """Take a day out of the period, with what could be worked on it; wishes and the like stay."""
    problem = drawn.problem
    if len(problem.days) == 1:
        return drawn
    day = rng.choice(problem.days)
    days = tuple(other for other in problem.days if other != day)
    problem = replace(
        problem,
        days=days,
        seats={on: seats for on, seats in problem.seats.items() if on != day},
        menu={on: seats for on, seats in problem.menu.items() if on != day},
        open_min={on: span for on, span in problem.open_min.items() if on != day},
        needs={on: needs for on, needs in problem.needs.items() if on != day},
        locks=tuple(lock for lock in problem.locks if lock.day != day),
        tail=tuple(duty for duty in problem.tail if duty.day < days[0]),
    )
    return Case(problem, Roster(tuple(duty for duty in drawn.roster.duties if duty.day != day)))


def _reseated(drawn: Case, rng: Random, otherwise: Callable[[Seat], Seat]) -> Case:
    """Alter a seat wherever it stands on its day: seats, menu, duties, locks, published, tail."""
    problem = drawn.problem
    places = [(day, seat) for day, seats in seats_by_day(problem).items() for seat in seats]
    if not places:
        return drawn
    day, old = rng.choice(places)
    new = otherwise(old)
    if not 0 <= new.start_min < new.end_min:
        return drawn

    def changed(seat: Seat, on: date) -> Seat:
        return new if (seat, on) == (old, day) else seat

    def duties(those: Iterable[Duty]) -> tuple[Duty, ...]:
        return tuple(sorted(replace(duty, seat=changed(duty.seat, duty.day)) for duty in those))

    def seats(those: Seats) -> dict[date, tuple[Seat, ...]]:
        return {on: tuple(sorted(changed(seat, on) for seat in some)) for on, some in those.items()}

    problem = replace(
        problem,
        seats=seats(problem.seats),
        menu=seats(problem.menu),
        tail=duties(problem.tail),
        published=duties(problem.published),
        locks=tuple(
            replace(lock, seat=changed(lock.seat, lock.day)) if lock.seat else lock for lock in problem.locks
        ),
    )
    return Case(problem, Roster(duties(drawn.roster.duties)))


# Most borders are lines in time.
EDITS = (
    moved,
    moved,
    dropped,
    doubled,
    reseated,
    moved_before,
    dropped_before,
    stretched,
    stretched,
    stretched,
    stretched,
    shifted,
    paused,
    regraded_seat,
    closed,
    *altered_people.EDITS,
    *altered_terms.EDITS,
)
