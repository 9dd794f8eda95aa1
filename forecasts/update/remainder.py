"""What has not come yet of a day, in closed form: gamma, Poisson and Dirichlet updated together.

The day's busyness is gamma (fitted to its rate paths), its fall into channels and slots Dirichlet, counts
are Poisson. What has not come yet, M of each channel, then has a closed form (``_weights``), exact at small
counts. The uncertainty of the shares is part of it: a busy first hour may only be an early one. Where shares
are as loose as the busyness (concentration = shape), the first hours tell nothing of the others.

Sources: Weinberg, Brown & Stroud 2007, "Bayesian forecasting of an inhomogeneous Poisson process with
applications to call center data", JASA 102; Johnson, Kotz & Balakrishnan 1997, "Discrete multivariate
distributions", ch. 40 (Dirichlet: what is left of the shares is Dirichlet again, free of what is gone).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from forecasts.distribution import Floats, Forecast, Wholes

_FIRMEST = 1e7  # stands for infinity: log-gamma still tells neighbours apart
_LEAST_RATE = 1e-9
_MOST_CELLS = 6_000  # of the lattice of counts; larger days are counted in steps of several
_REACH_SD = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """The forecast of a day as conjugate priors, and what came of it.

    ``shape``, ``mean``: of the gamma of the day's busyness. ``mix`` (C,): Dirichlet of the channels.
    ``elapsed`` (C,): mean share of the slots gone; ``gone``, ``ahead`` (C,): Beta of that share.
    ``came`` (C,): inquiries in the slots gone.
    """

    shape: float
    mean: float
    mix: Floats
    elapsed: Floats
    gone: Floats
    ahead: Floats
    came: Wholes

    @classmethod
    def of(cls, one: Forecast, counts: Wholes, until_slot: int, firmness: Floats | None) -> "Prior":
        """Fit the priors to a forecast of one day and add up the counts (S, C) before ``until_slot``."""
        rate = one.day_rate[:, 0]
        total = rate.sum(axis=1)
        mean = max(float(total.mean()), _LEAST_RATE)
        shape = min(mean**2 / max(float(total.var()), _LEAST_RATE**2), _FIRMEST)
        share = one.share[0, :until_slot]
        elapsed = np.clip(share.sum(axis=0), 0.0, 1.0)
        # Slots of which nothing is left make the day exactly full: rounding must not leave a rest.
        elapsed = np.where(one.share[0, until_slot:].sum(axis=0) > 0, elapsed, 1.0)
        loosest = one.concentration if firmness is None else np.minimum(one.concentration, firmness)
        firm = np.minimum(loosest, _FIRMEST)
        came = np.where(share > 0, counts[:until_slot], 0).sum(axis=0)
        return cls(shape, mean, _mix(rate, total), elapsed, firm * elapsed, firm * (1 - elapsed), came)

    def busyness(self) -> float:
        """Return the day's expected inquiries by the plain gamma-Poisson rule, its shares taken as sure."""
        weight = self.mix / self.mix.sum()
        return float((self.shape + self.came.sum()) / (self.shape / self.mean + weight @ self.elapsed))


def _mix(rate: Floats, total: Floats) -> Floats:
    """Return the Dirichlet parameters of the channels, by the moments of the paths' shares."""
    mean = np.maximum(rate.mean(axis=0), _LEAST_RATE)
    mean /= mean.sum()
    share = rate[total > 0] / total[total > 0, None]
    variance = float(share.var(axis=0).sum()) if share.size else 0.0
    unity = float((mean * (1 - mean)).sum())
    out: Floats = mean * min(max(unity / max(variance, _LEAST_RATE) - 1, 1.0), _FIRMEST)
    return out


def drawn_rest(prior: Prior, total: Floats, rng: np.random.Generator) -> tuple[Wholes, Floats]:
    """Draw for each path what is left of each channel: counts and the rates behind them, both (P, C)."""
    weights, step = _weights(prior)
    sums = [weights[0]]
    for own in weights[1:]:
        sums.append(np.convolve(sums[-1], own))
    cells = np.arange(sums[-1].size)
    tilt = _log_tilt(prior)
    came = float(prior.came.sum())
    whole = came + cells * step
    log_all = np.log(np.maximum(sums[-1], np.finfo(float).tiny))
    log_all += gammaln(prior.shape + whole) - gammaln(prior.mix.sum() + whole)
    log_all += cells * step * (np.log(prior.mean / (prior.shape + prior.mean)) - tilt)
    paths = total.size
    place = (np.argsort(np.argsort(total, kind="stable"), kind="stable") + 0.5) / paths
    rest = np.searchsorted(_cumulated(log_all), place)
    left = np.zeros((paths, len(weights)), dtype=np.int64)
    for c in range(len(weights) - 1, 0, -1):
        left[:, c] = _split(rest, weights[c], sums[c - 1], rng.uniform(size=paths))
        rest = rest - left[:, c]
    left[:, 0] = rest
    left *= step
    return left, _rates(prior, left, rng)


