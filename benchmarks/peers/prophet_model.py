"""Prophet (Taylor & Letham 2018): growth, week and year as it chooses, holidays and events by name.

Multiplicative, as counts are: over the five sets 2 % better than additive (which it is unless told), on the
shortest 8 %.
"""

import warnings
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from prophet import Prophet

from benchmarks.peers.columns import named_days, totals
from benchmarks.peers.drawn import Peer
from forecasts.distribution import Floats
from forecasts.model import Known


def drawn(known: Known, days: Sequence[date], paths: int, seed: int) -> Floats:
    """Fit, and draw joint samples (P, D) of the days' totals."""
    total = totals(known)
    named = named_days(known, (*total, *days))
    rows = [{"holiday": name, "ds": d} for name, on in named.items() for d in sorted(on)]
    told = pd.DataFrame(rows).astype({"ds": "datetime64[ns]"}) if rows else None
    past = pd.DataFrame({"ds": pd.to_datetime(list(total)), "y": list(total.values())})
    np.random.seed(seed)  # noqa: NPY002 - Prophet draws from numpy's one global generator
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas, about ways in which Prophet uses it
        model = Prophet(holidays=told, seasonality_mode="multiplicative", uncertainty_samples=paths)
        model.fit(past, seed=seed)
        samples: Floats = model.predictive_samples(pd.DataFrame({"ds": pd.to_datetime(list(days))}))["yhat"].T
    return samples


PEERS = (Peer("prophet", drawn),)
