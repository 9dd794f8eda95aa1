"""What the columns and words of a file probably are: for a person to confirm, or as confirmed before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from forecasts.faults import Notice
from forecasts.history.aliases import unread_because
from forecasts.history.channel_words import Names, code_of_family, codes_of, family_of
from forecasts.history.columns import Columns
from forecasts.history.dates import SOME_YEAR
from forecasts.history.header import month_head
from forecasts.history.kinds import KINDS
from forecasts.history.layout import Layout
from forecasts.history.locating import lacking
from forecasts.history.mapping import EVERY_OTHER, FileMapping
from forecasts.history.numbers import amount_of, is_open_clocked, unit_in
from forecasts.history.presets import Preset
from forecasts.history.recognition import Recognised, recognised
from forecasts.history.sheets.sheet import Sheet
from forecasts.history.text import key_of

MOST_NAMED = 10
"""So many written words are named in a notice."""
_ASSUMED_UNITS: Mapping[str, str] = MappingProxyType({"handling_min": "min", "talk_s": "s", "wait_s": "s"})
_NO_NAMES: Names = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping to confirm.

    ``preset``: whose list of inquiries the header is; "" for other kinds. ``is_remembered``: the desk has
    confirmed this mapping before. ``missing``: required fields without a column. ``unmapped``: column → why
    it is not read: ``personal``, ``free_text`` (neither is ever stored) or ``unused``. ``doubts``: what the
    person should look at, for ``planner.wording``.
    """

    mapping: FileMapping
    preset: str
    is_remembered: bool
    missing: tuple[str, ...]
    unmapped: Mapping[str, str]
    doubts: tuple[Notice, ...]


def suggested(
    sheet: Sheet,
    layout: Layout,
    channel_names: Names,
    role_names: Names = _NO_NAMES,
    remembered: Sequence[FileMapping] = (),
) -> Suggestion:
    """Suggest a mapping for a table.

    Args:
        sheet: The table.
        layout: Its header and data.
        channel_names: Code of each channel of the desk → its name and synonyms, in the desk's order.
        role_names: The same of the grades, for attendance.
        remembered: Mappings that the desk confirmed before, newest first. The first is taken whose columns
            are all there and whose codes the desk still has: one of the kind that the table looks like, else
            one that uses at least half of the columns.
    """
    columns = Columns.of(sheet, layout)
    found = recognised(columns, channel_names)
    fitting = [m for m in remembered if _fits(m, columns, _names_for(m, channel_names, role_names))]
    known = next((m for m in fitting if m.kind == found.kind), None) or next(
        (m for m in fitting if 2 * len(m.columns) >= len(columns.header)), None
    )
    if known is not None:
        mapping = _with_new_words(columns, known, _names_for(known, channel_names, role_names))
        doubts = _unknown_words(columns, mapping, mapping.channels)
    else:
        mapping, doubts = _made(columns, found, channel_names, role_names)
    return Suggestion(
        mapping=mapping,
        preset=found.preset.name if found.preset and mapping.kind == found.kind else "",
        is_remembered=known is not None,
        missing=tuple(lacking(mapping)),
        unmapped=_unmapped(columns.header, mapping),
        doubts=tuple(doubts),
    )


def _names_for(mapping: FileMapping, channel_names: Names, role_names: Names) -> Names:
    return role_names if mapping.kind == "attendance" else channel_names


def _fits(mapping: FileMapping, columns: Columns, names: Names) -> bool:
    """Whether a remembered mapping can read a table: columns and codes are still there."""
    keys = set(map(key_of, columns.header))
    named = {key_of(column) for column in mapping.columns.values() if column != EVERY_OTHER}
    codes = {*mapping.channels.values(), mapping.channel} - {""}
    is_wide = EVERY_OTHER not in mapping.columns.values() or bool(_count_columns(columns.header, mapping))
    return bool(mapping.columns) and named <= keys and codes <= names.keys() and is_wide


def _count_columns(header: Sequence[str], mapping: FileMapping) -> list[str]:
    """Return the columns that ``*`` stands for."""
    if mapping.columns.get("month") == EVERY_OTHER:
        return [column for column in header if month_head(column, SOME_YEAR)]
    if mapping.columns.get("channel") == EVERY_OTHER:
        keys = set(map(key_of, mapping.channels))
        return [column for column in header if key_of(column) in keys]
    return []


