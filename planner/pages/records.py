"""記録: who decided what?"""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from planner import session
from planner.document.blocks import Column, Table
from planner.parts import markup
from planner.store import AuditEntry
from planner.wording.dates import stamp_ja
from planner.wording.terms import ROLES, STATES, STEPS

_HEAD = ("番号", "いつ", "誰が", "役割", "役割切替", "何を", "対象", "内容")
_ACTIONS = {
    "import_log": "記録の取込み",
    "undo_import": "取込みの取消し",
    "mark_days": "学習から除く日の指定",
    "unmark_days": "学習から除く日の解除",
    "keep_events": "行事の保存",
    "make_plan": "計画の保存",
    "make_outlook": "見通しの保存",
    "keep_roster": "勤務表の保存",
    "create_proposal": "起案",
    **STEPS,
}
# What is said inside the contractor's house stays there: only what speaks to the other side is shown.
_SPOKEN = ("submit", "withdraw", "approve", "approve_with_conditions", "return", "reject")
_A_PAGE = 50
_SHORT = 16


def row(entry: AuditEntry) -> tuple[str, ...]:
    """Write one entry in words."""
    return (
        f"{entry.seq:,}",
        stamp_ja(datetime.fromisoformat(entry.at)).replace(" ", "\n"),
        entry.office_title,
        ROLES.get(entry.role, entry.role),
        "役割切替" if entry.role_switched else "―",
        _ACTIONS.get(entry.action, entry.action),
        entry.subject,
        content_words(entry),
    )


def content_words(entry: AuditEntry) -> str:
    """Write what an entry is about: version, state, digest, words said between the parties."""
    detail = json.loads(entry.detail)
    said = [f"第{detail['version_no']}版"] if "version_no" in detail else []
    if state := detail.get("state"):
        said.append(f"段階: {STATES.get(state, state)}")
    if "rows" in detail:
        said.append(f"{detail['rows']:,}件")
    if corrected := detail.get("corrected"):
        said.append(f"訂正{corrected:,}件")
    if digest := detail.get("digest") or detail.get("content"):
        said.append(f"要約値 {digest[:12]}")
    if entry.action in _SPOKEN:
        said += [
            f"{name}: {detail[key]}"
            for key, name in (("conditions", "条件"), ("comment", "理由"))
            if detail.get(key)
        ]
    return "、".join(said)


def as_csv(entries: Sequence[AuditEntry]) -> bytes:
    """Write the trail as CSV (UTF-8 with BOM, as Excel wants it), with every hash."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow((*_HEAD, "日時（ISO 8601）", "前の要約値", "要約値"))
    for entry in entries:
        writer.writerow((*row(entry), entry.at, entry.previous_hash, entry.hash))
    return stream.getvalue().encode("utf-8-sig")


def verified(count: int) -> None:
    """Say whether the chain is whole, with its head."""
    chain = session.store().verify_chain()
    if chain.is_whole:
        head = f"連鎖の先頭 {chain.head[:_SHORT]}" if count else "記録はまだない"
        markup.answer(f"記録は{chain.entries:,}件あり、改変がないことを検証済みである。", f"検証済み　{head}")
    else:
        markup.answer(
            f"記録の{chain.broken_seq:,}番が、前の記録とつながらない。",
            "検証できない。管理者に連絡してください。",
        )


def page(entries: Sequence[AuditEntry]) -> None:
    """Say whether the record is whole, then show it, the newest entry first."""
    verified(len(entries))
    if not entries:
        st.info("計画や提案を作ると、誰が何をしたかがここに残る。")
        return
    st.download_button(
        "記録を出力する（CSV）",
        data=lambda: as_csv(entries),
        file_name="records.csv",
        mime="text/csv",
        on_click="ignore",
        type="primary",
    )
    newest = tuple(reversed(entries))
    pages = -(-len(newest) // _A_PAGE)
    number = 1
    if pages > 1:
        number = st.number_input(f"ページ（全{pages}ページ）", 1, pages, 1, width=200)
    shown = newest[(number - 1) * _A_PAGE : number * _A_PAGE]
    markup.table(Table(tuple(Column(name) for name in _HEAD), tuple(map(row, shown))))


st.title("記録", anchor=False)
page(session.store().audit_entries())
