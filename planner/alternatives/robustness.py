"""What becomes of the alternatives where assumptions fail: more calls, longer ones, an event a week later.

Every scenario is judged on the same paths with the same inquiries as the forecast itself, so that a
difference is the scenario's and not luck's. Few paths are enough for that: what counts is the difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planner.alternatives.alternative import Alternative
from planner.desk import Desk
from planner.desk_levers import Level
from planner.following import followed
from planner.formation import Formation
from planner.staffing import DayPlan, in_time_share, risk, service
from planner.workload import Workload

Scenario = Literal[
    "as_forecast", "fewer", "more", "quicker", "slower", "week_later", "follow_little", "follow_much"
]
PATHS = 60
VOLUME, HANDLING = 0.2, 0.1
_LEVELS: dict[Scenario, Level] = {"follow_little": "low", "follow_much": "high"}


@dataclass(frozen=True, slots=True)
class Stress:
    """An alternative (its key) under a scenario: risk and expected in-time share of the whole period."""

    scenario: str
    key: str
    risk: float
    in_time: float


def stressed(
    alternatives: Sequence[Alternative], work: Workload, desk: Desk, later: Workload | None, seed: int
) -> tuple[Stress, ...]:
    """Return every alternative under every scenario, the forecast itself first; 現状維持 is the first one.

    ``later``: the work were the acting events a week later (None: none acts). How calls follow hours is only
    asked of alternatives that move hours. Judged on the first ``PATHS`` paths, in one realisation.
    """
    standing = alternatives[0]
    return tuple(
        _judged(one, standing, of, desk, scenario, seed)
        for scenario, of in _scenarios(work, later)
        for one in alternatives
        if scenario not in _LEVELS or _moves_hours(one)
    )


def _scenarios(work: Workload, later: Workload | None) -> Iterator[tuple[Scenario, Workload]]:
    few = _first_paths(work)
    yield "as_forecast", few
    yield "fewer", replace(few, rates=few.rates * (1.0 - VOLUME))
    yield "more", replace(few, rates=few.rates * (1.0 + VOLUME))
    yield "quicker", _handled(few, 1.0 - HANDLING)
    yield "slower", _handled(few, 1.0 + HANDLING)
    if later is not None:
        yield "week_later", _first_paths(later)
    for scenario in _LEVELS:
        yield scenario, few


def _first_paths(work: Workload) -> Workload:
    return replace(work, rates=work.rates[:PATHS])


def _handled(work: Workload, times: float) -> Workload:
    classes = tuple(replace(c, handling_min=c.handling_min * times) for c in work.classes)
    return replace(work, classes=classes)


def _moves_hours(one: Alternative) -> bool:
    return bool(one.change.opens_earlier_min or one.change.closes_later_min)


def _judged(
    one: Alternative, standing: Alternative, work: Workload, desk: Desk, scenario: Scenario, seed: int
) -> Stress:
    inside = frozenset(one.days_changed)
    level = _LEVELS.get(scenario, "mid")
    moved = _moved(work, standing.formation, one, desk, level)
    plans = [_day_plan(one if day in inside else standing) for day in work.days]
    found = service(moved, plans, desk.target, 1, seed)
    return Stress(scenario, one.key, risk(found, desk.target).any, float(in_time_share(found).mean()))


def _moved(work: Workload, standing: Formation, one: Alternative, desk: Desk, level: Level) -> Workload:
    return followed(work, standing, one.formation, desk.following, level, one.days_changed)


def _day_plan(one: Alternative) -> DayPlan:
    return DayPlan(one.formation, one.pattern)
