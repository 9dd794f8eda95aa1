"""Rules of thumb as models: an expected value a day, uncertain as far as the rule missed in the past.

A rule says what it expects of some days from the days it has seen; how far it would have missed from the
origins of the last year, as known then, makes its paths.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from forecasts.calendar import Calendar
from forecasts.distribution import Floats, Forecast
from forecasts.events import Event, known_on
from forecasts.features import event_days, expected_rounds, family_of, learned_rows, window_of
from forecasts.misses import REHEARSED_DAYS, Misses, learned_misses, office_days_ahead
from forecasts.model import DayReason, Explanation, Known, checked_days
from forecasts.shares import MODEL_DAYS, Mix, learned_mix

_LOOK_BACK_DAYS = 260  # office days: origins of the last year tell how the rule misses
_STEP_DAYS = 32
_LEAST_RATE = 1e-6  # nobody ever called: as good as zero, and the arithmetic stays defined


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a rule looks at: days learned from, their numbers and totals (D,), events known, the calendar."""

    days: tuple[date, ...]
    ordinal: Floats
    total: Floats
    events: tuple[Event, ...]
    calendar: Calendar

    def then(self, n: int) -> "Seen":
        """Return what had been seen at the end of the ``n``-th day."""
        last = self.days[n - 1]
        events = with_expected(known_on(self.events, last), last)
        return Seen(self.days[:n], self.ordinal[:n], self.total[:n], events, self.calendar)

    @property
    def families(self) -> dict[date, frozenset[str]]:
        """The families of events that act on each day, of days on which any does."""
        out: dict[date, frozenset[str]] = {}
        for event in self.events:
            for day in window_of(event, self.calendar):
                out[day] = out.get(day, frozenset()) | {family_of(event.kind)}
        return out


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What a rule expects of D days, taken apart: ``base`` inquiries a day, the rest factors, each (D,)."""

    base: Floats
    weekday: Floats
    season: Floats
    event: Floats

    @property
    def expected(self) -> Floats:
        """Inquiries a day: (D,)."""
        return self.base * self.weekday * self.season * self.event


class Rule(Protocol):
    """A rule of thumb."""

    name: str
    min_office_days: int

    def parts(self, seen: Seen, days: Sequence[date]) -> Parts:
        """Say what is expected of days after those seen."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class FittedRule:
    """A rule with what it has seen and how it misses."""

    rule: Rule
    seen: Seen
    as_of: date
    misses: Misses
    mix: Mix

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        """Draw joint sample paths."""
        days = checked_days(days, self.as_of)
        rng = np.random.default_rng([seed, 0])
        # From the last day seen, as the misses were counted: a history may have dried up long ago.
        leads = office_days_ahead(days, self.seen.days[-1], self.seen.calendar)
        rate = self._parts(days).expected * self.misses.factors(leads, paths, rng)
        return self.mix.spread(rate, days, seed, self.rule.name)

    def explain(self, days: Sequence[date]) -> Explanation:
        """Take the days apart."""
        days = checked_days(days, self.as_of)
        parts = self._parts(days)
        acting = event_days(self.seen.events, self.seen.calendar)
        rows = np.stack([parts.base, parts.weekday, parts.season, parts.event, parts.expected], axis=1)
        return Explanation(
            tuple(
                DayReason(d, b, w, s, e, m, acting.get(d, ()))
                for d, (b, w, s, e, m) in zip(days, rows.tolist(), strict=True)
            )
        )

    def given(self, events: Sequence[Event]) -> "FittedRule":
        """Return the same rule under another list of events."""
        known = with_expected(events, self.as_of)
        return replace(self, seen=replace(self.seen, events=known), mix=replace(self.mix, events=known))

    def _parts(self, days: Sequence[date]) -> Parts:
        parts = self.rule.parts(self.seen, days)
        return replace(parts, base=np.maximum(parts.base, _LEAST_RATE))


def fitted_rule(rule: Rule, known: Known) -> FittedRule:
    """Fit a rule; raises ValueError on less history than its ``min_office_days``."""
    history = known.history
    use = learned_rows(history, known.events)
    if use.sum() < rule.min_office_days:
        message = f"{rule.name} needs {rule.min_office_days} office days to learn from, not {use.sum()}"
        raise ValueError(message)
    total = history.day_count.sum(axis=1).astype(float)[use]
    days = tuple(d for d, u in zip(history.days, use, strict=True) if u)
    announced = Seen(
        days, np.array([float(d.toordinal()) for d in days]), total, known.events, known.calendar
    )
    seen = replace(announced, events=with_expected(known.events, known.as_of))
    recent = use & (np.cumsum(use[::-1])[::-1] <= MODEL_DAYS)
    mix = learned_mix(history, recent, seen.events, known.calendar)
    return FittedRule(rule, seen, known.as_of, past_misses(rule, announced), mix)


def past_misses(rule: Rule, seen: Seen) -> Misses:
    """Return how the rule missed from the origins of the last year; ``seen`` has announced events only."""
    days = len(seen.days)
    least = max(3 * rule.min_office_days // 4, days - _LOOK_BACK_DAYS)
    origins = range(days - _STEP_DAYS // 2, least - 1, -_STEP_DAYS)
    actual = np.full((max(len(origins), 1), REHEARSED_DAYS), np.nan)
    expected = actual.copy()
    for n, origin in enumerate(origins):
        ahead = slice(origin, min(origin + REHEARSED_DAYS, days))
        actual[n, : ahead.stop - origin] = seen.total[ahead]
        expected[n, : ahead.stop - origin] = rule.parts(seen.then(origin), seen.days[ahead]).expected
    return learned_misses(actual, expected)


def with_expected(events: Sequence[Event], as_of: date) -> tuple[Event, ...]:
    """Return events and the rounds that everybody expects though nobody has announced them."""
    return (*events, *expected_rounds(events, as_of))


def weekday_means(seen: Seen, usable: Floats, asked: Floats, weeks: int) -> tuple[Floats, Floats]:
    """Return the mean of all days and of the same weekday over the ``weeks`` before, each (N,).

    ``usable`` (D,) of the days seen: 1 or 0, which count; ``asked`` (N,): numbers of days. The weeks before a
    day after the last seen end with that. A weekday that no such day has takes the mean of all, and where
    there is none at all that of everything seen.
    """
    end = np.minimum(asked, seen.ordinal[-1] + 1)
    rows = np.searchsorted(seen.ordinal, np.stack([end - 7 * weeks, end]))
    overall = _means(usable, seen.total, rows, np.full(asked.size, seen.total.mean()))
    own = overall.copy()
    for weekday in np.unique(asked % 7):
        at = asked % 7 == weekday
        of_weekday = usable * (seen.ordinal % 7 == weekday)
        own[at] = _means(of_weekday, seen.total, rows[:, at], overall[at])
    return overall, own


def _means(usable: Floats, total: Floats, rows: NDArray[np.intp], fallback: Floats) -> Floats:
    """Return the mean of usable totals between two rows (2, N); ``fallback`` (N,) where there is none."""
    sums, counts = (np.concatenate([[0.0], np.cumsum(v)])[rows] for v in (usable * total, usable))
    seen = counts[1] - counts[0]
    return np.where(seen > 0, (sums[1] - sums[0]) / np.maximum(seen, 1.0), fallback)
