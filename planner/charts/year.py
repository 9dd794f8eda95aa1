"""A year and longer by month: people needed against people there, with the peaks named above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import altair as alt

from planner.charts.style import BLUE, INK, LABEL_PX, ORANGE, WIDTH, finished, rows_of
from planner.charts.through_day import Line, stepped

_DAY_MS = 86_400_000
_HEIGHT = 210
_ROWS, _NAME_PX = 2, 12
_WIDE_GREY = "#a6a6a6"
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
_Axes = tuple[alt.X, alt.Y]
_LOOKS = ((ORANGE, [1, 0], 2.6), (BLUE, [2, 2], 2.2))


@dataclass(frozen=True, slots=True)
class YearSeries:
    """What is drawn. ``needed``: by month, its first day and people; ``unreached``: months that need more.

    ``present``: people now; ``planned``: by week, its first day and people, temporary ones among them.
    ``peaks``: first day, last day, words. ``end``: the day after the last. ``names``: of the three lines.
    """

    needed: Sequence[tuple[date, int]]
    present: int
    planned: Sequence[tuple[date, int]]
    peaks: Sequence[tuple[date, date, str]]
    end: date
    names: tuple[str, str, str]
    unreached: Sequence[date] = ()


def year_need(series: YearSeries, title: str) -> Any:
    """Draw need and formation as step lines; peaks are shaded, and named where there is room."""
    first = series.needed[0][0].replace(day=1)
    domain = [_ms(first), _ms(series.end)]
    named = sorted(series.peaks)
    top = max([series.present, *(n for _, n in (*series.needed, *series.planned))])
    low = max(min([series.present, *(n for _, n in (*series.needed, *series.planned))]) - 1, 0)
    high = top + 0.6 + 0.42 * (_ROWS if named else 0)
    months = [m for m, _ in series.needed]
    x = alt.X(
        "at:T",
        title="年／月（目盛りは各月の1日）",
        scale=alt.Scale(type="utc", domain=domain, nice=False),
        axis=alt.Axis(
            values=[_ms(m.replace(day=1)) for m in months],
            format="%y/%-m",
            labelAngle=0,
            labelOverlap=True,
            grid=False,
        ),
    )
    y = alt.Y(
        "value:Q",
        title="人数（人）",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(values=list(range(low, top + 1)), format="d"),
    )
    need, _, planned = series.names
    lines = [Line(name, *look) for name, look in zip((need, planned), _LOOKS, strict=True)]
    layers = [
        *_peaks(named, (low, high), domain, (x, y)),
        _present(series, domain, (x, y)),
        stepped(_rows(series), lines, y, x),
    ]
    if series.unreached:
        layers.append(_unreached(series, x, y))
    chart = alt.layer(*layers).properties(height=_HEIGHT)
    banded = "　橙の帯: 問合せが平常の1.15倍以上の週" if named else ""
    return finished(chart, title, f"灰色の太い線: {series.names[1]}{banded}")


def _ms(day: date) -> int:
    """Return a day as UTC milliseconds, as ``charts.outlook`` does."""
    return (day - date(1970, 1, 1)).days * _DAY_MS


def _rows(series: YearSeries) -> list[dict[str, Any]]:
    need, _, plan = series.names
    start, end = series.needed[0][0].replace(day=1), _ms(series.end)

    def steps(points: Sequence[tuple[date, int]], name: str) -> list[dict[str, Any]]:
        rows = [{"at": _ms(max(day, start)), "value": value, "series": name} for day, value in points]
        return [*rows, {"at": end, "value": points[-1][1], "series": name}] if rows else []

    return [
        *steps([(day.replace(day=1), n) for day, n in series.needed], need),
        *steps(series.planned, plan),
    ]


def _present(series: YearSeries, domain: Sequence[int], axes: _Axes) -> Any:
    """Draw the present formation, wide and below the others, which mostly lie on it."""
    rows = [{"at": at, "value": series.present} for at in domain]
    line = alt.Chart(rows_of(rows)).mark_line(color=_WIDE_GREY, strokeWidth=7)
    return line.encode(x=axes[0], y=axes[1])


def _peaks(
    named: Sequence[tuple[date, date, str]], bounds: tuple[float, float], domain: Sequence[int], axes: _Axes
) -> list[Any]:
    if not named:
        return []
    x, y = axes
    bands = [
        {"at": _ms(a), "until": _ms(b) + _DAY_MS, "value": bounds[1], "low": bounds[0]} for a, b, _ in named
    ]
    shaded = alt.Chart(rows_of(bands)).mark_rect(color=ORANGE, opacity=0.14)
    layers = [shaded.encode(x=x, x2="until:T", y=y, y2="low:Q")]
    for align in _SIDES:
        if some := [n for n in _named(named, bounds[1], domain) if n["align"] == align]:
            text = alt.Chart(rows_of(some)).mark_text(
                align=align, dx=3 if align == "left" else -3, fontSize=LABEL_PX, color=INK, baseline="middle"
            )
            layers.append(text.encode(x=x, y=y, text="name:N"))
    return layers


def _named(
    peaks: Sequence[tuple[date, date, str]], high: float, domain: Sequence[int]
) -> list[dict[str, Any]]:
    """Return the names of peaks in two rows, as many as find room beside one another; the table has all."""
    ends = [-1.0] * _ROWS
    out: list[dict[str, Any]] = []
    for first, _, words in peaks:
        at = (_ms(first) - domain[0]) / (domain[1] - domain[0])
        width = len(words) * _NAME_PX / WIDTH
        start, align = (at, "left") if at + width <= 1 else (at - width, "right")
        row = next((n for n, end in enumerate(ends) if start > end), None)
        if row is not None:
            ends[row] = start + width
            out.append({"at": _ms(first), "value": high - 0.2 - 0.42 * row, "name": words, "align": align})
    return out


def _unreached(series: YearSeries, x: alt.X, y: alt.Y) -> Any:
    of = dict(series.needed)
    rows = [{"at": _ms(m.replace(day=1)), "value": of[m], "name": "以上"} for m in series.unreached]
    text = alt.Chart(rows_of(rows)).mark_text(align="left", dx=2, dy=-8, fontSize=LABEL_PX, color=INK)
    return text.encode(x=x, y=y, text="name:N")