def _log_tilt(prior: Prior) -> float:
    """Return what each further inquiry is discounted by, so that no channel's weights run out of range."""
    busyness = prior.busyness()
    return float(np.log(busyness / (prior.mix.sum() + busyness)))


def _weights(prior: Prior) -> tuple[list[Floats], int]:
    """Return the weight of each count still to come of each channel, on a lattice, and its step.

    With N = came + M, P(M of all channels) is proportional to h(sum N) times the product over channels of
    q(M) = G(mix + N) G(ahead + M) / (G(gone + ahead + N) M!), and h(N) = G(shape + N) / G(sum mix + N)
    (mean / (shape + mean))^N: negative binomial, Dirichlet-multinomial and beta-binomial multiplied out.
    """
    reach = _reach(prior)
    step = max(1, int(np.ceil(reach.sum() / _MOST_CELLS)))
    tilt = _log_tilt(prior)
    out = []
    for c, most in enumerate(reach):
        left = np.arange(0, int(most) + step, step, dtype=float) if prior.ahead[c] > 0 else np.zeros(1)
        log_weight = np.zeros_like(left)
        if left.size > 1:
            n = prior.came[c] + left
            log_weight = gammaln(prior.mix[c] + n) + gammaln(prior.ahead[c] + left) - gammaln(left + 1)
            log_weight += left * tilt - gammaln(prior.gone[c] + prior.ahead[c] + n)
        out.append(np.exp(log_weight - log_weight.max()))
    return out, step


def _reach(prior: Prior) -> Floats:
    """Return how many may at most still come of each channel: eight standard deviations above the mean."""
    firmness, busyness = prior.mix.sum(), max(prior.busyness(), prior.mean)
    own = (prior.mix + prior.came) / (firmness / busyness + prior.elapsed)
    mean = np.maximum(busyness * prior.mix / firmness, own) * (1 - prior.elapsed)
    looseness = prior.elapsed / np.maximum(prior.ahead, _LEAST_RATE)
    spread = np.sqrt(1 / prior.shape + 1 / prior.mix + np.where(prior.ahead > 0, looseness, 0.0))
    out: Floats = mean * (1 + _REACH_SD * np.minimum(spread, 3.0)) + 12 * np.sqrt(mean) + 30
    return out


def _cumulated(log_weight: Floats) -> Floats:
    weight = np.exp(log_weight - log_weight.max())
    out: Floats = np.cumsum(weight) / weight.sum()
    out[-1] = 1.0
    return out


def _split(rest: Wholes, own: Floats, others: Floats, place: Floats) -> NDArray[np.intp]:
    """Draw how many cells of ``rest`` (P,) are of one channel, given the weights of it and of the others."""
    cells = np.arange(own.size)
    other = rest[:, None] - cells
    is_possible = (other >= 0) & (other < others.size)
    weight = np.where(is_possible, own * others[np.clip(other, 0, others.size - 1)], 0.0)
    cumulated = np.cumsum(weight, axis=1)
    out: NDArray[np.intp] = (cumulated < place[:, None] * cumulated[:, -1:]).sum(axis=1)
    return out


def _rates(prior: Prior, left: Wholes, rng: np.random.Generator) -> Floats:
    """Draw the rates (P, C) of what is left, given the counts: each step is conjugate."""
    whole = prior.came + left
    busyness = rng.gamma(prior.shape + whole.sum(axis=1)) / (prior.shape / prior.mean + 1)
    mix = rng.standard_gamma(prior.mix + whole)
    # A gamma variate of a small shape may be 0 in doubles; a Beta of such parameters would be 0/0.
    gone = rng.standard_gamma(np.maximum(prior.gone + prior.came, 0.0), size=left.shape)
    ahead = rng.standard_gamma(np.where(prior.ahead > 0, prior.ahead + left, 0.0))
    share = ahead / np.maximum(gone + ahead, np.finfo(float).tiny)
    out: Floats = busyness[:, None] * mix / np.maximum(mix.sum(axis=1, keepdims=True), _LEAST_RATE) * share
    return out
