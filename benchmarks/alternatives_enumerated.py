"""Small desks counted out: patterns of every lever, levers on every block of days, and what must be monotone.

``patterns_enumerated``: day patterns designed (every lever of every desk); ``pattern_differences``: of them
those where some placing of starts, breaks and operations work has fewer missing heads, then fewer late calls,
then a smaller change. ``choices_enumerated``: desks on which every lever is tried on every block of days, the
risk of each summed day by day; ``choice_differences``: kinds of change whose choice is another one.
``monotone_violations``: of ``monotone_checks``, where more accepted risk costs more, or a lever less is
better.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.enumerated_patterns import drawn_desk, drawn_questions, is_apart
from benchmarks.forecast_sim import mapped
from planner.alternatives.blocks import Block, DayFigures, blocks
from planner.alternatives.choose import Candidate, chosen, is_surely_met
from planner.alternatives.levers import Lever, levers_of
from planner.desk import Target

_DESKS, _DAYS, _PATHS = 200, 9, 40
_MONTHS = (tuple(range(4)), tuple(range(4, _DAYS)))
_SHORTEST = 2
_RISKS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.8)
_Figures = Mapping[Lever, DayFigures]


def figures(run: Run) -> Mapping[str, float]:
    """Count out all desks, two at a time."""
    desks, processes = run.of((_DESKS, 2), (2, 1))
    found = mapped(counted, list(range(desks)), processes)
    return {
        "patterns_enumerated": float(sum(one.patterns for one in found)),
        "pattern_differences": float(sum(one.pattern_differences for one in found)),
        "choices_enumerated": float(desks),
        "choice_differences": float(sum(one.choice_differences for one in found)),
        "monotone_checks": float(sum(one.checks for one in found)),
        "monotone_violations": float(sum(one.violations for one in found)),
    }


@dataclass(frozen=True, slots=True)
class Counted:
    """What counting out one desk found."""

    patterns: int
    pattern_differences: int
    choice_differences: int
    checks: int
    violations: int


def counted(seed: int) -> Counted:
    """Count out one desk."""
    rng = Random(seed)  # noqa: S311  # drawn, not secret
    desk = drawn_desk(rng)
    patterns = [is_apart(question) for question in drawn_questions(desk, rng)]
    deliver = drawn_figures(levers_of(desk), seed)
    checks = list(monotone(deliver))
    return Counted(
        len(patterns), sum(patterns), choices_apart(deliver, rng.choice(_RISKS)), len(checks),
        sum(not is_kept for is_kept in checks),
    )  # fmt: skip


# --- levers on blocks of days ---


def drawn_figures(levers: Sequence[Lever], seed: int) -> dict[Lever, DayFigures]:
    """Draw what every lever delivers by path and day: more people more, other hours more or less."""
    rng = np.random.default_rng(seed)
    shape = _PATHS, _DAYS
    offered, due = rng.uniform(20, 60, shape), rng.uniform(5, 30, shape)
    base = rng.normal(rng.uniform(0.68, 0.82), 0.05, (_PATHS, 1)) + rng.normal(0, 0.05, shape)
    out = {}
    for lever in levers:
        own = base + 0.06 * lever.heads + (rng.uniform(-0.03, 0.06) if any(lever.hours) else 0.0)
        shares = [np.clip(own + better, 0, 1) for better in (0.0, 0.1, 0.15)]
        out[lever] = DayFigures(offered, shares[0] * offered, shares[1] * offered, due, shares[2] * due)
    return out


def size(lever: Lever, days: int) -> tuple[float, ...]:
    """Return how large a change is: people, then minutes of reception hours."""
    return float(lever.heads * days), float(sum(map(abs, lever.hours)) * days)


def choices_apart(deliver: _Figures, max_risk: float) -> int:
    """Return of how many kinds of change the choice is not the best of all levers and blocks."""
    target = Target(max_risk=max_risk)
    best: dict[str, tuple[float, ...]] = {}
    for lever in deliver:
        for block in every_block(lever):
            risk, short = missed(deliver, lever, block, target)
            own = rank(lever, block, (risk, short), target)
            best[lever.key] = min(best.get(lever.key, own), own)
    found = chosen_of(deliver, max_risk)
    kept = {key: rank(one.lever, one.block, (one.risk, one.short), target) for key, one in found.items()}
    return sum(key not in kept or not np.allclose(kept[key], own) for key, own in best.items())


def every_block(lever: Lever) -> list[Block]:
    """Return the blocks of days of a lever; 現状維持 has the whole period."""
    return [*([] if lever == Lever() else blocks(_DAYS, _SHORTEST)), Block(0, _DAYS)]


def missed(deliver: _Figures, lever: Lever, block: Block, target: Target) -> tuple[float, float]:
    """Return risk and mean distance to the targets in the worse month, path by path and day by day."""
    promised = (
        ("in_time", "offered", target.within_share),
        ("answered", "offered", target.answer_rate),
        ("same_day", "due", target.same_day_share),
    )
    worst_risk = worst_short = 0.0
    for month in _MONTHS:
        of = [deliver[lever if block.first <= day < block.end else Lever()] for day in month]
        gaps = []
        for path in range(_PATHS):
            shares = [
                sum(getattr(f, part)[path, day] for f, day in zip(of, month, strict=True))
                / sum(getattr(f, whole)[path, day] for f, day in zip(of, month, strict=True))
                for part, whole, _ in promised
            ]
            gaps.append(
                max(0.0, *(least - share for share, (_, _, least) in zip(shares, promised, strict=True)))
            )
        worst_risk = max(worst_risk, sum(gap > 0 for gap in gaps) / _PATHS)
        worst_short = max(worst_short, sum(gaps) / _PATHS)
    return worst_risk, worst_short


def rank(lever: Lever, block: Block, found: tuple[float, float], target: Target) -> tuple[float, ...]:
    """Return what a change is compared by: met, else risk and distance; then size, then the first day."""
    own = (*size(lever, block.days), float(block.first))
    risk, short = found
    if is_surely_met(risk, _PATHS, target.max_risk):
        return (0.0, 0.0, 0.0, *own)
    return (1.0, risk, float(round(short / 0.001)), *own)


def chosen_of(deliver: _Figures, max_risk: float) -> dict[str, Candidate]:
    """Return what the tool chooses."""
    some = [*blocks(_DAYS, _SHORTEST), Block(0, _DAYS)]
    return chosen(deliver, some, _MONTHS, Target(max_risk=max_risk), size)


# --- what must be monotone ---


def monotone(deliver: _Figures) -> Iterator[bool]:
    """Yield for each check whether it holds."""
    costs = [cost(deliver, max_risk) for max_risk in _RISKS]
    for lower, higher in pairwise(costs):
        if lower is not None:  # what suffices at a lower risk suffices at a higher one
            yield higher is not None and higher <= lower
    for lever in deliver:
        if lever != Lever():
            rest = {other: own for other, own in deliver.items() if other != lever}
            for max_risk, with_it in zip(_RISKS, costs, strict=True):
                without = cost(rest, max_risk)
                yield without is None or (with_it is not None and with_it <= without)


def cost(deliver: _Figures, max_risk: float) -> tuple[float, ...] | None:
    """Return the size of the smallest change that is accepted; None where none is."""
    met = [size(one.lever, one.block.days) for one in chosen_of(deliver, max_risk).values() if one.is_met]
    return min(met, default=None)
