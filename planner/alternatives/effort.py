"""What a setting of the levers takes over some office days: people, hours, money."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.alternatives.alternative import Effort
from planner.alternatives.levers import Lever, extra_grade
from planner.cost import CostRule, contract_cost_yen, person_hours, reference_cost_yen
from planner.desk import Desk
from planner.desk_levers import Aim


@dataclass(frozen=True, slots=True)
class Prices:
    """What extra people cost (yen a person and month), their training, who pays, what counts as small."""

    monthly_yen: int
    training_days: int
    rule: CostRule
    order: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class DayMinutes:
    """Working minutes of a day: ``more`` than in normal times, ``extra`` those of the extra people."""

    more: int
    extra: int


def prices_of(desk: Desk) -> Prices:
    """Return what a desk's extra people cost."""
    levers = desk.levers
    monthly_yen = desk.grade(extra_grade(desk)).monthly_price_yen if levers.extra_heads else 0
    return Prices(monthly_yen, levers.training_days, desk.terms.cost_rule, levers.order)


def effort(lever: Lever, days: int, minutes: DayMinutes, prices: Prices) -> Effort:
    """Return what a lever takes over so many office days; training comes on top."""
    training_days = prices.training_days if lever.heads and days else 0
    monthly_yen = prices.monthly_yen if lever.heads else 0
    reference = reference_cost_yen(lever.heads, monthly_yen, days + training_days)
    return Effort(
        extra_heads=lever.heads,
        extra_person_hours=person_hours(minutes.more, days) + person_hours(minutes.extra, training_days),
        extra_reception_hours=sum(lever.hours) * days / 60,
        reference_cost_yen=reference,
        contract_cost_yen=contract_cost_yen(prices.rule, reference),
        training_days=training_days,
    )


def size(lever: Lever, days: int, found: Effort, order: Sequence[Aim]) -> tuple[float, ...]:
    """Return how large a change is, the smaller first, by the aims in their order."""
    asked = {
        "work": found.extra_person_hours,
        "cost": float(found.reference_cost_yen),
        "hours": sum(abs(minutes) for minutes in lever.hours) * float(days),
    }
    return tuple(asked[aim] for aim in order)
