"""What a formation does: people needed and scheduled, in-time share through the day, risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from planner.alternatives.alternative import Alternative
from planner.charts.style import BLUE, GREEN, GREY, INK, LABEL_PX, ORANGE, RED, WIDTH, finished, rows_of
from planner.wording.dates import percent
from planner.wording.terms import alternative_name

# Colour, dash and width of the alternatives that are neither 現状維持 nor proposed, in order.
_OTHERS = (
    (GREEN, [2, 2], 1.5),
    (ORANGE, [8, 2, 2, 2], 1.5),
    (RED, [6, 3], 1.5),
    (INK, [1, 3], 1.5),
    (GREEN, [10, 3], 1.5),
)
_CLOCK = "floor(datum.value/60)+':'+(datum.value%60<10?'0':'')+datum.value%60"


@dataclass(frozen=True, slots=True)
class _Line:
    """How one series is drawn, and its words in the legend."""

    name: str
    colour: str
    dash: list[int]
    width: float


def heads(now: Alternative, proposed: Alternative, slot_min: int, title: str) -> Any:
    """Draw needed against scheduled people at reception by slot of a mean day, as step lines."""
    series: list[tuple[_Line, Sequence[float]]] = [
        (_Line("必要", RED, [2, 2], 2.0), proposed.needed),
        (_Line("配置（現状維持）", GREY, [7, 3], 2.0), now.scheduled),
    ]
    if proposed.key != now.key:
        series.append(
            (_Line(f"配置（{alternative_name(proposed.key)}）", BLUE, [1, 0], 2.5), proposed.scheduled)
        )
    hours = (
        min(now.formation.opens_min, proposed.formation.opens_min),
        max(now.formation.closes_min, proposed.formation.closes_min),
    )
    rows = [
        {"minute": n * slot_min, "value": value, "series": line.name}
        for line, values in series
        for n, value in enumerate(values)
        if hours[0] <= n * slot_min <= hours[1]
    ]
    y = alt.Y("value:Q", title="受付の人数（人）", scale=alt.Scale(domainMin=0), axis=alt.Axis(tickMinStep=1))
    return finished(_stepped(rows, [line for line, _ in series], y, hours), title)


def in_time_by_slot(
    alternatives: Sequence[Alternative], proposed: str, slot_min: int, share: float, title: str
) -> Any:
    """Draw the in-time share through the day by alternative, with the promised share as a line."""
    lines = _alternative_lines([a.key for a in alternatives], proposed)
    hours = (
        min(a.formation.opens_min for a in alternatives),
        max(a.formation.closes_min for a in alternatives),
    )
    rows = [row for a in alternatives for row in _share_rows(a, slot_min, lines[a.key].name)]
    axis = alt.Axis(format="%")
    y = alt.Y("value:Q", title="基準時間内の応答率", scale=alt.Scale(domain=[0, 1]), axis=axis)
    goal = alt.Chart(rows_of([{"value": share}])).mark_rule(color=INK, strokeDash=[12, 4]).encode(y="value:Q")
    return finished(
        _stepped(rows, list(lines.values()), y, hours) + goal,
        title,
        f"線: {slot_min}分ごとの値　黒の破線: 目標 {percent(share)}",
    )


def _share_rows(alternative: Alternative, slot_min: int, series: str) -> list[dict[str, Any]]:
    """Return a step a slot; the last one is closed at the slot's end."""
    known = [(n, share) for n, share in enumerate(alternative.slot_in_time) if share is not None]
    steps = [*known, *((n + 1, share) for n, share in known[-1:])]
    return [{"minute": n * slot_min, "value": share, "series": series} for n, share in steps]


def _alternative_lines(keys: Sequence[str], proposed: str) -> dict[str, _Line]:
    others = iter(_OTHERS)
    lines = {}
    for key in keys:
        name = alternative_name(key)
        if key == proposed:
            lines[key] = _Line(f"{name}【提案】", BLUE, [1, 0], 3.0)
        elif key == "status_quo":
            lines[key] = _Line(name, GREY, [7, 3], 2.5)
        else:
            lines[key] = _Line(name, *next(others))
    return lines


def _stepped(
    rows: Sequence[Mapping[str, Any]], lines: Sequence[_Line], y: alt.Y, hours: tuple[int, int]
) -> Any:
    first, last = -(-hours[0] // 60) * 60, hours[1] // 60 * 60
    axis = alt.Axis(values=list(range(first, last + 1, 60)), labelExpr=_CLOCK, labelFlush=False, grid=True)
    names = [line.name for line in lines]
    legend = alt.Legend(title=None, orient="bottom", columns=3, offset=4, symbolSize=600)
    return (
        alt.Chart(rows_of(rows))
        .mark_line(interpolate="step-after")
        .encode(
            x=alt.X("minute:Q", title="時刻", scale=alt.Scale(domain=list(hours), nice=False), axis=axis),
            y=y,
            color=alt.Color(
                "series:N",
                legend=legend,
                scale=alt.Scale(domain=names, range=[line.colour for line in lines]),
            ),
            strokeDash=alt.StrokeDash(
                "series:N", legend=legend, scale=alt.Scale(domain=names, range=[line.dash for line in lines])
            ),
            strokeWidth=alt.StrokeWidth(
                "series:N", legend=legend, scale=alt.Scale(domain=names, range=[line.width for line in lines])
            ),
        )
        .properties(width=WIDTH, height=180)
    )


def risk(alternatives: Sequence[Alternative], proposed: str, max_risk: float, title: str) -> Any:
    """Draw each alternative's chance of missing a target, against the accepted one."""
    rows = [
        {
            "name": alternative_name(a.key) + ("【提案】" if a.key == proposed else ""),
            "risk": a.outcome.risk,
            "text": percent(a.outcome.risk),
            "is_proposed": a.key == proposed,
        }
        for a in alternatives
    ]
    base = alt.Chart(rows_of(rows)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
        x=alt.X(
            "risk:Q", title="目標を下回るおそれ", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")
        ),
    )
    bars = base.mark_bar(height=16).encode(
        color=alt.condition("datum.is_proposed", alt.value(BLUE), alt.value("#999999"))
    )
    text = base.mark_text(align="left", dx=5, fontSize=LABEL_PX, color=INK).encode(text="text:N")
    goal = (
        alt.Chart(rows_of([{"risk": max_risk}]))
        .mark_rule(color=RED, strokeDash=[4, 3], strokeWidth=2)
        .encode(x="risk:Q")
    )
    subtitle = f"破線: 許容する値 {percent(max_risk)}"
    return finished(
        (bars + text + goal).properties(width=WIDTH - 160, height=28 * len(rows)), title, subtitle
    )
