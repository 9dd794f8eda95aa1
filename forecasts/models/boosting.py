"""Gradient boosting on top of a penalised log-linear fit: the second member, from two years of history on.

The fit of level, weekday, season, closures and events is the start from which trees learn what it misses,
as a relative correction; trees alone need far more rounds of an event than a desk ever sees. Blocks of six
weeks are left out in turn: what was missed there chooses the number of trees (none where they teach
nothing), how fast the level is forgotten, and the spread, which boosted quantiles would tell too narrow.
Days are joined by a copula of the same errors.

LightGBM: Ke et al. 2017, "LightGBM: a highly efficient gradient boosting decision tree", NIPS 30.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from forecasts.boosted.capped import capped
from forecasts.boosted.day_view import NAMED, View, day_view
from forecasts.boosted.forgetting import current_level, learned_level
from forecasts.boosted.ridge import fitted_log_linear, ramps
from forecasts.calendar import Calendar
from forecasts.copula import (
    Dependence,
    joint_uniforms,
    learned_dependence,
    normal_scores,
    through_quantiles,
)
from forecasts.distribution import Floats, Forecast
from forecasts.events import Event
from forecasts.features import event_days, expected_rounds, learned_rows
from forecasts.misses import REHEARSED_DAYS, Misses, learned_misses, office_days_ahead
from forecasts.model import DayReason, Explanation, Known, checked_days
from forecasts.shares import MODEL_DAYS, Mix, learned_mix

if TYPE_CHECKING:  # the extra "boost": imported where it is used, so that the list of models needs none
    import lightgbm

_SETTING = {
    "objective": "regression",
    "learning_rate": 0.06,
    "num_leaves": 8,
    "min_data_in_leaf": 15,
    "lambda_l2": 10.0,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "verbose": -1,
}
_TREES = (0, 20, 40, 80)
_FOLDS, _BLOCK_DAYS = 5, 42
_LEVEL_DAYS = 91.0  # the level of the fit walks in steps of a quarter
_SD_LEVEL, _SD_WEEKDAY, _SD_SEASON, _SD_FLAG, _SD_EVENT = 0.1, 0.3, 0.15, 0.3, 0.5  # of log effects
_NOISE = 0.02  # relative variance beyond Poisson by which days are weighted against each other
_LEAST_CORRECTION, _MOST_CORRECTION = -0.9, 3.0
_MOST_TIMES = 20.0  # no path exceeds so many times the busiest day seen
_LEAST_LEVEL = 1e-6
_LEVELS = np.concatenate([[0.005, 0.01], np.arange(1, 40) / 40, [0.99, 0.995]])


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Days as the two learners want them: ``linear`` (D, K) without level, ``seen`` (D, F) by trees."""

    linear: Floats
    seen: Floats
    sd: Floats  # (K,) of the priors


