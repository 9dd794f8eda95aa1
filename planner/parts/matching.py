"""Step 2 of an import: what the columns and the words of the file are; suggested, confirmed by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from forecasts.history.kinds import KINDS
from forecasts.history.layout import Layout, cells_of
from forecasts.history.mapping import EVERY_OTHER, FileMapping
from forecasts.history.sheets import Sheet
from forecasts.history.suggestion import Suggestion
from forecasts.history.text import Texts, key_of
from planner.desk import Desk
from planner.document.blocks import Column, Table
from planner.parts import markup
from planner.parts.choice import choice
from planner.wording.faults import notice_sentence
from planner.wording.files import FIELD_NAMES, UNIT_NAMES, UNMAPPED_NAMES

_NONE = ""
_HEADINGS = "*"
"""In a mapping: the names of the columns themselves (months as columns)."""
_MOST_WORDS = 30
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Matching:
    """The file that is asked about: its table, how that is laid out, and what was suggested."""

    desk: Desk
    sheet: Sheet
    layout: Layout
    found: Suggestion
    key: str

    @property
    def codes(self) -> Mapping[str, str]:
        """The codes that a written channel or role can mean, with their names."""
        if self.found.mapping.kind == "attendance":
            return {grade.id: grade.name for grade in self.desk.grades}
        return {channel.id: channel.name for channel in self.desk.channels}

    @property
    def word_field(self) -> str:
        """The field whose words are translated into codes."""
        return "role" if self.found.mapping.kind == "attendance" else "channel"


def matching(asked: Matching) -> FileMapping | None:
    """Show the suggestion and let it be changed; return it once it was confirmed."""
    _said(asked)
    columns = _fields(asked)
    units = _units(asked, columns)
    channel = _one_channel(asked, columns)
    channels = _words(asked, columns)
    _left_out(asked)
    if not st.button("この対応で確かめる", type="primary"):
        return None
    return replace(asked.found.mapping, columns=columns, units=units, channel=channel, channels=channels)


def _said(asked: Matching) -> None:
    """Say where the suggestion comes from, and what should be looked at."""
    if asked.found.is_remembered:
        st.success("前回と同じ見出しのため、前回確かめた対応を当てはめた。")
    for field in asked.found.missing:
        st.warning(f"「{FIELD_NAMES[field]}」に当たる列が見つからない。下の欄で選んでください。")
    for doubt in asked.found.doubts:
        st.info(notice_sentence(doubt.code, doubt.value))


def _fields(asked: Matching) -> dict[str, str]:
    """Ask for the column of every field; those without a suggestion stand aside, unless one is needed."""
    mapping = asked.found.mapping
    fields = KINDS[mapping.kind]
    shown = [n for n in fields if n in mapping.columns or n in asked.found.missing]
    if asked.found.missing:  # which of the others could stand for it is seen best beside it
        shown = list(fields)
    chosen = _boxes(asked, shown)
    if rest := [n for n in fields if n not in shown]:
        with st.expander(f"ほかの項目（{len(rest)}項目）の列を選ぶ"):
            chosen |= _boxes(asked, rest)
    return chosen


def _boxes(asked: Matching, names: Sequence[str]) -> dict[str, str]:
    """Ask for the columns of some fields, side by side."""
    mapping, chosen = asked.found.mapping, dict[str, str]()
    boxes = st.columns(_COLUMNS)
    for n, name in enumerate(names):
        field, given = KINDS[mapping.kind][name], mapping.columns.get(name, _NONE)
        options = [_NONE, *([_HEADINGS] if given == _HEADINGS else []), *asked.layout.header]
        column = choice(
            boxes[n % _COLUMNS],
            FIELD_NAMES[name] + ("【必須】" if field.is_required and not field.instead else ""),
            options,
            given,
            key=f"{asked.key}-{_table(asked)}-{name}",
            names={_NONE: "（無し）", _HEADINGS: "（各列の見出し）"},
        )
        if column:
            chosen[name] = column
    return chosen


def _table(asked: Matching) -> str:
    """Name the table and kind that a choice of columns belongs to."""
    mapping = asked.found.mapping
    return f"{mapping.kind}-{asked.sheet.name}-{asked.layout.header_rows[-1]}"


def _units(asked: Matching, columns: Mapping[str, str]) -> dict[str, str]:
    """Ask for the unit of durations that are written as bare numbers."""
    mapping, units = asked.found.mapping, dict[str, str]()
    durations = [n for n, f in KINDS[mapping.kind].items() if f.type == "duration" and n in columns]
    boxes = st.columns(_COLUMNS) if durations else []
    for box, name in zip(boxes, durations, strict=False):
        given = mapping.units.get(name, "min" if name.endswith("_min") else "s")
        key = f"{asked.key}-{_table(asked)}-unit-{name}"
        label = f"{FIELD_NAMES[name]}の数の単位"
        units[name] = choice(box, label, list(UNIT_NAMES), given, key=key, names=UNIT_NAMES)
    return units


def _one_channel(asked: Matching, columns: Mapping[str, str]) -> str:
    """Ask which channel a file without such a column is of."""
    if asked.word_field in columns or asked.word_field == "role":
        return ""
    codes = asked.codes
    given = asked.found.mapping.channel or next(iter(codes))
    key = f"{asked.key}-{_table(asked)}-every-row"
    return choice(st.columns(_COLUMNS)[0], "全ての行の受付方法", list(codes), given, key=key, names=codes)


def _words(asked: Matching, columns: Mapping[str, str]) -> dict[str, str]:
    """Ask what each written channel or role means."""
    column = columns.get(asked.word_field, "")
    given = asked.found.mapping.channels
    if column not in asked.layout.header:
        return dict(given)
    st.markdown(f"**{FIELD_NAMES[asked.word_field]}の書き方**")
    codes, by_key = asked.codes, {key_of(written): code for written, code in given.items()}
    meant, boxes = dict(given), st.columns(_COLUMNS)
    options = [_NONE, *codes]
    for n, word in enumerate(written_words(asked, column)):
        code = by_key.get(key_of(word), given.get(EVERY_OTHER, _NONE))
        answer = choice(
            boxes[n % _COLUMNS],
            f"「{markup.verbatim(word)}」",
            options,
            code,
            key=f"{asked.key}-{_table(asked)}-word-{column}-{word}",
            names={_NONE: "（取り込まない）", **codes},
        )
        meant = {w: c for w, c in meant.items() if key_of(w) != key_of(word)}
        if answer:
            meant[word] = answer
    return meant


def written_words(asked: Matching, column: str) -> Sequence[str]:
    """Return the words of a column in the data, the most frequent first; at most some."""
    cells = asked.sheet.cells.column(asked.layout.header.index(column))
    texts = Texts.of(cells_of(cells, asked.layout.data))
    times = np.bincount(texts.codes, minlength=len(texts.words))
    most = np.argsort(-times, kind="stable")[: _MOST_WORDS + 1]  # one of them may be the empty one
    words = (str(texts.words[int(n)]) for n in most)
    return [word for word in dict.fromkeys(words) if word][:_MOST_WORDS]


def _left_out(asked: Matching) -> None:
    """Show which columns are not read, and why."""
    rows = tuple((name, UNMAPPED_NAMES.get(why, why)) for name, why in asked.found.unmapped.items())
    if rows:
        with st.expander(f"読み取らない列（{len(rows)}列）"):
            markup.table(Table((Column("列"), Column("扱い")), rows, "読み取らない列"))
