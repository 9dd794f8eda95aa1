"""What if? Another setting of the levers, other days or another risk, answered from figures that are kept.

Each lever was judged on every day of the period once; a question costs a few sums (``blocks``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from forecasts.distribution import Floats
from planner.alternatives.alternative import Effort
from planner.alternatives.blocks import Block, DayFigures, block_risks, blocks
from planner.alternatives.choose import Candidate, chosen, is_surely_met
from planner.alternatives.effort import DayMinutes, Prices, effort, size
from planner.alternatives.levers import Lever
from planner.desk import Target
from planner.staffing import measured_windows


@dataclass(frozen=True, slots=True, eq=False)
class PlanFigures:
    """What every lever delivers on every day of a plan, and what it takes; ``target`` and prices as then."""

    days: tuple[date, ...]
    levers: Mapping[Lever, DayFigures]
    minutes: Mapping[Lever, DayMinutes]
    prices: Prices
    target: Target
    shortest_days: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A change on some days: risk, whether it is surely accepted, expected shares of the period, effort."""

    lever: Lever
    first: date
    last: date
    days: int
    risk: float
    is_met: bool
    in_time: float
    answer_rate: float
    same_day: float
    effort: Effort


def answered(figures: PlanFigures, lever: Lever, first: date, last: date, max_risk: float) -> Answer:
    """Answer for a lever from ``first`` to ``last`` (included), the standing formation on all other days.

    Raises KeyError on a lever that was not looked at, ValueError where no day of the plan lies within.
    """
    inside = [n for n, day in enumerate(figures.days) if first <= day <= last]
    if not inside:
        message = f"no office day of the plan lies within {first} to {last}"
        raise ValueError(message)
    block = Block(inside[0], inside[-1] + 1)
    standing, changed = figures.levers[Lever()], figures.levers[lever]
    windows = measured_windows(figures.days)
    risk = float(block_risks(standing, changed, [block], windows, figures.target).risk[0])
    days = 0 if lever == Lever() else block.days
    return Answer(
        lever=lever,
        first=figures.days[block.first],
        last=figures.days[block.end - 1],
        days=days,
        risk=risk,
        is_met=is_surely_met(risk, len(standing.offered), max_risk),
        in_time=_share(standing, changed, block, "in_time", "offered"),
        answer_rate=_share(standing, changed, block, "answered", "offered"),
        same_day=_share(standing, changed, block, "same_day", "due"),
        effort=effort(lever, days, figures.minutes[lever], figures.prices),
    )


def smallest(figures: PlanFigures, max_risk: float) -> tuple[Answer, ...]:
    """Return of each kind of change the smallest that holds the target at a risk, 現状維持 first."""
    days = len(figures.days)
    some = [*blocks(days, figures.shortest_days), Block(0, days)]
    target = replace(figures.target, max_risk=max_risk)

    def large(lever: Lever, length: int) -> tuple[float, ...]:
        taken = effort(lever, length, figures.minutes[lever], figures.prices)
        return size(lever, length, taken, figures.prices.order)

    best = chosen(figures.levers, some, measured_windows(figures.days), target, large)
    return tuple(_of(figures, one, max_risk) for one in best.values())


def _of(figures: PlanFigures, one: Candidate, max_risk: float) -> Answer:
    days = figures.days
    return answered(figures, one.lever, days[one.block.first], days[one.block.end - 1], max_risk)


def _share(standing: DayFigures, changed: DayFigures, block: Block, part: str, whole: str) -> float:
    """Return an expected share of the whole period: the mean of its paths."""
    parts, wholes = (_total(standing, changed, block, name) for name in (part, whole))
    known = wholes > 0
    return float((parts[known] / wholes[known]).mean()) if known.any() else 1.0


def _total(standing: DayFigures, changed: DayFigures, block: Block, name: str) -> Floats:
    usual, own = getattr(standing, name), getattr(changed, name)
    inside = slice(block.first, block.end)
    total: Floats = usual.sum(axis=1) + (own[:, inside] - usual[:, inside]).sum(axis=1)
    return total
