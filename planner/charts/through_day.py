"""Step lines through a day: the time of day as axis, a line that ends where its slots do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from planner.charts.style import WIDTH, rows_of

_CLOCK = "floor(datum.value/60)+':'+(datum.value%60<10?'0':'')+datum.value%60"


@dataclass(frozen=True, slots=True)
class Line:
    """How one series is drawn, and its words in the legend."""

    name: str
    colour: str
    dash: list[int]
    width: float


def slot_rows(values: Sequence[float | None], slot_min: int, series: str) -> list[dict[str, Any]]:
    """Return a step a slot, closed at the end of the last one before a gap; a slot without value is a gap."""
    rows: list[dict[str, Any]] = []
    for n, value in enumerate(values):
        before = values[n - 1] if n else None
        if value is not None:
            rows.append({"minute": n * slot_min, "value": value, "series": series})
        elif before is not None:
            end = {"minute": n * slot_min, "series": series}
            rows += [{**end, "value": before}, {**end, "value": None}]
    if values and values[-1] is not None:
        rows.append({"minute": len(values) * slot_min, "value": values[-1], "series": series})
    return rows


def time_of_day(hours: tuple[int, int], field: str = "minute", *, has_axis: bool = True) -> alt.X:
    """Return the time of day as axis, with its full hours; rows name the minute of the day by ``field``."""
    first, last = -(-hours[0] // 60) * 60, hours[1] // 60 * 60
    ticks = list(range(first, last + 1, 60))
    axis = alt.Axis(values=ticks, labelExpr=_CLOCK, labelFlush=False, grid=True) if has_axis else None
    return alt.X(f"{field}:Q", title="時刻", scale=alt.Scale(domain=list(hours), nice=False), axis=axis)


def stepped(rows: Sequence[Mapping[str, Any]], lines: Sequence[Line], y: alt.Y, x: alt.X) -> Any:
    """Draw series as step lines that differ by colour, dash and width."""
    names = [line.name for line in lines]
    legend = alt.Legend(title=None, orient="bottom", columns=3, offset=4, symbolSize=600)
    return (
        alt.Chart(rows_of(rows))
        .mark_line(interpolate="step-after")
        .encode(
            x=x,
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