def _made(
    columns: Columns, found: Recognised, channel_names: Names, role_names: Names
) -> tuple[FileMapping, list[Notice]]:
    ordered = {name: found.fields[name] for name in KINDS[found.kind] if name in found.fields}
    mapping = FileMapping(found.kind, ordered)
    names = _names_for(mapping, channel_names, role_names)
    written = _written(columns, mapping)
    channels = codes_of(written, names)
    doubts = list(found.doubts)
    if found.kind == "intervals" and (phone := code_of_family("phone", names)):
        # The report of a telephone exchange: 第1窓口 is a queue there, not a counter.
        own = {key_of(name) for names_of_one in names.values() for name in names_of_one}
        others = [word for word in written if word and key_of(word) not in own]
        if others:
            channels = {word: code for word, code in channels.items() if word not in others}
            channels[EVERY_OTHER] = phone
            doubts.append(Notice("queues_as_phone", _listed(others)))
    mapping = replace(mapping, channels=channels, channel=_only_channel(mapping, names))
    if mapping.channel and len(names) > 1:
        doubts.append(Notice("one_channel", _name_of(mapping.channel, names)))
    units, assumed = _units(columns, found.fields, found.preset)
    return replace(mapping, units=units), [*doubts, *assumed, *_unknown_words(columns, mapping, channels)]


def _written(columns: Columns, mapping: FileMapping) -> tuple[str, ...]:
    """Return the words that tell channels or roles, as written."""
    column = mapping.columns.get("role" if mapping.kind == "attendance" else "channel")
    if column == EVERY_OTHER:
        taken = set(mapping.columns.values())
        return tuple(c for c in columns.header if c not in taken and columns.may_be(c, "count"))
    actual = next((c for c in columns.header if key_of(c) == key_of(column or "")), None)
    return columns.words(actual) if actual else ()


def _with_new_words(columns: Columns, mapping: FileMapping, names: Names) -> FileMapping:
    """Add words that no file had before, as far as that is no guess: the first export had no メール, say."""
    if EVERY_OTHER in mapping.channels:
        return mapping
    known = set(map(key_of, mapping.channels))
    new = codes_of((word for word in _written(columns, mapping) if key_of(word) not in known), names)
    return replace(mapping, channels={**mapping.channels, **new}) if new else mapping


def _only_channel(mapping: FileMapping, names: Names) -> str:
    """Return the channel of every row where no column tells it: a telephone exchange's is the telephone."""
    if mapping.kind == "attendance" or "channel" in mapping.columns:
        return ""
    phone = code_of_family("phone", names) if mapping.kind == "intervals" else ""
    return phone or next(iter(names), "")


def _name_of(code: str, names: Names) -> str:
    return next((name for name in names[code] if name != code), code)


def _unknown_words(columns: Columns, mapping: FileMapping, channels: Mapping[str, str]) -> list[Notice]:
    """Tell which written channels or roles have no code: their rows would be rejected."""
    if EVERY_OTHER in channels:
        return []
    known = set(map(key_of, channels))
    words = [word for word in _written(columns, mapping) if word and key_of(word) not in known]
    code = "unknown_roles" if mapping.kind == "attendance" else "unknown_channels"
    if mapping.columns.get("channel") == EVERY_OTHER:
        words, code = [word for word in words if family_of(word)], "unread_channels"
    return [Notice(code, _listed(words))] if words else []


def _listed(words: Sequence[str]) -> str:
    more = " …" if len(words) > MOST_NAMED else ""
    return "、".join(words[:MOST_NAMED]) + more


def _units(
    columns: Columns, fields: Mapping[str, str], preset: Preset | None
) -> tuple[dict[str, str], list[Notice]]:
    """Return the units of bare numbers by field, and doubts where nothing tells the unit."""
    units: dict[str, str] = {}
    assumed: list[Notice] = []
    for name in (f for f in _ASSUMED_UNITS if f in fields):
        column = fields[name]
        told = unit_in(column) or (preset.units.get(name) if preset and preset.names(name, column) else None)
        units[name] = told or _ASSUMED_UNITS[name]
        cells = columns.sample(column)
        if told is None and any(map(amount_of, cells)):
            assumed.append(Notice("assumed_unit", column))
        # Work of 2:30 may be hours or minutes; a mean talk of hours there is none.
        if name == "handling_min" and units[name] == "min" and any(map(is_open_clocked, cells)):
            assumed.append(Notice("open_clock", column))
    return units, assumed


def _unmapped(header: Iterable[str], mapping: FileMapping) -> dict[str, str]:
    header = tuple(header)
    taken = set(map(key_of, (*mapping.columns.values(), *_count_columns(header, mapping))))
    return {column: unread_because(column) for column in header if key_of(column) not in taken}
