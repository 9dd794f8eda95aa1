"""Of each kind of change the smallest that holds the target, out of every lever on every block of days.

All are looked at: a desk has some twenty levers, a quarter some two thousand blocks, and each pair costs a
few sums. So what is chosen is what counting out gives.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from planner.alternatives.blocks import Block, DayFigures, block_risks
from planner.alternatives.feasible import Conditions
from planner.alternatives.levers import KEYS, Lever
from planner.desk import Target

_SHORT_STEP = 0.001
"""Distances to the targets that count as equal."""

ANYTHING = Conditions()
Size = Callable[[Lever, int], tuple[float, ...]]
"""How large a change is that lasts so many office days; the smaller first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lever on a block of days, and how it does; ``is_met``: surely at most the risk accepted."""

    lever: Lever
    block: Block
    risk: float
    short: float
    is_met: bool


def chosen(
    figures: Mapping[Lever, DayFigures],
    some: Sequence[Block],
    months: Sequence[Sequence[int]],
    target: Target,
    size: Size,
    conditions: Conditions = ANYTHING,
) -> dict[str, Candidate]:
    """Return the best candidate of each kind (``KEYS``), 現状維持 first; a kind never allowed is absent.

    The smallest one that meets the accepted risk; where none does, the least risk, then the least distance to
    the targets, then the smallest. Of equal ones the earliest. Met is a risk that lies below the accepted one
    by its standard error, since the best of many is partly lucky, of a change that ``holds`` what else is
    promised.
    """
    best: dict[str, tuple[tuple[float, ...], Candidate]] = {}
    standing = figures[Lever()]
    for lever, own in figures.items():
        of = (
            some[-1:]
            if lever.key == "status_quo"
            else [block for block in some if conditions.allows(lever, block)]
        )
        if not of:
            continue
        found = block_risks(standing, own, of, months, target)
        kept = np.array([conditions.holds(lever, block) for block in of])
        met = np.array([is_surely_met(r, len(own.offered), target.max_risk) for r in found.risk]) & kept
        for block, risk, short, is_met in zip(of, found.risk, found.short, met, strict=True):
            one = Candidate(lever, block, float(risk), float(short), bool(is_met))
            rank = _rank(one, size)
            if lever.key not in best or rank < best[lever.key][0]:
                best[lever.key] = rank, one
    return {key: best[key][1] for key in KEYS if key in best}


def is_surely_met(risk: float, paths: int, max_risk: float) -> bool:
    """Tell whether a risk seen on so many paths lies below the accepted one by its standard error."""
    return risk + sqrt(risk * (1.0 - risk) / paths) <= max_risk


def _rank(one: Candidate, size: Size) -> tuple[float, ...]:
    own = (*size(one.lever, one.block.days), float(one.block.first))
    if one.is_met:
        return (0.0, *own)
    return (1.0, one.risk, round(one.short / _SHORT_STEP), *own)
