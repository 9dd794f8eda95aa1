"""One invented desk, its models and lengths of history: forecasts scored against the true rate.

``crps``: twice the mean pinball loss over .05, .10, … .95 of day counts; ``oracle``: the same of the
distribution of counts given the true rate, noise and all. ``rate_error``: mean over event days of
|forecast mean rate / true rate - 1|. ``hits`` of ``windows``: totals of windows in which a transfer acts,
inside the central 80 % interval of joint paths (randomised place, so that ties of counts do not flatter).
All averages run over the desk's ``FUTURES``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.simulated_desks import Desk, desk
from forecasts.distribution import Floats, Wholes
from forecasts.model import Model

LEVELS = np.arange(1, 20) / 20
_ORACLE_DRAWS = 1000
_SEED = 20261124


@dataclass(frozen=True, slots=True)
class Case:
    """One desk of one cell: which version of the generator, inquiries a day, months of history, number."""

    version: int
    rate: int
    case: int


@dataclass(frozen=True, slots=True)
class Score:
    """How one model did on one desk with one length of history; rate_error NaN without event days."""

    case: Case
    months: int
    model: str
    crps: float
    oracle: float
    rate_error: float
    hits: float
    windows: int


def scored(case: Case, months: Sequence[int], models: Sequence[Model], paths: int) -> list[Score]:
    """Fit every model on every length of history of one desk."""
    one = desk(case.version, case.rate, case.case)
    floor = oracle_crps(one)
    return [s for m in months for s in _of_length(one, case, m, models, (floor, paths))]


def _of_length(
    one: Desk, case: Case, months: int, models: Sequence[Model], fixed: tuple[float, int]
) -> Iterator[Score]:
    floor, paths = fixed
    known = one.known(months)
    for model in models:
        forecast = model.fit(known).forecast(one.days, paths, _SEED)
        samples = forecast.day_count.sum(axis=2)
        quantiles = np.quantile(samples, LEVELS, axis=0, method="inverted_cdf")
        mean = forecast.day_rate.sum(axis=2).mean(axis=0)
        hits = list(_hits(one, samples))
        yield Score(
            case, months, model.name, crps(one.actual, quantiles[:, None, :]), floor,
            rate_error(one, mean), float(np.mean(hits)) if hits else float("nan"), len(hits),
        )  # fmt: skip


def crps(actual: Wholes, quantiles: Floats) -> float:
    """Return twice the mean pinball loss of quantiles (LEVELS, …) that fit ``actual``."""
    gap = actual[None] - quantiles
    level = LEVELS.reshape(-1, *[1] * actual.ndim)
    return float(2 * np.maximum(level * gap, (level - 1) * gap).mean())


def oracle_crps(one: Desk) -> float:
    """Return the score of whoever knows each day's true rate and how counts scatter around it."""
    rng = np.random.default_rng([_SEED, one.origin.toordinal()])
    draws = one.noise(np.broadcast_to(one.true_rate, (_ORACLE_DRAWS, *one.true_rate.shape)), rng)
    return crps(one.actual, np.quantile(draws, LEVELS, axis=0, method="inverted_cdf"))


def rate_error(one: Desk, mean: Floats) -> float:
    """Return the mean of |forecast / true - 1| over event days; NaN where there is none."""
    if not one.is_event.any():
        return float("nan")
    ratio = mean[None, one.is_event] / one.true_rate[:, one.is_event]
    return float(np.abs(ratio - 1).mean())


def _hits(one: Desk, samples: Wholes) -> Iterator[float]:
    """Yield per window the share of futures whose total lies in the central 80 % of the paths' totals."""
    rng = np.random.default_rng([_SEED, 1, one.origin.toordinal()])
    for rows in one.windows:
        total, said = one.actual[:, rows].sum(axis=1), samples[:, rows].sum(axis=1)
        below = (said[None] < total[:, None]).sum(axis=1)
        tied = (said[None] == total[:, None]).sum(axis=1)
        place = (below + rng.uniform(size=total.size) * (tied + 1)) / (said.size + 1)
        yield float((np.abs(place - 0.5) <= 0.4).mean())
