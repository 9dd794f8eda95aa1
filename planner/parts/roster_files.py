"""Files of the roster for the contractor alone, and keeping it."""

import re
from functools import partial

import streamlit as st

from planner import session
from planner.access import Action
from planner.actions.keep_roster import keep_roster
from planner.document.roster import SAMPLE
from planner.exports import ROSTER_FORMATS, RosterSheet
from planner.exports.roster_calendar import roster_calendar
from planner.parts import markup, steps
from planner.parts.roster_case import Case, forgotten, settled, work_on
from planner.parts.roster_cells import Draft
from planner.proposal import NotAllowed
from planner.wording.refusals import refusal_sentence
from planner.wording.rosters_page import EXPORT_NOTE

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_ALL = ""


def sheet_of(case: Case, draft: Draft) -> RosterSheet:
    """Return what the files show, dated the day at the desk."""
    return RosterSheet(case.desk, draft.roster, case.problem.days, session.day_of(case.desk.id))


def file_name(case: Case, ending: str, whose: str = "") -> str:
    """Name a file: 架空データ_勤務表_見本省LAN受付窓口_20260401-20260430.xlsx."""
    days = case.problem.days
    parts = (
        SAMPLE if case.desk.is_sample else "",
        "勤務表",
        case.desk.name,
        f"{days[0]:%Y%m%d}-{days[-1]:%Y%m%d}",
        whose,
    )
    return f"{'_'.join(_UNSAFE.sub('-', part) for part in parts if part)}.{ending}"


def excel(case: Case, draft: Draft, *, is_primary: bool, key: str) -> None:
    """Offer the printed sheet."""
    made = next(f for f in ROSTER_FORMATS if f.code == "roster_sheet")
    st.download_button(
        "勤務表を出力する（Excel）",
        data=partial(made.write, sheet_of(case, draft)),
        file_name=file_name(case, "xlsx"),
        mime=made.media_type,
        on_click="ignore",
        type="primary" if is_primary else "secondary",
        key=key,
    )


def exporting(case: Case, draft: Draft) -> None:
    """Offer the sheet, and the calendar of everybody or of one person."""
    excel(case, draft, is_primary=False, key="roster-excel")
    working = sorted({d.person for d in draft.roster.duties})
    whose = st.selectbox(
        "予定表に入れる人",
        [_ALL, *working],
        format_func=lambda p: case.names.get(p, p) if p else "全員（件名に氏名が入る）",
        filter_mode=None,
        width=320,
    )
    st.download_button(
        "予定表を出力する（iCalendar）",
        data=partial(roster_calendar, sheet_of(case, draft), whose),
        file_name=file_name(case, "ics", case.names.get(whose, whose)),
        mime="text/calendar",
        on_click="ignore",
    )
    markup.notes((EXPORT_NOTE,))


def save(case: Case, draft: Draft, *, is_primary: bool) -> None:
    """Offer to keep the roster in hand."""
    if not session.is_allowed(Action.KEEP_ROSTER):
        return
    if st.button("保存する", type="primary" if is_primary else "secondary", key="roster-save"):
        actor, stored = session.actor(case.content.parties), work_on(case).stored
        try:
            keep_roster(session.store(), case.subject, draft.roster, stored, actor, session.now())
        except NotAllowed as refused:
            if refused.code == "changed_meanwhile":
                forgotten(case)
            st.error(refusal_sentence(refused.code, refused.detail))
            return
        settled(case, draft)
        steps.say("勤務表を保存した。")
