"""A day's plan as the chain reads it: segments of constant heads; who leaves, joins, returns between them."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.shop import Shop, joined


@dataclass(frozen=True, slots=True, order=True)
class Return:
    """People who leave reception at the start of segment ``left_at`` and come back at that of ``back_at``."""

    left_at: int
    back_at: int
    people: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Reception from opening to closing in K segments, between whole minutes of the day ``bounds_min`` (K+1).

    ``heads`` (K): people at reception. ``leaves``, ``joins`` (K): people who go and come at the start of a
    segment; those who are there at the opening are no joiners. ``returns``: which of them are the same.
    """

    bounds_min: tuple[int, ...]
    heads: tuple[int, ...]
    leaves: tuple[int, ...]
    joins: tuple[int, ...]
    returns: tuple[Return, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError where the parts do not fit, naming the segment and the value."""
        segments = len(self.bounds_min) - 1
        if not len(self.heads) == len(self.leaves) == len(self.joins) == segments > 0:
            message = (
                f"{segments} segments, but {len(self.heads)} heads, {len(self.leaves)} leaves and "
                f"{len(self.joins)} joins: one each a segment"
            )
            raise ValueError(message)
        if self.leaves[0] or self.joins[0]:
            message = f"segment 0: {self.leaves[0]} leave, {self.joins[0]} join: at the opening nobody does"
            raise ValueError(message)
        self._check_returns()
        before = self.heads[0]
        for k, (start, end) in enumerate(pairwise(self.bounds_min)):
            heads, leaves, joins = self.heads[k], self.leaves[k], self.joins[k]
            if end <= start or min(heads, leaves, joins) < 0 or leaves > before:
                message = f"segment {k} ({start}-{end} min): {heads} heads, {leaves} leave, {joins} join"
                raise ValueError(message)
            if k and heads != before - leaves + joins:
                message = f"segment {k}: {before} - {leaves} + {joins} people are not {heads}"
                raise ValueError(message)
            before = heads

    def _check_returns(self) -> None:
        for r in self.returns:
            if not 0 < r.left_at < r.back_at < len(self.heads) or r.people < 1:
                message = f"returns: {r} does not fit a day of {len(self.heads)} segments"
                raise ValueError(message)

    @property
    def lengths_min(self) -> Floats:
        """Lengths of the segments (K,)."""
        return np.diff(np.array(self.bounds_min, dtype=np.float64))

    def slots(self, slot_min: int) -> tuple[int, ...]:
        """Return the slot of the day in which each segment lies (K), for the grid it was cut by."""
        return tuple(start // slot_min for start in self.bounds_min[:-1])


def timeline(shop: Shop, slot_min: int) -> Timeline:
    """Cut a shop's day at the slots and wherever somebody comes or goes.

    Who is there to the closing stays until the line is empty, so nobody leaves at the closing.
    """
    opens, closes = shop.opens_min, shop.closes_min
    people = [
        [(max(start, opens), end) for start, end in joined(person) if start < closes and end > opens]
        for person in shop.stretches
    ]
    moments = {m for person in people for stretch in person for m in stretch if opens < m < closes}
    grid = range((opens // slot_min + 1) * slot_min, closes, slot_min)
    bounds = tuple(sorted({opens, closes, *grid, *moments}))
    at = {minute: k for k, minute in enumerate(bounds)}
    starts = Counter(at[start] for person in people for start, _ in person)
    ends = Counter(at[end] for person in people for _, end in person if end < closes)
    back = Counter((at[a[1]], at[b[0]]) for person in people for a, b in pairwise(person))
    segments = range(len(bounds) - 1)
    heads, present = [], 0
    for k in segments:
        present += starts[k] - ends[k]
        heads.append(present)
    return Timeline(
        bounds,
        tuple(heads),
        tuple(ends[k] for k in segments),
        tuple(starts[k] if k else 0 for k in segments),
        tuple(sorted(Return(left, returned, n) for (left, returned), n in back.items())),
    )
