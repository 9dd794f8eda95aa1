"""Penalised negative-binomial regression with a level that moves: the heart of the joint model.

Counts y of days, or of spans of days, with mean mu = sum over their days of exp(offset + L level + X beta)
and variance mu + dispersion sum mu_d^2. Level and blocks of coefficients have Gaussian priors, whose sds are
set by the marginal likelihood (MacKay 1992, "Bayesian interpolation", Neural Computation 4(3); for GLMs: Wood
& Fasiolo 2017, Biometrics 73(4)), held by pseudo-observations of a guess. Iteratively reweighted least
squares; the knots of the level are eliminated first, as their equations are banded, so that ten years of days
cost little more than one.

Days far off count less (Huber 1964, "Robust estimation of a location parameter"), on a scale where counts
have unit variance (Anscombe 1948, Biometrika 35). Single surges that nothing explains are no dispersion:
they are told apart as *incidents* and come back in the forecast as often as they came, but none as more than
ten times a usual day: such a figure was mistyped, or comes once in the life of a desk.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve, cho_solve_banded, cholesky_banded

from forecasts.distribution import Floats
from forecasts.irls import pearson_dispersion
from forecasts.joint.levels import Knots, Sparse

_ROUNDS, _SORTED = 40, 12  # after which no day becomes an incident or ceases to be one
_TOLERANCE, _SD_TOLERANCE = 1e-3, 0.02
_STEP = 2.0  # largest change of a day's log rate in one iteration
_ANCHOR = 0.05  # precision of each knot of the walk: holds the level of a desk that nobody calls
_FAR = 3.0  # standard deviations
_SURGE_RATIO = 1.5  # as in forecasts.abnormal: less is no incident
_MOST_SURGE = 10.0
_NEAR = 3  # days on either side


@dataclass(frozen=True, slots=True)
class Prior:
    """Coefficients that share a prior ``sd``: a guess, held by ``held`` pseudo-observations (inf = fixed)."""

    columns: slice
    sd: float
    held: float


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What is regressed on what. D days, G observations (each the sum of one or more of the days).

    ``level`` (D, K) and ``x`` (D, C): weights of knots and columns on each day; ``sums`` (G, D) of 0 and 1;
    ``y`` (G,); ``offset`` of the log rate; ``centre`` (C,) prior means.
    """

    knots: Knots
    level: Sparse
    x: Floats
    sums: Sparse
    y: Floats
    offset: float
    centre: Floats

    @property
    def is_day(self) -> NDArray[np.bool_]:
        """Which observations are single days (G,)."""
        out: NDArray[np.bool_] = np.diff(self.sums.indptr) == 1
        return out


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Gaussian approximation of what is known (Laplace), of the coefficients and of the level's last knots.

    ``mean`` and ``covariance`` of: walk and swing at the last knot, then the coefficients. ``level_sds``: of
    the walk's steps and of the swing; ``sds``: of the blocks. ``incidents``: the factors of single surges,
    which came on ``incident_share`` of the days. ``past_rate`` (D,): the fitted rates.
    """

    mean: Floats
    covariance: Floats
    level_sds: tuple[float, float]
    sds: tuple[float, ...]
    dispersion: float
    incidents: Floats
    incident_share: float
    past_rate: Floats

    def variance(self, x: Floats) -> Floats:
        """Return the variance of each row (D,) of weights ``x`` on what ``mean`` holds."""
        out: Floats = np.einsum("dc,dc->d", x @ self.covariance, x)
        return out

    @property
    def incident_factor(self) -> float:
        """By how much incidents raise the expected rate of a day."""
        if not self.incidents.size:
            return 1.0
        return 1 + self.incident_share * (float(self.incidents.mean()) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Solution:
    """One weighted least squares: new values, and the traces that the sds are learned from."""

    level: Floats
    beta: Floats
    inverse: Floats  # (C, C) covariance of beta
    cross: Floats  # (K, C): the level's regression on beta
    banded: Floats  # (K, K) inverse of the level's own equations

    def trace(self, precision: Sparse) -> float:
        """Return tr(covariance of the level x precision)."""
        entries = precision.tocoo()
        own = float(np.sum(entries.data * self.banded[entries.row, entries.col]))
        return own + float(np.sum((self.cross @ self.inverse) * (precision @ self.cross)))


def fitted(design: Design, level: tuple[Prior, Prior], priors: Sequence[Prior]) -> Estimate:
    """Fit; ``level``: priors of the walk's steps and of the swing; every column is in one of ``priors``."""
    state = _Fit(design, level, priors)
    for number in range(_ROUNDS):
        if state.improved(may_sort=number < _SORTED):
            break
    return state.estimate()


