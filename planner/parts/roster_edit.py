"""Changing a cell by hand: checked at once, undone step by step, locked against solving anew."""

from collections.abc import Sequence

import streamlit as st

from planner.document.roster import away_words, findings, shift_name
from planner.formation import Seat
from planner.parts import markup
from planner.parts.roster_case import Case, take, work_on
from planner.parts.roster_cells import (
    Cell,
    Draft,
    changed,
    checked,
    holder,
    new_and_gone,
    options,
    seat_of,
    with_lock,
)
from planner.parts.roster_findings import findings_table
from planner.rosters.rule import grade_name, grade_steps
from planner.wording.dates import clock_span, short_day
from planner.wording.rosters_page import CHECKED_AT_ONCE, seat_words


def editor(case: Case, draft: Draft) -> None:
    """Ask for a cell and its duty; say what the last change broke and mended."""
    markup.notes((CHECKED_AT_ONCE,))
    who, when = st.columns(2)
    able = [p.id for p in case.problem.people if p.is_resident or p.id in case.problem.extra_people]
    person = who.selectbox(
        "氏名", able, format_func=lambda p: case.names[p], filter_mode=None, key=_key(case, "person")
    )
    day = when.selectbox(
        "日", case.problem.days, format_func=short_day, filter_mode=None, key=_key(case, "date")
    )
    cell = (person, day)
    choices: Sequence[Seat | None] = (
        None,
        *sorted(options(case.problem, day), key=lambda s: _unfit(case, cell, s)),
    )
    now = seat_of(draft.roster, cell)
    seat = st.selectbox(
        "勤務",
        choices,
        index=choices.index(now) if now in choices else 0,
        format_func=lambda seat: _seat_words(case, draft, cell, seat),
        filter_mode=None,
        key=f"{_key(case, 'seat')}-{person}-{day}-{len(work_on(case).steps)}",
    )
    with st.container(horizontal=True):
        if st.button("この欄を変える", disabled=seat == now):
            after = changed(case.problem, draft, cell, seat)
            take(case, _said(draft, after, f"{case.names[person]}の{short_day(day)}を変えた。"))
            st.rerun()
        is_locked = cell in draft.locked
        if st.button("この欄の固定を解く" if is_locked else "この欄を固定する"):
            take(case, checked(case.problem, with_lock(draft, cell)))
            st.rerun()
        if st.button(f"全ての固定を解く（{len(draft.locks)}欄）", disabled=not draft.locks):
            take(case, checked(case.problem, Draft(draft.roster, absent=draft.absent)))
            st.rerun()
    _difference(case, draft)


def _said(before: Draft, after: Draft, what: str) -> Draft:
    return Draft(after.roster, after.locks, before.absent, what)


def _key(case: Case, field: str) -> str:
    return f"roster-edit-{field}-{case.subject}"


def _seat_words(case: Case, draft: Draft, cell: Cell, seat: Seat | None) -> str:
    """Write a duty to choose, with who would have to change places."""
    if seat is None:
        return "勤務なし"
    words = seat_words(
        shift_name(seat, case.desk.shifts),
        clock_span(seat.start_min, seat.end_min),
        away_words(seat, "break"),
        grade_name(case.problem, seat.grade) if seat.grade else "",
    )
    if _unfit(case, cell, seat):
        words += "　等級又は役割が合わない"
    other = holder(case.problem, draft.roster, cell[1], seat, cell[0])
    return f"{words}　{case.names.get(other, other)}と入れ替える" if other else words


def _unfit(case: Case, cell: Cell, seat: Seat) -> bool:
    """Tell whether the person may not fill the duty; it can be chosen all the same, and is then reported."""
    person = next(p for p in case.problem.people if p.id == cell[0])
    return grade_steps(case.problem, person, seat) is None


def _difference(case: Case, draft: Draft) -> None:
    """Say what the newest step broke and mended."""
    steps = work_on(case).steps
    if not draft.said or len(steps) < 2:  # a step and the one before it
        return
    new, gone = new_and_gone(steps[-2].roster, draft.roster)
    found, mended = findings(new), findings(gone)
    hard = sum(f.rule.is_hard for f in found)
    said = f"{draft.said}新たに反する必須の規則は{hard}件、配慮は{len(found) - hard}件である。"
    said += f"解消したのは{len(mended)}件である。"
    (st.error if hard else st.info)(markup.verbatim(said))
    if found:
        markup.table(findings_table(found, case.names, "新たに生じた事項"))
    if mended:
        markup.table(findings_table(mended, case.names, "解消した事項"))
