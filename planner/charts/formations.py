"""What a formation does: people needed and scheduled, in-time share through the day, risk."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from planner.alternatives.alternative import Alternative
from planner.charts.style import BLUE, GREEN, GREY, INK, LABEL_PX, ORANGE, RED, WIDTH, finished, rows_of
from planner.charts.through_day import Line, slot_rows, stepped, time_of_day
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


def heads(now: Alternative, proposed: Alternative, slot_min: int, title: str) -> Any:
    """Draw needed against scheduled people at reception by slot of a mean day, as step lines."""
    series: list[tuple[Line, Sequence[float]]] = [
        (Line("必要", RED, [2, 2], 2.0), proposed.needed),
        (Line("配置（現状維持）", GREY, [7, 3], 2.0), now.scheduled),
    ]
    if proposed.key != now.key:
        series.append(
            (Line(f"配置（{alternative_name(proposed.key)}）", BLUE, [1, 0], 2.5), proposed.scheduled)
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
    return finished(stepped(rows, [line for line, _ in series], y, time_of_day(hours)), title)


def in_time_by_slot(
    alternatives: Sequence[Alternative], proposed: str, slot_min: int, share: float, title: str
) -> Any:
    """Draw the in-time share through the day by alternative, with the promised share as a line."""
    lines = _alternative_lines([a.key for a in alternatives], proposed)
    hours = (
        min(a.formation.opens_min for a in alternatives),
        max(a.formation.closes_min for a in alternatives),
    )
    rows = [row for a in alternatives for row in slot_rows(a.slot_in_time, slot_min, lines[a.key].name)]
    axis = alt.Axis(format="%")
    y = alt.Y("value:Q", title="基準時間内の応答率", scale=alt.Scale(domain=[0, 1]), axis=axis)
    goal = alt.Chart(rows_of([{"value": share}])).mark_rule(color=INK, strokeDash=[12, 4]).encode(y="value:Q")
    return finished(
        stepped(rows, list(lines.values()), y, time_of_day(hours)) + goal,
        title,
        f"線: {slot_min}分ごとの値　黒の破線: 目標 {percent(share)}",
    )


def _alternative_lines(keys: Sequence[str], proposed: str) -> dict[str, Line]:
    others = iter(_OTHERS)
    lines = {}
    for key in keys:
        name = alternative_name(key)
        if key == proposed:
            lines[key] = Line(f"{name}【提案】", BLUE, [1, 0], 3.0)
        elif key == "status_quo":
            lines[key] = Line(name, GREY, [7, 3], 2.5)
        else:
            lines[key] = Line(name, *next(others))
    return lines


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
