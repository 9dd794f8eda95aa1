"""What a proposal says of the future and the past: the forecast turned into the figures of its content."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import isnan

import numpy as np

from forecasts.backtest import Comparison
from forecasts.calendar import Calendar
from forecasts.choose import Choice
from forecasts.distribution import Forecast
from forecasts.events import EXPECTED, Event
from forecasts.features import window_of
from forecasts.history.counts import History
from forecasts.model import Explanation
from forecasts.slots import Period
from planner.content import Accuracy, Dates, DayOutlook, KnownEvent, LastYear, PastEvent
from planner.desk import Terms
from planner.wording.terms import event_kind

LAST_YEAR = "last_year_growth"
"""The model that repeats last year: what most desks do, and what a manager can judge a forecast by."""
_YEAR_DAYS = 364  # the same weekday a year ago
_BEFORE_OFFICE_DAYS = 20
_SAME_SEASON_DAYS = 45


def outlook(forecast: Forecast, explanation: Explanation, history: History) -> tuple[DayOutlook, ...]:
    """Return the forecast day by day: 80 % interval, usual level, events, the same weekday a year ago."""
    low, median, high = forecast.day_quantiles((0.1, 0.5, 0.9))
    expected = forecast.day_rate.sum(axis=2).mean(axis=0)
    reasons = {r.day: r for r in explanation.days}
    past = dict(zip(history.days, history.day_count.sum(axis=1), strict=True))
    out = []
    for n, day in enumerate(forecast.days):
        reason = reasons.get(day)
        usual = reason.base * reason.weekday * reason.season if reason else float(expected[n])
        before = past.get(day - timedelta(days=_YEAR_DAYS))
        out.append(
            DayOutlook(
                day=day,
                low=float(low[n]),
                median=float(median[n]),
                high=float(high[n]),
                expected=float(expected[n]),
                usual=float(usual),
                events=reason.events if reason else (),
                actual_last_year=None if before is None else int(before),
            )
        )
    return tuple(out)


def events_of(events: Sequence[Event], calendar: Calendar, period: Period) -> tuple[Event, ...]:
    """Return the events that act on an office day of the period."""
    return tuple(e for e in events if e.kind != "outage" and any(d in period for d in window_of(e, calendar)))


def kinds_until(events: Iterable[Event | KnownEvent], window: Period) -> tuple[str, ...]:
    """Return the kinds of the acting events that have begun by the end of a window: those it answers."""
    return tuple(dict.fromkeys(e.kind for e in events if e.start <= window.last))


def known_events(events: Sequence[Event]) -> tuple[KnownEvent, ...]:
    """Return events as a proposal shows them; an expected one says that nobody has announced it."""
    return tuple(_as_shown(e) for e in events)


def _as_shown(event: Event) -> KnownEvent:
    name, source = event.name, event.source
    if event.status == EXPECTED:
        name, source = f"公表前の{event_kind(event.kind)}", "前年の日程及び人数からの想定"
    return KnownEvent(
        event.kind, name, event.start, event.end, event.announced_on, event.headcount, event.status, source
    )


def past_events(
    acting: Sequence[Event], known: Sequence[Event], history: History, office_days: int
) -> tuple[PastEvent, ...]:
    """Return earlier rounds of the acting events (same kind and season), with what they did to inquiries.

    A round is measured over its first ``office_days``, as long as the change that is proposed now.
    """
    rounds: dict[tuple[str, str], list[Event]] = {}
    for event in known:
        if event.end < history.period.end and any(_is_alike(event, now) for now in acting):
            rounds.setdefault((event.kind, event.group or event.name), []).append(event)
    found = [_measured(group, history, office_days) for group in rounds.values()]
    return tuple(sorted((p for p in found if p is not None), key=lambda p: p.start))


def _is_alike(past: Event, now: Event) -> bool:
    """Whether a past event is the same regular event: its kind, about the same days of an earlier year."""
    years = now.start.year - past.start.year
    apart = (now.start - past.start).days - round(365.25 * years)
    return past.kind == now.kind and years > 0 and abs(apart) <= _SAME_SEASON_DAYS


def _measured(group: Sequence[Event], history: History, office_days: int) -> PastEvent | None:
    """Compare inquiries a day from a round's start on with the four weeks before; None without data."""
    total = history.day_count.sum(axis=1)
    start = min(e.start for e in group)
    first = sum(d < start for d in history.days)
    before, during = total[max(0, first - _BEFORE_OFFICE_DAYS) : first], total[first : first + office_days]
    if not (len(before) and len(during)):
        return None
    counts = [e.headcount for e in group]
    return PastEvent(
        name=group[0].group or group[0].name,
        start=start,
        office_days=len(during),
        per_day=float(during.mean()),
        per_day_before=float(before.mean()),
        ratio=float(during.mean() / max(before.mean(), 1e-9)),
        headcount=None if None in counts else sum(c or 0 for c in counts),
    )


