"""The events as a table, by kind and time."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from forecasts.events import Event
from planner.document.blocks import Column, Table
from planner.parts import markup
from planner.parts.event_list import Kept
from planner.wording.dates import wareki
from planner.wording.events import FIELDS, event_name, event_span
from planner.wording.terms import EVENT_STATUSES, event_kind

COLUMNS = tuple(
    Column(name) for name in ("期間", "名称", "種類", "状況", "公表日", "変更が分かった日", "出所・備考")
)
_AHEAD, _PAST, _ALL = "今後（続いているものを含む）", "過去", "全て"


def row(event: Event) -> tuple[str, ...]:
    """Write one event."""
    changed = "―" if event.changed_on is None else wareki(event.changed_on)
    if event.planned_end is not None and event.planned_end != event.end:
        changed += f"\n当初は{wareki(event.planned_end)}"
    where = f"{event.source}\n{event.note}" if event.note else event.source
    name = f"{event_name(event)}\n{event.bureau}" if event.bureau else event_name(event)
    kind, status = event_kind(event.kind), EVENT_STATUSES[event.status]
    return event_span(event), name, kind, status, wareki(event.announced_on), changed, where


def listed(now: Kept, today: date) -> tuple[Event, ...]:
    """Ask for time and kind, and return the events asked for: the next first, else the newest."""
    left, right = st.columns(2)
    when = left.radio("時期", (_AHEAD, _PAST, _ALL), horizontal=True, key="events-when")
    kinds = sorted({e.kind for e in now.events}, key=event_kind)
    kind = right.selectbox(
        FIELDS["kind"],
        ("", *kinds),
        format_func=lambda k: event_kind(k) if k else "全ての種類",
        key="events-kind",
        filter_mode=None,
    )
    found = [e for e in now.events if kind in {"", e.kind}]
    if when == _AHEAD:
        return tuple(e for e in found if e.end >= today)
    return tuple(reversed([e for e in found if when == _ALL or e.end < today]))


def table(events: Sequence[Event]) -> None:
    """Show events."""
    if events:
        markup.table(Table(COLUMNS, tuple(map(row, events)), f"行事（{len(events)}件）"))
    else:
        st.write("当てはまる行事はない。")
