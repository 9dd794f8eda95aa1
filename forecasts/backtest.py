"""The past as it was known then: a model forecasts from many origins and is scored on what came.

At each origin the history and the announcements are cut (``as_known``); event weeks are scored apart,
because a desk lives on quiet days and is judged on peaks; totals of two-week windows are scored from
joint paths, because calibrated days do not make calibrated totals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecasts import scores
from forecasts.distribution import Floats, Wholes
from forecasts.features import event_days, is_learned
from forecasts.model import Known, Model, as_known

WINDOW_DAYS = 10


@dataclass(frozen=True, slots=True)
class Backtest:
    """Scores of one model on the totals of days and windows; 80 % intervals; None where no event days were.

    ``crps`` in inquiries a day; ``wape_floor``: what Poisson noise alone leaves; ``days`` and
    ``event_days``: how many day forecasts were scored; ``window_coverage`` over totals of ten office days.
    """

    model: str
    origins: int
    horizon_days: int
    days: int
    event_days: int
    wape: float
    wape_floor: float
    crps: float
    coverage: float
    wape_event: float | None
    wape_floor_event: float | None
    crps_event: float | None
    coverage_event: float | None
    window_coverage: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """One origin's forecast against what came: ``samples`` (P, D), the rest (D,)."""

    actual: Wholes
    samples: Wholes
    mean: Floats
    is_event: NDArray[np.bool_]


def backtest(
    model: Model, known: Known, origins: Sequence[date], horizon_days: int, paths: int, seed: int
) -> Backtest:
    """Forecast up to ``horizon_days`` office days from the end of each origin and score them.

    Days that must not be learned from are not scored either. Raises ValueError if an origin has too short
    a history before it or nothing after it.
    """
    trials = [_trial(model, known, origin, horizon_days, (paths, seed)) for origin in origins]
    rng = np.random.default_rng([seed, 2])
    actual = np.concatenate([t.actual for t in trials])
    samples = np.concatenate([t.samples for t in trials], axis=1)
    mean = np.concatenate([t.mean for t in trials])
    is_event = np.concatenate([t.is_event for t in trials])
    score, pit = scores.crps(actual, samples), scores.randomised_pit(actual, samples, rng)
    windows = [w for t in trials for w in _windows(t, rng)]
    has_events = bool(is_event.any())
    return Backtest(
        model=model.name,
        origins=len(origins),
        horizon_days=horizon_days,
        days=actual.size,
        event_days=int(is_event.sum()),
        wape=scores.wape(actual, mean),
        wape_floor=scores.wape_floor(mean),
        crps=float(score.mean()),
        coverage=scores.coverage(pit),
        wape_event=scores.wape(actual[is_event], mean[is_event]) if has_events else None,
        wape_floor_event=scores.wape_floor(mean[is_event]) if has_events else None,
        crps_event=float(score[is_event].mean()) if has_events else None,
        coverage_event=scores.coverage(pit[is_event]) if has_events else None,
        window_coverage=scores.coverage(windows) if windows else None,
    )


def _trial(model: Model, known: Known, origin: date, horizon_days: int, draw: tuple[int, int]) -> _Trial:
    then = as_known(known.history, known.events, known.calendar, origin)
    learned = is_learned(known.history.days, known.history.left_out, known.events)
    after = [n for n, d in enumerate(known.history.days) if d > origin][:horizon_days]
    rows = [n for n in after if learned[n]]
    if not rows:
        message = f"nothing to score after {origin}"
        raise ValueError(message)
    days = [known.history.days[n] for n in rows]
    forecast = model.fit(then).forecast(days, *draw)
    acting = event_days(known.events, known.calendar)
    return _Trial(
        actual=known.history.count[rows].sum(axis=(1, 2)),
        samples=forecast.day_count.sum(axis=2),
        mean=forecast.day_rate.sum(axis=2).mean(axis=0),
        is_event=np.array([d in acting for d in days]),
    )


def _windows(trial: _Trial, rng: np.random.Generator) -> list[float]:
    """Return the PIT of the total of each whole window of the horizon."""
    out = []
    for start in range(0, trial.actual.size - WINDOW_DAYS + 1, WINDOW_DAYS):
        at = slice(start, start + WINDOW_DAYS)
        total = scores.randomised_pit(trial.actual[at].sum(), trial.samples[:, at].sum(axis=1), rng)
        out.append(float(total))
    return out
