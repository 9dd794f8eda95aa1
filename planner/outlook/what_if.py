"""What if an event moved or grew? The same learning and the same chance, another list of events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from forecasts.calendar import Calendar
from forecasts.distribution import Forecast
from forecasts.events import Event
from forecasts.features import expected_rounds, window_of
from forecasts.model import Fitted, as_known
from forecasts.models import MODELS
from planner.intake import Question
from planner.outlook.figures import LEVELS, Band, total_of

_EVENT_MODELS = ("joint",)
"""The models that tell events apart; the first one there is answers."""
_AROUND_DAYS = 7
"""Calendar days before and after the days on which the event acts that are counted in: it fades slowly."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked: so many office days later (negative: earlier), so many times the people."""

    shift_days: int = 0
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does from ``first`` to ``last``, on paths that share their chance.

    ``before``, ``after``: quantiles (``LEVELS``) of all inquiries of these days; ``more``: of the expected
    difference, path by path. ``busiest_before``, ``busiest_after``: the day on which most are expected.
    """

    first: date
    last: date
    before: tuple[float, ...]
    after: tuple[float, ...]
    more: tuple[float, ...]
    busiest_before: Band
    busiest_after: Band


def coming_events(events: Sequence[Event], calendar: Calendar, as_of: date) -> tuple[Event, ...]:
    """Return the events that begin after ``as_of`` and act on some day, expected ones among them."""
    every = (*events, *expected_rounds(events, as_of))
    return tuple(e for e in sorted(every) if e.start > as_of and window_of(e, calendar))


def changed(event: Event, change: Change, calendar: Calendar) -> Event:
    """Return an event moved and resized; one that begins on a closing day is moved from the next office day.

    People stay whole and at least one; an event whose people are not known has none to change.
    """
    start = event.start
    if change.shift_days:
        start = calendar.shifted(calendar.first_office_day(event.start), change.shift_days)
    heads = None if event.headcount is None else max(round(event.headcount * change.times), 1)
    return replace(event, start=start, end=event.end + (start - event.start), headcount=heads)


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """A year that has been learned from: the fitted model, what is known, how paths are drawn."""

    fitted: Fitted
    events: tuple[Event, ...]
    calendar: Calendar
    as_of: date
    paths: int
    seed: int
    model: str = _EVENT_MODELS[0]

    def drawn(self, events: Sequence[Event], last: date) -> Forecast:
        """Draw paths to ``last`` under a list of events; the same chance every time."""
        days = self.calendar.office_days(self.as_of + timedelta(days=1), last + timedelta(days=1))
        return self.fitted.given(events).forecast(days, self.paths, self.seed)


def round_of(event: Event, coming: Sequence[Event]) -> tuple[Event, ...]:
    """Return the coming events of the same round (the effective dates of one transfer), itself among them."""
    same = [e for e in coming if event.group and (e.kind, e.group) == (event.kind, event.group)]
    return tuple(same) or (event,)


def effect_of(year: Year, changes: Mapping[Event, Event]) -> Effect:
    """Compare the year as it is known with one in which events are changed: event → what stands instead.

    Raises ValueError where no office day after ``as_of`` is touched.
    """
    first, last = _span(year, (*changes, *changes.values()))
    every = (*year.events, *expected_rounds(year.events, year.as_of))
    before = year.drawn(every, last)
    after = year.drawn([changes.get(e, e) for e in every], last)
    at = [n for n, d in enumerate(before.days) if first <= d]
    moved = (after.day_rate - before.day_rate)[:, at].sum(axis=2)
    difference = moved.sum(axis=1)
    count = before.day_count[:, at].sum(axis=2)
    # The same chance on both sides: counts drawn anew would differ by more than the change itself.
    changed = np.maximum(count + moved, 0.0)
    return Effect(
        first=before.days[at[0]],
        last=before.days[at[-1]],
        before=total_of(count),
        after=total_of(changed),
        more=tuple(float(q) for q in np.quantile(difference, LEVELS)),
        busiest_before=_busiest(before, at),
        busiest_after=_busiest(after, at),
    )


def _span(year: Year, events: Sequence[Event]) -> tuple[date, date]:
    """Return the first and the last day that one of the events touches, with some days around them."""
    acting = sorted({d for e in events for d in window_of(e, year.calendar)})
    ahead = [d for d in acting if d > year.as_of]
    if not ahead:
        message = f"nothing after {year.as_of} to compare"
        raise ValueError(message)
    around = timedelta(days=_AROUND_DAYS)
    first = max(ahead[0] - around, year.as_of + timedelta(days=1))
    return first, ahead[-1] + around


def _busiest(forecast: Forecast, at: Sequence[int]) -> Band:
    rates = forecast.day_rate.sum(axis=2).mean(axis=0)
    top = max(at, key=lambda n: float(rates[n]))
    quantiles = np.quantile(forecast.day_count[:, top].sum(axis=1), LEVELS, method="inverted_cdf")
    day = forecast.days[top]
    return Band(day, day, 1, tuple(map(float, quantiles)), float(rates[top]))


def learned_year(question: Question, paths: int, seed: int) -> Year | None:
    """Learn what events do on a desk; None where its history is too short for that."""
    known = as_known(question.history, question.events, question.desk.calendar, question.as_of)
    model = next((m for name in _EVENT_MODELS for m in MODELS if m.name == name), None)
    if model is None:
        return None
    try:
        fitted = model.fit(known)
    except ValueError:  # less history than the model can work from
        return None
    return Year(fitted, known.events, known.calendar, known.as_of, paths, seed, model.name)
