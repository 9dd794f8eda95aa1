"""The page 見通し where no outlook is kept: what the plan in hand says, and how an outlook is made."""

import streamlit as st

from planner import session
from planner.access import Action
from planner.content import Content
from planner.desk import Desk
from planner.parts import asking, drawing, empty, markup
from planner.parts.outlook_asking import outlook_button
from planner.wording.dates import short_day
from planner.wording.findings import busiest_day, rise
from planner.wording.numbers import count_span


def no_outlook(desk: Desk | None, plan: Content | None) -> None:
    """Offer to compute an outlook; show what the plan says until then."""
    can_make = (
        desk is not None and session.is_allowed(Action.MAKE_OUTLOOK) and desk.id in session.imported_desks()
    )
    if plan is None and not can_make:
        empty.no_plan()
        return
    if plan is not None:
        markup.answer(*_summary(plan))
    else:
        markup.answer("見通しをまだ計算していない。")
    if can_make and desk is not None:
        outlook_button(desk, is_first=True)
    else:
        st.info("64週先までの見通しは、まだ計算していない。")
    if session.is_allowed(Action.MAKE_PLAN):
        with st.popover("期間を選んで計画する"):
            asking.plan_form(plan)
    if plan is None:
        return
    drawing.figure("fan", plan)
    drawing.figure("heat", plan)


def _summary(content: Content) -> tuple[str, str]:
    inside = [d for d in content.outlook if d.day in content.window]
    low, high = (sum(x) / len(inside) for x in zip(*((d.low, d.high) for d in inside), strict=True))
    top = max(inside, key=lambda d: d.median)
    span = f"{short_day(content.window.start)}から{len(inside)}開庁日は"
    lead = f"{span}{rise(content.peak_ratio)}、80%の確率で1日に{count_span(low, high)}件。"
    return lead, f"{busiest_day(top.day, top.median, top.low, top.high)}である。"
