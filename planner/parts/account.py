"""Step 3 of an import: the account of the reading, shown and given out; what the file is good for."""

import streamlit as st

from forecasts.history.account import Reading
from planner.document.blocks import Column, Table
from planner.parts import markup
from planner.wording.faults import fault_parts, notice_sentence
from planner.wording.files import SUPPORTS, account_words, not_data_words
from planner.wording.import_report import HEAD, import_report

_SHOWN = 100


def account(reading: Reading, name: str) -> None:
    """Show that no row vanished, which rows cannot be taken and why, and what the file is good for."""
    of = reading.account
    aside = sum(of.not_data.values())
    markup.tiles(
        (
            ("読んだ行", f"{of.read:,}行", "ファイルの全ての行"),
            ("取り込む行", f"{of.accepted:,}行", _span(reading)),
            ("取り込めない行", f"{of.rejected:,}行", "下に理由を示す" if of.rejected else "無し"),
            ("データでない行", f"{aside:,}行", not_data_words(of)),
        )
    )
    markup.notes((account_words(of),))
    for notice in reading.notices:
        st.info(notice_sentence(notice.code, notice.value))
    if reading.faults:
        _rejected(reading)
    st.download_button(
        "行の内訳と取り込めない行を出力する（CSV）",
        data=lambda: import_report(reading),
        file_name=f"{name.rpartition('.')[0] or name}_取込みの内訳.csv",
        mime="text/csv",
        on_click="ignore",
    )
    can, cannot = SUPPORTS[reading.mapping.kind]
    markup.facts((("使えること", can), ("分からないこと", cannot)))


def _span(reading: Reading) -> str:
    """Write which days the accepted rows are of."""
    moments = reading.values.select_dtypes("datetime").iloc[:, :1]
    if moments.empty:
        return ""
    first, last = moments.iloc[:, 0].min(), moments.iloc[:, 0].max()
    return f"{first:%Y/%-m/%-d}〜{last:%Y/%-m/%-d}"


def _rejected(reading: Reading) -> None:
    """Show the faults row by row, with what to do."""
    columns = tuple(Column(name) for name in HEAD)
    rows = tuple(
        ("" if f.row is None else f"{f.row:,}", f.column, f.value, *fault_parts(f))
        for f in reading.faults[:_SHOWN]
    )
    markup.table(Table(columns, rows, f"取り込めない行（{reading.account.rejected:,}行）"))
    if len(reading.faults) > _SHOWN:
        more = len(reading.faults) - _SHOWN
        markup.notes((f"最初の{_SHOWN}件を示した。ほかに{more:,}件ある。全ては、下の出力で確かめられる。",))
