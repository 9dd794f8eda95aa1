"""LightGBM, a quantile regression for each level, on the calendar and on what an origin knows of the past.

Each day of the past is shown as seen from a few earlier days, as far ahead as is asked for now, with the
level of the last four weeks known there. Tried and worse where history is short: the ratio to that level as
the target, one view or six, leaves of ten views (which are three days), the weekday as a category.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import lightgbm
import numpy as np

from benchmarks.peers.columns import HOLIDAY, flags, named_days, totals
from benchmarks.peers.drawn import Peer, samples_of
from forecasts.distribution import Floats
from forecasts.model import Known

LEVELS = np.array([0.025, *(np.arange(1, 20) / 20), 0.975])
_VIEWS = 3  # origins from which a day of the past is seen
_LEVEL_DAYS, _WEEKS = 28, 8
_YEAR_DAYS = 364  # the same weekday
_SETTING = {
    "objective": "quantile",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 10 * _VIEWS,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}
_TREES = 200


def drawn(known: Known, days: Sequence[date], paths: int, seed: int) -> Floats:
    """Fit all levels; return samples (P, D) with their quantiles."""
    total = totals(known)
    origin = max(total)
    named = named_days(known, (*total, *days))
    rng = np.random.default_rng(seed)
    farthest = (max(days) - origin).days
    views = [
        (d, d - timedelta(days=int(lead))) for d in total for lead in rng.integers(1, farthest + 1, _VIEWS)
    ]
    x = _rows(views, total, named)
    y = np.array([total[d] for d, _ in views])
    ahead = _rows([(d, origin) for d in days], total, named)
    quantiles = np.stack([_predicted(x, y, ahead, float(q), seed) for q in LEVELS])
    return samples_of(LEVELS, quantiles, paths)


def _predicted(x: Floats, y: Floats, ahead: Floats, level: float, seed: int) -> Floats:
    setting = {**_SETTING, "alpha": level, "seed": seed}
    data = lightgbm.Dataset(x, y, params={"verbose": -1})
    predicted: Floats = np.asarray(lightgbm.train(setting, data, _TREES).predict(ahead))
    return predicted


def _rows(
    views: Sequence[tuple[date, date]],
    total: Mapping[date, float],
    named: dict[str, frozenset[date]],
) -> Floats:
    """Return features (R, F) of days as seen from origins; NaN where the history does not reach."""
    first = min(total)
    levels = {o: _mean(total, o, range(_LEVEL_DAYS)) for o in {o for _, o in views}}
    holidays = frozenset(d for name, on in named.items() if name.startswith(HOLIDAY) for d in on)
    plain = []
    for d, o in views:
        back = (d - o).days
        nearest = -(-back // 7) * 7  # the last of this weekday that the origin knows
        weekday = _mean(total, d, range(nearest, nearest + 7 * _WEEKS, 7))
        year = _mean(total, d, range(_YEAR_DAYS - 7, _YEAR_DAYS + 8, 7)) if back <= _YEAR_DAYS - 7 else np.nan
        around = [d - timedelta(days=1) in holidays, d in holidays, d + timedelta(days=1) in holidays]
        when = [d.weekday(), d.timetuple().tm_yday, d.month, (d - first).days, back]
        plain.append([*when, *around, levels[o], weekday, year])
    return np.hstack([np.array(plain, dtype=float), flags(named, [d for d, _ in views])])


def _mean(total: Mapping[date, float], day: date, back: range) -> float:
    """Return the mean of the days so many days back that the history has; NaN where it has none."""
    found = [total[at] for n in back if (at := day - timedelta(days=n)) in total]
    return sum(found) / len(found) if found else float("nan")


PEERS = (Peer("lightgbm", drawn),)