class _Fit:
    """The fit while it runs."""

    def __init__(self, design: Design, level: tuple[Prior, Prior], priors: Sequence[Prior]) -> None:
        """Start at the guesses."""
        self.design, self.level_priors, self.priors = design, level, priors
        self.level, self.beta = np.zeros(design.knots.size), design.centre.copy()
        self.level_sds, self.sds = [p.sd for p in level], [p.sd for p in priors]
        self.precisions = (design.knots.walk_precision(), design.knots.swing_precision())
        anchor = np.zeros(design.knots.size)
        anchor[design.knots.walk] = _ANCHOR
        self.anchor = sparse.diags_array(anchor)
        self.dispersion = 0.05
        self.is_day = design.is_day
        self.is_incident = np.zeros(design.y.size, dtype=np.bool_)

    def improved(self, *, may_sort: bool) -> bool:
        """Take one step; tell whether nothing moved any more. ``may_sort``: find incidents anew."""
        design, mean = self.design, self.means()
        weight, rows = self.weights(mean)
        self.solution = self._solved(rows, weight, mean)
        step_level, step_beta = self.solution.level - self.level, self.solution.beta - self.beta
        moved = float(np.abs(design.level @ step_level + design.x @ step_beta).max())
        scale = max(1.0, moved / _STEP)
        self.level, self.beta = self.level + step_level / scale, self.beta + step_beta / scale
        before = np.array([*self.level_sds, *self.sds])
        freedom = self._learn_sds()
        self._learn_dispersion(freedom, may_sort=may_sort)
        change = np.abs(np.log(np.array([*self.level_sds, *self.sds]) / before)).max()
        return moved < _TOLERANCE and change < _SD_TOLERANCE

    def means(self) -> Floats:
        """Return the mean of each day (D,)."""
        design = self.design
        out: Floats = np.exp(design.offset + design.level @ self.level + design.x @ self.beta)
        return out

    def weights(self, mean: Floats) -> tuple[Floats, Sparse]:
        """Return the weight of each observation (G,), and the days' shares of each (G, D)."""
        total, variance = self._moments(mean)
        far = np.abs(_standardised(self.design.y, total, variance))
        huber = np.where(self.is_incident, 0.0, np.minimum(1.0, _FAR / np.maximum(far, 1e-9)))
        shares = sparse.csr_array(self.design.sums * mean / total[:, None])
        return total**2 / variance * huber, shares

    def _moments(self, mean: Floats) -> tuple[Floats, Floats]:
        total = self.design.sums @ mean
        return total, total + self.dispersion * (self.design.sums @ mean**2)

    def _solved(self, shares: Sparse, weight: Floats, mean: Floats) -> _Solution:
        design = self.design
        level = sparse.csr_array(shares @ design.level)
        x = design.x if self.is_day.all() else shares @ design.x
        weighted = x * weight[:, None]
        a = level.T @ sparse.diags_array(weight) @ level + self.anchor
        for precision, sd in zip(self.precisions, self.level_sds, strict=True):
            a = a + precision / sd**2
        b = level.T @ weighted
        penalty = np.concatenate(
            [
                np.full(p.columns.stop - p.columns.start, 1 / sd**2)
                for p, sd in zip(self.priors, self.sds, strict=True)
            ]
        )
        c = x.T @ weighted + np.diag(penalty)
        total = design.sums @ mean
        target = weight * (level @ self.level + x @ self.beta + (self._believed(total) - total) / total)
        return _eliminated(
            sparse.csr_array(a), b, c, level.T @ target, x.T @ target + penalty * design.centre
        )

    def _believed(self, total: Floats) -> Floats:
        """Return the counts (G,); of an absurd day only so much as an incident can bring."""
        most = np.where(self.is_day, _MOST_SURGE * (total + 0.5), np.inf)
        return np.minimum(self.design.y, most)

    def _learn_sds(self) -> float:
        """Set the sds anew; return the effective number of parameters."""
        freedom = 0.0
        ranks = (self.design.knots.walk.size - 1, self.design.knots.swing.size)
        for n, (prior, precision, rank) in enumerate(
            zip(self.level_priors, self.precisions, ranks, strict=True)
        ):
            learned = max(rank - self.solution.trace(precision) / self.level_sds[n] ** 2, 0.0)
            freedom += learned
            self.level_sds[n] = _sd(prior, float(self.level @ (precision @ self.level)), learned)
        off = self.beta - self.design.centre
        for n, prior in enumerate(self.priors):
            at = prior.columns
            trace = float(np.trace(self.solution.inverse[at, at])) / self.sds[n] ** 2
            learned = max(at.stop - at.start - trace, 0.0)
            freedom += learned
            self.sds[n] = _sd(prior, float(off[at] @ off[at]), learned)
        return freedom

    def _learn_dispersion(self, freedom: float, *, may_sort: bool) -> None:
        y, mean = self.design.y, self.means()
        total, variance = self._moments(mean)
        far = _standardised(y, total, variance)
        if may_sort:
            self.is_incident = _alone(self.is_day & (far > _FAR) & (y > _SURGE_RATIO * total))
        plain, squares = ~self.is_incident, self.design.sums @ mean**2
        self.dispersion = pearson_dispersion(y[plain], total[plain], plain.sum() - freedom, squares[plain])

    def estimate(self) -> Estimate:
        """Return what was learned."""
        design, found = self.design, self.solution
        last = [design.knots.walk[-1], design.knots.swing[-1]]
        cross = found.cross[last]
        both = -cross @ found.inverse
        own = found.banded[np.ix_(last, last)] + cross @ found.inverse @ cross.T
        mean = self.means()
        total = design.sums @ mean
        surges = np.minimum((design.y + 0.5) / (total + 0.5), _MOST_SURGE)[self.is_incident]
        return Estimate(
            mean=np.concatenate([self.level[last], self.beta]),
            covariance=np.block([[own, both], [both.T, found.inverse]]),
            level_sds=(self.level_sds[0], self.level_sds[1]),
            sds=tuple(self.sds),
            dispersion=self.dispersion,
            incidents=surges,
            incident_share=surges.size / (self.is_day.sum() + 10),  # as if ten days more without any
            past_rate=mean,
        )


