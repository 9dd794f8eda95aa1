"""An outlook by day or week: what came, what is coming with its 50, 80 and 95 % bands, events above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import altair as alt

from planner.charts.event_labels import Named, event_labels
from planner.charts.style import BLUE, GREY, INK, LABEL_PX, ORANGE, WIDTH, finished, rows_of
from planner.outlook.figures import Band
from planner.wording.terms import closure

Point = tuple[date, date, float]
"""What came: first day, last day, inquiries a day."""
_OPACITY = {95: 0.14, 80: 0.2, 50: 0.3}  # they lie upon each other
_DAY_MS = 86_400_000
_STEP = 0.11  # height of a line of names, in parts of the drawing below
_NOON_MS = _DAY_MS // 2
_DIAMOND = "diamond"
_MOST_NAMED = 11  # Mondays that find room below the drawing
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")


@dataclass(frozen=True, slots=True)
class OutlookSeries:
    """What is drawn. ``past``: up to ``as_of``; ``actual``: after it; ``closed``: days with their reason."""

    as_of: date
    bands: Sequence[Band]
    past: Sequence[Point] = ()
    actual: Sequence[Point] = ()
    events: Sequence[Named] = ()
    closed: Sequence[tuple[date, str]] = ()
    by_week: bool = False
    height: int = 215


def outlook_fan(series: OutlookSeries, title: str) -> Any:
    """Draw the outlook; days of closure are gaps, shaded where they are no weekend."""
    span = _span(series)
    highest = max(
        *(b.interval(95)[1] for b in series.bands), *(p[2] for p in (*series.past, *series.actual)), 1.0
    )
    top = highest * 1.05
    labels = event_labels(span, series.events)
    peak = top * (1 + _STEP * (1 + max((e["level"] for e in labels), default=-1)))
    x = _axis(span, series)
    y = alt.Y(
        "value:Q",
        title="1開庁日平均の問合せ（件／日）" if series.by_week else "問合せ（件／日）",
        scale=alt.Scale(domain=[0, peak], nice=False),
        axis=alt.Axis(tickMinStep=1),
    )
    layers = [
        *_closed(series, span, x, peak),
        *(_band(series, percent, x, y) for percent in _OPACITY),
        _line([(b.first, b.last, b.median) for b in series.bands], (BLUE, 2.2), series, (x, y)),
        *([_line(series.past, (GREY, 1.4), series, (x, y))] if series.past else []),
        *([_actual(series, x, y)] if series.actual else []),
        _today(series, x, peak),
        *_events(labels, top, x),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=series.height)
    return finished(chart, title, _legend(series))


def _span(series: OutlookSeries) -> list[date]:
    """Return every calendar day that is drawn."""
    first = min((p[0] for p in series.past), default=series.bands[0].first)
    days = (series.bands[-1].last - first).days
    return [first + timedelta(days=n) for n in range(days + 1)]


def _ms(day: date) -> int:
    """Return a day as UTC milliseconds: text would be read in the time zone of whoever looks at it."""
    return (day - date(1970, 1, 1)).days * _DAY_MS


def _axis(span: Sequence[date], series: OutlookSeries) -> alt.X:
    """Name Mondays while there are few, every other one while they fit, else the firsts of months."""
    mondays = [d for d in span if d.weekday() == 0]
    is_near = len(mondays) <= 2 * _MOST_NAMED
    step = 1 if len(mondays) <= _MOST_NAMED else 2
    named = mondays[::step] if is_near else [d for d in span if d.day == 1]
    domain = [_ms(span[0]), _ms(span[-1]) + _DAY_MS]
    axis = alt.Axis(
        values=[_ms(d) for d in named],
        format="%-m/%-d" if is_near else "%Y/%-m" if len(named) <= 8 else "%y/%-m",
        labelAngle=0,
        labelOverlap=True,
        grid=False,
    )
    title = "月／日（目盛りは月曜日）" if is_near else "年／月（目盛りは各月の1日）"
    if series.by_week:
        title += "、週ごと"
    return alt.X("day:T", title=title, scale=alt.Scale(type="utc", domain=domain, nice=False), axis=axis)


def _bounds(first: date, last: date, series: OutlookSeries) -> tuple[int, int]:
    """Return from when to when a day or a week is drawn."""
    if not series.by_week:
        return _ms(first), _ms(last) + _DAY_MS
    monday = first - timedelta(days=first.weekday())
    return _ms(monday), _ms(monday + timedelta(days=7))


def _band(series: OutlookSeries, percent: int, x: alt.X, y: alt.Y) -> Any:
    rows = []
    for band in series.bands:
        low, high = band.interval(percent)
        first, until = _bounds(band.first, band.last, series)
        rows.append({"day": first, "until": until, "value": high, "low": low})
    bars = alt.Chart(rows_of(rows)).mark_rect(color=BLUE, opacity=_OPACITY[percent])
    return bars.encode(x=x, x2="until:T", y=y, y2="low:Q")


def _line(
    points: Sequence[Point], look: tuple[str, float], series: OutlookSeries, axes: tuple[alt.X, alt.Y]
) -> Any:
    """Draw a line that breaks where a day or week is missing between its neighbours."""
    rows: list[dict[str, Any]] = []
    before = None
    for first, last, value in points:
        begin, end = _bounds(first, last, series)
        if before is not None and begin > before:
            rows.append({"day": before, "value": None})
        rows.append({"day": (begin + end) // 2, "value": value})
        before = end
    colour, width = look
    mark = alt.Chart(rows_of(rows)).mark_line(
        color=colour,
        strokeWidth=width,
        invalid="break-paths-show-path-domains",
        point=alt.OverlayMarkDef(size=9 * width, color=colour),
    )
    return mark.encode(x=axes[0], y=axes[1])


def _actual(series: OutlookSeries, x: alt.X, y: alt.Y) -> Any:
    rows = [
        {"day": sum(_bounds(first, last, series)) // 2, "value": value}
        for first, last, value in series.actual
    ]
    points = alt.Chart(rows_of(rows)).mark_point(
        color=ORANGE, shape=_DIAMOND, size=60, strokeWidth=1.8, filled=False
    )
    return points.encode(x=x, y=y)


def _closed(series: OutlookSeries, span: Sequence[date], x: alt.X, peak: float) -> list[Any]:
    rows = [
        {"day": _ms(d), "until": _ms(d) + _DAY_MS, "value": peak, "low": 0, "reason": closure(reason)}
        for d, reason in series.closed
        if span[0] <= d <= span[-1] and not series.by_week
    ]
    if not rows:  # a layer without data would leave the drawing without a size
        return []
    bars = alt.Chart(rows_of(rows)).mark_rect(color="#e4e4e4")
    tip = alt.Tooltip("reason:N", title="閉庁の理由")
    return [bars.encode(x=x, x2="until:T", y="value:Q", y2="low:Q", tooltip=tip)]


def _today(series: OutlookSeries, x: alt.X, peak: float) -> Any:
    row = {"day": _ms(series.as_of) + _DAY_MS, "value": peak, "low": 0}
    rule = alt.Chart(rows_of([row])).mark_rule(color=INK, strokeWidth=1)
    return rule.encode(x=x, y="value:Q", y2="low:Q")


def _events(labels: Sequence[dict[str, Any]], top: float, x: alt.X) -> list[Any]:
    marked = [
        {
            "day": _ms(date.fromisoformat(e["day"])) + _NOON_MS,
            "value": top * (1 + _STEP * (e["level"] + 0.5)),
            "low": 0,
            "name": e["name"],
            "align": e["align"],
        }
        for e in labels
    ]
    if not marked:
        return []
    rules = alt.Chart(rows_of(marked)).mark_rule(color=INK, strokeDash=[1, 2])
    layers = [rules.encode(x=x, y="value:Q", y2="low:Q")]
    for side in _SIDES:
        if of_side := [e for e in marked if e["align"] == side]:
            dx = 4 if side == "left" else -4
            text = alt.Chart(rows_of(of_side)).mark_text(align=side, dx=dx, fontSize=LABEL_PX, color=INK)
            layers.append(text.encode(x=x, y="value:Q", text="name:N"))
    return layers


def _legend(series: OutlookSeries) -> list[str]:
    seen = "灰色の線: 実績　" if series.past else ""
    after = "ひし形: 基準日後の実績　" if series.actual else ""
    dotted = "　点線: 行事" if series.events else ""
    shut = "　灰色の帯: 祝日など" if series.closed and not series.by_week else ""
    return [
        "青の帯: 濃い順に50%・80%・95%予測区間　青の線: 中央値",
        f"{seen}{after}縦の実線: 予測の基準日{dotted}{shut}",
    ]
