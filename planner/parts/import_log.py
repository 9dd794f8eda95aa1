"""The import log: which file, when, by whom, what it brought; undo."""

import streamlit as st

from planner import session
from planner.access import Action
from planner.actions.undo_import import undo_import
from planner.desk import Desk
from planner.document.blocks import Column, Table
from planner.parts import markup, steps
from planner.store import ImportRecord
from planner.wording.dates import short_span, stamp_ja
from planner.wording.files import (
    FIELD_NAMES,
    KIND_NAMES,
    LOCAL_USER,
    account_words,
    import_state,
    mapping_words,
    not_data_words,
)
from planner.wording.import_report import fault_report

_SHORT = 12
_SHOWN = 200


def import_log(desk: Desk) -> None:
    """Show every import, the newest first, and let one be undone."""
    records = session.store().imports(desk.id)
    if not records:
        st.info("まだ何も取り込んでいない。")
        return
    columns = (
        Column("番号"),
        Column("取込日時"),
        Column("ファイル"),
        Column("期間"),
        Column("取り込んだ行", "行", is_figure=True),
        Column("新規", "件", is_figure=True),
        Column("訂正", "件", is_figure=True),
        Column("取り込めない行", "行", is_figure=True),
        Column("状態"),
    )
    rows = tuple(_row(record) for record in reversed(records))
    markup.table(Table(columns, rows, "取込みの履歴"))
    _details(desk, records)


def _row(record: ImportRecord) -> tuple[str, ...]:
    return (
        str(record.id),
        stamp_ja(record.at).replace(" ", "\n"),
        record.file_name or "―",
        "―"
        if record.first_day is None or record.last_day is None
        else short_span(record.first_day, record.last_day),
        f"{record.account.accepted:,}",
        f"{record.added:,}",
        f"{record.corrected:,}",
        f"{record.account.rejected:,}",
        _state(record),
    )


def _state(record: ImportRecord) -> str:
    return import_state(record.undone_at, is_active=record.is_active, is_partial=record.is_partial)


def _details(desk: Desk, records: tuple[ImportRecord, ...]) -> None:
    """Look into one import, and undo it."""
    by_id = {record.id: record for record in reversed(records)}
    number = st.selectbox(
        "内容を見る取込み",
        list(by_id),
        format_func=lambda n: f"{n}　{by_id[n].file_name}　{_state(by_id[n])}",
        filter_mode=None,
        key=f"import-of-{desk.id}",
    )
    record = by_id[number]
    no_data = not_data_words(record.account)
    markup.facts(
        (
            ("ファイルの種類", KIND_NAMES[record.kind]),
            ("行の内訳", account_words(record.account) + (f"（{no_data}）" if no_data else "")),
            (
                "列の対応",
                mapping_words(record.mapping),
            ),
            ("ファイルの要約値", f"{record.file_digest[:_SHORT]}（SHA-256）"),
            ("取込者", LOCAL_USER if record.user == session.USER else record.user),
        )
    )
    _rejected(record)
    _corrections(record)
    _undo(desk, record)


def _rejected(record: ImportRecord) -> None:
    """Give out the rows that were left out, with their reasons, as they are kept with the import."""
    if not record.account.rejected:
        return
    st.download_button(
        f"取り込まなかった{record.account.rejected:,}行と理由を出力する（CSV）",
        data=lambda: fault_report(session.store().import_faults(record.id)),
        file_name=f"{record.file_name.rpartition('.')[0] or record.file_name}_取り込まなかった行.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _corrections(record: ImportRecord) -> None:
    """Show what an import changed in what was known before."""
    if not record.corrected:
        return
    with st.expander(f"この取込みで訂正された値（{record.corrected:,}件）"):
        changed = session.store().corrections(record.id)
        columns = (Column("問合せ"), Column("項目"), Column("訂正前"), Column("訂正後"))
        rows = tuple(
            (str(c.key), FIELD_NAMES.get(str(c.column), str(c.column)), str(c.before), str(c.after))
            for c in changed.head(_SHOWN).itertuples()
        )
        markup.table(Table(columns, rows, "訂正の内容"))
        if len(changed) > _SHOWN:
            markup.notes((f"最初の{_SHOWN:,}件を示した。",))


def _undo(desk: Desk, record: ImportRecord) -> None:
    """Undo a whole import, once it was said what that means."""
    if not record.is_active or not session.is_allowed(Action.UNDO_IMPORT):
        return
    with st.popover("この取込みを取り消す"):
        st.write(
            f"「{record.file_name}」から取り込んだ内容を、全て無かったことにする。"
            "訂正された件は元の値に戻る。取消しは記録に残り、同じファイルをもう一度取り込むこともできる。"
        )
        if st.button("取り消す", key=f"undo-{record.id}"):
            undone = steps.attempted(
                lambda: undo_import(session.store(), record.id, session.actor(desk.terms), session.now())
            )
            if undone is not None:
                steps.say(f"取込み{record.id}を取り消した。")
