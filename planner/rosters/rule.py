"""What every rule is: where it comes from, its constraint, its checker, and rosters that keep and break it.

A rule knows no solver: it speaks to ``Variables``. Its checker knows no variables: it reads any roster, a
hand-made one too. Both see the days before the period (``tail``) through the same functions.
Constraints may rely on the rule ``one_duty`` (one duty a person a day); checkers rely on nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NewType, Protocol

from planner.desk import Person
from planner.formation import Seat
from planner.rosters.roster import Duty, Roster, RosterProblem, Stage, Violation

Literal = NewType("Literal", int)
"""A yes-or-no decision of the solver; opaque to rules."""

Term = tuple[int, Literal]
"""Weight × decision; a list of terms is a sum."""

Seats = Mapping[date, tuple[Seat, ...]]
Span = tuple[int, int]


class Variables(Protocol):
    """What a constraint may say."""

    def works(self, person: str, day: date, seat: int) -> Literal:
        """Return the decision that a person fills a seat: its place in ``seats_by_day(problem)[day]``."""

    def any_of(self, literals: Sequence[Literal]) -> Literal:
        """Return the decision that is true exactly if one of these is."""

    def keep(self, terms: Sequence[Term], at_least: int | None = None, at_most: int | None = None) -> None:
        """Demand at_least <= sum <= at_most."""

    def penalise(self, terms: Sequence[Term], above: int, cost: int) -> None:
        """Charge ``cost`` points for every unit by which the sum passes ``above``."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A figure, the article that sets it, and the day since which it is in force (None: no law sets it)."""

    figure: int
    unit: str
    article: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of rostering.

    ``apply`` writes the constraint: a hard rule only calls ``keep``, a soft one only ``penalise``.
    ``check`` yields what a roster breaks: cost 0 for a hard rule, points for a soft one (in ``stage``).
    ``loosening``: what breaking one row of a hard rule weighs when nothing keeps them all (None: a law, which
    nobody may loosen). ``has_fixed_limits``: only what the rule demands may be loosened; its limits (rows
    that only say ``at_most``) are facts.
    ``remedy_ja``: what a planner can do about a violation. ``keeps`` and ``breaks``: examples in the
    notation of ``planner.rosters.notation``; the generated test also alters them at random.
    """

    code: str
    name_ja: str
    remedy_ja: str
    source: tuple[InForce, ...]
    is_hard: bool
    apply: Callable[[RosterProblem, Variables], None]
    check: Callable[[RosterProblem, Roster], Iterable[Violation]]
    keeps: tuple[str, ...]
    breaks: tuple[str, ...]
    stage: Stage = "service"
    loosening: int | None = None
    has_fixed_limits: bool = False


def seats_by_day(problem: RosterProblem) -> Seats:
    """Return what can be worked on every day: its seats, then its menu, then the duties of the tail."""
    days = {*problem.seats, *problem.menu}
    seats = {day: (*problem.seats.get(day, ()), *problem.menu.get(day, ())) for day in days}
    for duty in problem.tail:
        seats[duty.day] = (*seats.get(duty.day, ()), duty.seat)
    return dict(sorted(seats.items()))


def sum_of(
    variables: Variables, seats: Seats, person: str, days: Iterable[date], weight: Callable[[Seat], int]
) -> list[Term]:
    """Return the sum of ``weight`` over the seats that a person fills on these days."""
    return [
        (w, variables.works(person, day, i))
        for day in days
        for i, seat in enumerate(seats.get(day, ()))
        if (w := weight(seat))
    ]


def duties_of(problem: RosterProblem, roster: Roster) -> dict[str, list[Duty]]:
    """Return everybody's duties in order, those of the tail included."""
    out: dict[str, list[Duty]] = {person.id: [] for person in problem.people}
    for duty in sorted((*problem.tail, *roster.duties)):
        out.setdefault(duty.person, []).append(duty)
    return out


def weeks(problem: RosterProblem) -> list[tuple[date, ...]]:
    """Return the weeks (Sunday to Saturday) that touch the period, each with its days that hold seats."""
    out: dict[date, list[date]] = {}
    for day in seats_by_day(problem):
        out.setdefault(day - timedelta(days=day.isoweekday() % 7), []).append(day)
    return [tuple(days) for days in out.values() if days[-1] >= problem.days[0]]


def stretches(open_min: Span, spans: Iterable[Span]) -> list[Span]:
    """Return the open hours, cut wherever one of the spans begins or ends."""
    opens, closes = open_min
    cuts = sorted({opens, closes, *(t for span in spans for t in span if opens < t < closes)})
    return list(pairwise(cuts))


def days_without_call(problem: RosterProblem) -> list[date]:
    """Return the open days on which nobody who may manage is on call."""
    managers = {person.id for person in problem.people if person.may_manage}
    on_call = {day for person, day in problem.reachable if person in managers}
    return [day for day in problem.days if day in problem.open_min and day not in on_call]


def covers(span: Span, stretch: Span) -> bool:
    """Tell whether a span holds the whole stretch."""
    return span[0] <= stretch[0] and stretch[1] <= span[1]


def grade_steps(problem: RosterProblem, person: Person, seat: Seat) -> int | None:
    """Return how many grades a person stands above a seat; None where the person may not fill it.

    Temporary staff fill the extra seats, residents the others; people on call fill none. A duty of the menu
    (grade "") is open to both.
    """
    is_extra = person.id in problem.extra_people
    if not (is_extra or person.is_resident):
        return None
    if seat.grade and seat.is_extra != is_extra:
        return None
    if seat.grade in {"", person.grade}:
        return 0
    ranks = {grade.id: n for n, grade in enumerate(problem.grades)}
    if not {person.grade, seat.grade} <= ranks.keys():
        return None
    steps = ranks[person.grade] - ranks[seat.grade]
    return steps if steps > 0 else None


def grade_name(problem: RosterProblem, grade_id: str) -> str:
    """Return the name of a grade as people read it."""
    return next((grade.name for grade in problem.grades if grade.id == grade_id), grade_id)


def hours(minutes: int) -> str:
    """Write a length of time: 10時間15分."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}時間{rest}分" if rest else f"{whole}時間"
