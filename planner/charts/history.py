"""The whole history at a glance: inquiries by day with what stands out, shares of the channels by month."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt
import numpy as np

from forecasts.abnormal import AbnormalDay
from forecasts.events import Event
from forecasts.history.breaks import Gap, LevelChange
from forecasts.history.counts import History
from planner.charts.style import BLUE, GREEN, GREY, INK, LABEL_PX, ORANGE, RED, WIDTH, finished, rows_of
from planner.wording.abnormal import ABNORMAL_KINDS
from planner.wording.terms import EVENT_KINDS

_CROSS = "M-.5,-.5L.5,.5M.5,-.5L-.5,.5"
_AXIS_PX = 96  # both parts of the chart begin at the same place
_LANE_PX = 18
_STEP_DAYS = 20
_LEFT_OUT = "学習から除外した日"
# code: (shape, colour); every shape differs, so that the colours may be confused.
_MARKS: Mapping[str, tuple[str, str]] = {
    "outage": ("triangle-down", RED),
    "shortfall": ("square", ORANGE),
    "surge": ("triangle-up", RED),
    "hole": ("diamond", ORANGE),
}
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3])
_COLOURS = (BLUE, ORANGE, GREEN, RED, INK, GREY)
_DAY_MS = 86_400_000


def days_chart(
    history: History,
    breaks: Sequence[Gap | LevelChange],
    abnormal: Sequence[AbnormalDay],
    events: Sequence[Event],
    title: str,
) -> Any:
    """Draw inquiries by office day: gaps shaded, level changes as lines, abnormal days by shape.

    ``breaks``: those of all channels are drawn (``channel`` ""), and
    an abnormal day within a gap is not drawn again; ``events``: bars above, by kind.
    """
    scale = _day_scale(history)
    x = alt.X("day:T", title="年／月", scale=scale, axis=_time_axis())
    top = float(max(history.day_count.sum(axis=1).max(initial=1), 1)) * 1.08
    gaps = [b for b in breaks if isinstance(b, Gap) and not b.channel]
    beside = [f for f in abnormal if not any(g.first <= f.day <= g.last for g in gaps)]
    changes = [b for b in breaks if isinstance(b, LevelChange) and not b.channel]
    marked = _marked(history, beside)
    # A layer without data would leave the drawing without a size.
    layers = [
        *([_gaps(gaps, x, top)] if gaps else []),
        _counts(history, x, top),
        *([_changes(changes, x, top)] if changes else []),
        *([_abnormal(marked, x)] if marked else []),
    ]
    legend = "点: 1日の件数　線: 20開庁日の中央値　灰色の帯: 記録なし　縦の破線: 水準の変化"
    main = alt.layer(*layers).properties(width=WIDTH - _AXIS_PX, height=240)
    shown = [e for e in events if e.end >= history.days[0] and e.start <= history.days[-1]]
    chart = alt.vconcat(_lanes(shown, history, scale), main, spacing=6) if shown else main
    return finished(chart, title, legend)


def shares_chart(history: History, channel_names: Mapping[str, str], title: str) -> Any:
    """Draw each channel's share of a month's inquiries; a month without any is a gap."""
    names = [channel_names.get(c, c) for c in history.channels]
    rows = [
        {"month": _ms(month), "channel": name, "share": share}
        for month, shares in _monthly_shares(history)
        for name, share in zip(names, shares, strict=True)
    ]
    kinds = len(_COLOURS)
    of_channel = {
        "color": alt.Color("channel:N", title="受付方法", sort=names, scale=_scale(names, _COLOURS, kinds)),
        "strokeDash": alt.StrokeDash("channel:N", sort=names, scale=_scale(names, _DASHES, kinds)),
    }
    line = alt.Chart(rows_of(rows)).mark_line(strokeWidth=2.5, invalid="break-paths-show-path-domains")
    chart = line.encode(
        x=alt.X("month:T", title="年／月", scale=alt.Scale(type="utc"), axis=_time_axis()),
        y=alt.Y("share:Q", title="問合せに占める割合", scale=alt.Scale(domain=[0, 1]), axis=_share_axis()),
        **of_channel,
    )
    return finished(chart.properties(width=WIDTH - _AXIS_PX, height=200), title)


def _scale(names: Sequence[str], values: Sequence[Any], kinds: int) -> alt.Scale:
    return alt.Scale(domain=list(names), range=[values[n % kinds] for n in range(len(names))])


def _time_axis() -> alt.Axis:
    return alt.Axis(format="%Y/%-m", labelAngle=0, grid=False, tickCount=8, labelOverlap=True)


def _share_axis() -> alt.Axis:
    return alt.Axis(format="%", tickCount=5, minExtent=_AXIS_PX - 24)


def _ms(day: date) -> int:
    """Return a day as UTC milliseconds: text would be read in the time zone of whoever looks at it."""
    return (day - date(1970, 1, 1)).days * _DAY_MS


def _day_scale(history: History) -> alt.Scale:
    domain = [_ms(history.days[0]), _ms(history.days[-1]) + _DAY_MS]
    return alt.Scale(type="utc", domain=domain, nice=False)


def _counts(history: History, x: alt.X, top: float) -> Any:
    """Draw days as points, and their rolling median; days without an inquiry take no part in it."""
    total = history.day_count.sum(axis=1)
    rows = [
        {"day": _ms(d), "count": int(n), "usual": usual}
        for d, n, usual in zip(history.days, total, _rolling_median(total), strict=True)
    ]
    y = alt.Y(
        "count:Q",
        title="問合せ（件／日）",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickMinStep=1, minExtent=_AXIS_PX - 24),
    )
    source = alt.Chart(rows_of(rows))
    points = source.mark_circle(size=9, color=GREY, opacity=0.7).encode(x=x, y=y)
    line = source.mark_line(color=BLUE, strokeWidth=2, invalid="break-paths-show-path-domains")
    return points + line.encode(x=x, y=alt.Y("usual:Q"))


def _rolling_median(total: "np.ndarray[Any, np.dtype[np.int64]]") -> list[float | None]:
    """Return the median of the days around each; None where the day itself has no inquiry."""
    half = _STEP_DAYS // 2
    out: list[float | None] = []
    for n, count in enumerate(total):
        around = total[max(n - half, 0) : n + half + 1]
        out.append(float(np.median(around[around > 0])) if count else None)
    return out


def _gaps(gaps: Sequence[Gap], x: alt.X, top: float) -> Any:
    rows = [
        {"day": _ms(g.first), "until": _ms(g.last) + _DAY_MS, "top": top, "bottom": 0, "name": "記録なし"}
        for g in gaps
    ]
    base = alt.Chart(rows_of(rows))
    shade = base.mark_rect(color="#c9c9c9", stroke=GREY).encode(x=x, x2="until:T", y="bottom:Q", y2="top:Q")
    text = base.mark_text(align="left", dx=3, dy=8, fontSize=LABEL_PX, color=INK)
    return shade + text.encode(x=x, y="top:Q", text="name:N")


def _changes(changes: Sequence[LevelChange], x: alt.X, top: float) -> Any:
    rows = [
        {"day": _ms(c.day), "top": top, "bottom": 0, "name": f"約{c.before:.0f}→{c.after:.0f}件"}
        for c in changes
    ]
    base = alt.Chart(rows_of(rows))
    rule = base.mark_rule(color=INK, strokeDash=[5, 3], strokeWidth=1.5)
    text = base.mark_text(align="left", dx=4, dy=8, fontSize=LABEL_PX, color=INK)
    return rule.encode(x=x, y="bottom:Q", y2="top:Q") + text.encode(x=x, y="top:Q", text="name:N")


def _marked(history: History, abnormal: Sequence[AbnormalDay]) -> list[dict[str, Any]]:
    """Return what stands out, and the days left out already, each at the day's total."""
    total = dict(zip(history.days, history.day_count.sum(axis=1).tolist(), strict=True))
    shown = [(f.day, ABNORMAL_KINDS[f.code]) for f in abnormal]
    shown += [(d, _LEFT_OUT) for d in sorted(history.left_out) if d in total]
    return [{"day": _ms(d), "count": total[d], "kind": kind} for d, kind in shown]


