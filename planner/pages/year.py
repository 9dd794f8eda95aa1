"""年間計画: is next year's formation enough?"""

import streamlit as st

from planner import session
from planner.access import Action
from planner.actions.see_year import see_year, see_year_heads
from planner.capacity.answer import CapacityAnswer, YearHeads, heads_only
from planner.desk import Desk
from planner.parts import desk_choice, empty, steps, working, year_view
from planner.parts.year_asking import year_form
from planner.wording import year as year_words


def page(answer: CapacityAnswer, desk: Desk) -> None:
    """Say it, show it, compare; the contractor in full."""
    year_view.answer_said(answer)
    with st.container(horizontal=True):
        if st.button("山の時期の変更案を比べる", type="primary"):
            st.switch_page("planner/pages/alternatives.py")
        with st.popover("条件を変えて計算し直す", key=f"year-anew-{session.chosen('job')}"):
            year_form(desk, answer)
    heads = heads_only(answer)
    year_view.chart(heads)
    year_view.cases_table(answer)
    year_view.months_table(answer)
    year_view.peaks_table(answer.peaks)
    year_view.assumed(answer)
    year_view.known_line(answer.asked.as_of)


def client_page(heads: YearHeads) -> None:
    """Show people by number alone."""
    year_view.heads_said(heads)
    year_view.chart(heads, year_words.PLANNED_HEADS_ONLY)
    year_view.heads_table(heads)
    year_view.peaks_table(heads.peaks)
    year_view.known_line(heads.as_of)


def first_time(desk: Desk) -> None:
    """Say what to do first."""
    if desk.id not in session.imported_desks():
        st.info(
            "年間計画がまだない。先に「データ」の画面で問合せの記録を取り込んでください。"
            "取り込みの後に、この画面で期間を選んで計算することができる。"
        )
        return
    st.info("年間計画がまだない。期間と許すおそれを選び、計算してください。")
    year_form(desk, None)


def of_contractor(desk: Desk) -> None:
    """Show the newest answer, or how to get one."""
    working.job_under_way()
    answer = see_year(session.store(), desk.id, session.actor(desk.terms))
    if answer is None:
        first_time(desk)
    else:
        page(answer, desk)


def of_client(desk: Desk | None) -> None:
    """Show heads, or that there are none yet."""
    heads = None if desk is None else see_year_heads(session.store(), desk.id, session.actor(desk.terms))
    if heads is None:
        st.info("年間計画がまだない。受託事業者が計算すると、ここに必要な人数が表示される。")
    else:
        client_page(heads)


st.title("年間計画", anchor=False)
steps.said()
chosen = desk_choice.desk_in_hand()
if not session.is_allowed(Action.SEE_YEAR):
    of_client(chosen)
elif chosen is None:
    empty.no_plan()
else:
    of_contractor(chosen)
