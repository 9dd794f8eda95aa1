"""An online mixture of members: each joint path from one of them, weights by what came."""

from forecasts.combine.combined import Combined, FittedCombined, weighted
from forecasts.combine.pool import (
    NAME,
    final_weights,
    mixed_forecast,
    mixed_samples,
    mixed_trials,
    mixed_with_weights,
)
from forecasts.combine.weighing import LEAST_TRIALS, Losses, Weights, best_weights, losses_of, weights_of

__all__ = [
    "LEAST_TRIALS", "NAME", "Combined", "FittedCombined", "Losses", "Weights",
    "best_weights", "final_weights", "losses_of", "mixed_forecast", "mixed_samples", "mixed_trials",
    "mixed_with_weights", "weighted", "weights_of",
]  # fmt: skip
