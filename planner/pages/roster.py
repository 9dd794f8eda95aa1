"""勤務表: who works when?"""

import streamlit as st

from planner.parts import empty, markup, roster_files, steps
from planner.parts.roster_absence import absence
from planner.parts.roster_case import Case, case_of, subject_in_hand, undo, work_on
from planner.parts.roster_cells import Draft
from planner.parts.roster_compare import compared
from planner.parts.roster_day import day
from planner.parts.roster_edit import editor
from planner.parts.roster_findings import answer, history_line, listed, why
from planner.parts.roster_handmade import handmade
from planner.parts.roster_solving import explained, solve_anew
from planner.parts.roster_table import table
from planner.wording import rosters_page as words


def actions(case: Case, draft: Draft) -> None:
    """Offer what to do next: the one that matters most now is the primary button."""
    work = work_on(case)
    broken = any(not v.cost for v in draft.roster.violations)
    with st.container(horizontal=True, vertical_alignment="center"):
        anew = "固定したまま組み直す" if draft.locks else "組み直す"
        is_wanted = st.button(anew, type="primary" if broken else "secondary", key="roster-solve")
        if work.is_unsaved:
            roster_files.save(case, draft, is_primary=not broken)
        else:
            roster_files.excel(case, draft, is_primary=not broken, key="roster-excel-first")
        st.button("元に戻す", disabled=len(work.steps) < 2, on_click=undo, args=(case,))  # one before
        why(draft)
    with st.container():  # its place stays, so that an open tab below stays open
        if is_wanted:
            solve_anew(case, draft)
        explained(case)
        if work.is_unsaved:
            st.info(markup.verbatim(f"{draft.said}{words.UNSAVED}"))


def page(case: Case, draft: Draft) -> None:
    """Say whether the roster can be used, show it with what it breaks; then let it be worked on."""
    answer(case, draft)
    actions(case, draft)
    table(case, draft)
    markup.notes((history_line(case), words.CONTRACTOR_DECIDES))
    names = (
        "確認事項",
        "1日の動き",
        "欄を変える",
        "急な欠勤",
        "通常の勤務との違い",
        "手元の表を確かめる",
        "出力",
    )
    broken, shown, changing, ill, beside, own, files = st.tabs(list(names))
    with broken:
        listed(case, draft)
    with shown:
        day(case, draft)
    with changing:
        editor(case, draft)
    with ill:
        absence(case, draft)
    with beside:
        compared(case, draft)
    with own:
        handmade(case, draft)
    with files:
        roster_files.exporting(case, draft)


def first(case: Case) -> None:
    """Say that there is no roster yet, and let one be made or taken in."""
    markup.answer(words.NO_ROSTER, words.NO_ROSTER_MORE)
    if st.button("勤務表を組む", type="primary", key="roster-solve"):
        solve_anew(case, None)
    explained(case)
    markup.notes((history_line(case), words.CONTRACTOR_DECIDES))
    handmade(case, None)


def opened() -> None:
    """Show the roster in hand, or what to do first."""
    found = subject_in_hand()
    if found is None:
        empty.no_plan()
        return
    case = case_of(*found)
    if case is None:
        st.info(words.NO_DESK)
        return
    draft = work_on(case).now
    if draft is None:
        first(case)
    else:
        page(case, draft)


st.title("勤務表", anchor=False)
steps.said()
opened()
