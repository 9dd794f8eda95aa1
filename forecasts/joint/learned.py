"""What the joint model has learned, and what it says of the log rate of any coming day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecasts.distribution import Floats
from forecasts.joint.levels import faded, steps_ahead, variance_ahead
from forecasts.joint.penalised import Estimate
from forecasts.joint.table import PRIORS, Elsewhere, Pooled, View
from forecasts.regressors import Column

LEVELS = 2  # walk and swing stand before the columns in an estimate


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Coming days as weights: ``known`` (D, 2 + C) on what was learned.

    ``new`` (D, N): on columns ``unseen`` (N,) that the past did not have, with their prior ``means`` and
    ``sds`` (N,); ``ahead`` (D,) days after the last one learned from.
    """

    known: Floats
    new: Floats
    unseen: tuple[Column, ...]
    means: Floats
    sds: Floats
    ahead: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """``columns`` (C,) that the past had; ``sds``: of each block; ``days``: those learned from.

    ``pooled``: what other desks say of columns; it is all that is known of those that this past did not have.
    """

    view: View
    columns: tuple[Column, ...]
    sds: Mapping[str, float]
    estimate: Estimate
    offset: float
    days: tuple[date, ...]
    pooled: Pooled

    def rows(self, days: Sequence[date]) -> Rows:
        """Return the weights of coming days."""
        table, ahead = self.view.table(days), self.view.ahead(days)
        place = {c: n for n, c in enumerate(self.columns)}
        known = np.zeros((len(days), LEVELS + len(self.columns)))
        known[:, 0], known[:, 1] = 1.0, faded(ahead)
        new = []
        for n, column in enumerate(table.columns):
            if column in place:
                known[:, LEVELS + place[column]] = table.values[:, n]
            elif table.values[:, n].any():
                new.append(n)
        unseen = tuple(table.columns[n] for n in new)
        priors = [self._prior(c) for c in unseen]
        means, sds = (np.array([getattr(p, name) for p in priors]) for name in ("mean", "sd"))
        return Rows(known, table.values[:, new], unseen, means, sds, ahead)

    def _prior(self, column: Column) -> Elsewhere:
        sd = self.sds.get(column.block, PRIORS[column.block][0])
        return self.pooled.get(column, Elsewhere(0.0, sd))

    def variance(self, rows: Rows) -> Floats:
        """Return the variance of the log rate of each day (D,), before the noise of the day."""
        later = variance_ahead(rows.ahead, self.estimate.level_sds)
        out: Floats = self.estimate.variance(rows.known) + later + np.square(rows.new) @ np.square(rows.sds)
        return out

    def log_rates(self, rows: Rows, paths: int, rng: np.random.Generator) -> Floats:
        """Draw joint log rates (P, D), before the noise of each day."""
        estimate = self.estimate
        size = estimate.mean.size
        root = np.linalg.cholesky(estimate.covariance + 1e-12 * np.eye(size))
        drawn = estimate.mean + rng.standard_normal((paths, size)) @ root.T
        level = steps_ahead((drawn[:, 0], drawn[:, 1]), rows.ahead, estimate.level_sds, rng)
        unseen = rows.means + rng.standard_normal((paths, rows.sds.size)) * rows.sds
        out: Floats = self.offset + level + drawn[:, LEVELS:] @ rows.known[:, LEVELS:].T + unseen @ rows.new.T
        return out

    def at(self, *blocks: str) -> NDArray[np.intp]:
        """Return where the columns of some blocks stand in an estimate."""
        return np.array([LEVELS + n for n, c in enumerate(self.columns) if c.block in blocks], dtype=np.intp)

    def of(self, family: str) -> NDArray[np.intp]:
        """Return where the columns of a family of events, or of a kind of closure, stand in an estimate."""
        return np.array([LEVELS + n for n, c in enumerate(self.columns) if c.of == family], dtype=np.intp)
