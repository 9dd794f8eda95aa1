"""The question of a roster, from a desk and the alternative that was chosen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from planner.desk import Desk, Person
from planner.formation import Formation, Pattern, Seat
from planner.rosters.roster import Duty, RosterProblem


class Change(Protocol):
    """What a roster needs to know of an ``Alternative``: from when on who comes when."""

    @property
    def formation(self) -> Formation:
        """Reception hours while the change is in effect."""

    @property
    def pattern(self) -> Pattern:
        """The duties of a day while the change is in effect."""

    @property
    def days_changed(self) -> tuple[date, ...]:
        """Office days on which the change is in effect."""


def roster_problem(
    desk: Desk, days: Sequence[date], alternative: Change, standing: Pattern, tail: Sequence[Duty] = ()
) -> RosterProblem:
    """Return who may do what on the office days among ``days``.

    The alternative's pattern holds on its changed days, the ``standing`` pattern on the others. Temporary
    staff (応援1, 応援2 …) come for the extra seats. People who are not residents fill no seat, but those who
    may manage can be reached on every day they are not on leave. Leave does not take a seat away: a seat
    that nobody present can fill stays vacant, and the roster says so (rules ``coverage`` and ``vacancy``).
    """
    office_days = tuple(day for day in sorted(days) if desk.calendar.is_office_day(day))
    changed = set(alternative.days_changed)
    formation = alternative.formation
    usual_hours = (desk.reception.opens_min, desk.reception.closes_min)
    changed_hours = (formation.opens_min, formation.closes_min)
    seats = {day: (alternative.pattern if day in changed else standing).seats for day in office_days}
    extra = _extra_people(seats)
    return RosterProblem(
        days=office_days,
        people=desk.people + extra,
        seats=seats,
        open_min={day: changed_hours if day in changed else usual_hours for day in office_days},
        standing={
            person.id: (shift.start_min, shift.end_min)
            for person in desk.residents
            if person.standing_shift
            for shift in [desk.shift(person.standing_shift)]
        },
        reachable=frozenset(
            (person.id, day)
            for person in desk.people
            if person.may_manage and not person.is_resident
            for day in office_days
            if day not in person.leave
        ),
        labour=desk.labour,
        tail=tuple(sorted(tail)),
        extra_people=frozenset(person.id for person in extra),
        grades=tuple(sorted(desk.grades, key=lambda grade: grade.monthly_price_yen)),
    )


def _extra_people(seats: Mapping[date, tuple[Seat, ...]]) -> tuple[Person, ...]:
    """Return temporary staff: of each grade as many as the fullest day asks for."""
    most: dict[str, int] = {}
    for day_seats in seats.values():
        extra = [seat.grade for seat in day_seats if seat.is_extra]
        most |= {grade: max(most.get(grade, 0), extra.count(grade)) for grade in extra}
    grades = [grade for grade, n in sorted(most.items()) for _ in range(n)]
    return tuple(Person(f"応援{n}", f"応援{n}", grade, title="応援要員") for n, grade in enumerate(grades, 1))
