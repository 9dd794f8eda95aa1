"""解除条件 by rule: when a change may end before its last day."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Wholes
from planner.alternatives.blocks import DayFigures
from planner.alternatives.levers import Lever
from planner.alternatives.what_if import PlanFigures
from planner.desk import Target, Terms

_GROUPS = 20
"""Days of all paths in order of their inquiries, in groups of equal size: each is judged as a whole."""


@dataclass(frozen=True, slots=True)
class EndRule:
    """So many office days in a row with at most so many inquiries, and at most so many left at closing."""

    days: int
    most_inquiries: int
    most_backlog: int


@dataclass(frozen=True, slots=True)
class DayCame:
    """What came on a day; ``backlog``: inquiries left at closing, None where nothing tells."""

    inquiries: int
    backlog: int | None = None


def end_rule(figures: PlanFigures, terms: Terms) -> EndRule:
    """Return the rule of a plan: the change may end once the standing formation serves the days again.

    ``most_inquiries``: the largest day that the standing formation serves within all targets: days of all
    paths are put in order of their inquiries and judged group by group, up to the first group that misses
    one. 0 where it misses one even on the smallest days.
    """
    most = _served(figures.levers[Lever()], figures.target)
    return EndRule(terms.end_after_days, int(np.floor(most)), terms.end_backlog)


def days_kept(rule: EndRule, came: Sequence[DayCame]) -> int:
    """Return for how many days in a row, up to the last one, the rule has been kept.

    A day that does not tell its backlog counts by its inquiries alone: somebody must confirm the rest.
    """
    kept = 0
    for day in reversed(came):
        if day.inquiries > rule.most_inquiries or (day.backlog or 0) > rule.most_backlog:
            break
        kept += 1
    return kept


def _served(standing: DayFigures, target: Target) -> float:
    volume = (standing.offered + standing.due).ravel()
    order = np.argsort(volume, kind="stable")
    most = 0.0
    for group in np.array_split(order, min(_GROUPS, len(order))):
        if not _holds(standing, target, group):
            return most
        most = float(volume[group[-1]])
    return most


def _holds(standing: DayFigures, target: Target, group: Wholes) -> bool:
    """Tell whether days together keep every target."""
    promised = (
        (standing.in_time, standing.offered, target.within_share),
        (standing.answered, standing.offered, target.answer_rate),
        (standing.same_day, standing.due, target.same_day_share),
    )
    return all(
        float(part.ravel()[group].sum()) >= least * float(whole.ravel()[group].sum())
        for part, whole, least in promised
    )
