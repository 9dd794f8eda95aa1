"""One day of a roster: a bar a person with breaks and operations work; heads at reception against seats."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from planner.charts.style import BLUE, FAINT, GREY, INK, LABEL_PX, PALE, WIDTH, finished, rows_of
from planner.charts.through_day import Line, stepped, time_of_day
from planner.formation import Seat

_NAMES_PX = 130
_ROW_PX = 26
_WIDE_MIN = 45  # a shorter part has room for one letter
_KINDS = {"break": ("休憩", "white"), "operations": ("運用", "#e0e0e0")}
_HERE, _PROMISED = "勤務表の人数", "体制の人数"

Heads = Sequence[tuple[int, int, int]]
"""Stretches (start, end, heads) in minutes of the day."""


@dataclass(frozen=True, slots=True)
class RosterDay:
    """What is drawn: duties by name, reception hours, heads at reception as rostered and as promised."""

    duties: tuple[tuple[str, Seat], ...]
    open_min: tuple[int, int]
    here: Heads
    promised: Heads

    @property
    def hours(self) -> tuple[int, int]:
        """The stretch of the day that is drawn."""
        seats = [seat for _, seat in self.duties]
        first = min((self.open_min[0], *(s.start_min for s in seats)))
        last = max((self.open_min[1], *(s.end_min for s in seats)))
        return first // 60 * 60, -(-last // 60) * 60


def roster_day(day: RosterDay, title: str) -> Any:
    """Draw the bars above, the heads at reception below; reception hours are shaded in both."""
    above = alt.layer(_open(day, has_axis=False), *_bars(day)).properties(
        width=WIDTH - _NAMES_PX, height=_ROW_PX * max(len(day.duties), 1)
    )
    below = alt.layer(_open(day, has_axis=True), _heads(day)).properties(width=WIDTH - _NAMES_PX, height=110)
    legend = "青い帯: 受付　灰色の帯: 運用管理業務　白い帯: 休憩　薄い網掛け: 受付時間"
    return finished(alt.vconcat(above, below, spacing=6), title, legend)


def _open(day: RosterDay, *, has_axis: bool) -> Any:
    opens, closes = day.open_min
    x = time_of_day(day.hours, has_axis=has_axis)
    rows = rows_of([{"minute": opens, "end": closes}])
    return alt.Chart(rows).mark_rect(color=FAINT).encode(x=x, x2="end:Q")


def _parts(day: RosterDay) -> Iterator[Mapping[str, Any]]:
    for name, seat in day.duties:
        whole = {"name": name, "minute": seat.start_min, "end": seat.end_min}
        yield whole | {"colour": PALE, "text": "", "middle": seat.start_min}
        for away in seat.away:
            text, colour = _KINDS[away.kind]
            middle = (away.start_min + away.end_min) / 2
            text = text if away.end_min - away.start_min >= _WIDE_MIN else text[:1]
            part = {"name": name, "minute": away.start_min, "end": away.end_min}
            yield part | {"colour": colour, "text": text, "middle": middle}


def _bars(day: RosterDay) -> tuple[Any, Any]:
    names = list(dict.fromkeys(name for name, _ in day.duties))
    axis = alt.Axis(labelLimit=_NAMES_PX, ticks=False, domain=False, grid=False)
    y = alt.Y("name:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=axis)
    base = alt.Chart(rows_of([*_parts(day)])).encode(y=y)
    x = time_of_day(day.hours, has_axis=False)
    bars = base.mark_bar(stroke=BLUE, strokeWidth=1, height=18).encode(
        x=x, x2="end:Q", color=alt.Color("colour:N", scale=None)
    )
    text = base.mark_text(fontSize=LABEL_PX, color=INK).encode(
        x=time_of_day(day.hours, "middle", has_axis=False), text="text:N"
    )
    return bars, text


def _heads(day: RosterDay) -> Any:
    lines = [Line(_HERE, BLUE, [1, 0], 3.0), Line(_PROMISED, GREY, [6, 3], 2.0)]
    rows = [*_steps(day.here, _HERE, day.hours), *_steps(day.promised, _PROMISED, day.hours)]
    most = max((heads for _, _, heads in (*day.here, *day.promised)), default=0)
    y = alt.Y(
        "value:Q",
        title="受付（人）",
        scale=alt.Scale(domain=[0, most + 1], nice=False),
        axis=alt.Axis(tickMinStep=1, values=list(range(most + 2)), format="d"),
    )
    return stepped(rows, lines, y, time_of_day(day.hours))


def _steps(heads: Heads, series: str, hours: tuple[int, int]) -> Iterator[dict[str, Any]]:
    """Yield where the line steps: nobody before the first and after the last stretch."""
    yield {"minute": hours[0], "value": 0, "series": series}
    for start, _, number in heads:
        yield {"minute": start, "value": number, "series": series}
    last = heads[-1][1] if heads else hours[0]
    for minute in (last, hours[1]):
        yield {"minute": minute, "value": 0, "series": series}