def accuracy_of(choice: Choice, horizon_days: int) -> Accuracy:
    """Return how good the chosen model was on the desk's own past, against the baseline (the first).

    Ratios are over the days that both could forecast, the rest over all days of the chosen model's trials.
    """
    if not choice.backtests:
        nan, name = float("nan"), choice.model.name
        return Accuracy(name, name, nan, nan, None, nan, None, nan, None, 0, horizon_days)
    baseline = choice.backtests[0]
    best = next(b for b in choice.backtests if b.model == choice.model.name)
    beside = {c.other: c for c in choice.beside}
    to_baseline = beside.get(baseline.model)
    itself = None if best.crps_event is None else 1.0
    return Accuracy(
        model=best.model,
        baseline=baseline.model,
        wape=best.wape,
        wape_floor=best.wape_floor,
        wape_event=best.wape_event,
        coverage=best.coverage,
        coverage_event=best.coverage_event,
        crps_ratio=to_baseline.crps_ratio if to_baseline else 1.0,
        crps_ratio_event=to_baseline.crps_ratio_event if to_baseline else itself,
        origins=best.origins,
        horizon_days=best.horizon_days,
        window_coverage=best.window_coverage,
        wape_floor_event=best.wape_floor_event,
        coverage95=best.coverage95,
        event_window_coverage=best.event_window_coverage,
        event_windows=best.event_windows,
        weights=choice.weights,
        weights_reason=choice.weights_reason,
        last_year=_last_year(beside.get(LAST_YEAR)),
    )


def _last_year(beside: Comparison | None) -> LastYear | None:
    """Return the comparison with last year's days; None where there is none, or where nobody called."""
    if beside is None or isnan(beside.wape):
        return None
    return LastYear(
        origins=beside.origins,
        wape=beside.wape,
        wape_last_year=beside.wape_other,
        wape_event=beside.wape_event,
        wape_event_last_year=beside.wape_other_event,
        crps_ratio=beside.crps_ratio,
        crps_ratio_event=beside.crps_ratio_event,
    )


def heat_of(forecast: Forecast, window: Period) -> tuple[tuple[float, ...], ...]:
    """Return expected inquiries per hour by weekday (Monday to Friday) in the window: 5 x 24."""
    rate = forecast.mean_rate().sum(axis=2)
    by_hour = rate.reshape(len(forecast.days), 24, -1).sum(axis=2)
    rows = []
    for weekday in range(5):
        at = [n for n, d in enumerate(forecast.days) if d in window and d.weekday() == weekday]
        mean = by_hour[at].mean(axis=0) if at else np.zeros(24)
        rows.append(tuple(float(x) for x in mean))
    return tuple(rows)


def dates_of(
    window: Period, terms: Terms, calendar: Calendar, as_of: date, kinds: Iterable[str] = ()
) -> Dates:
    """Return the last days to propose, decide and notify (office days before the change begins).

    A day that is past by the first office day after ``as_of`` becomes that day, and the change urgent.
    """
    today = calendar.first_office_day(as_of + timedelta(days=1))
    ideal = last_days(window.start, terms, calendar, kinds)
    propose_by, decide_by, notify_by = (max(day, today) for day in ideal)
    return Dates(propose_by, decide_by, notify_by, is_urgent=today > ideal[0])


def last_days(
    start: date, terms: Terms, calendar: Calendar, kinds: Iterable[str] = ()
) -> tuple[date, date, date]:
    """Return the last days to propose, decide and notify for a change from ``start``; they may be past.

    ``kinds``: of the events that it answers.
    """
    leads = terms.lead_days(kinds)
    propose_by, decide_by, notify_by = (calendar.shifted(start, -days) for days in leads)
    return propose_by, decide_by, notify_by


def channel_shares(forecast: Forecast, window: Period) -> tuple[tuple[str, float], ...]:
    """Return each channel's share of the expected inquiries in the window."""
    at = [n for n, d in enumerate(forecast.days) if d in window]
    total = forecast.day_rate[:, at].mean(axis=0).sum(axis=0)
    whole = max(float(total.sum()), 1e-12)
    return tuple((c, float(x) / whole) for c, x in zip(forecast.channels, total, strict=True))


def closed_days(calendar: Calendar, as_of: date, period: Period) -> tuple[tuple[date, str], ...]:
    """Return closing days that are no weekend, with their reason, from ``as_of`` to the period's end."""
    days = Period(as_of, period.end).days
    reasons = ((d, calendar.closing_reason(d)) for d in days)
    return tuple((d, reason) for d, reason in reasons if reason not in {"", "weekend"})
