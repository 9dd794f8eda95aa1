"""A roster made by hand in a file: read, checked rule by rule, taken over to be worked on."""

import streamlit as st

from forecasts.faults import FaultyFile
from forecasts.history.sheets.limits import LARGEST_WORKBOOK_BYTES
from planner.document.roster import findings
from planner.parts import markup
from planner.parts.roster_case import Case, take
from planner.parts.roster_cells import Draft, asked_of, checked
from planner.parts.roster_findings import findings_table
from planner.rosters.handmade import read_roster
from planner.wording.faults import fault_sentences, notice_sentence
from planner.wording.rosters_page import HANDMADE_NOTE, broken_words

_MB = 1 << 20
_MOST_FAULTS = 30


def handmade(case: Case, draft: Draft | None) -> None:
    """Ask for a file, show what its roster breaks; nothing is kept before it is taken over and saved."""
    markup.notes((HANDMADE_NOTE,))
    file = st.file_uploader(
        "手元の勤務表（Excel・CSV）",
        max_upload_size=LARGEST_WORKBOOK_BYTES // _MB,
        key=f"roster-file-{case.subject}",
    )
    if file is None:
        return
    absent = draft.absent if draft else frozenset()
    asked = asked_of(case.problem, absent)
    try:
        read = read_roster(file.name, file.getvalue(), asked, case.desk.shifts)
    except FaultyFile as faulty:
        lines = markup.listed(fault_sentences(faulty.faults)[:_MOST_FAULTS])
        st.error(f"このファイルは読めない。何も保存していない。\n\n{lines}")
        return
    found = read.roster
    taken = checked(case.problem, Draft(found, absent=absent, said=f"{file.name}を取り入れた。"))
    told = findings(taken.roster.violations)
    hard = sum(f.rule.is_hard for f in told)
    markup.answer(broken_words(len(found.duties), hard, len(told) - hard))
    if said := [notice_sentence(notice.code, notice.value) for notice in read.notices]:
        st.warning(markup.listed(said))
    if told:
        markup.table(findings_table(told, case.names, f"{file.name}の確認事項"))
    is_new = draft is None or set(found.duties) != set(draft.roster.duties)
    if st.button("この勤務表を取り入れる", disabled=not is_new):
        take(case, taken)
        st.rerun()
