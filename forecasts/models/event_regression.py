"""Penalised negative-binomial regression of the day's total on level, weekday, season and events.

log rate = level (random walk on knots every two weeks) + weekday + annual waves + closures + events,
each event's size being a pooled effect, a deviation of its season and one of its own round; a round not
yet seen has its deviation drawn from the prior that past rounds taught. One regression of the total with
shares on top of it, not one per channel: rounds are few, and a channel with three inquiries a day cannot
teach an event effect of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasts.calendar import Calendar
from forecasts.distribution import Floats, Forecast
from forecasts.events import Event
from forecasts.features import event_days, expected_rounds, family_of, is_alike, is_learned, rounds, window_of
from forecasts.irls import Block, Posterior, fitted_negative_binomial
from forecasts.model import DayReason, EventEffect, Explanation, Known
from forecasts.regressors import CALENDAR_KINDS, KNOT_DAYS, Table, feature_table, level_basis
from forecasts.shares import MODEL_DAYS, Mix, learned_mix

_PARTS = (
    ("weekday",),
    ("season", "calendar"),
    ("event", "event_shape", "round_season", "round"),
)  # of an explained day
# Prior sd of log effects and how many pseudo-observations hold it; the last is the level's step a knot.
_PRIORS = {
    "weekday": (0.2, 3.0),
    "season": (0.1, 3.0),
    "calendar": (0.3, float("inf")),
    "event": (0.5, float("inf")),
    "event_shape": (0.1, 3.0),
    "round_season": (0.15, 3.0),
    "round": (0.15, 4.0),
}
_LEVEL_STEP = (0.05, 4.0)
_MOST_TIMES = 20.0  # no path exceeds so many times the busiest day seen
_YEAR_DAYS = 365
_HELD_AT_ZERO = 1e-3
_NORMAL_80 = 1.2816  # half the central 80 % of a standard normal


def _blocks(knots: int, table: Table) -> list[Block]:
    """Return the priors: steps of the level, then each block of the features (which stand together).

    On less than a year of history the annual waves are held at zero: they would only prolong its trend.
    """
    steps = np.diff(np.eye(knots), axis=0)
    out = [Block(slice(0, knots), steps.T @ steps, *_LEVEL_STEP)]
    has_year = (knots - 1) * KNOT_DAYS >= _YEAR_DAYS
    for name, (sd, held) in _PRIORS.items():
        prior = (sd, held) if has_year or name != "season" else (_HELD_AT_ZERO, float("inf"))
        at = table.in_blocks(name)
        if at.size:
            out.append(Block(slice(knots + at[0], knots + at[-1] + 1), np.eye(len(at)), *prior))
    return out


@dataclass(frozen=True, slots=True)
class _Subject:
    """What an effect is told of: the features named ``of`` on ``days``, and the years it was seen in."""

    kind: str
    of: str
    days: tuple[date, ...]
    seen_in: tuple[int, ...]


class EventRegression:
    """The model that knows events."""

    name = "event_regression"
    min_office_days = 40

    def fit(self, known: Known) -> "FittedEventRegression":
        """Learn; raises ValueError on too short a history."""
        history = known.history
        use = is_learned(history.days, history.left_out, known.events)
        if use.sum() < self.min_office_days:
            message = f"{self.name} needs {self.min_office_days} office days to learn from, not {use.sum()}"
            raise ValueError(message)
        days = [d for d, u in zip(history.days, use, strict=True) if u]
        y = history.count[use].sum(axis=(1, 2)).astype(float)
        offset = float(np.log(max(y.mean(), 1e-3)))
        knots = (days[-1] - days[0]).days // KNOT_DAYS + 2
        events = (*known.events, *expected_rounds(known.events, known.as_of))
        table = feature_table(days, events, known.calendar)
        x = np.hstack([level_basis(days, days[0], knots), table.values])
        posterior = fitted_negative_binomial(x, y, offset, _blocks(knots, table))
        recent = use & (np.cumsum(use[::-1])[::-1] <= MODEL_DAYS)
        return FittedEventRegression(
            days=tuple(days),
            events=events,
            calendar=known.calendar,
            knots=knots,
            base=offset,
            most=float(np.log(_MOST_TIMES * max(y.max(), 1.0))),
            posterior=posterior,
            mix=learned_mix(history, recent, events, known.calendar),
        )


@dataclass(frozen=True, slots=True, eq=False)
class FittedEventRegression:
    """``days``: those learned from; ``base``: log mean of their totals, the regression's offset."""

    days: tuple[date, ...]
    events: tuple[Event, ...]
    calendar: Calendar
    knots: int
    base: float
    most: float
    posterior: Posterior
    mix: Mix

    @property
    def level_step(self) -> float:
        """Standard deviation of the level's change from knot to knot."""
        return self.posterior.sds[0]

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        """Draw joint sample paths."""
        rng = np.random.default_rng([seed, 0])
        x, walk, _ = self._rows(days)
        steps = rng.normal(0, self.level_step, size=(paths, walk.shape[1]))
        log_rate = self.base + self.posterior.draws(paths, rng) @ x.T + steps @ walk.T
        dispersion = self.posterior.dispersion
        noise = rng.gamma(1 / dispersion, dispersion, size=log_rate.shape)
        rate = np.exp(np.minimum(log_rate, self.most)) * noise
        return self.mix.spread(rate, days, seed, EventRegression.name)

    def explain(self, days: Sequence[date]) -> Explanation:
        """Take the days apart.

        The base holds half the variance of the log rate: the products are expected values of the paths.
        An effect is told of the round that acts on ``days``, else of the last round.
        """
        x, walk, table = self._rows(days)
        part = x * self.posterior.mean
        level = part[:, : self.knots].sum(axis=1)
        weekday, season, event = (
            part[:, self.knots :][:, table.in_blocks(*blocks)].sum(axis=1) for blocks in _PARTS
        )
        usual = self._usual_weekday()
        variance = self.posterior.variance(x) + self.level_step**2 * np.square(walk).sum(axis=1)
        logs = np.stack([self.base + level + usual + variance / 2, weekday - usual, season, event], axis=1)
        acting = event_days(self.events, self.calendar)
        reasons = tuple(
            DayReason(d, b, w, s, e, b * w * s * e, acting.get(d, ()))
            for d, (b, w, s, e) in zip(days, np.exp(logs).tolist(), strict=True)
        )
        return Explanation(reasons, tuple(self._effects(set(days))))

    def _rows(self, days: Sequence[date]) -> tuple[Floats, Floats, Table]:
        """Return the regression's rows, the weights of later steps of the level, the features."""
        beyond = max(0, (max(days) - self.days[0]).days // KNOT_DAYS + 2 - self.knots)
        basis = level_basis(days, self.days[0], self.knots + beyond)
        # A knot after the last one is the last one plus all steps up to it.
        walk = np.cumsum(basis[:, self.knots :][:, ::-1], axis=1)[:, ::-1]
        level = basis[:, : self.knots].copy()
        level[:, -1] += basis[:, self.knots :].sum(axis=1)
        table = feature_table(days, self.events, self.calendar)
        return np.hstack([level, table.values]), walk, table

    def _usual_weekday(self) -> float:
        """Return the log effect of the mean weekday, so that weekday factors are about 1."""
        seen = np.bincount([d.weekday() for d in self.days], minlength=7) / len(self.days)
        return float(seen @ self.posterior.mean[self.knots : self.knots + 7])

    def _effects(self, days: set[date]) -> Iterator[EventEffect]:
        """Yield the effect of each subject on the strongest of its days, with its 80 % interval."""
        subjects = list(self._subjects(days))
        shown = sorted({d for s in subjects for d in s.days})
        table = feature_table(shown, self.events, self.calendar)
        for subject in subjects:
            at = table.named(subject.of)
            x = np.zeros((len(subject.days), self.posterior.mean.size))
            x[:, self.knots + at] = table.values[[shown.index(d) for d in subject.days]][:, at]
            log_effects = x @ self.posterior.mean
            strongest = int(np.argmax(log_effects))
            spread = float(np.sqrt(self.posterior.variance(x[strongest : strongest + 1])[0]))
            middle = float(log_effects[strongest])
            low, effect, high = np.exp(middle + _NORMAL_80 * spread * np.array([-1, 0, 1])).tolist()
            years = tuple(sorted(set(subject.seen_in)))
            yield EventEffect(subject.kind, effect, low, high, len(subject.seen_in), years)

    def _subjects(self, days: set[date]) -> Iterator[_Subject]:
        learned = set(self.days)
        windows = {
            r: tuple(sorted({d for e in r.events for d in window_of(e, self.calendar)}))
            for r in rounds(self.events, self.calendar)
        }
        for kind in sorted({r.kind for r in windows}):
            of_kind = [r for r in windows if r.kind == kind]
            coming = [r for r in of_kind if days & set(windows[r])]
            past = [r for r in of_kind if learned & set(windows[r])]
            shown = (coming or past[-1:] or of_kind)[0]
            alike = [r.start.year for r in windows if is_alike(r, shown) and learned & set(windows[r])]
            yield _Subject(kind, family_of(kind), windows[shown], tuple(alike))
        table = feature_table(self.days, (), self.calendar)
        for kind in CALENDAR_KINDS:
            flags = table.values[:, table.named(kind)[0]]
            seen = [d for d, flag in zip(self.days, flags, strict=True) if flag]
            if seen:
                yield _Subject(kind, kind, (seen[-1],), tuple(d.year for d in seen))
