"""The level of a desk over time: a slow random walk and a weekly deviation that fades, on knots.

log level(t) = walk(t) + swing(t). The walk has a knot every two weeks and steps of constant variance; the
swing a knot every week and is a stationary first-order autoregression with a memory of ``MEMORY_DAYS``
(Durbin & Koopman 2012, "Time Series Analysis by State Space Methods", ch. 3). Between knots both are linear.
Knots are ordered by time, so that the regression's normal equations are banded in them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from forecasts.distribution import Floats

WALK_DAYS, SWING_DAYS = 14, 7
MEMORY_DAYS = 12.0
_FADE = float(np.exp(-SWING_DAYS / MEMORY_DAYS))
Sparse = sparse.csr_array
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Knots:
    """Knots over ``span`` days, counted back from the last day, so that one knot of each part lies on it.

    ``walk`` and ``swing``: the numbers of each part's knots, in order of time.
    """

    span: int
    walk: Places
    swing: Places

    @classmethod
    def over(cls, span: int) -> "Knots":
        """Lay knots over so many days."""
        counts = [max(int(np.ceil(span / every)) + 1, 2) for every in (WALK_DAYS, SWING_DAYS)]
        walk, swing = (
            span - every * np.arange(n)[::-1]
            for n, every in zip(counts, (WALK_DAYS, SWING_DAYS), strict=True)
        )
        place = np.argsort(np.argsort(np.concatenate([walk, swing]), kind="stable"), kind="stable")
        return cls(span, place[: walk.size], place[walk.size :])

    @property
    def size(self) -> int:
        """How many knots there are."""
        return self.walk.size + self.swing.size

    def basis(self, at: Floats) -> Sparse:
        """Return the weights of the knots on days ``at`` (D,), counted from the first one: (D, knots)."""
        return sparse.csr_array(
            _placed(_hats(at, self.span, WALK_DAYS, self.walk.size), self.walk, self.size)
            + _placed(_hats(at, self.span, SWING_DAYS, self.swing.size), self.swing, self.size)
        )

    def walk_precision(self) -> Sparse:
        """Return the precision of the walk's knots for steps of variance 1 (knots, knots)."""
        n = self.walk.size
        ends = np.full(n, 2.0)
        ends[[0, -1]] = 1.0
        return self._precision(ends, np.full(n - 1, -1.0), self.walk)

    def swing_precision(self) -> Sparse:
        """Return the precision of the swing's knots for a variance of 1 (knots, knots)."""
        n, left = self.swing.size, 1 - _FADE**2
        ends = np.full(n, (1 + _FADE**2) / left)
        ends[[0, -1]] = 1 / left
        return self._precision(ends, np.full(n - 1, -_FADE / left), self.swing)

    def _precision(self, middle: Floats, beside: Floats, places: Places) -> Sparse:
        n = places.size
        within = np.diag(beside, -1) + np.diag(middle) + np.diag(beside, 1)
        chosen = sparse.csr_array((np.ones(n), (places, np.arange(n))), shape=(self.size, n))
        return sparse.csr_array(chosen @ sparse.csr_array(within) @ chosen.T)


def _hats(at: Floats, span: int, every: int, count: int) -> Sparse:
    place = (at - (span - every * (count - 1))) / every
    low = np.clip(np.floor(place).astype(np.intp), 0, count - 2)
    weight = place - low
    row = np.arange(at.size)
    values, columns = np.concatenate([1 - weight, weight]), np.concatenate([low, low + 1])
    return sparse.csr_array((values, (np.concatenate([row, row]), columns)), shape=(at.size, count))


def _placed(hats: Sparse, places: Places, size: int) -> Sparse:
    wide = hats.tocoo()
    return sparse.csr_array((wide.data, (wide.row, places[wide.col])), shape=(hats.shape[0], size))


def steps_ahead(
    last: tuple[Floats, Floats], ahead: Floats, sds: tuple[float, float], rng: np.random.Generator
) -> Floats:
    """Draw how the level goes on (P, D) from the values of the last knots, walk and swing (P,) each.

    ``ahead`` (D,): days after the last knot; ``sds``: of the walk's steps and of the swing.
    """
    paths = last[0].size
    walks, swings = (int(np.ceil(ahead.max() / every)) + 1 for every in (WALK_DAYS, SWING_DAYS))
    walk = np.cumsum(rng.normal(0, sds[0], size=(paths, walks)), axis=1)
    swing = [last[1]]
    for push in rng.normal(0, sds[1] * np.sqrt(1 - _FADE**2), size=(swings, paths)):
        swing.append(_FADE * swing[-1] + push)
    at_walk, at_swing = _ahead(ahead, WALK_DAYS, walks), _ahead(ahead, SWING_DAYS, swings)
    out: Floats = last[0][:, None] + (at_walk[:, 1:] @ walk.T).T + (at_swing @ np.stack(swing)).T
    return out


def _ahead(ahead: Floats, every: int, count: int) -> Sparse:
    return _hats(ahead, every * count, every, count + 1)


def variance_ahead(ahead: Floats, sds: tuple[float, float]) -> Floats:
    """Return the variance (D,) that later steps of the level add.

    Exact on knots; between them the straight lines of ``steps_ahead`` vary a little less.
    """
    out: Floats = sds[0] ** 2 * ahead / WALK_DAYS + sds[1] ** 2 * (1 - np.exp(-2 * ahead / MEMORY_DAYS))
    return out


def faded(ahead: Floats) -> Floats:
    """Return what is left of the last swing (D,) so many days after it; all of it on days before it."""
    out: Floats = np.exp(-np.maximum(ahead, 0.0) / MEMORY_DAYS)
    return out