@dataclass(frozen=True, slots=True)
class _Columns:
    """What was there when the model learned, by name: a kind of event that came later acts on no day."""

    flags: tuple[str, ...]
    loads: tuple[str, ...]

    def rows(self, view: View) -> _Rows:
        """Put days into columns."""
        none = np.zeros(view.weekday.size)
        flags = np.stack([view.flags.get(name, none) for name in self.flags], axis=1)
        loads = np.stack([none, *(view.loads.get(name, none) for name in self.loads)], axis=1)[:, 1:]
        weekday = (view.weekday[:, None] == np.arange(7)).astype(float)
        parts = (
            (weekday, _SD_WEEKDAY),
            (view.waves, _SD_SEASON),
            (flags, _SD_FLAG),
            (loads, _SD_EVENT),
        )
        sd = np.concatenate([np.full(values.shape[1], s) for values, s in parts])
        # A holiday by name is a day a year: trees see that it is one, and the day of the year.
        unnamed = [n for n, name in enumerate(self.flags) if not name.startswith(NAMED)]
        return _Rows(
            np.hstack([values for values, _ in parts]), np.hstack([view.place, flags[:, unnamed], loads]), sd
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Past:
    """Days learned from: their numbers (D,), totals (D,) and rows."""

    ordinal: Floats
    total: Floats
    rows: _Rows

    @property
    def offset(self) -> float:
        """Log mean of a day."""
        return float(np.log(max(self.total.mean(), 1e-3)))


@dataclass(frozen=True, slots=True, eq=False)
class _Factors:
    """What a day is expected to be but for the level: the log-linear fit and the trees that correct it."""

    beta: Floats
    trees: "lightgbm.Booster"

    def linear(self, rows: _Rows) -> Floats:
        """Return the factors (D,) without the trees."""
        out: Floats = np.exp(rows.linear @ self.beta)
        return out

    def correction(self, rows: _Rows, trees: int) -> Floats:
        """Return what so many trees multiply them by: (D,)."""
        if not trees:
            return np.ones(rows.seen.shape[0])
        said = np.asarray(self.trees.predict(rows.seen, num_iteration=trees), dtype=float)
        out: Floats = 1 + np.clip(said, _LEAST_CORRECTION, _MOST_CORRECTION)
        return out


class Boosting:
    """Log-linear factors corrected by trees, a level that forgets, a spread learned out of sample."""

    name = "boosting"
    min_office_days = 480

    def fit(self, known: Known) -> "FittedBoosting":
        """Learn; raises ValueError on too short a history."""
        history = known.history
        use = learned_rows(history, known.events)
        if use.sum() < self.min_office_days:
            message = f"{self.name} needs {self.min_office_days} office days to learn from, not {use.sum()}"
            raise ValueError(message)
        days = [d for d, u in zip(history.days, use, strict=True) if u]
        events = (*known.events, *expected_rounds(known.events, known.as_of))
        view = day_view(days, events, known.calendar)
        columns = _Columns(tuple(view.flags), tuple(view.loads))
        ordinal = np.array([float(d.toordinal()) for d in days])
        total = capped(history.day_count[use].sum(axis=1).astype(float))
        past = _Past(ordinal, total, columns.rows(view))
        trees, unseen = _left_out(past)
        level = learned_level(past.total, unseen)
        misses = learned_misses(level.actual, level.expected)
        factors = _fitted(past, np.ones(len(days), dtype=np.bool_))[0]
        of_past = factors.linear(past.rows) * factors.correction(past.rows, trees)
        recent = use & (np.cumsum(use[::-1])[::-1] <= MODEL_DAYS)
        return FittedBoosting(
            as_of=known.as_of,
            last=days[-1],
            events=events,
            calendar=known.calendar,
            columns=columns,
            factors=factors,
            trees=trees,
            level=max(current_level(past.total, of_past, level.half_life_days), _LEAST_LEVEL),
            most=_MOST_TIMES * max(float(past.total.max()), 1.0),
            usual_weekday=_usual_weekday(past, factors),
            misses=misses,
            dependence=_dependence(level.actual, level.expected, misses),
            mix=learned_mix(history, recent, events, known.calendar),
        )


def _fitted(past: _Past, chosen: NDArray[np.bool_]) -> tuple[_Factors, Floats]:
    """Fit to the chosen days; return the factors and what the log-linear fit expects of all days (D,)."""
    import lightgbm

    since = past.ordinal - past.ordinal[0]
    level = np.hstack([np.ones((since.size, 1)), ramps(since, float(since[-1]), _LEVEL_DAYS)])
    x = np.hstack([level, past.rows.linear])
    sd = np.concatenate([[1.0], np.full(level.shape[1] - 1, _SD_LEVEL), past.rows.sd])
    beta = fitted_log_linear(x[chosen], past.total[chosen], past.offset, sd)
    mean = np.exp(past.offset + x @ beta)
    weight = 1 / (1 / mean + _NOISE)
    miss = np.clip(past.total / mean - 1, -1.0, _MOST_CORRECTION)
    data = lightgbm.Dataset(
        past.rows.seen[chosen],
        miss[chosen],
        weight=weight[chosen] / weight[chosen].mean(),
        params={"verbose": -1, "max_bin": _SETTING["max_bin"]},
    )
    trees = lightgbm.train(dict(_SETTING), data, _TREES[-1])
    return _Factors(beta[level.shape[1] :], trees), mean


def _left_out(past: _Past) -> tuple[int, Floats]:
    """Leave blocks of days out in turn; return how many trees are best, and factors (D,) of days unseen."""
    fold = (past.ordinal - past.ordinal[0]) // _BLOCK_DAYS % _FOLDS
    mean, linear = np.ones(fold.size), np.ones(fold.size)
    corrections = np.ones((len(_TREES), fold.size))
    for number in range(_FOLDS):
        out = fold == number
        factors, said = _fitted(past, ~out)
        mean[out], linear[out] = said[out], factors.linear(past.rows)[out]
        for n, trees in enumerate(_TREES):
            corrections[n, out] = factors.correction(past.rows, trees)[out]
    weight = 1 / (1 / mean + _NOISE)
    came = np.minimum(past.total / mean, 1 + _MOST_CORRECTION)
    missed = (weight * np.square(came - corrections)).sum(axis=1)
    best = int(np.argmin(missed))
    return _TREES[best], linear * corrections[best]


def _usual_weekday(past: _Past, factors: _Factors) -> float:
    """Return the log effect of the mean weekday, so that weekday factors are about 1."""
    return float(past.rows.linear[:, :7].mean(axis=0) @ factors.beta[:7])


def _dependence(actual: Floats, expected: Floats, misses: Misses) -> Dependence:
    """Learn how errors of days go together from the ranks of errors over their spread."""
    mean = np.maximum(expected, 1e-3)
    rate = misses.noise + misses.common(range(1, mean.shape[1] + 1))
    scores = normal_scores((actual / mean - 1) / np.sqrt(1 / mean + rate))
    return learned_dependence(scores, float(np.nanmean(rate / (1 / mean + rate))))


@dataclass(frozen=True, slots=True, eq=False)
class FittedBoosting:
    """``last`` day learned from; ``level`` on it, of the factors; ``most`` inquiries a day on any path."""

    as_of: date
    last: date
    events: tuple[Event, ...]
    calendar: Calendar
    columns: _Columns
    factors: _Factors
    trees: int
    level: float
    most: float
    usual_weekday: float
    misses: Misses
    dependence: Dependence
    mix: Mix

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        """Draw joint sample paths: the quantiles of each day's rate, joined by the copula."""
        rng = np.random.default_rng([seed, 0])
        leads = office_days_ahead(checked_days(days, self.as_of), self.last, self.calendar)
        near = [min(n, REHEARSED_DAYS) for n in leads]
        uniforms = joint_uniforms(self.dependence, leads, paths, rng)
        expected = self._expected(days, self.events)[0]
        rate = through_quantiles(_LEVELS, self._quantiles(near, _LEVELS) * expected, uniforms)
        # How errors go together was learned up to there; what they grow by later, all days share.
        rate = np.minimum(rate * self.misses.later_factors(leads, paths, rng), self.most)
        return self.mix.spread(rate, days, seed, Boosting.name)

    def explain(self, days: Sequence[date]) -> Explanation:
        """Take the days apart; what is neither weekday nor event (season, closures, trees) is the season."""
        leads = office_days_ahead(checked_days(days, self.as_of), self.last, self.calendar)
        expected, weekday = self._expected(days, self.events)
        quiet, _ = self._expected(days, ())
        base = self.level * float(np.exp(self.usual_weekday))
        noise = self._quantiles(leads, np.array([0.1, 0.9]))
        acting = event_days(self.events, self.calendar)
        parts = np.stack([weekday, quiet / (base * weekday), expected / quiet, expected, *noise], axis=1)
        return Explanation(
            tuple(
                DayReason(d, base, w, s, e, m, acting.get(d, ()), low, high)
                for d, (w, s, e, m, low, high) in zip(days, parts.tolist(), strict=True)
            )
        )

    def given(self, events: Sequence[Event]) -> "FittedBoosting":
        """Return the same learning under another list of events."""
        known = (*events, *expected_rounds(events, self.as_of))
        return replace(self, events=known, mix=replace(self.mix, events=known))

    def _expected(self, days: Sequence[date], events: Sequence[Event]) -> tuple[Floats, Floats]:
        """Return the inquiries expected (D,) and the factor of the weekday in them (D,)."""
        rows = self.columns.rows(day_view(days, events, self.calendar))
        weekday = np.exp(rows.linear[:, :7] @ self.factors.beta[:7] - self.usual_weekday)
        expected = self.level * self.factors.linear(rows) * self.factors.correction(rows, self.trees)
        return expected, weekday

    def _quantiles(self, leads: Sequence[int], levels: Floats) -> Floats:
        """Return quantiles (Q, D) of a day's rate over what is expected: gamma with the variance learned."""
        shape = 1 / (self.misses.noise + self.misses.common(leads))
        out: Floats = gammaincinv(shape, levels[:, None]) / shape
        return out
