"""Damped multiplicative Holt-Winters over the week, the smoothing of spreadsheets and service-desk tools.

Hyndman, Koehler, Ord & Snyder 2008, "Forecasting with Exponential Smoothing": of a small grid of smoothing
weights those with the least squared error one day ahead. Paths go on from the last state with counts drawn
as the past ones fell. A day teaches as far as its Poisson noise lets it: a desk has Sundays with one call.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import numpy as np
from numpy.typing import NDArray

from forecasts.calendar import Calendar
from forecasts.distribution import Floats, Forecast
from forecasts.events import Event
from forecasts.features import learned_rows
from forecasts.irls import pearson_dispersion
from forecasts.model import DayReason, Explanation, Known, checked_days
from forecasts.shares import MODEL_DAYS, Mix, learned_mix

_LEVELS, _TRENDS, _SEASONS = (0.02, 0.05, 0.1, 0.2, 0.4), (0.0, 0.1), (0.0, 0.05, 0.15)
_GRID = np.array(list(product(_LEVELS, _TRENDS, _SEASONS)))  # of the level; trend as a part of it; week
_DAMPING = 0.95
_WARM_UP_DAYS = 20
_MOST = 3.0  # error, in times of what was expected, beyond which a day counts as this
_MOST_TIMES = 20.0  # no path exceeds so many times the busiest day seen
_LEAST = 1e-6


class HoltWinters:
    """Level, damped trend and weekday factors."""

    name = "holt_winters"
    min_office_days = 40

    def fit(self, known: Known) -> "FittedHoltWinters":
        """Smooth the last year of office days; raises ValueError on too short a history."""
        history = known.history
        use = learned_rows(history, known.events)
        if use.sum() < self.min_office_days:
            message = f"{self.name} needs {self.min_office_days} office days to learn from, not {use.sum()}"
            raise ValueError(message)
        use &= np.cumsum(use[::-1])[::-1] <= MODEL_DAYS
        y = history.day_count[use].sum(axis=1).astype(float)
        days = [d for d, u in zip(history.days, use, strict=True) if u]
        weekday = np.array([d.weekday() for d in days])
        state = _first_state(y, weekday)
        mean = np.stack(list(_smoothed(state, y, weekday)))[_WARM_UP_DAYS:]
        rest = y[_WARM_UP_DAYS:]
        best = int(np.argmin(np.square(rest[:, None] - mean).sum(axis=0)))
        return FittedHoltWinters(
            as_of=known.as_of,
            last=days[-1],
            calendar=known.calendar,
            state=state.only(best),
            weights=_GRID[best],
            dispersion=pearson_dispersion(rest, mean[:, best], rest.size),
            most=_MOST_TIMES * max(float(y.max()), 1.0),
            mix=learned_mix(history, use, known.events, known.calendar),
        )


@dataclass(slots=True, eq=False)
class State:
    """Level and trend (N,), inquiries a day, weekday factors (7, N) of N courses; moves on with the days."""

    level: Floats
    trend: Floats
    week: Floats

    def only(self, n: int) -> "State":
        """Return one course."""
        return State(self.level[[n]], self.trend[[n]], self.week[:, [n]])

    def expected(self, weekday: int) -> Floats:
        """Return what is expected of the next day, (N,)."""
        out: Floats = np.maximum(self.level + _DAMPING * self.trend, _LEAST) * self.week[weekday]
        return out

    def move(self, weekday: int, count: float | Floats, weights: Floats) -> None:
        """Take in the count (N,) of a day; ``weights`` (N, 3) or (3,)."""
        mean = self.expected(weekday)
        before = np.maximum(self.level + _DAMPING * self.trend, _LEAST)
        error = np.minimum((count - mean) / (mean + 1), _MOST)
        alpha, beta, gamma = weights.T
        of_level = alpha * error * np.minimum(self.week[weekday], 1.0)
        self.level = before * (1 + of_level)
        self.trend = _DAMPING * self.trend + beta * before * of_level
        self.week[weekday] = self.week[weekday] * (1 + gamma * error)


def _first_state(y: Floats, weekday: NDArray[np.int64]) -> State:
    """Return level and weekday factors of the first weeks; a weekday not seen there has the factor 1."""
    first, days = y[:_WARM_UP_DAYS], weekday[:_WARM_UP_DAYS]
    level = max(float(first.mean()), _LEAST)
    seen = np.bincount(days, minlength=7)
    sums = np.bincount(days, weights=first, minlength=7)
    week = (sums / level + 1.0) / (seen + 1.0)  # one pseudo-day of the usual size
    courses = len(_GRID)
    return State(np.full(courses, level), np.zeros(courses), np.repeat(week[:, None], courses, axis=1))


def _smoothed(state: State, y: Floats, weekday: NDArray[np.int64]) -> Iterator[Floats]:
    """Yield what was expected (N,) day by day while ``state`` moves on."""
    for count, day in zip(y.tolist(), weekday.tolist(), strict=True):
        yield state.expected(day)
        state.move(day, count, _GRID)


@dataclass(frozen=True, slots=True, eq=False)
class FittedHoltWinters:
    """``state`` after the ``last`` day learned from; ``weights`` (3,); ``most`` inquiries a day on any path.

    ``dispersion``: of the noise beyond Poisson.
    """

    as_of: date
    last: date
    calendar: Calendar
    state: State
    weights: Floats
    dispersion: float
    most: float
    mix: Mix

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        """Draw joint sample paths."""
        days = checked_days(days, self.as_of)
        rng = np.random.default_rng([seed, 0])
        rate = np.zeros((paths, len(days)))
        row = {d: n for n, d in enumerate(days)}
        state = self._copied(paths)
        for day in self._ahead(days):
            noise = rng.gamma(1 / self.dispersion, self.dispersion, size=paths)
            drawn = np.minimum(state.expected(day.weekday()) * noise, self.most)
            if day in row:
                rate[:, row[day]] = drawn
            state.move(day.weekday(), rng.poisson(drawn).astype(float), self.weights)
        return self.mix.spread(rate, days, seed, HoltWinters.name)

    def explain(self, days: Sequence[date]) -> Explanation:
        """Take the days apart: base and weekday as they are now, the trend as season."""
        days = checked_days(days, self.as_of)
        week = self.state.week[:, 0]
        usual = float(week[sorted({d.weekday() for d in days})].mean())
        base = float(self.state.level[0]) * usual
        state, asked, reasons = self._copied(1), set(days), []
        for day in self._ahead(days):
            expected = state.expected(day.weekday())
            if day in asked:
                weekday = float(week[day.weekday()]) / usual
                season = float(expected[0]) / (base * weekday)
                reasons.append(DayReason(day, base, weekday, season, 1.0, float(expected[0]), ()))
            state.move(day.weekday(), expected, self.weights)
        return Explanation(tuple(reasons))

    def given(self, events: Sequence[Event]) -> "FittedHoltWinters":
        """Return the same forecast: it knows of no event but for the times of the day."""
        return replace(self, mix=replace(self.mix, events=tuple(events)))

    def _copied(self, paths: int) -> State:
        """Return as many courses that start from the last state."""
        one = self.state
        return State(*(np.repeat(part, paths, axis=-1) for part in (one.level, one.trend, one.week)))

    def _ahead(self, days: Sequence[date]) -> tuple[date, ...]:
        """Return the office days from the last one learned up to the last one asked for, and those asked."""
        one = timedelta(days=1)
        return tuple(sorted({*self.calendar.office_days(self.last + one, days[-1] + one), *days}))
