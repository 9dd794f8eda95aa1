"""A day that is running: inquiries since its start, as expected, as they came, as they are expected now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from forecasts.slots import clock
from planner.charts.style import BLUE, GREY, INK, ORANGE, WIDTH, finished, rows_of
from planner.outlook.running_day import Course

_HEIGHT = 200


@dataclass(frozen=True, slots=True, eq=False)
class RunningSeries:
    """What is drawn between two minutes of the day (``hours``); ``actual``: (minute, inquiries)."""

    hours: tuple[int, int]
    actual: Sequence[tuple[int, int]]
    before: Course
    after: Course


def running_course(series: RunningSeries, title: str) -> Any:
    """Draw the day; the actual line is a step at the end of each slot."""
    first, last = series.hours
    before, after = _rows(series.before, first, last), _rows(series.after, first, last)
    actual = [{"minute": m, "value": n} for m, n in series.actual if first <= m <= last]
    top = max(*(row["high"] for row in (*before, *after)), *(row["value"] for row in actual), 1) * 1.05
    ticks = list(range(first, last + 1, 60))
    labels = "{" + ",".join(f"'{m}':'{clock(m)}'" for m in ticks) + "}[datum.value]"
    x = alt.X(
        "minute:Q",
        title="時刻（時:分）",
        scale=alt.Scale(domain=[first, last], nice=False),
        axis=alt.Axis(values=ticks, labelExpr=labels, labelFlush=False, grid=False),
    )
    y = alt.Y(
        "value:Q",
        title="その日の始めからの問合せ（件）",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickMinStep=1),
    )
    layers = [
        *_band(before, BLUE, [1, 0], (x, y)),
        *_band(after, ORANGE, [6, 3], (x, y)),
        alt.Chart(rows_of(actual))
        .mark_line(color=INK, strokeWidth=2.4, interpolate="step-after")
        .encode(x=x, y=y),
        alt.Chart(rows_of([{"minute": series.actual[-1][0], "value": 0, "high": top}]))
        .mark_rule(color=GREY, strokeDash=[1, 2])
        .encode(x=x, y=y, y2="high:Q"),
    ]
    legend = [
        "青: 当初の見込み（線: 中央値、帯: 80%予測区間）　黒の階段線: 実績",
        "橙の破線: 実績を踏まえた現在の見込み（帯: 80%予測区間）　縦の点線: 記録のある時刻まで",
    ]
    return finished(alt.layer(*layers).properties(width=WIDTH, height=_HEIGHT), title, legend)


def _rows(course: Course, first: int, last: int) -> list[dict[str, float]]:
    return [
        {"minute": minute, "low": low, "value": middle, "high": high}
        for minute, (low, middle, high) in zip(course.minute, course.band.tolist(), strict=True)
        if first <= minute <= last
    ]


def _band(
    rows: Sequence[dict[str, float]], colour: str, dash: list[int], axes: tuple[alt.X, alt.Y]
) -> list[Any]:
    """Draw an interval and its middle; a layer without data would leave the drawing without a size."""
    if not rows:
        return []
    source, (x, y) = alt.Chart(rows_of(rows)), axes
    area = source.mark_area(color=colour, opacity=0.2).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    line = source.mark_line(color=colour, strokeWidth=2, strokeDash=dash).encode(x=x, y=y)
    return [area, line]
