"""Which kind of file a table is, and which column is which field, by names and by what the columns hold."""

from dataclasses import dataclass

from forecasts.faults import Notice
from forecasts.history.aliases import recognised_columns, unread_because
from forecasts.history.channel_words import Names, codes_of
from forecasts.history.columns import Columns
from forecasts.history.dates import SOME_YEAR
from forecasts.history.header import LEAST_MONTHS, month_head
from forecasts.history.kinds import KINDS, SPANS, Kind
from forecasts.history.mapping import EVERY_OTHER
from forecasts.history.presets import Preset, elapsed_columns, preset_of
from forecasts.history.text import key_of

_MOST_CHANNEL_WORDS = 30  # a column with more different words tells no channel
_CREATED = frozenset(
    key_of(name)
    for name in (
        "起票日時", "登録日時", "申請日時", "作成日時", "作成日", "登録日", "起票日", "申請日", "日時",
        "created_at", "created at", "created", "created on", "created date", "sys_created_on", "timestamp",
    )
)  # fmt: skip
"""Columns that tell when a record was made, which may be hours after the call."""
_ROW_NUMBER_NAMES = frozenset(map(key_of, ("番号", "No", "No.", "ID")))


@dataclass(frozen=True, slots=True)
class Recognised:
    """``fields``: field → column, or ``*`` (see ``FileMapping``); ``preset``: of a list of inquiries."""

    kind: Kind
    fields: dict[str, str]
    preset: Preset | None = None
    doubts: tuple[Notice, ...] = ()


def recognised(columns: Columns, channel_names: Names) -> Recognised:
    """Tell what a table is. A list of inquiries is what nothing else is."""
    for of_kind in (_months, _channels, _intervals, _attendance, _totals):
        if found := of_kind(columns, channel_names):
            return found
    return _inquiries(columns, channel_names)


def _months(columns: Columns, names: Names) -> Recognised | None:
    """Recognise a table with months as columns, 4月 … 3月."""
    months = [column for column in columns.header if month_head(column, SOME_YEAR)]
    if len(months) < LEAST_MONTHS:
        return None
    fields = {"month": EVERY_OTHER, "count": EVERY_OTHER}
    others = [column for column in columns.header if column not in months]
    channel = next((column for column in others if codes_of(columns.words(column), names)), None)
    channel = channel or recognised_columns(others, "totals").get("channel")
    return Recognised("totals", fields | ({"channel": channel} if channel else {}))


def _channels(columns: Columns, names: Names) -> Recognised | None:
    """Recognise a table of days or months with channels as columns: 日付, 電話, メール, 申請."""
    heads = list(codes_of(columns.header, names))
    day = recognised_columns([c for c in columns.header if c not in heads], "totals")
    time = _span(columns, day)
    if len(heads) < 2 or not time or not columns.are_counts(heads):
        return None
    return Recognised("totals", time | {"channel": EVERY_OTHER, "count": EVERY_OTHER})


def _intervals(columns: Columns, _: Names) -> Recognised | None:
    """Recognise the report of a telephone exchange, or any counts by time of day."""
    fields = recognised_columns(columns.header, "intervals")
    counted = recognised_columns(columns.header, "totals").get("count")
    if "offered" not in fields:
        if counted is None or not {"start_at", "start_time"} & fields.keys():
            return None
        fields["offered"] = counted
    if not {"start_at", "start_on"} & fields.keys() or not columns.may_be(fields["offered"], "count"):
        return None
    if "start_on" in fields and columns.has_times(fields["start_on"]):
        fields["start_at"] = fields.pop("start_on")
    if "start_at" in fields:
        if "start_time" in fields and not columns.has_times(fields["start_at"]):
            fields["start_on"] = fields.pop("start_at")
        else:
            fields = {name: c for name, c in fields.items() if name not in {"start_on", "start_time"}}
    fields, unlike = _plausible(columns, "intervals", fields)
    return Recognised("intervals", fields, doubts=unlike)


def _attendance(columns: Columns, _: Names) -> Recognised | None:
    """Recognise who sat there: a role with times of a day."""
    fields = recognised_columns(columns.header, "attendance")
    if not {"day", "start_time", "role"} <= fields.keys() or not {"end_time", "heads"} & fields.keys():
        return None
    is_list = "received_at" in recognised_columns(columns.header)
    return (
        None
        if is_list or not columns.may_be(fields["start_time"], "clock")
        else Recognised("attendance", fields)
    )


