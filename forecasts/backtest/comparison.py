"""Two models on the same past: only days that both forecast from the same origin count."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasts import scores
from forecasts.backtest.trial import Trial
from forecasts.distribution import Floats


@dataclass(frozen=True, slots=True)
class Comparison:
    """``model`` beside ``other`` on ``days`` forecast days of ``origins`` shared origins.

    Ratios of mean CRPS (below 1: the model is better); WAPE of both on these days. None: no event days.
    """

    model: str
    other: str
    origins: int
    days: int
    event_days: int
    crps_ratio: float
    crps_ratio_event: float | None
    wape: float
    wape_other: float
    wape_event: float | None
    wape_other_event: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Days:
    """Shared days (N,) of one model."""

    crps: Floats
    mean: Floats

    @classmethod
    def of(cls, tried: Sequence[Trial]) -> "_Days":
        """Score them."""
        return cls(
            np.concatenate([scores.crps(t.actual, t.samples) for t in tried]),
            np.concatenate([t.mean for t in tried]),
        )


def compared(
    model: str, tried: Sequence[Trial], other: str, tried_other: Sequence[Trial]
) -> Comparison | None:
    """Compare two models' trials; None where they share no origin."""
    of_other = {t.origin: t for t in tried_other}
    mine = [t for t in tried if t.origin in of_other]
    if not mine:
        return None
    here, there = _Days.of(mine), _Days.of([of_other[t.origin] for t in mine])
    actual = np.concatenate([t.actual for t in mine])
    is_event = np.concatenate([t.is_event for t in mine])
    has_events = bool(is_event.any())
    return Comparison(
        model=model,
        other=other,
        origins=len(mine),
        days=actual.size,
        event_days=int(is_event.sum()),
        crps_ratio=_ratio(here.crps, there.crps),
        crps_ratio_event=_ratio(here.crps[is_event], there.crps[is_event]) if has_events else None,
        wape=scores.wape(actual, here.mean),
        wape_other=scores.wape(actual, there.mean),
        wape_event=_wape_on(actual, here.mean, is_event),
        wape_other_event=_wape_on(actual, there.mean, is_event),
    )


def _ratio(of: Floats, to: Floats) -> float:
    total = float(to.sum())
    return float(of.sum()) / total if total else 1.0


def _wape_on(actual: NDArray[np.int64], mean: Floats, at: NDArray[np.bool_]) -> float | None:
    """Return the WAPE of some of the days; None where nothing came on them."""
    return scores.wape(actual[at], mean[at]) if actual[at].any() else None
