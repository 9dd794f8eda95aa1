"""提案: what is handed in?"""

from functools import partial

import streamlit as st

from planner import session
from planner.access import Action, Role
from planner.actions.edit_texts import edit_texts
from planner.actions.record_oral import record_oral
from planner.actions.see_roster import see_roster
from planner.actions.withdraw import withdraw
from planner.content import Check, Content, Texts
from planner.desk import Person
from planner.document import closing
from planner.document.blocks import Column, Table
from planner.exports import ROSTER_FORMATS, RosterSheet
from planner.parts import blocks, empty, frame, markup, moves, paper, stages, steps
from planner.proposal import State, Step, allowed_steps
from planner.staff_names import names_in
from planner.store import Filed
from planner.wording.checks import check_result, check_words
from planner.wording.dates import short_day, wareki
from planner.wording.terms import STATES


def staff(filed: Filed) -> tuple[Person, ...] | None:
    """Return the people of the proposal's desk, None where its file is not kept."""
    return session.staff(filed.proposal.content.desk_id)


def primary(filed: Filed) -> None:
    """Offer the next step: to the role that may take it, else the way to that role."""
    state = filed.proposal.state
    move = moves.MOVES.get(state)
    if move and move.step is Step.SUBMIT and session.desk(filed.proposal.content.desk_id) is None:
        st.error("窓口ファイルがないため、氏名の有無を確かめられない。窓口ファイルを取り込んでください。")
    elif move and session.is_allowed(move.step):
        if st.button(move.label, type="primary"):
            steps.take(lambda: move.command(session.store(), steps.request(filed), staff(filed)), move.done)
    elif not session.is_allowed(Action.SEE_DRAFT):
        return
    elif move:
        label = "社内確認に回す" if state is State.DRAFT else "責任者に引き継ぐ"
        manager = frame.role_name(Role.CONTRACT_MANAGER)
        st.button(
            label,
            type="primary",
            on_click=frame.take_role,
            args=(Role.CONTRACT_MANAGER,),
            help=f"この端末の役割を「{manager}」に切り替える。",
        )
    elif state is State.SUBMITTED and st.button("主管課の判断に進む（役割切替）", type="primary"):
        frame.take_role(Role.APPROVER)
        st.switch_page("planner/pages/approval.py")


def withdrawal(filed: Filed) -> None:
    """Offer to take the proposal back."""
    may_now = Step.WITHDRAW in allowed_steps(filed.proposal.state) and session.is_allowed(Step.WITHDRAW)
    if not may_now:
        return
    with st.popover("取り下げる"):
        why = st.text_area("取下げの理由（任意）", key=f"withdraw-{filed.row_version}")
        if st.button("取下げを確定する"):
            steps.take(
                lambda: withdraw(session.store(), steps.request(filed), staff(filed), why),
                "提案を取り下げた。",
            )


def texts(filed: Filed) -> None:
    """Show the editable parts; editing takes a reviewed proposal back to 起案."""
    now = filed.proposal.content.texts
    may_edit = Step.EDIT in allowed_steps(filed.proposal.state) and session.is_allowed(Step.EDIT)
    with st.form(f"texts-{filed.proposal.number}-{filed.row_version}", border=False):
        written = Texts(
            background=st.text_area("背景", now.background, height=150, disabled=not may_edit),
            risks=st.text_area("リスク", now.risks, height=130, disabled=not may_edit),
            revert_condition=st.text_area(
                "解除の条件", now.revert_condition, height=130, disabled=not may_edit
            ),
            notice=st.text_area("利用者への周知の文案", now.notice, height=130, disabled=not may_edit),
            urgency=urgency(filed.proposal.content, may_edit=may_edit),
        )
        is_saved = st.form_submit_button("修正を保存する", disabled=not may_edit)
    if filed.proposal.state is State.REVIEWED and may_edit:
        st.caption("修正すると「起案」に戻り、社内確認をやり直す。")
    if is_saved and written != now:
        request, people = steps.request(filed), staff(filed)
        steps.take(lambda: edit_texts(session.store(), request, written, people), "修正を保存した。")


def urgency(content: Content, *, may_edit: bool) -> str:
    """Ask why an urgent change cannot wait; what is in time needs no reason."""
    if not content.dates.is_urgent:
        return content.texts.urgency
    label = "緊急とする理由（必須）"
    return str(st.text_area(label, content.texts.urgency, height=100, disabled=not may_edit))