def _totals(columns: Columns, names: Names) -> Recognised | None:
    """Recognise counts of days, weeks or months, a row each."""
    fields = recognised_columns(columns.header, "totals")
    counted = fields.get("count") or recognised_columns(columns.header, "intervals").get("offered")
    is_list = "received_at" in recognised_columns(columns.header)
    time = _span(columns, fields)
    if counted is None or not time or is_list or not columns.may_be(counted, "count"):
        return None
    found = time | {"count": counted}
    channel = fields.get("channel")
    if channel and codes_of(columns.words(channel), names):
        found["channel"] = channel
    return Recognised("totals", found)


def _span(columns: Columns, fields: dict[str, str]) -> dict[str, str]:
    """Choose the column that tells the time of a total; empty if there is none."""
    times = (name for name in SPANS if name in fields)
    found = next((n for n in times if columns.may_be(fields[n], KINDS["totals"][n].type)), None)
    return {found: fields[found]} if found else {}


def _inquiries(columns: Columns, names: Names) -> Recognised:
    preset = preset_of(columns.header)
    fields, doubts = _received(columns, preset.recognised(columns.header))
    fields, unlike = _plausible(columns, "inquiries", fields)
    if preset.name == "plain" and _are_row_numbers(columns, fields.get("number")):
        doubts.append(Notice("row_numbers", fields.pop("number")))
    if "channel" not in fields and (channel := _channel_by_words(columns, fields, names)):
        fields = {name: column for name, column in fields.items() if column != channel}
        fields["channel"] = channel
        doubts.append(Notice("channel_by_words", channel))
    if "handling_min" not in fields and (elapsed := elapsed_columns(columns.header)):
        doubts.append(Notice("elapsed_not_handling", "、".join(elapsed)))
    return Recognised("inquiries", fields, preset, (*doubts, *unlike))


def _received(columns: Columns, fields: dict[str, str]) -> tuple[dict[str, str], list[Notice]]:
    """Choose when an inquiry came: one column of times, or a day with or without a time beside it."""
    at, on = fields.pop("received_at", None), fields.pop("received_on", None)
    clock = fields.pop("received_time", None)
    doubts: list[Notice] = []
    if clock is not None and not columns.may_be(clock, "clock"):
        doubts.append(Notice("unlike_its_name", clock))
        clock = None
    if on is not None and clock is not None and (at is None or key_of(at) in _CREATED):
        at, on = (on, None) if columns.has_times(on) else (None, on)
    elif at is not None and clock is not None and not columns.has_times(at):
        at, on = None, at
    elif on is not None and columns.has_times(on):
        at = on if at is None or key_of(at) in _CREATED else at
    if at is not None:
        chosen = {"received_at": at}
    else:
        chosen = {name: c for name, c in (("received_on", on), ("received_time", clock)) if on and c}
    told = at or (on if clock is None else None)
    is_day_only = told is not None and columns.are_days(told)
    return fields | chosen, [*doubts, Notice("day_only", told)] if is_day_only and told else doubts


def _plausible(
    columns: Columns, kind: Kind, fields: dict[str, str]
) -> tuple[dict[str, str], tuple[Notice, ...]]:
    """Leave out columns that do not hold what their names say, but for those that must be there."""
    needed = {name for name, field in KINDS[kind].items() if field.is_required}
    needed |= {other for name in needed for other in KINDS[kind][name].instead}
    unlike = [
        name
        for name, column in fields.items()
        if name not in needed and not columns.may_be(column, KINDS[kind][name].type)
    ]
    kept = {name: column for name, column in fields.items() if name not in unlike}
    return kept, tuple(Notice("unlike_its_name", fields[name]) for name in unlike)


def _are_row_numbers(columns: Columns, column: str | None) -> bool:
    """Whether a column counts the rows (1, 2, 3, …): the next file would give them to other inquiries."""
    if column is None or key_of(column) not in _ROW_NUMBER_NAMES:
        return False
    return all(text == str(n) for n, text in enumerate(columns.sample(column), start=1))


def _channel_by_words(columns: Columns, fields: dict[str, str], names: Names) -> str | None:
    """Find a column that holds nothing but words for channels, under whatever name."""
    free = {"kind", "category"}
    taken = {column for name, column in fields.items() if name not in free}
    for column in columns.header:
        if column in taken or unread_because(column) != "unused":
            continue
        words = [word for word in set(columns.sample(column)) if word]
        if 0 < len(words) <= _MOST_CHANNEL_WORDS and len(codes_of(words, names)) == len(words):
            return column
    return None
