"""The capacity plan as plain data: what is needed month by month, and what each scenario would take.

By role and number only: no person, no leave. Prices are the contract's.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from planner.capacity.decision import Limits
from planner.capacity.scenario import Scenario

Heads = tuple[tuple[str, int], ...]
"""People by grade."""


@dataclass(frozen=True, slots=True)
class MonthNeed:
    """A month as the forecast has it. ``first``, ``last``: its office days; ``inquiries`` a day, expected.

    ``needed``: people who keep the targets at the accepted risk, the same all month; one more than any that
    were judged where none of them do (``is_reached`` False), the fewest judged where fewer might do
    (``is_least``). Of the present formation: ``risk``: chance to miss a target; ``in_time``, ``answer_rate``,
    ``same_day``: expected shares (NaN without inquiries); ``short``: by how much it falls short at the
    accepted risk, of the target missed most.
    """

    first: date
    last: date
    inquiries: float
    needed: int
    is_reached: bool
    is_least: bool
    risk: float
    in_time: float
    answer_rate: float
    same_day: float
    short: float


@dataclass(frozen=True, slots=True)
class Peak:
    """Weeks on end with clearly more inquiries than usual: office days, and how many times as many."""

    first: date
    last: date
    ratio: float
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Temporary people, ``heads`` of them, from ``first`` to ``last`` (office days, ``weeks`` of them)."""

    first: date
    last: date
    weeks: int
    heads: int


@dataclass(frozen=True, slots=True)
class MonthLeft:
    """A month in which even the plan misses: chance, and by how much it falls short at the accepted risk."""

    first: date
    risk: float
    short: float


@dataclass(frozen=True, slots=True)
class CasePlan:
    """Residents for all of the horizon and temporary people by week, at least price.

    ``person_weeks`` of temporary people. ``yen``: residents and temporary
    people over the horizon, at the contract's prices. ``left``: months in which the target is missed all the
    same: then it is the best that the levers reach.
    """

    residents: Heads
    change: int
    blocks: tuple[Block, ...]
    person_weeks: int
    yen: int
    left: tuple[MonthLeft, ...]

    @property
    def total(self) -> int:
        """Residents."""
        return sum(n for _, n in self.residents)


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario: months in which ``formation`` alone (nobody temporary) misses, and what it would take."""

    scenario: Scenario
    formation: Heads
    missed: tuple[date, ...]
    worst_risk: float
    plan: CasePlan


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: as known on ``as_of``, ``months`` from ``first``, at the risk accepted by ``max_risk``.

    ``limits`` of temporary people; ``paths`` and ``seed`` of the forecast.
    """

    as_of: date
    first: date
    months: int
    max_risk: float
    limits: Limits
    paths: int
    seed: int


@dataclass(frozen=True, slots=True)
class CapacityAnswer:
    """The answer. ``present``: residents now, ``present_yen``: their price over the horizon.

    ``extra_heads``, ``extra_grade``: temporary people at most, and their grade. ``targets``: code, value.
    ``temporary`` (one a week, with the week's first office day): people placed by the plan of the first case,
    which supposes nothing. ``approximate``: why the chain that judges calls is not exact here, "" = it is.
    """

    desk_id: str
    desk_name: str
    is_sample: bool
    asked: Asked
    grades: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, float], ...]
    present: Heads
    present_yen: int
    extra_heads: int
    extra_grade: str
    months: tuple[MonthNeed, ...]
    peaks: tuple[Peak, ...]
    temporary: tuple[tuple[date, int], ...]
    cases: tuple[Case, ...]
    approximate: str
    learned_until: date
    program_version: str
    input_digests: tuple[tuple[str, str], ...]

    @property
    def present_total(self) -> int:
        """Residents now."""
        return sum(n for _, n in self.present)

    def yen_a_year(self, yen: int) -> int:
        """Return a price over the horizon as that of a year."""
        return round(yen * 12 / self.asked.months)


@dataclass(frozen=True, slots=True)
class HeadsCase:
    """A scenario's plan as the client may see it: people by number, and when."""

    scenario: Scenario
    residents: int
    blocks: tuple[Block, ...]
    is_reached: bool


@dataclass(frozen=True, slots=True)
class YearHeads:
    """The answer as 主管課 may see it: heads only. No price, no grade, no chance to miss a target.

    ``months``: first day, people needed, whether so many were reached, whether fewer might do.
    """

    desk_id: str
    desk_name: str
    is_sample: bool
    as_of: date
    first: date
    months_ahead: int
    present_total: int
    extra_heads: int
    months: tuple[tuple[date, int, bool, bool], ...]
    peaks: tuple[Peak, ...]
    temporary: tuple[tuple[date, int], ...]
    cases: tuple[HeadsCase, ...]


def heads_only(answer: CapacityAnswer) -> YearHeads:
    """Return what the client may see."""
    return YearHeads(
        desk_id=answer.desk_id,
        desk_name=answer.desk_name,
        is_sample=answer.is_sample,
        as_of=answer.asked.as_of,
        first=answer.asked.first,
        months_ahead=answer.asked.months,
        present_total=answer.present_total,
        extra_heads=answer.extra_heads,
        months=tuple((m.first, m.needed, m.is_reached, m.is_least) for m in answer.months),
        peaks=answer.peaks,
        temporary=answer.temporary,
        cases=tuple(
            HeadsCase(c.scenario, c.plan.total, c.plan.blocks, not c.plan.left) for c in answer.cases
        ),
    )


@cache
def _reader() -> TypeAdapter[CapacityAnswer]:
    return TypeAdapter(CapacityAnswer)


def answer_of_plain(plain: object) -> CapacityAnswer:
    """Read an answer back from its plain values; raises pydantic.ValidationError where it is none."""
    return _reader().validate_python(plain)
