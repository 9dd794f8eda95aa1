"""A few plainly different alternatives: who reads five columns decides, who reads ten does not."""

from collections.abc import Sequence

from planner.alternatives.alternative import Alternative
from planner.alternatives.recommend import Order, smallness

MOST = 5
"""現状維持, hours alone, one more person, two more, and both (DOMAIN.md section 5)."""


def plainly_different(
    found: Sequence[Alternative], order: Order, most: int = MOST
) -> tuple[Alternative, ...]:
    """Return at most so many of the alternatives, in their order: 現状維持 and the recommended one always.

    First goes what another one dominates (at most its risk, and smaller), the largest of these; then, on
    the frontier of risk and size, whatever lies nearest in risk to the next smaller one.
    """
    kept = list(found)
    while len(kept) > most:
        kept.remove(_least_told(kept, order))
    return tuple(kept)


def _least_told(kept: Sequence[Alternative], order: Order) -> Alternative:
    """Return the alternative that tells least beside the others; neither the first nor the recommended."""
    free = [one for one in kept[1:] if not one.is_recommended]
    if dominated := [one for one in free if any(_dominates(other, one, order) for other in kept)]:
        return max(dominated, key=lambda one: smallness(one, order))
    by_size = sorted(kept, key=lambda one: smallness(one, order))
    return min(free, key=lambda one: _apart(one, by_size[: by_size.index(one)]))


def _dominates(one: Alternative, other: Alternative, order: Order) -> bool:
    is_smaller = smallness(one, order) < smallness(other, order)
    return one is not other and one.outcome.risk <= other.outcome.risk and is_smaller


def _apart(one: Alternative, smaller: Sequence[Alternative]) -> float:
    """Return how much lower its risk is than that of the next smaller one."""
    return smaller[-1].outcome.risk - one.outcome.risk if smaller else 1.0
