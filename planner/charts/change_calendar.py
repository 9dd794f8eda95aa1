"""Which change when: a bar of days for each alternative, the peak shaded, the last days to act marked."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from planner.alternatives.alternative import Alternative
from planner.charts.style import BLUE, GREY, INK, LABEL_PX, PALE, WIDTH, finished, rows_of
from planner.wording.dates import short_day
from planner.wording.terms import alternative_name

_ROW_PX = 30
_DAY = timedelta(days=1)


def change_calendar(
    alternatives: Sequence[Alternative],
    chosen: str,
    window: tuple[date, date],
    marks: Sequence[tuple[date, str]],
    title: str,
) -> Any:
    """Draw the days of every alternative's change; ``window``: first and last day of the peak.

    ``marks``: days on which something is due, with its name.
    """
    names = {a.key: alternative_name(a.key) + ("【選択中】" if a.key == chosen else "") for a in alternatives}
    order = list(names.values())
    days = [day for a in alternatives for day in a.days_changed] + [*window, *(day for day, _ in marks)]
    scale = alt.Scale(type="utc", domain=[_ms(min(days) - 2 * _DAY), _ms(max(days) + 3 * _DAY)], nice=False)
    x = alt.X("start:T", scale=scale, title="月／日", axis=alt.Axis(format="%-m/%-d", labelOverlap=True))
    y = alt.Y("name:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=alt.Axis(labelLimit=260))
    peak = [{"start": _ms(window[0]), "end": _ms(window[1] + _DAY)}]
    shade = alt.Chart(rows_of(peak)).mark_rect(color=PALE).encode(x=x, x2="end:T")
    rows = [
        {
            "name": names[a.key],
            "start": _ms(a.days_changed[0]),
            "end": _ms(a.days_changed[-1] + _DAY),
            "text": f"{short_day(a.days_changed[0])}から{len(a.days_changed)}開庁日",
            "is_chosen": a.key == chosen,
        }
        for a in alternatives
        if a.days_changed
    ]
    base = alt.Chart(rows_of(rows)).encode(x=x, y=y)
    colour = alt.condition("datum.is_chosen", alt.value(BLUE), alt.value("#8c8c8c"))
    bars = base.mark_bar(height=14).encode(x2="end:T", color=colour)
    text = base.mark_text(align="left", dy=-12, fontSize=LABEL_PX - 1, color=INK).encode(text="text:N")
    due = [{"start": _ms(day), "mark": mark} for day, mark in marks]
    rules = alt.Chart(rows_of(due)).mark_rule(color=GREY, strokeDash=[4, 3]).encode(x=x)
    said = (
        alt.Chart(rows_of(due))
        .mark_text(align="left", angle=0, dx=3, fontSize=LABEL_PX - 1, color=INK, baseline="top")
        .encode(x=x, y=alt.value(2), text="mark:N")
    )
    height = _ROW_PX * (len(order) + 1)
    drawn = (shade + rules + bars + text + said).properties(width=WIDTH - 120, height=height)
    return finished(drawn, title, "青みのある帯: 繁忙期間　棒: 変更の期間（閉庁日を含む）　破線: 期限")


def _ms(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400_000
