"""Our models against others' on real daily series: rolling origins, scored by forecasts.backtest.

Nobody is told of any event. ``crps_ratio``: CRPS over that of recent_mean on the same days (lower is better;
all.*: geometric mean over the series); ``coverage_80``: share of days inside the 80 % interval.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.daily_series import Series, ae_uk, servicenow, uihc_ed
from benchmarks.peers.last_year import LastYear
from forecasts.backtest import Backtest, backtest
from forecasts.model import Model
from forecasts.models import MODELS

QUESTION = "how far are day totals from what came, beside the models that others offer?"
NEEDS = ("data/ae_uk_hourly.csv", "data/uihc_ed_hourly.csv", "data/servicenow_incidents.csv")
PEERS = ("statsforecast",)

_SERIES = (ae_uk, uihc_ed, servicenow)
_ORIGINS = 9
_PATHS = 500
_SEED = 20261101


def figures(run: Run) -> Mapping[str, float]:
    """Score every model on every series."""
    series = [read(run.of(_ORIGINS, 1)) for read in run.of(_SERIES, _SERIES[-1:])]
    models = (*MODELS, LastYear(), *_peers(run))
    return compared(series, models, run.of(_PATHS, 20))


def compared(series: Sequence[Series], models: Sequence[Model], paths: int) -> Mapping[str, float]:
    """Score models, the first of which is the measure, where the history is long enough for them."""
    tests = {(s.name, t.model): t for s in series for t in _tests(s, models, paths)}
    ratio = {(s, m): t.crps / tests[s, models[0].name].crps for (s, m), t in tests.items()}
    out = {}
    for (s, m), test in tests.items():
        out[f"{s}.{m}.crps_ratio"] = ratio[s, m]
        out[f"{s}.{m}.coverage_80"] = test.coverage
        out[f"{s}.{m}.wape"] = test.wape
    for model in models:
        of_all = [ratio[s.name, model.name] for s in series if (s.name, model.name) in ratio]
        if len(of_all) == len(series) > 1:
            out[f"all.{model.name}.crps_ratio"] = float(np.exp(np.mean(np.log(of_all))))
    return out


def _tests(series: Series, models: Sequence[Model], paths: int) -> Iterator[Backtest]:
    seen = series.known.history.days.index(series.origins[0]) + 1
    for model in models:
        if model.min_office_days <= seen:
            yield backtest(model, series.known, series.origins, series.horizon_days, paths, _SEED)


def _peers(run: Run) -> Sequence[Model]:
    if "statsforecast" not in run.peers:
        return ()
    from benchmarks.peers.statsforecast_models import PEERS as MODELS_OF_PEER

    return MODELS_OF_PEER
