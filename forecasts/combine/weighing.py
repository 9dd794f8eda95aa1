"""How much each member counts: weights that would have served best so far, held towards a prior.

The CRPS of a linear pool is a quadratic form in its weights: with H the step at what came,
CRPS(w) = integral of (sum w_i F_i - H)^2 = w'Aw, A_ij = integral of (F_i - H)(F_j - H) (sum w = 1).
Mean A over past days is minimised over the simplex (Thorey, Mallet & Baudin 2017, "Online learning with the
CRPS for ensemble forecasting", QJRMS 143), plus a pull towards the prior that fades as trials come in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from scipy.optimize import nnls

from forecasts.backtest import Trial
from forecasts.distribution import Floats, Wholes

LEAST_TRIALS = 3
"""Fewer past trials than that teach no weights."""
_HELD = 1.0  # so many trials hold the weights at the prior: of 0.03-4 best on real series
_FIRM = 1e4  # how firmly the weights add up to 1 before they are rescaled
_NONE = 1e-3  # a weight below is none: no path would come from it

Reason = Literal["learned", "equal", "alone"]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each member counts, adding up to 1, and why.

    ``learned``: from ``origins`` past trials. ``equal``: too few of them. ``alone``: there is one member.
    """

    names: tuple[str, ...]
    values: tuple[float, ...]
    reason: Reason
    origins: int

    @property
    def of(self) -> tuple[tuple[str, float], ...]:
        """Return (member, weight)."""
        return tuple(zip(self.names, self.values, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Losses:
    """One origin: per scored day the matrix A over all members (D, M, M), in inquiries a day.

    A member that has no trial here stands in as the mean of the others: it gains and loses nothing
    (sleeping experts: Freund, Schapire, Singer & Warmuth 1997).
    """

    names: tuple[str, ...]
    origin: date
    days: tuple[date, ...]
    lead: Wholes
    matrix: Floats


def losses_of(by_member: Mapping[str, Sequence[Trial]]) -> tuple[Losses, ...]:
    """Return the losses at every origin, in order of time."""
    names = tuple(by_member)
    tried: dict[date, dict[str, Trial]] = {}
    for name in names:
        for trial in by_member[name]:
            tried.setdefault(trial.origin, {})[name] = trial
    return tuple(_losses(names, tried[origin]) for origin in sorted(tried))


def _losses(names: tuple[str, ...], here: Mapping[str, Trial]) -> Losses:
    trials = list(here.values())
    first = trials[0]
    if any(t.days != first.days for t in trials):
        message = f"members must be tried on the same days after {first.origin}"
        raise ValueError(message)
    own = _gram(first.actual, [t.samples for t in trials])
    # Rows: all members; columns: those that are here.
    part = np.full((len(names), len(trials)), 1 / len(trials))
    for n, name in enumerate(names):
        if name in here:
            part[n] = [float(name == other) for other in here]
    return Losses(names, first.origin, first.days, first.lead, part @ own @ part.T)


def _gram(actual: Wholes, samples: Sequence[Wholes]) -> Floats:
    """Return A (D, M, M) of members' samples (P_m, D), by adding up between the sorted values."""
    members = len(samples)
    values = np.concatenate([*samples, actual[None, :]]).T  # (D, N)
    owner = np.repeat(np.arange(members + 1), [*(s.shape[0] for s in samples), 1])
    order = np.argsort(values, axis=1, kind="stable")
    gaps = np.diff(np.take_along_axis(values, order, axis=1), axis=1).astype(float)
    of = owner[order][:, :-1]
    step = np.cumsum(of == members, axis=1)
    above = np.stack([np.cumsum(of == m, axis=1) / s.shape[0] - step for m, s in enumerate(samples)], axis=1)
    gram: Floats = (above * gaps[:, None, :]) @ above.transpose(0, 2, 1)
    return gram


def weights_of(losses: Sequence[Losses], names: Sequence[str], known_on: date | None) -> Weights:
    """Return the weights of the members ``names`` by what had come by the end of ``known_on`` (None: all)."""
    members = tuple(names)
    if len(members) == 1:
        return Weights(members, (1.0,), "alone", 0)
    equal = np.full(len(members), 1 / len(members))
    past = [mean for one in losses if (mean := _mean_until(one, members, known_on)) is not None]
    if len(past) < LEAST_TRIALS:
        return Weights(members, tuple(equal.tolist()), "equal", len(past))
    values = best_weights(np.mean(past, axis=0), equal, _HELD / len(past))
    return Weights(members, tuple(values.tolist()), "learned", len(past))


def _mean_until(one: Losses, members: Sequence[str], known_on: date | None) -> Floats | None:
    """Return the mean A over the days known by then; None where there are none."""
    come = np.array([known_on is None or d <= known_on for d in one.days])
    if (known_on is not None and one.origin >= known_on) or not come.any():
        return None
    at = [one.names.index(name) for name in members]
    mean: Floats = one.matrix[come][:, at][:, :, at].mean(axis=0)
    return mean


def best_weights(matrix: Floats, prior: Floats, held: float) -> Floats:
    """Minimise w'Aw + held s |w - prior|^2 over w >= 0, sum w = 1; s = mean diagonal of A.

    As non-negative least squares (Lawson & Hanson 1974) with one heavy row for the sum: no start value, no
    tolerance to choose, the same input gives the same weights.
    """
    scale = float(np.trace(matrix)) / len(prior)
    if scale <= 0:
        return prior
    ridge = max(held, 1e-9)
    root = np.linalg.cholesky(matrix / scale + ridge * np.eye(len(prior))).T
    pulled = np.linalg.solve(root.T, ridge * prior)
    rows, wanted = np.vstack([root, np.full(len(prior), _FIRM)]), np.append(pulled, _FIRM)
    found, _ = nnls(rows, wanted)
    found[found < _NONE * found.sum()] = 0.0
    weights: Floats = found / found.sum()
    return weights