def _eliminated(a: Sparse, b: Floats, c: Floats, of_level: Floats, of_beta: Floats) -> _Solution:
    """Solve [[a, b], [b', c]] for banded ``a``: the level first, the coefficients by what is left."""
    factor = (cholesky_banded(_banded(a)), False)
    cross = cho_solve_banded(factor, b)
    alone = cho_solve_banded(factor, of_level)
    left = cho_factor(c - b.T @ cross)
    beta = cho_solve(left, of_beta - b.T @ alone)
    return _Solution(
        level=alone - cross @ beta,
        beta=beta,
        inverse=cho_solve(left, np.eye(beta.size)),
        cross=cross,
        banded=cho_solve_banded(factor, np.eye(of_level.size)),
    )


def _banded(a: Sparse) -> Floats:
    """Return the upper band of a symmetric matrix as LAPACK wants it."""
    entries = a.tocoo()
    width = int((entries.col - entries.row).max())
    out = np.zeros((width + 1, a.shape[0]))
    is_upper = entries.col >= entries.row
    row, column = entries.row[is_upper], entries.col[is_upper]
    out[width + row - column, column] = entries.data[is_upper]
    return out


def _standardised(y: Floats, mean: Floats, variance: Floats) -> Floats:
    """Return residuals of about unit variance, also of small counts."""
    out: Floats = 2 * (np.sqrt(y + 0.375) - np.sqrt(mean + 0.375)) / np.sqrt(variance / mean)
    return out


def _alone(is_surge: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which surges (G,) are single ones; many close together are another level, to be learned."""
    near = np.convolve(is_surge.astype(float), np.ones(2 * _NEAR + 1), mode="same")
    return is_surge & (near <= _NEAR)


def _sd(prior: Prior, squares: float, learned: float) -> float:
    """Return the next sd: (squares + held guess) / (effective number of coefficients + held)."""
    if np.isinf(prior.held):
        return prior.sd
    return float(np.sqrt((squares + prior.held * prior.sd**2) / (learned + prior.held)))
