"""Every duty is filled by one person of a suitable grade, as far as people are present.

A seat may stay vacant only where too few suitable people are present that day (leave, work elsewhere): then
the roster carries a violation of ``vacancy``. Any other vacancy is refused, so that a formation that cannot
be worked is reported as NoRoster instead of being passed on with holes. Duties of the menu need nobody, and
any number of people may take the same one.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from planner.desk import Person
from planner.formation import Seat
from planner.rosters.roster import Duty, Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Term, Variables, grade_name, grade_steps
from planner.wording.dates import clock_span

PEOPLE = InForce(1, "人/勤務", "本ツールの前提（体制表の人数と等級を満たす）")


def fillable(problem: RosterProblem, day: date) -> int:
    """Return how many seats the people present can fill: a maximum matching by augmenting paths."""
    seats = problem.seats.get(day, ())
    holder: dict[int, Person] = {}
    possible = {
        p.id: [i for i, seat in enumerate(seats) if _is_able(problem, p, day, seat)] for p in problem.people
    }

    def seated(person: Person, tried: set[int]) -> bool:
        for i in possible[person.id]:
            if i not in tried:
                tried.add(i)
                if i not in holder or seated(holder[i], tried):
                    holder[i] = person
                    return True
        return False

    return sum(seated(person, set()) for person in problem.people)


def _is_able(problem: RosterProblem, person: Person, day: date, seat: Seat) -> bool:
    """Tell whether a person may fill a seat and is neither on leave nor at work elsewhere."""
    if day in person.leave or grade_steps(problem, person, seat) is None:
        return False
    works = [work for work in problem.elsewhere if (work.person, work.day) == (person.id, day)]
    return all(work.end_min <= seat.start_min or seat.end_min <= work.start_min for work in works)


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Suitable people only, at most one a seat; as many seats filled as can be."""
    for day in problem.days:
        seats = problem.seats.get(day, ())
        filled: list[list[Term]] = []
        for i, seat in enumerate((*seats, *problem.menu.get(day, ()))):
            fit = {p.id: grade_steps(problem, p, seat) is not None for p in problem.people}
            unfit = [(1, variables.works(person, day, i)) for person, is_fit in fit.items() if not is_fit]
            variables.keep(unfit, at_most=0)
            if i < len(seats):
                filled.append(
                    [(1, variables.works(person, day, i)) for person, is_fit in fit.items() if is_fit]
                )
                variables.keep(filled[i], at_most=PEOPLE.figure)
        _fill(variables, filled, fillable(problem, day))


def _fill(variables: Variables, filled: list[list[Term]], least: int) -> None:
    """One row for each duty that is filled at least, so that a day can be loosened duty by duty."""
    if least == len(filled):
        for terms in filled:
            variables.keep(terms, at_least=PEOPLE.figure)
        return
    each = [(1, variables.any_of([x for _, x in terms])) for terms in filled]
    for n in range(least):
        variables.keep(each, at_least=n + 1)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield duties without a seat or a suitable grade, and days with fewer duties than can be filled."""
    for day in sorted({*problem.days, *(duty.day for duty in roster.duties)}):
        duties = [duty for duty in roster.duties if duty.day == day]
        places, taken = Counter(problem.seats.get(day, ())), Counter(duty.seat for duty in duties)
        unfit = [duty for duty in duties if not _is_fit(problem, duty)]
        for duty in unfit:
            found = f"{grade_name(problem, duty.seat.grade)}の勤務"
            yield _broken(duty, found, "同じか下の等級の勤務（増員の勤務は応援要員）")
        for duty in (duty for duty in duties if duty.seat not in problem.menu.get(day, ())):
            if taken[duty.seat] > places[duty.seat]:
                told = clock_span(duty.seat.start_min, duty.seat.end_min)
                said = f"{grade_name(problem, duty.seat.grade)} {told}の勤務に{taken[duty.seat]}人"
                yield _broken(duty, said, f"体制表では{places[duty.seat]}人")
        n_filled = ((taken - Counter(duty.seat for duty in unfit)) & places).total()
        if n_filled < (least := fillable(problem, day)):
            yield Violation(RULE.code, day, "", f"{n_filled}勤務を充足", f"{least}勤務以上（出勤できる人数）")


def _is_fit(problem: RosterProblem, duty: Duty) -> bool:
    people = {person.id: person for person in problem.people}
    return duty.person in people and grade_steps(problem, people[duty.person], duty.seat) is not None


def _broken(duty: Duty, found: str, allowed: str) -> Violation:
    return Violation(RULE.code, duty.day, duty.person, found, allowed)


RULE = Rule(
    code="coverage",
    name_ja="勤務の充足",
    remedy_ja="応援要員を加えるか、休暇の時期を本人と調整するか、体制の人数を減らす。",
    source=(PEOPLE,),
    is_hard=True,
    loosening=40,
    has_fixed_limits=True,  # they say what a filled seat is
    apply=apply,
    check=check,
    keeps=(
        "A 9-18 9-18\nB@junior 10-19 10-19",
        "A 9-18 L\nB 10-19 10-19\n- . 9-18",  # B alone is present: one seat may stay vacant
        "elsewhere A 0 9-12\nelsewhere B 0 13-18\nelsewhere B 1 8-20\nA .\nB 9-13\n- 11:59-18\n- 11:59-12:59",
        "A 9-18@junior .\n+C 9-18+ .",
        "menu 9-18 10-19\nA 9-18* L\nB@junior 9-18* 10-19\n+C 10-19* .\n- . 10-19@senior\n- . 10-19@junior",
    ),
    breaks=(
        "A . 9-18\n- 9-18 .",
        "A@junior 9-18@standard .",
        "A 9-18 .\nB ?9-18 .",
        "~M 9-18 .\n- . 9-18",
        "+C 9-18 .\nA . .",
        "elsewhere A 0 9-12\nA .\n- 12-18",
        "elsewhere A 0 13-18\nelsewhere A 1 9-18\nA .\n- 9-13",
        "menu 9-18\n~M 9-18* .\nA . 9-18*",
        "menu 9-18\nA 9-18* .\nB 9-18 .\nC . .\n- 9-18 .",
        "A 9-18\nB .\n- 9-18\n- 9-18",  # two are present: two of the three
        "A L 9-18\nB L .\nC . .\n- 9-18 .\n- 9-18 .",
    ),
)
