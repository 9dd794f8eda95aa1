"""Scores of trials: of days, event weeks apart, by lead, and of totals of windows.

A desk lives on quiet days and is judged on peaks, so event days are scored apart; totals of windows are
scored from joint paths, because calibrated days do not make calibrated totals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecasts import scores
from forecasts.backtest.trial import HORIZONS, Trial, trials
from forecasts.distribution import Floats, Wholes
from forecasts.model import Known, Model

WINDOW_DAYS = 10
LEVELS = tuple(round(0.05 * n, 2) for n in range(1, 20))
"""Levels of the calibration plot."""
BEYOND = "beyond"
"""Name of the horizon of leads further than all of ``HORIZONS``."""
_LEAST_ROUND_DAYS = 2  # of a round inside the horizon, to be a window


@dataclass(frozen=True, slots=True)
class DayScore:
    """Scores of single days: ``crps`` and ``bias`` (mean forecast - actual) in inquiries a day.

    ``wape_floor``: what Poisson noise alone leaves of the WAPE, ``excess`` = wape - wape_floor; NaN where
    nothing came at all. Coverage of the central 80 % and 95 % intervals, by randomised PIT.
    """

    days: int
    wape: float
    wape_floor: float
    excess: float
    crps: float
    coverage80: float
    coverage95: float
    bias: float


@dataclass(frozen=True, slots=True)
class HorizonScore:
    """Days whose lead lies between ``first_lead`` and ``last_lead``; those of them on which events act."""

    name: str
    first_lead: int
    last_lead: int
    all_days: DayScore
    on_events: DayScore | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """Scores of one model on the totals of days and windows; 80 % intervals; None where no event days were.

    ``crps`` in inquiries a day; ``wape_floor``: what Poisson noise alone leaves; ``days`` and
    ``event_days``: how many day forecasts were scored; ``horizon_days``: the furthest lead.
    ``window_coverage`` over ``windows`` totals of ten office days, ``event_window_coverage`` over
    ``event_windows`` totals of the days of one round of events. ``calibration``: (level, share of days whose
    PIT lies below it), equal where the forecast is calibrated.
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
    coverage95: float
    coverage95_event: float | None
    bias: float
    windows: int
    event_windows: int
    event_window_coverage: float | None
    horizons: tuple[HorizonScore, ...]
    calibration: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """Every scored day of all trials (N,)."""

    actual: Wholes
    mean: Floats
    crps: Floats
    pit: Floats
    lead: Wholes
    is_event: NDArray[np.bool_]

    def among(self, at: NDArray[np.bool_]) -> DayScore | None:
        """Score some of the days; None where there are none."""
        return self.of(at) if at.any() else None

    def of(self, at: NDArray[np.bool_]) -> DayScore:
        """Score days, at least one."""
        actual, mean, pit = self.actual[at], self.mean[at], self.pit[at]
        wape, floor = scores.wape(actual, mean), scores.wape_floor(mean)
        return DayScore(
            days=int(at.sum()),
            wape=wape,
            wape_floor=floor,
            excess=wape - floor,
            crps=float(self.crps[at].mean()),
            coverage80=scores.coverage(pit, 0.8),
            coverage95=scores.coverage(pit, 0.95),
            bias=float((mean - actual).mean()),
        )


def backtest(
    model: Model, known: Known, origins: Sequence[date], horizon_days: int, paths: int, seed: int
) -> Backtest:
    """Forecast from each origin and score what was said; raises ValueError as ``trials`` does."""
    return scored(model.name, trials(model, known, origins, horizon_days, paths, seed), seed)


def scored(name: str, tried: Sequence[Trial], seed: int) -> Backtest:
    """Score trials of the model ``name``; ``seed``: of the randomised PIT. Raises ValueError without any."""
    if not tried:
        message = f"no trial of {name} to score"
        raise ValueError(message)
    rng = np.random.default_rng([seed, 2])
    days = _days_of(tried, rng)
    totals = [t for trial in tried for t in _windows(trial, rng)]
    of_rounds = [t for trial in tried for t in _round_windows(trial, rng)]
    whole = days.of(np.ones(days.actual.size, dtype=np.bool_))
    event = days.among(days.is_event)
    return Backtest(
        model=name,
        origins=len(tried),
        horizon_days=int(days.lead.max()),
        days=whole.days,
        event_days=event.days if event else 0,
        wape=whole.wape,
        wape_floor=whole.wape_floor,
        crps=whole.crps,
        coverage=whole.coverage80,
        wape_event=event.wape if event else None,
        wape_floor_event=event.wape_floor if event else None,
        crps_event=event.crps if event else None,
        coverage_event=event.coverage80 if event else None,
        window_coverage=scores.coverage(totals) if totals else None,
        coverage95=whole.coverage95,
        coverage95_event=event.coverage95 if event else None,
        bias=whole.bias,
        windows=len(totals),
        event_windows=len(of_rounds),
        event_window_coverage=scores.coverage(of_rounds) if of_rounds else None,
        horizons=_horizons(days),
        calibration=tuple((level, float((days.pit < level).mean())) for level in LEVELS),
    )


def _days_of(tried: Sequence[Trial], rng: np.random.Generator) -> _Scored:
    # Trial by trial: their numbers of paths may differ.
    return _Scored(
        actual=np.concatenate([t.actual for t in tried]),
        mean=np.concatenate([t.mean for t in tried]),
        crps=np.concatenate([scores.crps(t.actual, t.samples) for t in tried]),
        pit=np.concatenate([scores.randomised_pit(t.actual, t.samples, rng) for t in tried]),
        lead=np.concatenate([t.lead for t in tried]),
        is_event=np.concatenate([t.is_event for t in tried]),
    )


def _horizons(days: _Scored) -> tuple[HorizonScore, ...]:
    """Score the days lead by lead: from after the horizon before up to each one's furthest lead."""
    bands = [*HORIZONS.items(), (BEYOND, max(int(days.lead.max()), *HORIZONS.values()))]
    out, before = [], 0
    for name, last in bands:
        at = (before < days.lead) & (days.lead <= last)
        if (of_band := days.among(at)) is not None:
            out.append(HorizonScore(name, before + 1, last, of_band, days.among(at & days.is_event)))
        before = last
    return tuple(out)


def _windows(trial: Trial, rng: np.random.Generator) -> list[float]:
    """Return the PIT of the total of each whole window of the horizon."""
    starts = range(0, trial.actual.size - WINDOW_DAYS + 1, WINDOW_DAYS)
    return [_total_pit(trial, range(start, start + WINDOW_DAYS), rng) for start in starts]


def _round_windows(trial: Trial, rng: np.random.Generator) -> list[float]:
    """Return the PIT of the total of the days of each round that lie in the horizon."""
    return [_total_pit(trial, at, rng) for at in trial.round_at if len(at) >= _LEAST_ROUND_DAYS]


def _total_pit(trial: Trial, at: Sequence[int], rng: np.random.Generator) -> float:
    places = list(at)
    total = trial.samples[:, places].sum(axis=1)
    return float(scores.randomised_pit(trial.actual[places].sum(), total, rng))
