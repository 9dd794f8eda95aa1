"""What people asked for: a day off, a day on, an early or a late duty.

Early: a duty that starts no later than any the person may fill on that day; late: one that ends no earlier.
Who asked for one of them and has no duty did not get it.
"""

from collections.abc import Iterator

from planner.desk import Person
from planner.formation import Seat
from planner.rosters.roster import Duty, Roster, RosterProblem, Violation, Wish
from planner.rosters.rule import InForce, Rule, Variables, grade_steps, seats_by_day, sum_of

UNMET = InForce(0, "件", "事業者の運用（本人の希望を重みに応じて尊重する）")
COST = 10
WORDS = {"off": "休み", "on": "勤務", "early": "早い勤務", "late": "遅い勤務"}


def _fitting(problem: RosterProblem, person: Person, wish: Wish) -> list[Seat]:
    """Return the duties of the day that grant a wish for a duty."""
    seats = seats_by_day(problem).get(wish.day, ())
    own = [seat for seat in seats if grade_steps(problem, person, seat) is not None]
    if wish.wants == "early":
        return [seat for seat in seats if own and seat.start_min <= min(s.start_min for s in own)]
    if wish.wants == "late":
        return [seat for seat in seats if own and seat.end_min >= max(s.end_min for s in own)]
    return list(seats)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge a duty on a day off that was asked for; else that none of the duties asked for is there."""
    seats = seats_by_day(problem)
    people = {person.id: person for person in problem.people}
    for wish in problem.wishes:
        if wish.person in people and wish.day in problem.days:
            fitting = _fitting(problem, people[wish.person], wish)

            def is_fitting(seat: Seat, fitting: list[Seat] = fitting) -> bool:
                return seat in fitting

            terms = sum_of(variables, seats, wish.person, [wish.day], is_fitting)
            if wish.wants == "off":
                variables.penalise(terms, above=UNMET.figure, cost=wish.weight * COST)
            else:
                missing = [(-1, x) for _, x in terms]
                variables.penalise(missing, above=UNMET.figure - 1, cost=wish.weight * COST)


def _is_granted(problem: RosterProblem, person: Person, wish: Wish, duties: list[Duty]) -> bool:
    if wish.wants in {"off", "on"}:
        return bool(duties) == (wish.wants == "on")
    offered = (*problem.seats.get(wish.day, ()), *problem.menu.get(wish.day, ()))
    own = [seat for seat in offered if grade_steps(problem, person, seat) is not None]
    if wish.wants == "early":
        return any(own and all(duty.seat.start_min <= seat.start_min for seat in own) for duty in duties)
    return any(own and all(duty.seat.end_min >= seat.end_min for seat in own) for duty in duties)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every wish that was not granted."""
    people = {person.id: person for person in problem.people}
    for wish in problem.wishes:
        duties = [duty for duty in roster.of(wish.person) if duty.day == wish.day]
        person = people.get(wish.person)
        if person and wish.day in problem.days and not _is_granted(problem, person, wish, duties):
            found = "希望と異なる勤務" if duties else "休み"
            cost = wish.weight * COST
            yield Violation(RULE.code, wish.day, wish.person, found, f"希望は{WORDS[wish.wants]}", cost)


RULE = Rule(
    code="wishes",
    name_ja="本人の希望",
    remedy_ja="同じ等級の要員と勤務を入れ替えるか、本人と相談する。",
    source=(UNMET,),
    is_hard=False,
    stage="fairness",
    apply=apply,
    check=check,
    keeps=(
        "wish A 0 off 3\nwish A 1 on\nwish B 9 off\nA . 9-18\nB 9-18 .",
        "wish A 0 early 2\nwish B 0 late 10\nA 9-18\nB 10-19\n+C 8-20+",
        "menu 9-18 10-19\nwish A 0 early\nwish B 0 late 2\nA 9-18*\nB 10-19*",
    ),
    breaks=(
        "wish A 0 off 3\nwish A 1 on\nwish B 1 off 2\nA 9-18 .\nB 9-18 9-18",
        "wish A 0 early 2\nwish B 0 late\nA 9-18\nB 8:59-17:59",
        "menu 9-18 10-19\nwish A 0 early\nwish B 0 late 2\nwish C 0 late\nA 10-19*\nB 9-18*\nC .",
    ),
)
