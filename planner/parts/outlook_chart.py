"""The picture of the page 見通し: history, bands, events; what came after ``as_of`` where it is known."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from forecasts.events import EXPECTED, Event
from planner.charts import OutlookSeries, outlook_fan
from planner.content import KnownEvent
from planner.outlook import KeptOutlook
from planner.outlook.figures import Peak, View, day_bands, past_of, past_points, peak_of, week_bands
from planner.parts import drawing
from planner.parts.outlook_words import expected_name
from planner.wording.outlook import fan_title, plain_span

WEEKLY_FROM = 52
"""From so many weeks on the picture shows weeks: days would be thinner than a dot."""
_BACK_WEEKS = {1: 4, 4: 4, 13: 6, 26: 8, 52: 12, 64: 12}
_LABELLED = {"transfer", "rollout", "password_expiry", "system_change", "election", "other"}
_FEW_WEEKS = 13

Came = tuple[Sequence[date], Sequence[int]]
"""Days after ``as_of`` and their inquiries."""


def fan(outlook: KeptOutlook, view: View, came: Came = ((), ())) -> None:
    """Draw the outlook."""
    peak = peak_of(outlook, view)
    title = title_of(outlook, view, peak)
    drawing.draw(outlook_fan(series_of(outlook, view, came), title), title)


def title_of(outlook: KeptOutlook, view: View, peak: Peak) -> str:
    """Say what the picture shows."""
    span = plain_span(peak.period.start, peak.period.last, outlook.facts.as_of)
    return fan_title(span, peak.ratio, has_events=view.has_events)


def series_of(outlook: KeptOutlook, view: View, came: Came = ((), ())) -> OutlookSeries:
    """Return what is drawn."""
    facts, by_week = outlook.facts, view.weeks >= WEEKLY_FROM
    start = facts.as_of - timedelta(weeks=_BACK_WEEKS[view.weeks])
    start += timedelta(days=(7 - start.weekday()) % 7)
    first = sum(d < start for d in facts.past_days)
    bands = week_bands(outlook, view) if by_week else day_bands(outlook, view)
    last = bands[-1].last
    seen = [n for n, d in enumerate(came[0]) if d <= last]
    return OutlookSeries(
        as_of=facts.as_of,
        bands=bands,
        past=past_points(facts.past_days[first:], past_of(outlook, view)[first:], by_week=by_week),
        actual=past_points([came[0][n] for n in seen], [came[1][n] for n in seen], by_week=by_week),
        events=labelled(facts.events, facts.as_of, last, view.weeks) if view.has_events else (),
        closed=[(d, why) for d, why in facts.closed_days if start <= d <= last],
        by_week=by_week,
    )


def labelled(events: Sequence[Event], as_of: date, last: date, weeks: int) -> tuple[KnownEvent, ...]:
    """Return the events that are named above the picture: a round by its first date where it reaches far."""
    coming = sorted(
        (e for e in events if as_of < e.start <= last and _is_named(e)),
        key=lambda e: (e.kind, e.group, e.start),
    )
    if weeks <= _FEW_WEEKS:
        return tuple(_named(e, e.headcount) for e in sorted(coming))
    rounds = (list(r) for _, r in groupby(coming, key=lambda e: (e.kind, e.group or e.name, e.name)))
    return tuple(sorted((_named(r[0], None) for r in rounds), key=lambda e: e.start))


def _is_named(event: Event) -> bool:
    is_session = event.kind in {"diet_ordinary", "diet_special"}
    return event.kind in _LABELLED or event.kind.startswith("own:") or is_session


def _named(event: Event, headcount: int | None) -> KnownEvent:
    is_expected = event.status == EXPECTED
    name = expected_name(event.kind) if is_expected else event.name
    return KnownEvent(
        event.kind, name, event.start, event.end, event.announced_on, headcount, event.status, event.source
    )
