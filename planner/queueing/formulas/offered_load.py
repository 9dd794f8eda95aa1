"""Modified offered load: the people that calls would keep busy if there were always somebody free.

Jennings, Mandelbaum, Massey and Whitt, "Server staffing to meet time-varying demand" (1996). The load lags
behind the rates and is smoother than they are. Erlang A at the rate load / handling is the best answer that
looks at each slot on its own; the exact chain is measured against it (METHODS.md section 2).
"""

import numpy as np

from forecasts.distribution import Floats
from planner.queueing import inputs


def offered_load(
    calls_per_min: Floats, lengths_min: Floats, handling_min: float, at_start: Floats | float = 0.0
) -> Floats:
    """Return the mean load in Erlang of each segment (…, K), exact for exponential handling.

    ``calls_per_min`` (…, K): constant within a segment; ``lengths_min`` (K,); ``at_start`` (…): the calls in
    hand when the first segment starts (0: an opening). Solves m' = rate - m / handling.

    Raises:
        ValueError: rates or calls below 0, infinite or NaN, no length or handling above 0, shapes that do not
            fit.
    """
    rates = np.asarray(calls_per_min, dtype=np.float64)
    lengths = np.asarray(lengths_min, dtype=np.float64)
    inputs.not_negative_array("calls_per_min", rates)
    inputs.not_negative_array("at_start", np.asarray(at_start, dtype=np.float64))
    inputs.not_negative_array("lengths_min", lengths)
    inputs.positive(handling_min=handling_min)
    if lengths.ndim != 1 or not lengths.all() or rates.shape[-1:] != lengths.shape:
        message = (
            f"lengths_min is {lengths.tolist()}: one length above 0 is wanted for each of the last axis of "
            f"calls_per_min, shape {rates.shape}"
        )
        raise ValueError(message)
    spans = lengths / handling_min
    lasting = np.exp(-spans)
    mean_lasting = -np.expm1(-spans) / spans
    settled = rates * handling_min
    means = np.empty_like(settled)
    load = np.broadcast_to(np.asarray(at_start, dtype=np.float64), settled.shape[:-1])
    for k in range(lengths.size):
        above = load - settled[..., k]
        means[..., k] = settled[..., k] + above * mean_lasting[k]
        load = settled[..., k] + above * lasting[k]
    return means
