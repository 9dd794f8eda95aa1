"""A desk and a file of its past: what its columns and words mean, and what it says. For page and cli."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from forecasts.faults import Fault, FaultyFile, Notice
from forecasts.history.account import Reading
from forecasts.history.aliases import recognised_columns
from forecasts.history.channel_words import Names, codes_of
from forecasts.history.columns import Columns
from forecasts.history.kinds import KINDS, Kind
from forecasts.history.layout import Layout, laid_out
from forecasts.history.locating import lacking
from forecasts.history.mapping import FileMapping
from forecasts.history.reading import read_file
from forecasts.history.sheets import FileSheets, Sheet
from forecasts.history.suggestion import Suggestion, suggested
from planner.desk import Desk


def channel_names(desk: Desk) -> Names:
    """Return how the desk's channels are written: code, name, synonyms."""
    return {c.id: (c.id, c.name, *c.synonyms) for c in desk.channels}


def role_names(desk: Desk) -> Names:
    """Return how the desk's grades are written: code, name."""
    return {g.id: (g.id, g.name) for g in desk.grades}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said of a file; what is left empty is found out.

    ``columns``: field → column, all of them. ``channels``: written channel or role → code, besides those that
    are recognised. ``channel``: of every row. ``header_line``: 0 = found by itself.
    """

    kind: Kind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    sheet: str = ""
    header_line: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """How a file is understood: the worksheet and its layout, and what is suggested, after what was asked."""

    sheet: Sheet
    layout: Layout
    suggestion: Suggestion

    @property
    def mapping(self) -> FileMapping:
        """What the columns are."""
        return self.suggestion.mapping

    @property
    def header_line(self) -> int:
        """The line of the file on which the header ends."""
        return int(self.sheet.line[self.layout.header_rows[-1]])


def suggestion(desk: Desk, sheets: FileSheets, remembered: Sequence[FileMapping] = ()) -> Suggestion:
    """Suggest what the columns of a file are. Raises FaultyFile where no worksheet is a table."""
    return understood(desk, sheets, Asked(), remembered).suggestion


def understood(
    desk: Desk, sheets: FileSheets, asked: Asked, remembered: Sequence[FileMapping] = ()
) -> Understood:
    """Understand the worksheet asked for, else the one that is understood best, of equals the first.

    Raises FaultyFile where no worksheet is a table, or none has the name.
    """
    found: list[Understood] = []
    faults: list[Fault] = []
    for sheet in _sheets(sheets, asked.sheet):
        try:
            found.append(_of_sheet(desk, sheets, sheet, asked, remembered))
        except FaultyFile as faulty:
            faults.extend(faulty.faults)
    if not found:
        raise FaultyFile(faults)
    best = min(found, key=lambda u: (not u.suggestion.is_remembered, len(u.suggestion.missing)))
    others = [u.sheet.name for u in found if u is not best and not u.suggestion.missing]
    if not others:
        return best
    doubts = (*best.suggestion.doubts, Notice("other_sheets", "、".join(others)))
    return replace(best, suggestion=replace(best.suggestion, doubts=doubts))


def _sheets(sheets: FileSheets, name: str) -> tuple[Sheet, ...]:
    named = tuple(s for s in sheets.sheets if s.name == name) if name else sheets.sheets
    if not named:
        allowed = ", ".join(s.name for s in sheets.sheets)
        raise FaultyFile([Fault("missing_sheet", sheets.place, value=name, allowed=allowed)])
    return named


def _of_sheet(
    desk: Desk, sheets: FileSheets, sheet: Sheet, asked: Asked, remembered: Sequence[FileMapping]
) -> Understood:
    layout = laid_out(sheet, asked.header_line, sheets.place)
    known = [m for m in remembered if m.sheet in {"", sheet.name}]
    found = suggested(sheet, layout, channel_names(desk), role_names(desk), known)
    mapping = replace(
        found.mapping,
        sheet=sheet.name if len(sheets.sheets) > 1 else "",
        header_line=asked.header_line or found.mapping.header_line,
    )
    found = replace(found, mapping=mapping)
    if asked != Asked(sheet=asked.sheet, header_line=asked.header_line):
        found = _as_asked(desk, Columns.of(sheet, layout), found, asked)
    return Understood(sheet, layout, found)


def _as_asked(desk: Desk, table: Columns, found: Suggestion, asked: Asked) -> Suggestion:
    """Put what a person said in the place of what was suggested."""
    kind = asked.kind or kind_of(asked.columns) or found.mapping.kind
    is_same = kind == found.mapping.kind
    suggested_columns = found.mapping.columns if is_same else recognised_columns(table.header, kind)
    columns = dict(asked.columns or suggested_columns)
    own = "role" if kind == "attendance" else "channel"
    if asked.channel:
        columns.pop(own, None)
    words = found.mapping.channels
    if columns.get(own) != found.mapping.columns.get(own):
        words = _words(desk, kind, table, columns.get(own, ""))
    changed = replace(
        found.mapping if is_same else FileMapping(kind, header_line=asked.header_line),
        columns=columns,
        channels={**words, **asked.channels},
        channel=asked.channel or ("" if own in columns else found.mapping.channel),
        sheet=found.mapping.sheet,
    )
    settled = {"one_channel"} if changed.channel == asked.channel else set()
    doubts = tuple(d for d in found.doubts if d.code not in settled) if is_same else ()
    return replace(found, mapping=changed, missing=tuple(lacking(changed)), doubts=doubts)


def _words(desk: Desk, kind: Kind, table: Columns, column: str) -> Mapping[str, str]:
    """Return which words of a column mean which channel or role of the desk."""
    names = role_names(desk) if kind == "attendance" else channel_names(desk)
    return codes_of(table.words(column), names) if column in table.header else {}


def reading(
    desk: Desk,
    sheets: FileSheets,
    mapping: FileMapping,
    pseudonym: Callable[[str], str] | None = None,
    until: date | None = None,
) -> Reading:
    """Read a file under a mapping, to the end of the day ``until``.

    Raises FaultyFile where the file cannot be read, or the mapping lacks a field or names an unknown code.
    """
    codes = role_names(desk) if mapping.kind == "attendance" else channel_names(desk)
    strange = sorted({*mapping.channels.values(), mapping.channel} - {"", *codes})
    allowed = ", ".join(codes)
    faults = [Fault("unknown_reference", sheets.place, None, "channel", code, allowed) for code in strange]
    if faults:
        raise FaultyFile(faults)
    return read_file(sheets, mapping, pseudonym, until)


def unmapped_faults(place: str, found: Understood) -> list[Fault]:
    """Return a fault for every field that the kind needs and that no column tells."""
    header = ", ".join(found.layout.header)
    line = found.header_line
    return [
        Fault("unmapped_channel", place, line, allowed=header)
        if name == "channel"
        else Fault("unmapped_field", place, line, name, allowed=header)
        for name in found.suggestion.missing
    ]


def kind_of(fields: Iterable[str]) -> Kind | None:
    """Return the first kind of file that has all these fields; None without fields or such a kind."""
    wanted = set(fields)
    return next((kind for kind, known in KINDS.items() if wanted and wanted <= known.keys()), None)
