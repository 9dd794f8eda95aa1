"""Change as few cells as possible of a roster that was made known: people have planned by it.

A cell is one person on one day. It is changed where the published hours are not worked, or where somebody who
had no duty has one; which of equal seats does not matter. Days after the last published duty, and before the
first, were not made known. A cell weighs more than all else that one can gain in this stage by changing it
(at most two days of minutes), so that no cell is changed for a better start.
"""

from collections.abc import Iterator, Mapping

from planner.formation import Seat
from planner.rosters.made_known import Cell, Hours, changed, hours_of
from planner.rosters.roster import Roster, RosterProblem, Violation
from planner.rosters.rule import InForce, Rule, Variables, seats_by_day, sum_of

CHANGED = InForce(0, "欄", "事業者の運用（知らせた勤務表の変更を少なくする）")
COST = 10_000


def _known(problem: RosterProblem) -> Mapping[Cell, Seat | None]:
    """Return the cells that were made known, with what they held."""
    published = {(duty.person, duty.day): duty.seat for duty in problem.published}
    told = sorted(duty.day for duty in problem.published)
    return {
        (person.id, day): published.get((person.id, day))
        for person in problem.people
        for day in problem.days
        if told and told[0] <= day <= told[-1]
    }


def apply(problem: RosterProblem, variables: Variables) -> None:
    """Charge every cell that does not hold what was made known."""
    seats = seats_by_day(problem)
    for (person, day), known in _known(problem).items():
        if known is None:
            terms, kept = sum_of(variables, seats, person, [day], lambda _: 1), CHANGED.figure
        else:
            hours = hours_of(known)

            def is_other(seat: Seat, hours: Hours = hours) -> int:
                return -(hours_of(seat) == hours)

            terms, kept = sum_of(variables, seats, person, [day], is_other), CHANGED.figure - 1
        variables.penalise(terms, above=kept, cost=COST)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield every cell that holds something else."""
    for (person, day), found, told in changed(_known(problem), roster):
        yield Violation(RULE.code, day, person, found, told, COST)


RULE = Rule(
    code="kept_cells",
    name_ja="知らせた勤務表からの変更",
    remedy_ja="対応は必須でない。変更を本人に早めに伝え、必要に応じて協議する。",
    source=(CHANGED,),
    is_hard=False,
    stage="change",
    apply=apply,
    check=check,
    keeps=(
        "published A 9-18 . 9-18\nA 9-18 . 9-18",
        "published A . 9-18@junior\nA . 9-18@standard .\nB 9-17 . .\npublished B 9-17",
        "published A 9-18(12-13)\nA 9-18(13-14) .",
        "published A 9-18\nA 9-18 10-19 .",  # nothing was made known after the first day
        "published A . 9-18\nA 10-19 9-18 .",  # nor before the second
        "published A 9-18\npublished Z . 9-18\nA 9-18 .\nB 10-19 .\npublished B 10-19",
        "menu 9-18 10-19\npublished A 9-18* . 10-19*\nA 9-18* . 10-19*",
        "A 9-18 9-18",
    ),
    breaks=(
        "published A 9-18 . 9-18\nA 9-18 . 10-19",
        "published A 9-18 9-18\nA . 9-18\nB 9-18 .",
        "published A 9-18 . 9-18\nA 9-18 10-19 9-18\nB . . .",
        "published A 9-18\nA 9-19 .",
        "published A 9-18\nA 8-18 .",
        "published A 9-18(12-13)\nA 9-18(12-12:59) .",
        "published A 9-18\nA L .\nB 9-18 .",
        "menu 9-18 10-19\npublished A 9-18* . 10-19*\nA 10-19* 9-18* .",
    ),
)
