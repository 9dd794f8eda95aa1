"""Step 1 of an import: a file is chosen, opened once, and shown as it is."""

from collections.abc import Iterable
from html import escape

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from forecasts.faults import Fault, FaultyFile
from forecasts.history.layout import Layout
from forecasts.history.sheets import FileSheets, read_sheets
from forecasts.history.sheets.limits import LARGEST_FILE_BYTES, LARGEST_WORKBOOK_BYTES
from forecasts.history.sheets.sheet import Sheet
from planner.parts import markup
from planner.wording.faults import fault_sentences
from planner.wording.files import NOT_DATA_NAMES, NOT_KEPT

_MB = 1 << 20  # as Streamlit counts
_SHOWN = 12
_SHOWN_BELOW = 5
_SHOWN_COLUMNS = 14
_MOST_ASIDE = 50


@st.cache_resource(max_entries=2, show_spinner="ファイルを読んでいる。")
def _opened(file_id: str, _file: UploadedFile) -> FileSheets | FaultyFile:  # noqa: ARG001  # the key
    try:
        return read_sheets(_file.name, _file.getvalue())
    except FaultyFile as faulty:
        return faulty


def uploaded() -> UploadedFile | None:
    """Ask for a file. Any may be chosen: why one cannot be read is better said than a closed door."""
    file = st.file_uploader(
        "問合せ記録、電話交換機の報告、件数表又は配置の実績（CSV・Excel）",
        max_upload_size=LARGEST_FILE_BYTES // _MB,
        key=f"upload-{st.session_state.get('uploads', 0)}",
    )
    if file is None:
        markup.notes(
            (
                "表題や合計の行があるままでよい。文字コード、区切り、見出しの行は自動で見分ける。"
                f"Excelブックは{LARGEST_WORKBOOK_BYTES // _MB}MBまで。",
                NOT_KEPT + "最後に「取り込む」を押すまで、何も保存しない。",
            )
        )
    return file


def opened(file: UploadedFile) -> FileSheets | None:
    """Open the file; where it cannot be used say why, and that nothing was kept."""
    answer = _opened(file.file_id, file)
    if isinstance(answer, FaultyFile):
        refused(answer.faults)
        return None
    for sentence in fault_sentences(answer.warnings):
        st.warning(markup.verbatim(sentence))
    return answer


def forgotten() -> None:
    """Forget what was read of files: it holds what is never kept."""
    _opened.clear()


def refused(faults: Iterable[Fault]) -> None:
    """Say that a file cannot be taken in, why, and that nothing was kept."""
    sentences = markup.listed(fault_sentences(faults))
    st.error(f"このままでは取り込めない。何も保存していない。\n\n{sentences}")


def preview(sheet: Sheet, layout: Layout | None) -> None:
    """Show the first records as they stand, with what each was taken for; None: nobody knows yet."""
    roles = {} if layout is None else _roles(layout)
    below = _SHOWN if layout is None else layout.header_rows[-1] + 1 + _SHOWN_BELOW
    wide = min(sheet.cells.num_columns, _SHOWN_COLUMNS)
    usual = "―" if layout is None else "データ"
    body = "".join(
        f"<tr class='{'mado-aside' if n in roles else ''}'>"
        f"<th scope='row'>{int(sheet.line[n]):,}</th><td>{escape(roles.get(n, usual))}</td>"
        + "".join(f"<td>{escape(str(record[str(c)])[:40])}</td>" for c in range(wide))
        + "</tr>"
        for n, record in enumerate(sheet.cells.slice(0, min(below, _SHOWN)).to_pylist())
    )
    columns = "".join(f"<th scope='col'>{c + 1}列目</th>" for c in range(wide))
    st.html(
        "<div class='mado-scroll' tabindex='0' role='region' aria-label='ファイルの最初の行'>"
        "<table class='mado-table mado-narrow'><caption>ファイルの最初の行</caption>"
        f"<thead><tr><th scope='col'>行</th><th scope='col'>判定</th>{columns}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
    if sheet.cells.num_columns > wide:
        markup.notes((f"全{sheet.cells.num_columns}列のうち、最初の{wide}列を示した。",))


def _roles(layout: Layout) -> dict[int, str]:
    """Return what the first records that are no data are."""
    aside = {int(n): NOT_DATA_NAMES[why] for why, rows in layout.not_data.items() for n in rows[:_MOST_ASIDE]}
    return aside | dict.fromkeys(layout.header_rows, NOT_DATA_NAMES["header"])
