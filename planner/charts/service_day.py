"""Service through a mean day: present against chosen, the target, where it breaks first, who is away then."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import altair as alt

from planner.charts.style import BLUE, FAINT, GREY, INK, LABEL_PX, PALE, WIDTH, finished, rows_of
from planner.charts.through_day import Line, slot_rows, stepped, time_of_day
from planner.service_day import ServiceDay, Stretch
from planner.wording.dates import percent
from planner.wording.numbers import heads
from planner.wording.terms import alternative_name

_LABELS_PX = 100  # the names of the strip stand left of both drawings
_ROW_PX = 18
_AWAY = {"on_break": "休憩", "on_operations": "運用管理業務"}


def service_through_day(day: ServiceDay, first: Stretch | None, title: str) -> Any:
    """Draw the in-time share of the present and the chosen formation; ``first``: the stretch to shade.

    Under it, where the day tells them, the people on a break and on operations work, as a strip of counts.
    """
    is_changed = day.chosen.key != day.now.key
    name = alternative_name(day.chosen.key)
    goal = alt.Chart(rows_of([{"value": day.within_share}])).mark_rule(color=INK, strokeDash=[12, 4])
    drawing = alt.layer(*_band(day, first, has_axis=True), _shares(day), goal.encode(y="value:Q"))
    legend = f"線: {day.slot_min}分ごとの値　黒の破線: 目標 {percent(day.within_share)}"
    if first is not None:
        legend += "　網掛け: 最初に目標を下回る時間帯"
    strip = [*_strip(day)]
    if not strip:
        return finished(drawing, title, legend)
    whose = f"（現: {alternative_name(day.now.key)}、案: {name}）" if is_changed else ""
    below = alt.layer(*_band(day, first, has_axis=False), *_counts(strip, day.hours))
    both = alt.vconcat(drawing, below, spacing=6)
    return finished(both, title, [legend, f"下段の数字: 受付を離れている人数（人）{whose}"])


def _shares(day: ServiceDay) -> Any:
    lines = [Line(alternative_name(day.now.key), GREY, [7, 3], 2.5)]
    if day.chosen.key != day.now.key:
        lines.append(Line(alternative_name(day.chosen.key), BLUE, [1, 0], 3.0))
    drawn = [*zip((day.now, day.chosen), lines, strict=False)][::-1]  # the dashed one on top: both are seen
    rows = [row for course, line in drawn for row in slot_rows(course.in_time, day.slot_min, line.name)]
    y = alt.Y(
        "value:Q",
        title="基準時間内の応答率（%）",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr="round(datum.value*100)"),
    )
    return stepped(rows, lines, y, time_of_day(day.hours)).properties(width=WIDTH - _LABELS_PX)


def _band(day: ServiceDay, stretch: Stretch | None, *, has_axis: bool) -> Iterator[Any]:
    """Shade a stretch of time between two lines: seen without colour, too."""
    if stretch is not None:
        start, end = stretch.span(day.slot_min)
        x = time_of_day(day.hours, has_axis=has_axis)
        yield (
            alt.Chart(rows_of([{"minute": start, "end": end}])).mark_rect(color=PALE).encode(x=x, x2="end:Q")
        )
        ends = alt.Chart(rows_of([{"minute": start}, {"minute": end}]))
        yield ends.mark_rule(color=INK, strokeDash=[2, 2]).encode(x=x)


def _strip(day: ServiceDay) -> Iterator[dict[str, Any]]:
    """Yield each run of slots with the same people away, within the hours shown."""
    courses = [("現", day.now), ("案", day.chosen)] if day.chosen.key != day.now.key else [("", day.now)]
    opens, closes = (minute // day.slot_min for minute in day.hours)
    for field, kind in _AWAY.items():
        for mark, course in courses:
            if course.duties is None:
                continue
            away: Sequence[float] = getattr(course.duties, field)[opens:closes]
            name = f"{kind}（{mark}）" if mark else kind
            yield from _runs(away, opens, day.slot_min, name)


def _runs(away: Sequence[float], opens: int, slot_min: int, name: str) -> Iterator[dict[str, Any]]:
    at = opens
    for number, those in groupby(away):
        start, at = at, at + len([*those])
        yield {
            "name": name,
            "minute": start * slot_min,
            "end": at * slot_min,
            "middle": (start + at) * slot_min / 2,
            "number": number,
            "text": heads(number).removesuffix(".0"),
        }


def _counts(rows: Sequence[dict[str, Any]], hours: tuple[int, int]) -> tuple[Any, Any]:
    """Draw a row a kind, empty ones too: a box with its number where somebody is away."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    axis = alt.Axis(labelLimit=_LABELS_PX + 20, ticks=False, domain=False)
    y = alt.Y("name:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=axis)
    base = (
        alt.Chart(rows_of([row for row in rows if row["number"]]))
        .encode(y=y)
        .properties(width=WIDTH - _LABELS_PX, height=_ROW_PX * len(names))
    )
    boxes = base.mark_rect(stroke=INK, strokeWidth=0.5, color=FAINT)
    text = base.mark_text(fontSize=LABEL_PX, color=INK).encode(text="text:N")
    return (
        boxes.encode(x=time_of_day(hours, has_axis=False), x2="end:Q"),
        text.encode(x=time_of_day(hours, "middle", has_axis=False)),
    )
