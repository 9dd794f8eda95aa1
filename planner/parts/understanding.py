"""How a file is understood: worksheet, line of the header, kind; found out, and open to correction."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from forecasts.faults import FaultyFile
from forecasts.history.kinds import Kind
from forecasts.history.mapping import FileMapping
from forecasts.history.sheets import FileSheets
from planner import session
from planner.desk import Desk
from planner.imports import Asked, Understood, understood
from planner.parts.choice import choice, keep, recalled
from planner.parts.upload import preview, refused
from planner.wording.files import KIND_NAMES

_MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being taken in for a desk. ``key``: of the upload and the desk."""

    desk: Desk
    file: UploadedFile
    sheets: FileSheets

    @property
    def key(self) -> str:
        """What belongs to this file and desk only."""
        return f"{self.file.file_id}-{self.desk.id}"


@st.cache_resource(max_entries=6, show_spinner="列を見分けている。")
def _found(
    state: str,  # noqa: ARG001  # the key: file, desk, what was asked, what is remembered
    _of: Opened,
    _asked: Asked,
    _remembered: Sequence[FileMapping],
) -> Understood | FaultyFile:
    try:
        return understood(_of.desk, _of.sheets, _asked, _remembered)
    except FaultyFile as faulty:
        return faulty


def found(of: Opened, asked: Asked) -> Understood | FaultyFile:
    """Understand a file, once for what is asked."""
    remembered = session.store().remembered(of.desk.id)
    return _found(f"{of.key} {of.desk} {asked} {remembered}", of, asked, remembered)


def forgotten() -> None:
    """Forget what was understood of files."""
    _found.clear()


def understanding(of: Opened) -> Understood | None:
    """Ask for sheet, header and kind where they are not as they were found; None where more must be said."""
    left, middle, right = st.columns(3)
    with left:
        sheet = _sheet(of)
    first = found(of, Asked(sheet=sheet))
    with middle:
        line = _header_line(of, sheet, first)
    asked = Asked(sheet=sheet, header_line=line)
    answer = found(of, asked) if line else first
    if isinstance(answer, FaultyFile):
        refused(answer.faults)
        shown = next((s for s in of.sheets.sheets if s.name == sheet), of.sheets.sheets[0])
        preview(shown, None)
        return None
    with right:
        kind = _kind(of, asked, answer.mapping.kind)
    if kind == answer.mapping.kind:
        return answer
    other = found(of, Asked(kind, sheet=sheet, header_line=line))
    if isinstance(other, FaultyFile):
        refused(other.faults)
        return None
    return other


def _sheet(of: Opened) -> str:
    """Ask for the worksheet; "" where it is the one that is understood best."""
    names = [s.name for s in of.sheets.sheets]
    if len(names) == 1:
        return ""
    best = found(of, Asked())
    own = names[0] if isinstance(best, FaultyFile) else best.sheet.name
    chosen = choice(st, "シート", names, own, key=f"{of.key}-sheet", names={})
    return "" if chosen == own and not isinstance(best, FaultyFile) else chosen


def _header_line(of: Opened, sheet: str, first: Understood | FaultyFile) -> int:
    """Ask for the line of the header; 0 where it is the one that was found, or nobody knows."""
    own = None if isinstance(first, FaultyFile) else first.header_line
    key = f"{of.key}-line-{sheet}"
    line = st.number_input(
        "見出しの行",
        min_value=1,
        max_value=_MOST_LINES,
        value=recalled(key, own),
        step=1,
        placeholder="行の番号",
        key=key,
    )
    keep(key, line)
    return 0 if line is None or line == own else int(line)


def _kind(of: Opened, asked: Asked, own: Kind) -> Kind:
    """Ask what kind of file it is; another kind than was recognised has other fields."""
    key = f"{of.key}-kind-{asked.sheet}-{asked.header_line}"
    names = {str(kind): name for kind, name in KIND_NAMES.items()}
    chosen = choice(st, "ファイルの種類", list(names), own, key=key, names=names)
    return next(kind for kind in KIND_NAMES if kind == chosen)
