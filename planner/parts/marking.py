"""Days that are not as usual: found, proposed, marked by a person with a reason, and taken back."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from forecasts.abnormal import AbnormalDay, abnormal_days
from forecasts.history.dates import day_of
from planner import session
from planner.access import Action
from planner.actions.mark_days import mark_days, unmark_days
from planner.desk_past import DeskPast
from planner.document.blocks import Column, Table
from planner.parts import markup, steps
from planner.parts.event_dates import day_field
from planner.wording.abnormal import (
    ABNORMAL_EXPLAINED,
    MARK_REASONS,
    NO_ABNORMAL_DAY,
    abnormal_sentence,
    likely_reason,
)
from planner.wording.dates import short_day, short_span, wareki_weekday

_SHOWN = 40


@st.cache_data(max_entries=4, show_spinner="普段と違う日を探している。")
def _found(state: str, _past: DeskPast) -> tuple[AbnormalDay, ...]:  # noqa: ARG001  # the key
    if _past.history is None:
        return ()
    return abnormal_days(_past.history, _past.events, _past.desk.calendar)


def found(past: DeskPast) -> tuple[AbnormalDay, ...]:
    """Return the days that are proposed for marking."""
    return _found(session.past_state(past.desk), past)


def marking(past: DeskPast) -> None:
    """Show what was found and what is marked; let days be marked and marks be taken off."""
    if past.history is None:
        st.info("記録を取り込むと、障害や一時的な問合せ増など、普段と違う日をここで確かめられる。")
        return
    st.write(ABNORMAL_EXPLAINED)
    proposed = found(past)
    if proposed:
        _propose(past, proposed)
    else:
        st.success(NO_ABNORMAL_DAY)
    _by_hand(past)
    _marked(past)


def _propose(past: DeskPast, proposed: Sequence[AbnormalDay]) -> None:
    """Let the days found be marked, each with its reason; the newest stand first."""
    channels = {c.id: c.name for c in past.desk.channels}
    may_mark = session.is_allowed(Action.MARK_DAYS)
    chosen: dict[date, str] = {}
    st.markdown(f"**除外を勧める日（{len({d.day for d in proposed})}日）**")
    for n, found in enumerate(sorted(proposed, key=lambda d: d.day, reverse=True)[:_SHOWN]):
        left, right = st.columns([5, 2], vertical_alignment="center")
        key = f"abnormal-{past.desk.id}-{found.day}-{found.channel}-{found.code}-{n}"
        is_chosen = left.checkbox(
            abnormal_sentence(found, channels),
            key=key,
            disabled=not may_mark,
        )
        if is_chosen:
            reasons = list(MARK_REASONS.values())
            chosen[found.day] = right.selectbox(
                f"{short_day(found.day)}を除外する理由",
                reasons,
                index=list(MARK_REASONS).index(likely_reason(found)),
                filter_mode=None,
                key=f"{key}-why",
            )
    if len(proposed) > _SHOWN:
        markup.notes((f"新しいものから{_SHOWN}件を示した。ほかに{len(proposed) - _SHOWN}件ある。",))
    if may_mark and st.button(f"選んだ{len(chosen)}日を除外する", disabled=not chosen, key="mark-found"):
        _mark(past, chosen)


def _by_hand(past: DeskPast) -> None:
    """Let any other day be marked."""
    if not session.is_allowed(Action.MARK_DAYS) or past.history is None:
        return
    with st.popover("ほかの日を除外する"):
        typed = day_field("日", key="mark-day")
        reason = st.text_input("理由", key="mark-why", max_chars=80, placeholder="例: 電話交換機の障害")
        if st.button("除外する", key="mark-typed"):
            day = day_of(typed) if typed else None
            if day is None or day not in past.history.days:
                span = short_span(past.history.days[0], past.history.days[-1])
                st.error(f"「{typed}」は、記録のある開庁日（{span}）ではない。日を確かめてください。")
            else:
                _mark(past, {day: reason})


def _marked(past: DeskPast) -> None:
    """Show the days that are left out, and let marks be taken off."""
    if not past.marks:
        return
    st.markdown(f"**除外している日（{len(past.marks)}日）**")
    rows = tuple((wareki_weekday(day), past.marks[day]) for day in sorted(past.marks, reverse=True))
    markup.table(Table((Column("日"), Column("理由")), rows, "学習から除外している日"))
    if not session.is_allowed(Action.UNMARK_DAYS):
        return
    off = st.multiselect(
        "除外をやめる日",
        sorted(past.marks, reverse=True),
        format_func=wareki_weekday,
        placeholder="日を選ぶ",
        key=f"unmark-{past.desk.id}-{len(past.marks)}",
    )
    if st.button(f"選んだ{len(off)}日の除外をやめる", disabled=not off, key="unmark"):
        actor, now = session.actor(past.desk.terms), session.now()
        steps.attempted(lambda: unmark_days(session.store(), past.desk.id, off, actor, now))
        steps.say(f"{len(off)}日の除外をやめた。予測の学習に再び使う。")


def _mark(past: DeskPast, days: Mapping[date, str]) -> None:
    actor, now = session.actor(past.desk.terms), session.now()

    def mark() -> bool:
        mark_days(session.store(), past.desk.id, days, actor, now)
        return True

    if steps.attempted(mark):
        steps.say(f"{len(days)}日を学習から除外した。件数の記録は残っている。")
