"""Trials made by hand: what came and what was said, without a model."""

from datetime import date, timedelta

import numpy as np

from forecasts.backtest import Trial
from forecasts.distribution import Floats, Wholes

FIRST = date(2024, 1, 1)


def made(origin: date, actual: Wholes, samples: Wholes, round_at: tuple[tuple[int, ...], ...] = ()) -> Trial:
    """Return a trial of the calendar days after ``origin``; events act on the days of the rounds."""
    is_event = np.zeros(actual.size, dtype=np.bool_)
    is_event[[n for at in round_at for n in at]] = True
    return Trial(
        origin=origin,
        days=tuple(origin + timedelta(days=n + 1) for n in range(actual.size)),
        actual=actual,
        samples=samples,
        mean=samples.mean(axis=0),
        is_event=is_event,
        lead=np.arange(1, actual.size + 1, dtype=np.int64),
        round_at=round_at,
    )


def drawn(
    rate_of: dict[str, float], count: int = 12, days: int = 10, step: int = 10, truth: float = 50.0
) -> dict[str, tuple[Trial, ...]]:
    """Draw Poisson days around ``truth`` and, for each member, Poisson forecasts around its own rate."""
    rng = np.random.default_rng(1)
    origins = [FIRST + timedelta(days=step * n) for n in range(count)]
    actual = [rng.poisson(truth, days).astype(np.int64) for _ in origins]
    return {
        name: tuple(
            made(o, a, rng.poisson(rate, (200, days)).astype(np.int64))
            for o, a in zip(origins, actual, strict=True)
        )
        for name, rate in rate_of.items()
    }


def mean_crps_pool(matrix: Floats, weights: tuple[float, ...]) -> float:
    """Return w'Aw."""
    w = np.array(weights)
    return float(w @ matrix @ w)
