"""How good are the forecasts? python -m benchmarks.forecast --json FILE, or python -m benchmarks forecast.

Figures of the five real daily series (``forecast_real``, ``forecast_scores``), of invented desks whose true
rate is known (``forecast_sim``), of slots (``forecast_slots``) and of processor time (``forecast_cost``).
"""

import importlib
import sys
from collections.abc import Mapping

from benchmarks.benchmark import Run
from benchmarks.forecast_goals import GOALS
from benchmarks.forecast_real import MODULES_OF_PEERS, best_of
from benchmarks.forecast_sets import FILES, NEEDS, daily_set
from benchmarks.goals import verdicts

QUESTION = "how far are forecasts from what came, beside the packages that others would use?"
PEERS = tuple(MODULES_OF_PEERS)
PARTS = ("forecast_real", "forecast_sim", "forecast_slots", "forecast_cost")
__all__ = ["NEEDS", "PARTS", "PEERS", "QUESTION", "also_kept", "figures"]


def figures(run: Run) -> Mapping[str, float]:
    """Measure all parts."""
    out: dict[str, float] = {}
    for part in PARTS:
        out |= importlib.import_module(f"benchmarks.{part}").figures(run)
    return out


def also_kept(figures: Mapping[str, float]) -> Mapping[str, object]:
    """Return the folds of the real series, the peer that is best over all ("" = none), and the goals."""
    folds = {
        name: {
            "origins": [d.isoformat() for d in cut.origins],
            "warm_up": [d.isoformat() for d in cut.warm_up],
            "horizon_days": cut.horizon_days,
        }
        for name in FILES
        for cut in [daily_set(name).folds]
    }
    return {"folds": folds, "peer": best_of(figures), "goals": list(verdicts(GOALS, figures))}


if __name__ == "__main__":
    from benchmarks.__main__ import main

    main(["forecast", *sys.argv[1:]])
