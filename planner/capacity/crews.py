"""Which residents a year may have, and the pattern of a day with so many temporary people beside them."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import ceil

from forecasts.distribution import Floats
from forecasts.slots import Period
from planner.alternatives.levers import extra_grade
from planner.alternatives.question import pattern_question
from planner.alternatives.solver import designed
from planner.desk import Desk, Person
from planner.formation import FormationChange, Pattern, standing_formation

MOST_MORE = 2
"""Residents that may be added to the present ones; at most one leaves."""
_SOLVERS = 2  # side by side, as in ``alternatives.compare``


@dataclass(frozen=True, slots=True)
class Residents:
    """Residents by grade. ``fewer``: the grade of the one who is not there any more, "" = nobody left.

    ``more``: how many were added, of the grade ``levers.extra_grade``.
    """

    heads: tuple[tuple[str, int], ...]
    fewer: str = ""
    more: int = 0

    @property
    def total(self) -> int:
        """People."""
        return sum(n for _, n in self.heads)

    @property
    def change(self) -> int:
        """How many more than at present."""
        return self.more - bool(self.fewer)

    def monthly_yen(self, desk: Desk) -> int:
        """Return their price a month, as the contract has it."""
        return sum(n * desk.grade(grade).monthly_price_yen for grade, n in self.heads)


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of a day: of the residents one grade is ``fewer`` by one, and ``added`` people are there.

    An added person is at reception all of the duty, resident or temporary alike: operations work stays with
    those who do it, so both serve the same.
    """

    fewer: str
    added: int


def choices(desk: Desk) -> tuple[Residents, ...]:
    """Return the residents that may be chosen: one fewer of each grade that can spare one, present, more.

    Who may manage (管理責任者 or deputy) stays. Of the grades that sit at the desk, those who are added have
    the one of temporary people (``extra_grade``): people added serve alike, so a dearer grade never pays.
    """
    present = standing_formation(desk).heads
    fewer = [
        Residents(tuple((g, n - (g == grade)) for g, n in present if n - (g == grade)), grade)
        for grade, _ in present
        if _who_leaves(desk, grade) is not None and len(desk.residents) > max(desk.minimum_heads, 1)
    ]
    return (*fewer, *(_with_more(desk, present, n) for n in range(MOST_MORE + 1)))


def _with_more(desk: Desk, present: Sequence[tuple[str, int]], more: int) -> Residents:
    heads = dict(present)
    if more:
        heads[extra_grade(desk)] = heads.get(extra_grade(desk), 0) + more
    return Residents(tuple(heads.items()), more=more)


def _who_leaves(desk: Desk, grade: str) -> Person | None:
    """Return who of a grade can be spared: none who may manage; the last in the file of the fullest shift."""
    sparable = [p for p in desk.residents if p.grade == grade and not p.may_manage]
    in_shift = Counter(p.standing_shift for p in desk.residents)
    return max(sparable, key=lambda p: (in_shift[p.standing_shift], desk.people.index(p)), default=None)


def without(desk: Desk, grade: str) -> Desk:
    """Return the desk with one resident of a grade fewer; the others share that one's operations work evenly.

    Raises ValueError where nobody of the grade can be spared.
    """
    leaver = _who_leaves(desk, grade)
    if leaver is None:
        message = f"nobody of grade {grade!r} can be spared: those who may manage stay"
        raise ValueError(message)
    people = tuple(p for p in desk.people if p != leaver)
    staying = sum(p.is_resident for p in people)
    each = ceil(desk.grade(grade).operations_min / staying) if staying else 0
    grades = tuple(replace(g, operations_min=g.operations_min + each) for g in desk.grades)
    return replace(desk, people=people, grades=grades)


def crews(desk: Desk) -> tuple[Crew, ...]:
    """Return every crew that a plan may ask for: each choice of residents with all temporary people."""
    most = desk.levers.extra_heads
    fewer = [r.fewer for r in choices(desk) if r.fewer]
    present = tuple(Crew("", n) for n in range(MOST_MORE + most + 1))
    return (*present, *(Crew(grade, n) for grade in fewer for n in range(most + 1)))


def patterns(
    desk: Desk, wanted: Sequence[Crew], period: Period, late: Floats, seed: int, done: Callable[[float], None]
) -> dict[Crew, Pattern]:
    """Design the day of every crew. ``late`` (S, heads + 1): ``staffing.late_table`` of a mean day.

    A crew whose operations work does not fit into its duties any more is left out: it cannot be had.
    """
    found: dict[Crew, Pattern] = {}

    def one(crew: Crew) -> None:
        try:
            found[crew] = _pattern(desk, crew, period, late, seed)
        except ValueError:  # ``duties.shapes``: operations work does not fit
            if not crew.fewer:
                raise

    with ThreadPoolExecutor(_SOLVERS) as pool:
        for number, _ in enumerate(pool.map(one, wanted), 1):
            done(number / len(wanted))
    return {crew: found[crew] for crew in wanted if crew in found}


def _pattern(desk: Desk, crew: Crew, period: Period, late: Floats, seed: int) -> Pattern:
    base = without(desk, crew.fewer) if crew.fewer else desk
    change = FormationChange(
        period, extra_heads=crew.added, extra_grade=extra_grade(desk) if crew.added else ""
    )
    return designed(pattern_question(base, change, late, seed))[0]
