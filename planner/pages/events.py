"""行事: what is going to happen?"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import streamlit as st

from forecasts.events import SESSIONS, Event, known_on
from forecasts.features import expected_rounds
from planner import session
from planner.parts import desk_choice, event_files, event_past, event_table, first_desk, markup, steps
from planner.parts.event_change import changing
from planner.parts.event_form import ADD, WORK, adding
from planner.parts.event_list import Kept, kept
from planner.parts.event_months import MONTHS, month_starts, months
from planner.wording.dates import short_day
from planner.wording.events import event_choice, groups_of
from planner.wording.terms import event_kind, joined

_MONTH = "events_month"
_SIDE = {"outage", "diet_milestone"}
_NAMED = 3


def summary(now: Kept, known: Sequence[Event], expected: Sequence[Event], today: date) -> tuple[str, str]:
    """Say what is next and in how many days, what goes on, and what nobody has announced yet."""
    ahead = [e for e in known if e.start > today and e.kind not in _SIDE]
    lead = "公表済みの行事は、今後の分がない。"
    if ahead:
        first = ahead[0].start
        names = joined(list(dict.fromkeys(e.name for e in ahead if e.start == first))[:_NAMED])
        left = len(now.calendar.office_days(today + timedelta(days=1), first + timedelta(days=1)))
        lead = f"次の行事は、{short_day(first)}の{names}である（あと{left}開庁日）。"
    return lead, _going_on(known, today) + _not_announced(expected)


def _going_on(known: Sequence[Event], today: date) -> str:
    on = [e for e in known if e.start <= today <= e.end and e.start < e.end and e.kind not in _SIDE]
    names = [f"{e.name}（{short_day(e.end)}まで）" for e in on[:_NAMED]]
    verb = "開会中" if all(e.kind in SESSIONS for e in on) else "継続中"
    return f"{joined(names)}が{verb}である。" if names else ""


def _not_announced(expected: Sequence[Event]) -> str:
    """Name the rounds that came in both last years and that nobody has announced for the next one."""
    firsts = [group[0] for group in groups_of(expected)][:_NAMED]
    days = [f"{short_day(e.start)}頃の{event_kind(e.kind)}" for e in firsts]
    return f"公表前だが、例年どおりなら{joined(days)}がある。" if days else ""


def work(now: Kept) -> None:
    """Show what the page is at: a new event, or one that is changed."""
    at = st.session_state.get(WORK, "")
    if not at:
        return
    with st.container(border=True):
        head, close = st.columns([6, 1], vertical_alignment="center")
        head.header("行事を追加する" if at == ADD else "行事を変更する", anchor=False)
        close.button("閉じる", key="events-close", on_click=_turn_to, args=("",), width="stretch")
        if at == ADD:
            adding(now)
            return
        choice = st.selectbox(
            "変更する行事",
            range(len(now.events)),
            index=_at_hand(now),
            format_func=lambda n: event_choice(now.events[n]),
            key=f"events-chosen-{now.version}",
            filter_mode=None,
        )
        if choice is not None:
            changing(now, now.events[choice])


def _at_hand(now: Kept) -> int:
    """Return the first event that is not over: the one most likely to be changed."""
    today = session.day_of(now.desk.id)
    return next((n for n, e in enumerate(now.events) if e.end >= today), len(now.events) - 1)


def _turn_to(what: str) -> None:
    st.session_state[WORK] = what


def calendar(now: Kept, known: Sequence[Event], expected: Sequence[Event], today: date) -> None:
    """Show three months; let the months be turned."""
    first = month_starts(st.session_state.get(_MONTH, today), 1)[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("前の3か月", on_click=_turn_months, args=(first, -MONTHS))
        st.button("今月から", on_click=_turn_months, args=(today, 0))
        st.button("次の3か月", on_click=_turn_months, args=(first, MONTHS))
    months(first, (*known, *expected), now.calendar, today)
    markup.notes(
        (
            "斜線は閉庁日、太枠は本日、破線の印は公表前の想定である。下の線は、行事が続く日を示す。"
            "障害が起きた日は、学習から除く。",
        )
    )


def _turn_months(first: date, by: int) -> None:
    month = first.year * 12 + first.month - 1 + by
    st.session_state[_MONTH] = date(month // 12, month % 12 + 1, 1)


def page(now: Kept) -> None:
    """Say what is next, show it, list it; let it be changed."""
    today = session.day_of(now.desk.id)
    known = known_on(now.events, today)
    expected = expected_rounds(known, today)
    markup.answer(*summary(now, known, expected, today))
    with st.container(horizontal=True):
        is_open = bool(st.session_state.get(WORK))  # then the button of its form is the one that counts
        emphasis: Literal["primary", "secondary"] = "secondary" if is_open else "primary"
        st.button("行事を追加", type=emphasis, key="events-add", on_click=_turn_to, args=(ADD,))
        if now.events:
            st.button("行事の変更・中止・延長", on_click=_turn_to, args=("change",))
    with st.container():  # its place stays, so that an open tab below stays open
        work(now)
    names = ("カレンダー", "一覧", "いつ分かったか", "取込み・出力", "変更の経過")
    shown, listed, learned, files, versions = st.tabs(list(names))
    with shown:
        calendar(now, known, expected, today)
    with listed:
        event_table.table(event_table.listed(now, today))
    with learned:
        event_past.as_known(now, today)
    with files:
        event_files.importing(now)
        event_files.exporting(now)
    with versions:
        event_past.versions(now)


st.title("行事", anchor=False)
steps.said()
if (desk := desk_choice.desk_in_hand()) is None:
    first_desk.first_desk()
else:
    page(kept(desk))
