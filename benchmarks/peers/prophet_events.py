"""Prophet with event regressors, multiplicative: seasons and events of a desk act in proportion."""

import logging
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from prophet import Prophet

from benchmarks.peers.columns import totals
from benchmarks.peers.drawn import Peer
from benchmarks.peers.event_columns import event_columns
from forecasts.distribution import Floats
from forecasts.model import Known

logging.getLogger("cmdstanpy").disabled = True  # it tells of every fit
logging.getLogger("prophet").setLevel(logging.ERROR)


def drawn(known: Known, days: Sequence[date], paths: int, seed: int) -> Floats:
    """Fit, and draw joint samples (P, D) of the days' totals."""
    total = totals(known)
    names, values = event_columns(known, (*total, *days))
    # What the past has not seen teaches nothing.
    seen = {n: v for n, v in zip(names, values.T, strict=True) if v[: len(total)].any()}
    table = pd.DataFrame({"ds": pd.to_datetime([*total, *days]), **seen})
    model = Prophet(seasonality_mode="multiplicative", uncertainty_samples=paths)
    for name in seen:
        model.add_regressor(name, standardize=False)
    model.fit(table[: len(total)].assign(y=list(total.values())), seed=seed)
    np.random.seed(seed)  # noqa: NPY002 - Prophet draws from numpy's one global generator
    samples: Floats = model.predictive_samples(table[len(total) :])["yhat"].T
    return samples


PEERS = (Peer("prophet", drawn),)
"""Prophet with the same columns as every peer on invented desks."""