def _abnormal(rows: Sequence[Mapping[str, Any]], x: alt.X) -> Any:
    marks = {ABNORMAL_KINDS[code]: look for code, look in _MARKS.items()} | {_LEFT_OUT: (_CROSS, INK)}
    kinds = [kind for kind in marks if kind in {row["kind"] for row in rows}]
    legend = alt.Legend(title=None, orient="bottom", columns=3)
    shapes, colours = ([marks[kind][n] for kind in kinds] for n in (0, 1))
    return (
        alt.Chart(rows_of(rows))
        .mark_point(size=80, strokeWidth=2, filled=False)
        .encode(
            x=x,
            y="count:Q",
            shape=alt.Shape("kind:N", legend=legend, scale=alt.Scale(domain=kinds, range=shapes)),
            color=alt.Color("kind:N", legend=legend, scale=alt.Scale(domain=kinds, range=colours)),
        )
    )


def _lanes(events: Sequence[Event], history: History, scale: alt.Scale) -> Any:
    """Draw events as bars, a lane for each kind; names appear where the pointer rests."""
    kinds = [name for code, name in EVENT_KINDS.items() if code in {e.kind for e in events}]
    first, last = history.days[0], history.days[-1]
    rows = [
        {
            "day": _ms(max(e.start, first)),
            "until": _ms(min(e.end, last)) + _DAY_MS,
            "kind": EVENT_KINDS.get(e.kind, e.kind),
            "name": e.name,
        }
        for e in events
    ]
    kinds += sorted({str(r["kind"]) for r in rows} - set(kinds))
    bars = alt.Chart(rows_of(rows)).mark_rect(color=BLUE, stroke=BLUE, height=_LANE_PX - 8, strokeWidth=1.5)
    return bars.encode(
        x=alt.X("day:T", title=None, scale=scale, axis=alt.Axis(labels=False, ticks=False, grid=False)),
        x2="until:T",
        y=alt.Y("kind:N", title=None, sort=kinds, axis=alt.Axis(minExtent=_AXIS_PX - 10, labelLimit=90)),
        tooltip=alt.Tooltip("name:N", title="行事"),
    ).properties(width=WIDTH - _AXIS_PX, height=_LANE_PX * len(kinds))


def _monthly_shares(history: History) -> list[tuple[date, list[float | None]]]:
    """Return for each month the shares of the channels; None where nothing came."""
    months = [d.replace(day=1) for d in history.days]
    count = history.day_count
    out: list[tuple[date, list[float | None]]] = []
    for month in sorted(set(months)):
        sums = count[[m == month for m in months]].sum(axis=0)
        whole = int(sums.sum())
        out.append((month, [int(n) / whole if whole else None for n in sums]))
    return out
