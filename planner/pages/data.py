"""データ: is what goes in right?"""

import streamlit as st

from planner import session
from planner.desk import Desk
from planner.document.blocks import Column, Table
from planner.parts import desk_choice, first_desk, health, marking, markup, steps
from planner.parts.import_log import import_log
from planner.parts.taking_in import taking_in
from planner.wording.files import KEPT, NOT_KEPT


def kept() -> None:
    """List what is kept of a file, and what never is."""
    st.write(NOT_KEPT)
    rows = tuple(KEPT.items())
    markup.table(Table((Column("保存する項目"), Column("目的・扱い")), rows, "保存する項目の一覧"))


def page(desk: Desk) -> None:
    """Say what is known; take files in; show what came of them. What takes long comes last."""
    past = session.past(desk)
    markup.answer(health.summary(past))
    more = st.container()
    names = ("取込み", "記録の状態", "普段と違う日", "取込みの履歴", "保存する項目")
    taking, state, days, log, items = st.tabs(names, key=f"data-{desk.id}", on_change="rerun")
    with taking:
        taking_in(desk)
    with log:
        import_log(desk)
    with items:
        kept()
    with more:
        markup.more(health.to_decide(past))
    with days:
        marking.marking(past)
    if state.open:  # its pictures are drawn for who looks at them
        with state:
            health.health(past)


st.title("データ", anchor=False)
steps.said()
if (chosen := desk_choice.desk_in_hand()) is None:
    first_desk.first_desk()
else:
    page(chosen)