def oral(filed: Filed) -> None:
    """Offer to record what 主管課 said before the paper was there; show what is recorded."""
    proposal = filed.proposal
    recorded = [d for d in proposal.history if d.step is Step.RECORD_ORAL]
    for decision in recorded:
        st.info(markup.verbatim(closing.oral_words(decision)))
    may_now = Step.RECORD_ORAL in allowed_steps(proposal.state) and session.is_allowed(Step.RECORD_ORAL)
    if not (may_now and proposal.content.dates.is_urgent):
        return
    with st.popover("口頭承認を記録する"):
        said = st.text_area("誰が（官職名）、いつ、何を承認したか（必須）", key=f"oral-{filed.row_version}")
        if st.button("口頭承認の記録を確定する"):
            steps.take(
                lambda: record_oral(session.store(), steps.request(filed), staff(filed), said),
                "口頭承認を記録した。書面による承認を続けて求めてください。",
            )


def checks(filed: Filed) -> None:
    """Show the checks of law and form, those that need a look first; names are looked for anew."""
    content = filed.proposal.content
    desk = session.desk(content.desk_id)
    named = names_in(content, desk.people) if desk else ()
    found = [Check("no_staff_names", is_passed=desk is not None and not named)]
    found += [c for c in content.checks if c.code != "no_staff_names"]
    failed = sum(not c.is_passed for c in found)
    st.write(
        f"{len(found)}件のうち{failed}件が要確認である。" if failed else f"{len(found)}件全てに適合している。"
    )
    for fault in named:
        st.warning(f"氏名「{fault.value}」が含まれている（{fault.column}）。")
    rows = tuple(
        (*check_words(c.code, c.detail), check_result(is_passed=c.is_passed))
        for c in sorted(found, key=lambda c: c.is_passed)
    )
    markup.table(Table((Column("確認した事項"), Column("根拠"), Column("結果")), rows))


def roster_files(filed: Filed) -> None:
    """Offer the named roster: to the contractor alone."""
    content = filed.proposal.content
    desk = session.desk(content.desk_id)
    if desk is None or not session.is_allowed(Action.SEE_ROSTER):
        return
    roster = see_roster(session.store(), filed.proposal.number, session.actor(content.parties))
    if roster is None:
        st.write("この案には、全ての規則を満たす勤務表がない。「確認」を見てください。")
        return
    days = desk.calendar.office_days(content.period.start, content.period.end)
    sheet = RosterSheet(desk, roster, days, session.today())
    for made in ROSTER_FORMATS:
        st.download_button(
            made.name,
            data=partial(made.write, sheet),
            file_name=f"{filed.proposal.number}-{made.file_name}",
            mime=made.media_type,
            on_click="ignore",
        )
    markup.notes(("勤務表には氏名が含まれる。主管課には渡さない。",))


def history(filed: Filed) -> None:
    """Show the steps taken so far."""
    proposal = filed.proposal
    author = session.office_title(Role.PLANNER, proposal.content.parties)
    table = tuple(closing.version_table(proposal.history, author, wareki(filed.created_at.date())))
    blocks.show(table[1:], proposal.content)  # the tab is its heading


def warnings(filed: Filed) -> None:
    """Say what stands in the way."""
    proposal = filed.proposal
    if not filed.is_intact:
        st.error("保存された内容が、提案時のものと一致しない。管理者に連絡してください。")
    if proposal.state in {State.RETURNED, State.REJECTED}:
        st.warning(f"主管課の理由: {proposal.history[-1].comment}")


def page(filed: Filed) -> None:
    """Say where it stands and what is next; the document beside what can be changed."""
    proposal, dates = filed.proposal, filed.proposal.content.dates
    stages.pick(session.proposals(), filed)
    stages.stages(proposal.state)
    due = f"提案の期限は{short_day(dates.propose_by)}、承認の期限は{short_day(dates.decide_by)}である。"
    where = f"{proposal.number} 第{proposal.version_no}版は「{STATES[proposal.state]}」の段階にある。"
    markup.answer(where, moves.standing(proposal.state) + due)
    warnings(filed)
    with st.container(horizontal=True, vertical_alignment="center"):
        primary(filed)
        withdrawal(filed)
        oral(filed)
        is_wide = st.toggle("書面を大きく表示")
    left, right = (st.container(), st.container()) if is_wide else st.columns([13, 8])
    with left:
        paper.pages(filed)
    names = ("本文", "確認", "出力", "経過")
    shown = (texts, checks, files, history)
    for tab, show in zip(right.tabs(list(names)), shown, strict=True):
        with tab:
            show(filed)


def files(filed: Filed) -> None:
    """Offer the files."""
    paper.downloads(filed)
    roster_files(filed)


st.title("提案", anchor=False)
steps.said()
if (chosen := session.proposal()) is not None:
    page(chosen)
elif session.plan() is None:
    empty.no_plan()
else:
    empty.no_proposal("提案はまだない。「変更案」の画面で案を選び、提案を作ってください。")
