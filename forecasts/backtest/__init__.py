"""The past as it was known then: a model forecasts from many origins and is scored on what came."""

from forecasts.backtest.comparison import Comparison, compared
from forecasts.backtest.scoring import (
    BEYOND,
    LEVELS,
    WINDOW_DAYS,
    Backtest,
    DayScore,
    HorizonScore,
    backtest,
    scored,
)
from forecasts.backtest.trial import HORIZONS, Trial, trials

__all__ = [
    "BEYOND", "HORIZONS", "LEVELS", "WINDOW_DAYS",
    "Backtest", "Comparison", "DayScore", "HorizonScore", "Trial", "backtest", "compared", "scored", "trials",
]  # fmt: skip
