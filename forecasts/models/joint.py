"""The joint model: level, weekday, season, calendar and events of a day's total, learned together.

log rate = level (slow walk + swing that fades) + trend + weekday + annual waves + calendar + events, each
event's size being a pooled effect, a deviation of its season and one of its own round; a round not yet seen
has its deviation drawn from the prior that past rounds taught. Negative-binomial noise, incidents apart.
One regression of the total with shares on top of it, not one per channel: rounds are few, and a channel with
three inquiries a day cannot teach an event effect of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy import sparse

from forecasts.distribution import Floats, Forecast
from forecasts.events import Event
from forecasts.features import expected_rounds, learned_rows
from forecasts.joint.effects import day_reasons, event_effects
from forecasts.joint.learned import Learned
from forecasts.joint.levels import Knots, Sparse
from forecasts.joint.penalised import Design, fitted
from forecasts.joint.table import LEVEL_PRIORS, Pooled, View, priors_of
from forecasts.model import Explanation, Known, checked_days
from forecasts.shares import MODEL_DAYS, Mix, learned_mix

_MOST_TIMES = 20.0  # no path exceeds so many times the busiest day seen


class Joint:
    """The model that knows events."""

    name = "joint"
    min_office_days = 28

    def __init__(self, pooled: Pooled | None = None) -> None:
        """Learn from one desk alone, or also from what others say of the effects of events."""
        self._pooled: Pooled = pooled or {}

    def fit(self, known: Known) -> "FittedJoint":
        """Learn; raises ValueError on too short a history."""
        history = known.history
        use = learned_rows(history, known.events)
        if use.sum() < self.min_office_days:
            message = f"{self.name} needs {self.min_office_days} office days to learn from, not {use.sum()}"
            raise ValueError(message)
        days, y, sums = _observed(known, use)
        events = _coming(known.events, known.as_of)
        view = View.of(days, events, known.calendar)
        learned = _learned(view, days, (y, sums), self._pooled)
        recent = use & (np.cumsum(use[::-1])[::-1] <= MODEL_DAYS)
        busiest = float((y / np.diff(sums.indptr)).max())
        return FittedJoint(
            name=self.name,
            as_of=known.as_of,
            learned=learned,
            most=float(np.log(_MOST_TIMES * max(busiest, 1.0))),
            mix=learned_mix(history, recent, events, known.calendar),
        )


def _coming(events: Sequence[Event], as_of: date) -> tuple[Event, ...]:
    """Return the events known, and those that nobody announced but that come every year."""
    return (*events, *expected_rounds(events, as_of))


def _observed(
    known: Known, use: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[tuple[date, ...], Floats, Sparse]:
    """Return the days in order, the counts observed (G,), and which days each is the sum of (G, D)."""
    history = known.history
    of_day = dict(zip(history.days, history.count.sum(axis=(1, 2)).tolist(), strict=True))
    groups: list[tuple[tuple[date, ...], float]] = [
        ((d,), float(of_day[d])) for d, u in zip(history.days, use, strict=True) if u
    ]
    for span in history.totals:
        inside = known.calendar.office_days(span.period.start, span.period.end)
        if inside:
            groups.append((inside, float(span.count)))
    days = tuple(sorted({d for inside, _ in groups for d in inside}))
    place = {d: n for n, d in enumerate(days)}
    rows = [n for n, (inside, _) in enumerate(groups) for _ in inside]
    columns = [place[d] for inside, _ in groups for d in inside]
    sums = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(groups), len(days)))
    return days, np.array([count for _, count in groups]), sums


def _learned(view: View, days: tuple[date, ...], observed: tuple[Floats, Sparse], pooled: Pooled) -> Learned:
    y, sums = observed
    table = view.table(days)
    has_any = np.flatnonzero(table.values.any(axis=0))
    columns = tuple(table.columns[n] for n in has_any)
    span = (days[-1] - days[0]).days
    knots = Knots.over(span)
    priors = priors_of(columns, span, pooled)
    offset = float(np.log(max(y.sum() / sums.nnz, 1e-3)))
    estimate = fitted(
        Design(
            knots=knots,
            level=knots.basis(np.array([float((d - days[0]).days) for d in days])),
            x=np.ascontiguousarray(table.values[:, has_any]),
            sums=sums,
            y=y,
            offset=offset,
            centre=np.array([pooled[c].mean if c in pooled else 0.0 for c in columns]),
        ),
        LEVEL_PRIORS,
        priors,
    )
    firsts = [columns[p.columns.start] for p in priors]
    sds = {c.block: sd for c, sd in zip(firsts, estimate.sds, strict=True) if c not in pooled}
    return Learned(view, columns, sds, estimate, offset, days, pooled)


@dataclass(frozen=True, slots=True, eq=False)
class FittedJoint:
    """``most``: log of the largest rate a path may have."""

    name: str
    as_of: date
    learned: Learned
    most: float
    mix: Mix

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        """Draw joint sample paths."""
        days = checked_days(days, self.as_of)
        rng = np.random.default_rng([seed, 0])
        rate = np.exp(np.minimum(self.learned.log_rates(self.learned.rows(days), paths, rng), self.most))
        rate = np.minimum(rate * self._noise(rate.shape, rng), np.exp(self.most))
        return self.mix.spread(rate, days, seed, self.name)

    def _noise(self, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
        """Draw the factors of single days: their dispersion, and incidents as often as they came."""
        estimate = self.learned.estimate
        noise = rng.gamma(1 / estimate.dispersion, estimate.dispersion, size=shape)
        if not estimate.incidents.size:
            return noise
        is_incident = rng.random(shape) < estimate.incident_share
        return np.where(is_incident, rng.choice(estimate.incidents, size=shape), noise)

    def explain(self, days: Sequence[date]) -> Explanation:
        """Take the days apart."""
        days = checked_days(days, self.as_of)
        reasons = day_reasons(self.learned, days, self.most)
        return Explanation(reasons, tuple(event_effects(self.learned, days)))

    def given(self, events: Sequence[Event]) -> "FittedJoint":
        """Return the same learning under another list of events."""
        coming = _coming(events, self.as_of)
        learned = replace(self.learned, view=replace(self.learned.view, events=coming))
        return replace(self, learned=learned, mix=replace(self.mix, events=coming))
