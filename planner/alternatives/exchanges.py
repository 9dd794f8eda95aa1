"""Neighbours of a plan: up to two duties go, up to two come; the promising ones by the plan's table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.alternatives.cover import Frame

MOST_EXCHANGED = 2
_SLACK = 1e-3  # of equal violation, the fewer late calls in all


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A plan and its table (N, K, most_heads + 1): late calls by span if only slot t had k people."""

    counts: tuple[int, ...]
    heads: Wholes
    late: Floats
    table: Floats


class Exchanges:
    """The exchanges of a frame's duties; what may come is laid out once."""

    def __init__(self, frame: Frame) -> None:
        """Lay out everything that may come: ``_come`` (C, types), its presence (C, K) and minutes (C,)."""
        self._frame = frame
        types = range(len(frame.duties))
        self._presence = np.array([frame.presence(duty.stretches) for duty in frame.duties])
        self._work = np.array([duty.work_min for duty in frame.duties])
        some = [of for n in range(MOST_EXCHANGED + 1) for of in combinations_with_replacement(types, n)]
        self._come = np.array([np.bincount(of, minlength=len(types)) for of in map(list, some)], np.int64)
        self._brought = self._come @ self._presence
        self._brought_min = self._come @ self._work

    def promising(
        self, known: Known, most_late: Floats, minutes: tuple[int, int], limit: int
    ) -> list[tuple[int, ...]]:
        """Return up to ``limit`` neighbours with so many minutes (least, most).

        Those of the least predicted violation, these first: by single-slot changes of the table, added up,
        which is right for small exchanges.
        """
        found: list[tuple[float, tuple[int, ...]]] = []
        for gone in self._gone(known.counts):
            counts = np.array(known.counts) - gone
            total = counts @ self._work + self._brought_min
            heads = known.heads - gone @ self._presence + self._brought
            fits = (minutes[0] <= total) & (total <= minutes[1])
            fits &= (heads >= self._frame.least_heads).all(axis=1)
            fits &= (heads <= self._frame.most_heads).all(axis=1)
            fits &= ~((self._come > 0) & (gone > 0)).any(axis=1)
            at = np.flatnonzero(fits)
            if not at.size:
                continue
            predicted = self._predicted(known, heads[at])
            score = np.maximum(predicted - most_late, 0.0).sum(axis=1) + _SLACK * predicted.sum(axis=1)
            best = np.argsort(score, kind="stable")[:limit]
            found += [(float(score[n]), tuple((counts + self._come[at[n]]).tolist())) for n in best]
        return [counts for _, counts in sorted(found)[:limit]]

    def _gone(self, counts: Sequence[int]) -> Iterator[Wholes]:
        used = [n for n, count in enumerate(counts) if count]
        for size in range(MOST_EXCHANGED + 1):
            for of in combinations_with_replacement(used, size):
                gone = np.bincount(list(of), minlength=len(counts)).astype(np.int64)
                if (gone <= np.array(counts)).all():
                    yield gone

    @staticmethod
    def _predicted(known: Known, heads: Wholes) -> Floats:
        """Return late calls by neighbour and span (C, N)."""
        slots = np.arange(heads.shape[1])
        steps = known.table - known.table[:, slots, known.heads][:, :, None]
        return np.asarray(known.late + steps[:, slots, heads].sum(axis=2).T)
