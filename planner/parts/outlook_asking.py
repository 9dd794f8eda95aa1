"""Asking for an outlook, and from it for the plan of its peak; both are computed in the background."""

from datetime import date, timedelta

import streamlit as st

from forecasts.slots import Period
from planner import session
from planner.access import Action
from planner.actions.start_outlook import start_outlook
from planner.actions.start_plan import start_plan
from planner.desk import Desk
from planner.outlook import KeptOutlook
from planner.outlook.figures import Peak
from planner.parts import steps
from planner.store import Job, PlanHead
from planner.wording.dates import wareki

_MOST_MONTHS = 3


def outlook_button(desk: Desk, *, is_first: bool) -> None:
    """Offer to compute the outlook as of yesterday."""
    today = session.day_of(desk.id)
    as_of = today - timedelta(days=1)
    st.write(f"{wareki(as_of)}までの記録から、64週先までの見通しを計算する。1分ほどかかる。")
    label = "見通しを計算する" if is_first else "見通しを計算し直す"
    if st.button(label, type="primary" if is_first else "secondary", key="make-outlook"):
        asked = {
            "desk_id": desk.id,
            "as_of": as_of.isoformat(),
            "at": session.time_on(today).isoformat(),
        }
        _watched(steps.attempted(lambda: start_outlook(session.store(), asked, session.actor(desk.terms))))


def plan_button(outlook: KeptOutlook, peak: Peak, desk: Desk | None) -> None:
    """Go on to the plan of the peak: to one that was made as of this outlook, else make it."""
    if not session.is_allowed(Action.MAKE_PLAN):
        return
    known = plan_of(outlook, peak)
    told = "計算済みの変更案へ進む" if known else "この期間を含む月の変更案を計算する。1分ほどかかる。"
    if not st.button("この期間の変更案を作る", type="primary", help=told):
        return
    if known is not None:
        session.choose(plan=known.id, alternative="")
        st.switch_page("planner/pages/alternatives.py")
    if desk is not None:
        _start(plan_period(peak, session.day_of(desk.id)), desk)


def plan_of(outlook: KeptOutlook, peak: Peak) -> PlanHead | None:
    """Return the newest plan that holds the peak and knows no less than the outlook."""
    facts = outlook.facts
    return next(
        (
            head
            for head in session.plans()
            if head.desk_id == facts.desk_id
            and head.as_of >= facts.as_of
            and head.period.start <= peak.period.start
            and peak.period.last <= head.period.last
        ),
        None,
    )


def plan_period(peak: Peak, today: date) -> Period:
    """Return the months that hold the peak (targets are measured by month), at most a quarter of them."""
    first, last = peak.period.start.replace(day=1), max(peak.period.last, today)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    month = first.month - 1 + min(months, _MOST_MONTHS)
    return Period(max(first, today), date(first.year + month // 12, month % 12 + 1, 1))


def _start(period: Period, desk: Desk) -> None:
    today = session.day_of(desk.id)
    asked = {
        "desk_id": desk.id,
        "first": period.start.isoformat(),
        "last": period.last.isoformat(),
        "as_of": (today - timedelta(days=1)).isoformat(),
        "at": session.time_on(today).isoformat(),
    }
    _watched(steps.attempted(lambda: start_plan(session.store(), asked, session.actor(desk.terms))))


def _watched(job: Job | None) -> None:
    """Show the page anew with the job under way."""
    if job is not None:
        session.choose(job=job.id)
        st.rerun()
