"""The form of one event: to add it, to correct it. What was typed stays in its fields until it is kept."""

from collections.abc import Mapping, Sequence

import streamlit as st

from forecasts.events import KINDS, OWN, SESSIONS, STATUSES, Event, event_of
from forecasts.faults import Fault
from planner.parts.event_dates import day_field, iso
from planner.parts.event_list import Kept, keep, say_faults, without
from planner.wording.events import field_name
from planner.wording.terms import EVENT_STATUSES, event_kind

WORK, ADD = "event_work", "add"
"""What the page is at: nothing, ``ADD``, or the event that is changed."""
_NEW_KIND = "own"
_COUNTED = ("transfer", "rollout")
_ROUND = "event_round"
"""What a further date of the same round takes over from the one added before."""


def adding(now: Kept) -> None:
    """Ask for a new event."""
    key = f"event-add-{now.version}"
    before: Event | None = st.session_state.get(_ROUND)
    kind = _kind_asked(now, before, key)
    with st.form(key, border=False):
        cells = _fields(now, kind, before, key, is_new=True)
        goes_on = st.checkbox("続けて、同じまとまりの別の日を追加する", value=before is not None)
        is_saved = st.form_submit_button("追加する", type="primary")
    if not is_saved:
        return
    event, faults = event_of(cells)
    if faults:
        say_faults(_of_fields(cells, faults), kind)
        return
    state = {_ROUND: event if goes_on else None, WORK: ADD if goes_on else ""}
    keep(now, (*now.events, event), (event,), f"「{event.name}」を追加した。", **state)


def correcting(now: Kept, event: Event, key: str) -> None:
    """Ask for corrections of an event."""
    kind = _kind_asked(now, event, key)
    with st.form(f"{key}-form", border=False):
        cells = _fields(now, kind, event, key, is_new=False)
        is_saved = st.form_submit_button("修正を保存する", type="primary")
    if not is_saved:
        return
    corrected, faults = event_of(cells)
    if faults:
        say_faults(_of_fields(cells, faults), kind)
    elif corrected == event:
        st.info("変わったところはない。")
    else:
        rest = without(now, event)
        keep(now, (*rest, corrected), (corrected,), f"「{corrected.name}」を修正した。")


def _of_fields(cells: Mapping[str, str], faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Leave out what is told already: without an end of its own an event ends on the day it starts."""
    is_one_day = cells["end"] == cells["start"]
    starts = {(f.code, f.value) for f in faults if f.column == "start"}
    return tuple(f for f in faults if not (is_one_day and f.column == "end" and (f.code, f.value) in starts))


def _kind_asked(now: Kept, event: Event | None, key: str) -> str:
    """Ask for the kind, before the form: the other fields depend on it."""
    own = sorted({e.kind for e in now.events if e.kind.startswith(OWN)})
    kinds = (*KINDS, *own, _NEW_KIND)
    given = "transfer" if event is None else event.kind
    left, right = st.columns(2)
    picked: str = left.selectbox(
        "種類",
        kinds,
        index=kinds.index(given),
        format_func=lambda kind: "ほかの種類（名前を付ける）" if kind == _NEW_KIND else event_kind(kind),
        key=f"{key}-kind",
        filter_mode=None,
    )
    if picked != _NEW_KIND:
        return picked
    name = right.text_input("種類の名前（必須）", key=f"{key}-own", max_chars=30)
    return OWN + (name or "").strip()


def _fields(now: Kept, kind: str, event: Event | None, key: str, *, is_new: bool) -> dict[str, str]:
    """Show the fields of a kind and return their texts by column."""
    shown = None if is_new else event
    upper, lower = st.columns(2), st.columns(4)
    cells = {"kind": kind}
    with upper[0]:
        cells["name"] = _text("名称（必須）", event, "name", key)
    with upper[1]:
        cells["group"] = _group(now, kind, event, key)
    with lower[0]:
        cells["start"] = _day(f"{field_name('start', kind)}（必須）", shown, "start", key)
    with lower[1]:
        typed = _day(f"{field_name('end', kind)}（空欄なら同じ日）", shown, "end", key)
        cells["end"] = typed or cells["start"]
    with lower[2]:
        cells["announced_on"] = _day("公表日（必須）", event, "announced_on", key)
    with lower[3]:
        cells["status"] = _status(kind, shown, key)
    cells |= _about(kind, event, shown, key)
    return cells


def _group(now: Kept, kind: str, event: Event | None, key: str) -> str:
    """Ask for the round; a day of the Diet belongs to a session that is known."""
    if kind != "diet_milestone":
        return _text("まとまり（令和8年4月期、第221回国会など）", event, "group", key)
    sessions = [e.group for e in reversed(now.events) if e.kind in SESSIONS and e.group]
    given = "" if event is None else event.group
    index = sessions.index(given) if given in sessions else 0
    return (
        st.selectbox("国会の回次（必須）", sessions, index=index, key=f"{key}-session", filter_mode=None)
        or ""
    )


def _about(kind: str, event: Event | None, shown: Event | None, key: str) -> dict[str, str]:
    """Show where an event is from, whom it concerns, and how it came otherwise."""
    cells = {}
    first, second, third, fourth = st.columns(4)
    with first:
        cells["source"] = _text("出所（必須）", event, "source", key)
    with second:
        cells["bureau"] = _text("部局", event, "bureau", key)
    with third:
        heads = "" if shown is None or shown.headcount is None else str(shown.headcount)
        label = "台数" if kind == "rollout" else "人数"
        is_counted = kind in _COUNTED or bool(heads)
        typed = st.text_input(label, heads, key=f"{key}-heads", disabled=not is_counted, max_chars=9)
        cells["headcount"] = (typed or "").replace(",", "") if is_counted else ""
    with fourth:
        cells["note"] = _text("備考", shown, "note", key)
    if shown is not None:
        left, right, _ = st.columns([1, 1, 2])
        with left:
            cells["planned_end"] = _day(field_name("planned_end", kind), shown, "planned_end", key)
        with right:
            cells["changed_on"] = _day("変更が分かった日", shown, "changed_on", key)
    return cells


def _text(label: str, event: Event | None, column: str, key: str) -> str:
    value = "" if event is None else str(getattr(event, column))
    return st.text_input(label, value, key=f"{key}-{column}", max_chars=1000) or ""


def _day(label: str, event: Event | None, column: str, key: str) -> str:
    value = None if event is None else getattr(event, column)
    return iso(day_field(label, value, key=f"{key}-{column}"))


def _status(kind: str, event: Event | None, key: str) -> str:
    """Ask for the status; of a new event only what it can be."""
    changed = ("closed", "extended", "cancelled", *(("dissolved",) if kind in SESSIONS else ()))
    possible = ("planned", "confirmed", *(() if event is None else changed))
    kinds = tuple(s for s in STATUSES if s in possible or (event is not None and s == event.status))
    index = kinds.index(event.status) if event is not None else kinds.index("confirmed")
    picked: str = st.selectbox(
        "状況",
        kinds,
        index=index,
        format_func=EVENT_STATUSES.__getitem__,
        key=f"{key}-status",
        filter_mode=None,
    )
    return picked
