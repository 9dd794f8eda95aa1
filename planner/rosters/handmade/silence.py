"""What a roster made by hand says nothing of: it may be meant, or a column or a row was left out."""

from collections.abc import Iterator

from forecasts.faults import Notice
from planner.rosters.roster import Roster, RosterProblem
from planner.wording.dates import short_day


def silent(problem: RosterProblem, roster: Roster) -> Iterator[Notice]:
    """Yield the days with duties to fill that have none, and the residents without one on any day they could.

    A blank cell says "no duty", so neither is a fault. Names people: contractor's side only.
    """
    told_days, told_people = {d.day for d in roster.duties}, {d.person for d in roster.duties}
    days = [day for day in problem.days if problem.seats.get(day) and day not in told_days]
    if days:
        yield Notice("roster_silent_days", "、".join(map(short_day, days)))
    people = [
        person.name or person.id
        for person in problem.people
        if person.is_resident
        and person.id not in {*told_people, *problem.extra_people}
        and not person.leave.issuperset(problem.days)
    ]
    if people:
        yield Notice("roster_silent_people", "、".join(people))
