"""An import on the page, step by step: file → columns → account → taken in."""

from html import escape

import streamlit as st

from forecasts.faults import FaultyFile
from forecasts.history.account import Reading
from forecasts.history.mapping import FileMapping
from planner import session
from planner.actions.import_file import import_file
from planner.desk import Desk
from planner.imports import reading
from planner.parts import choice, markup, steps, understanding, upload
from planner.parts.account import account
from planner.parts.matching import Matching, matching
from planner.parts.understanding import Opened
from planner.parts.upload import opened, preview, refused, uploaded
from planner.pseudonyms import pseudonym_of
from planner.store import ImportRecord, ImportSource
from planner.wording.files import form_words

_STEPS = ("ファイルを選ぶ", "列の対応を確かめる", "行の内訳を確かめる", "取り込む")
_AT = "taking-in"
"""In the session: (key of the file, mapping confirmed); means nothing for another file or desk."""
_UPLOADS = "uploads"


def taking_in(desk: Desk) -> None:
    """Take a file in; each step is shown once the one before it is done."""
    bar = st.empty()
    file = uploaded()
    sheets = None if file is None else opened(file)
    if file is None or sheets is None:
        _progress(bar, 0)
        return
    of = Opened(desk, file, sheets)
    key, confirmed = st.session_state.get(_AT, ("", None))
    if key == of.key and confirmed is not None:
        _progress(bar, 2)
        _account(of, confirmed)
    else:
        _progress(bar, 1)
        _columns(of)


def _progress(bar: "st.delta_generator.DeltaGenerator", at: int) -> None:
    cells = "".join(
        f"<li{' aria-current=step' if n == at else ''}>{n + 1}　{escape(name)}</li>"
        for n, name in enumerate(_STEPS)
    )
    bar.html(f"<ol class='mado-steps' aria-label='取込みの手順'>{cells}</ol>")


# --- step 2 ---


def _columns(of: Opened) -> None:
    """Show how the file is understood, and let that be changed."""
    found = understanding.understanding(of)
    if found is None:
        return
    where = (
        f"{form_words(of.sheets)}、見出しは{found.header_line:,}行目、データは{len(found.layout.data):,}行"
    )
    st.markdown(f"**{markup.verbatim(of.file.name)}**　{where}")
    preview(found.sheet, found.layout)
    confirmed = matching(Matching(of.desk, found.sheet, found.layout, found.suggestion, of.key))
    if confirmed is not None:
        st.session_state[_AT] = (of.key, confirmed)
        st.rerun()


# --- steps 3 and 4 ---


@st.cache_resource(max_entries=2, show_spinner="全ての行を読んでいる。")
def _read(state: str, _of: Opened, _mapping: FileMapping) -> Reading | FaultyFile:  # noqa: ARG001  # the key
    try:
        return reading(_of.desk, _of.sheets, _mapping, pseudonym_of(session.store().home))
    except FaultyFile as faulty:
        return faulty


def _account(of: Opened, mapping: FileMapping) -> None:
    """Show the account; take the file in once that was decided."""
    read = _read(f"{of.key} {of.desk} {mapping}", of, mapping)
    st.button("列の対応を直す", on_click=lambda: st.session_state.pop(_AT, None))
    if isinstance(read, FaultyFile):
        refused(read.faults)
        return
    account(read, of.file.name)
    if not read.account.accepted:
        st.error("取り込める行がない。何も保存していない。列の対応又は元のファイルを直してください。")
        return
    is_decided = not read.faults or st.checkbox(
        f"取り込めない{read.account.rejected:,}行を除き、残りの{read.account.accepted:,}行を取り込む"
        "（この判断は記録に残る）",
        key=f"{of.key}-partly",
    )
    if st.button("取り込む", type="primary", disabled=not is_decided):
        _keep(of, read)


def _keep(of: Opened, read: Reading) -> None:
    source = ImportSource(of.desk.id, of.file.name, of.sheets.digest)
    actor, now = session.actor(of.desk.terms), session.now()
    with st.spinner("取り込んでいる。"):
        record = steps.attempted(
            lambda: import_file(
                session.store(), source, read, actor, now, is_partial_accepted=bool(read.faults)
            )
        )
    if record is None:
        return
    st.session_state.pop(_AT, None)
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1  # an empty uploader
    for forget in (upload.forgotten, understanding.forgotten, choice.forgotten, _read.clear):
        forget()  # free text and names stay in no memory
    steps.say(kept_words(record))


def kept_words(record: ImportRecord) -> str:
    """Say what an import brought."""
    if record.is_repeat:
        return f"「{record.file_name}」は取込み済みである。件数は増えていない（取込み{record.id}）。"
    said = (
        f"「{record.file_name}」を取り込んだ。新規{record.added:,}件、訂正{record.corrected:,}件、"
        f"変わらないもの{record.unchanged:,}件である（取込み{record.id}）。"
    )
    if record.replaces:
        said += f"同じファイルの以前の取込み{record.replaces}に代わるものとした。"
    if record.added_on_known_days:
        said += (
            f"新規のうち{record.added_on_known_days:,}件は、既に記録のある日のものである。"
            "以前のファイルに漏れがあったか、範囲の違うファイルでないか、確かめてください。"
        )
    return said
