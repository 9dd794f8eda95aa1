"""The weeks ahead as a strip: how busy, beside the usual level, with the events that begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import streamlit as st

from planner.content import Content
from planner.wording.numbers import count, times

# (from this ratio on, colour class, word)
_LEVELS = ((1.5, "w3", "非常に多い"), (1.2, "w2", "多い"), (1.05, "w1", "やや多い"), (0.0, "w0", "平常並み"))


@dataclass(frozen=True, slots=True)
class Week:
    """The office days of one week: mean inquiries a day and their ratio to the usual level."""

    monday: date
    days: int
    per_day: float
    ratio: float
    events: tuple[str, ...]


def weeks(content: Content) -> Iterator[Week]:
    """Gather the outlook by week; an event stands in the week in which it begins."""
    mondays = sorted({d.day - timedelta(days=d.day.weekday()) for d in content.outlook})
    for monday in mondays:
        end = monday + timedelta(days=7)
        inside = [d for d in content.outlook if monday <= d.day < end]
        expected, usual = sum(d.expected for d in inside), sum(d.usual for d in inside)
        events = tuple(dict.fromkeys(e.name for e in content.events if monday <= e.start < end))
        ratio = expected / usual if usual else 1.0
        yield Week(monday, len(inside), expected / len(inside), ratio, events)


def strip(content: Content, today: date) -> None:
    """Show the weeks up to the end of the period."""
    st.html(f"<ol class='mado-weeks'>{''.join(_cell(week, today) for week in weeks(content))}</ol>")


def _cell(week: Week, today: date) -> str:
    name, word = next((n, w) for least, n, w in _LEVELS if week.ratio >= least)
    is_now = week.monday <= today < week.monday + timedelta(days=7)
    now = "　今週" if is_now else ""
    how = word if name == "w0" else f"{word} <span class='mado-short'>{times(week.ratio)}</span>"
    marks = "".join(f"<br>▼{escape(event)}" for event in week.events)
    return (
        f"<li class='{name}{' now' if is_now else ''}'>{week.monday:%-m/%-d}〜{now}"
        f"<b>{count(week.per_day)}件／日</b>{how}{marks}</li>"
    )
