"""What is coming: inquiries by office day and by weekday and hour. Closed days are gaps, not zeros."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from planner.charts.event_labels import event_labels
from planner.charts.style import BLUE, GREY, INK, LABEL_PX, ORANGE, WIDTH, finished, rows_of
from planner.content import DayOutlook, KnownEvent
from planner.wording.dates import weekday_ja
from planner.wording.terms import closure

_FEW_ROWS = 6
_CROSS = "M-.5,-.5L.5,.5M.5,-.5L-.5,.5"  # an SVG path: × in lines, where the symbol named cross is filled


def fan(
    days: Sequence[DayOutlook],
    events: Sequence[KnownEvent],
    closed: Sequence[tuple[date, str]],
    title: str,
) -> Any:
    """Draw inquiries per office day: 80 % interval, median, usual level, last year, events above."""
    span = _calendar_days(days)
    order = [_key(d) for d in span]
    labels = event_labels(span, events)
    top = max(d.high for d in days) * 1.05
    step = top * 0.1
    peak = top + step * (1 + max((e["level"] for e in labels), default=-1))
    x = _day_axis(order, span)
    y = alt.Y(
        "high:Q",
        title="問合せ（件／日）",
        scale=alt.Scale(domain=[0, peak], nice=False),
        axis=alt.Axis(tickMinStep=1),
    )
    source = alt.Chart(rows_of(_day_rows(days, span)))
    marked = [{**e, "y": top + step * (e["level"] + 0.5), "bottom": 0} for e in labels]
    layers = [
        _closed_days(days, closed, x, peak),
        source.mark_bar(color=BLUE, opacity=0.18).encode(x=x, y=y, y2="low:Q"),
        source.mark_line(color=GREY, strokeDash=[5, 3], strokeWidth=1.5).encode(x=x, y="usual:Q"),
        source.mark_line(color=BLUE, strokeWidth=2.5, point=alt.OverlayMarkDef(size=22, color=BLUE)).encode(
            x=x, y="median:Q"
        ),
        source.mark_point(color=ORANGE, shape=_CROSS, size=64, strokeWidth=1.5).encode(x=x, y="past:Q"),
        alt.Chart(rows_of(marked))
        .mark_rule(color=INK, strokeDash=[1, 2])
        .encode(x=x, y="y:Q", y2="bottom:Q"),
        *(
            alt.Chart(rows_of([e for e in marked if e["align"] == align]))
            .mark_text(align=align, dx=4 if align == "left" else -4, fontSize=LABEL_PX, color=INK)
            .encode(x=x, y="y:Q", text="name:N")
            for align in ("left", "right")
        ),
    ]
    legend = "帯: 80%予測区間　実線: 中央値　破線: 平常の水準　×印: 前年同時期の実績　灰色: 閉庁日"
    return finished(alt.layer(*layers).properties(width=WIDTH, height=230), title, legend)


def _key(day: date) -> str:
    return day.isoformat()


def _calendar_days(days: Sequence[DayOutlook]) -> list[date]:
    first, last = days[0].day, days[-1].day
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day_axis(order: list[str], span: Sequence[date]) -> alt.X:
    """Name every Monday and the first day; days in text need no time zone."""
    named = [
        _key(d) for n, d in enumerate(span) if d.weekday() == 0 or (n == 0 and d.weekday() < 4)
    ]  # a Friday's label would run into Monday's
    label = "+substring(datum.value,5,7)+'/'+(+substring(datum.value,8,10))"
    axis = alt.Axis(values=named, labelExpr=label, labelAngle=0, labelOverlap=False, ticks=True, grid=False)
    return alt.X(
        "day:O", title="月／日（目盛りは月曜日）", scale=alt.Scale(domain=order, paddingInner=0), axis=axis
    )


def _day_rows(days: Sequence[DayOutlook], span: Sequence[date]) -> list[dict[str, Any]]:
    """Return a row a calendar day; closed days hold nothing, so that lines and band break there."""
    known = {d.day: d for d in days}
    empty = {"low": None, "median": None, "high": None, "usual": None, "past": None}
    rows: list[dict[str, Any]] = []
    for day in span:
        row: dict[str, Any] = {"day": _key(day), **empty}
        if d := known.get(day):
            row |= {
                "low": d.low,
                "median": d.median,
                "high": d.high,
                "usual": d.usual,
                "past": d.actual_last_year,
            }
        rows.append(row)
    return rows


def _closed_days(
    days: Sequence[DayOutlook], closed: Sequence[tuple[date, str]], x: alt.X, peak: float
) -> Any:
    reasons, open_days = dict(closed), {d.day for d in days}
    shut = [
        {"day": _key(d), "top": peak, "bottom": 0, "reason": closure(reasons.get(d, "weekend"))}
        for d in _calendar_days(days)
        if d not in open_days
    ]
    bars = alt.Chart(rows_of(shut)).mark_bar(color="#ececec")
    return bars.encode(x=x, y="bottom:Q", y2="top:Q", tooltip=alt.Tooltip("reason:N", title="閉庁の理由"))


def heat(rows: Mapping[int, Sequence[float]], hours: range, title: str, scope: str) -> Any:
    """Draw expected inquiries, weekday (0 = Monday) x hour; cells carry their number.

    ``scope``: what is shown.
    """
    names = [weekday_ja(weekday) for weekday in rows]
    return _heat(list(rows.values()), names, hours, ("曜日 × 時台", title, scope))


def day_heat(
    days: Sequence[date], rows: Sequence[Sequence[float]], hours: range, title: str, scope: str
) -> Any:
    """Draw expected inquiries, day x hour; cells carry their number. ``scope``: what is shown."""
    names = [f"{d.month}/{d.day}（{weekday_ja(d.weekday())}）" for d in days]
    return _heat(rows, names, hours, ("月／日 × 時台", title, scope))


def _heat(
    rows: Sequence[Sequence[float]], names: Sequence[str], hours: range, words: tuple[str, str, str]
) -> Any:
    axis_title, title, scope = words
    cells = [
        {"row": name, "hour": h, "number": row[h], "text": _short(row[h])}
        for name, row in zip(names, rows, strict=True)
        for h in hours
    ]
    middle = 0.62 * max((row[h] for row in rows for h in hours), default=0.0)
    base = alt.Chart(rows_of(cells)).encode(
        x=alt.X("hour:O", title=axis_title, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("row:O", title=None, sort=list(names)),
    )
    scale = alt.Scale(range=["#f4f7ff", BLUE], domainMin=0)
    tiles = base.mark_rect(stroke="white").encode(color=alt.Color("number:Q", title="件／時", scale=scale))
    ink = alt.condition(
        f"datum.number > {middle}", alt.value("white"), alt.value("black")
    )  # 4.5:1 on both sides
    text = base.mark_text(fontSize=LABEL_PX - 1).encode(text="text:N", color=ink)
    height = (34 if len(rows) <= _FEW_ROWS else 22) * len(rows)
    return finished((tiles + text).properties(width=WIDTH - 60, height=height), title, scope)


def _short(number: float) -> str:
    """Write a cell's number in the room of two or three figures; nothing for next to nothing."""
    if number < 0.05:
        return ""
    return f"{number:.1f}" if number < 9.95 else f"{number:.0f}"
