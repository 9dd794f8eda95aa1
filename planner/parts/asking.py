"""Asking for a plan: which desk, which months; the computation goes on in the background."""

from datetime import date, timedelta

import streamlit as st

from forecasts.slots import Period
from planner import session
from planner.actions.start_plan import start_plan
from planner.content import Content
from planner.desk import Desk
from planner.parts import steps
from planner.wording.dates import reiwa_year

_MONTHS_AHEAD = 9


def plan_form(current: Content | None) -> None:
    """Ask for a period, by months as targets are measured, and start its computation."""
    desks = session.imported_desks()
    if not desks:
        st.write("問合せ記録を取り込んだ窓口がない。先に問合せ記録を取り込んでください。")
        return
    desk = desks[_picked(desks, current)]
    today = session.day_of(desk.id)
    with st.form(f"period-{desk.id}", border=False):
        st.write("選んだ期間の見通しと変更案を新しく計算する。1分ほどかかる。")
        first = st.selectbox("最初の月", _firsts(today), index=1, format_func=_month_name, filter_mode=None)
        months = st.selectbox("月数", (1, 2, 3), format_func=lambda n: f"{n}か月", filter_mode=None)
        if st.form_submit_button("計算を始める"):
            start(desk, Period(max(first, today), _firsts(first)[months]), today)


def _picked(desks: dict[str, Desk], current: Content | None) -> str:
    ids = list(desks)
    at = ids.index(current.desk_id) if current and current.desk_id in desks else 0
    if len(ids) == 1:
        return ids[0]
    return st.selectbox("窓口", ids, index=at, format_func=lambda n: desks[n].name, filter_mode=None)


def _firsts(today: date) -> list[date]:
    """Return the firsts of the months that can be planned: this one and those that follow."""
    months = [today.year * 12 + today.month - 1 + n for n in range(_MONTHS_AHEAD)]
    return [date(m // 12, m % 12 + 1, 1) for m in months]


def _month_name(first: date) -> str:
    return f"{reiwa_year(first.year)}{first.month}月"


def urgent(desk: Desk) -> None:
    """Start a plan from today to the end of the month: its change is 緊急, and its proposal says why."""
    today = session.day_of(desk.id)
    start(desk, Period(today, _firsts(today)[1]), today)


def start(desk: Desk, period: Period, today: date) -> None:
    """Start the job and show the page anew."""
    asked = {
        "desk_id": desk.id,
        "first": period.start.isoformat(),
        "last": period.last.isoformat(),
        "as_of": (today - timedelta(days=1)).isoformat(),
        "at": session.time_on(today).isoformat(),
    }
    job = steps.attempted(lambda: start_plan(session.store(), asked, session.actor(desk.terms)))
    if job is not None:
        session.choose(job=job.id)
        st.rerun()
