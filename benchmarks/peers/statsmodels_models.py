"""Unobserved components of statsmodels on log(1 + count): level, week, year, holidays and events."""

import warnings
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
from scipy.stats import norm
from statsmodels.tsa.statespace.structural import UnobservedComponents

from benchmarks.peers.columns import flags, named_days, totals
from benchmarks.peers.drawn import Peer, samples_of
from forecasts.distribution import Floats
from forecasts.model import Known

_LEVELS = np.arange(1, 200) / 200
_YEAR = [{"period": 365.25, "harmonics": 3}]
_YEAR_DAYS = 365


def drawn(known: Known, days: Sequence[date], paths: int, seed: int) -> Floats:  # noqa: ARG001 - it draws nothing
    """Fit by maximum likelihood; return samples (P, D) with the quantiles of its normal forecast."""
    total = totals(known)
    first, span = min(total), (max(days) - min(total)).days + 1
    line = [first + timedelta(days=n) for n in range(span)]
    seen = (max(total) - first).days + 1
    # A name that the past has not seen teaches nothing.
    named = {n: on for n, on in named_days(known, line).items() if any(d in on for d in line[:seen])}
    x = flags(named, line)
    y = np.array([np.log1p(total.get(d, np.nan)) for d in line[:seen]])
    model = UnobservedComponents(
        pd.Series(y),
        "local level",
        exog=x[:seen] if named else None,
        seasonal=7,
        stochastic_seasonal=False,
        freq_seasonal=_YEAR if seen >= _YEAR_DAYS else None,
        stochastic_freq_seasonal=[False] if seen >= _YEAR_DAYS else None,
        mle_regression=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a search that ends early is its answer
        said = model.fit(disp=False).get_forecast(span - seen, exog=x[seen:] if named else None)
    at = [(d - line[seen]).days for d in days]
    mean, sd = np.asarray(said.predicted_mean)[at], np.asarray(said.se_mean)[at]
    return samples_of(_LEVELS, np.expm1(mean + norm.ppf(_LEVELS)[:, None] * sd), paths)


PEERS = (Peer("statsmodels_components", drawn),)
