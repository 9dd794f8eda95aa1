"""What happens to an event after it was announced: cancelled, longer, dissolved; or it was a mistake."""

from collections.abc import Callable, Mapping

import streamlit as st

from forecasts.events import SESSIONS, Event, cells_of, event_of
from forecasts.faults import Fault
from planner.parts.event_dates import day_field, iso
from planner.parts.event_form import WORK, correcting
from planner.parts.event_list import Kept, keep, say_faults, without
from planner.wording.dates import wareki
from planner.wording.events import field_name

_CORRECT, _LONGER, _SHORTER, _DISSOLVED = "correct", "longer", "shorter", "dissolved"
_CANCELLED, _MISTAKE = "cancelled", "mistake"
_CHANGES: Mapping[str, str] = {
    _CORRECT: "内容を修正する",
    _LONGER: "延長された",
    _SHORTER: "早く終わる",
    _DISSOLVED: "解散した",
    _CANCELLED: "中止になった",
    _MISTAKE: "誤りなので一覧から消す",
}

_RECORD: Mapping[str, str] = {
    _LONGER: "延長を記録する",
    _SHORTER: "変更を記録する",
    _DISSOLVED: "解散を記録する",
}


def changing(now: Kept, event: Event) -> None:
    """Ask what happened to an event, then for what is needed to record it."""
    key = f"event-{now.version}-{now.events.index(event)}"
    what = st.radio(
        "何が起きたか",
        _possible(event),
        format_func=_CHANGES.__getitem__,
        horizontal=True,
        key=f"{key}-what",
    )
    steps: Mapping[str, Callable[[], None]] = {
        _CORRECT: lambda: correcting(now, event, key),
        _CANCELLED: lambda: _cancelling(now, event, key),
        _MISTAKE: lambda: _removing(now, event, key),
    }
    steps.get(str(what), lambda: _ending_otherwise(now, event, key, str(what)))()


def _possible(event: Event) -> tuple[str, ...]:
    """Return what can happen to an event: what is over or cancelled can only be corrected."""
    if event.status not in {"planned", "confirmed", "extended"}:
        return (_CORRECT,)
    if event.status == "extended":
        ends: tuple[str, ...] = (_LONGER,)
    else:
        ends = (_LONGER,) if event.kind in SESSIONS else (_LONGER, _SHORTER)
    dissolved = (_DISSOLVED,) if event.kind in SESSIONS else ()
    mistake = () if event.status == "extended" else (_MISTAKE,)
    return (_CORRECT, *ends, *dissolved, _CANCELLED, *mistake)


def _cancelling(now: Kept, event: Event, key: str) -> None:
    """Cancel an event: it stays in the list, and until the day typed a plan counted on it."""
    with st.form(f"{key}-cancel", border=False):
        st.write("一覧には残る。分かった日より前の時点の見通しでは、行われる予定として扱う。")
        known = day_field("中止が分かった日（必須）", key=f"{key}-cancel-day")
        if st.form_submit_button("中止を記録する", type="primary"):
            _record(now, event, {"status": "cancelled", "changed_on": known}, "中止を記録した。")


def _ending_otherwise(now: Kept, event: Event, key: str, what: str) -> None:
    """Record that an event ends on another day than announced, and since when that is known."""
    first = event.end if event.planned_end is None else event.planned_end
    name = field_name("end", event.kind)
    labels = {_LONGER: f"延長後の{name}", _SHORTER: f"新しい{name}", _DISSOLVED: "解散の日"}
    with st.form(f"{key}-{what}", border=False):
        st.write(f"当初の{name}は{wareki(first)}である。分かった日より前の時点の見通しでは、当初の日を使う。")
        left, right = st.columns(2)
        with left:
            end = day_field(f"{labels[what]}（必須）", key=f"{key}-{what}-end")
        with right:
            known = day_field("それが分かった日（必須）", key=f"{key}-{what}-day")
        if what == _LONGER and event.kind in SESSIONS:
            st.caption("延長は、常会で1回、臨時会・特別会で2回までである（国会法第12条第2項）。")
        if st.form_submit_button(_RECORD[what], type="primary"):
            status = {_LONGER: "extended", _DISSOLVED: "dissolved"}.get(what, event.status)
            cells = {"end": end, "planned_end": first.isoformat(), "changed_on": known, "status": status}
            _record(now, event, cells, "変更を記録した。")


def _record(now: Kept, event: Event, typed: Mapping[str, str], done: str) -> None:
    """Keep an event with some fields changed, as typed. The day on which that became known is needed."""
    cells = {column: iso(text) for column, text in typed.items()}
    changed, faults = event_of({**cells_of(event), **cells})
    if not cells["changed_on"]:
        faults = (
            Fault("empty_cell", "", None, "changed_on"),
            *(f for f in faults if f.column != "changed_on"),
        )
    if faults:
        say_faults(faults, event.kind)
        return
    keep(now, (*without(now, event), changed), (changed,), f"「{event.name}」の{done}", **{WORK: ""})


def _removing(now: Kept, event: Event, key: str) -> None:
    """Take a mistake off the list; what did take place, or was to, is corrected or cancelled instead."""
    with st.form(f"{key}-remove", border=False):
        st.write(
            "実際には予定されていなかった行事だけを消す。取りやめになった行事は「中止になった」で記録する。"
        )
        is_sure = st.checkbox("誤って加えた行事である", key=f"{key}-sure")
        if not st.form_submit_button("一覧から消す"):
            return
    if is_sure:
        keep(now, without(now, event), (), f"「{event.name}」を一覧から消した。", **{WORK: ""})
    else:
        st.error("消していない。誤って加えた行事であることを確かめ、印を付けてください。")
