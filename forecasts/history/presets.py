"""Exports of known systems, told by their header, where a column means more or less than its name says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from forecasts.history.aliases import recognised_columns
from forecasts.history.numbers import Unit
from forecasts.history.text import key_of


@dataclass(frozen=True, slots=True)
class Preset:
    """A system's export of inquiries.

    A header is this system's if it has all of ``all_of`` and at least one of ``any_of``. ``columns``: field →
    names that the system uses, the first wins; none at all = no column of this system is that field, whatever
    it is called. Other fields go by the usual names. ``units``: of durations given as bare numbers.
    """

    name: str
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)

    def recognises(self, header: Sequence[str]) -> bool:
        """Whether a header is this system's."""
        keys = set(map(key_of, header))
        has_any = not self.any_of or not keys.isdisjoint(map(key_of, self.any_of))
        return has_any and keys.issuperset(map(key_of, self.all_of))

    def names(self, name: str, column: str) -> bool:
        """Whether a column goes by the system's own name of a field."""
        return key_of(column) in map(key_of, self.columns.get(name, ()))

    def recognised(self, header: Sequence[str]) -> dict[str, str]:
        """Return field → column."""
        by_key = {key_of(column): column for column in reversed(header)}
        own = {
            name: next((by_key[k] for written in names if (k := key_of(written)) in by_key), "")
            for name, names in self.columns.items()
        }
        free = [column for column in header if column not in own.values()]
        usual = recognised_columns(free)
        found = {name: own.get(name) or usual.get(name, "") for name in (*usual, *own)}
        muted = {name for name, names in self.columns.items() if not names}
        return {name: column for name, column in found.items() if column and name not in muted}


# ServiceNow: 作業開始日時 to 作業終了日時 is when the work began and ended, with all waits, and Duration
# (calendar_duration, business_duration) is what passed from opening to closing: neither is the time that a
# person spent, so neither is handling_min. time_worked is, in seconds where it is a bare number.
_SERVICENOW_JA = Preset(
    "servicenow_ja",
    all_of=("番号",),
    any_of=(
        "作業開始日時",
        "作業終了日時",
        "部門別カテゴリ1",
        "オープン日時",
        "連絡タイプ",
        "アサイン先グループ",
    ),
    columns=MappingProxyType(
        {
            "number": ("番号",),
            "received_at": ("オープン日時", "開始日時", "作成日時"),
            "channel": ("連絡タイプ", "チャネル"),
            "kind": ("タスクタイプ", "タイプ"),
            "category": ("部門別カテゴリ1", "カテゴリ"),
            "handler": ("アサイン先",),
            "closed_at": ("クローズ日時", "解決日時"),
            "handling_min": ("実作業時間",),
        }
    ),
    units=MappingProxyType({"handling_min": "s"}),
)
_SERVICENOW_EN = Preset(
    "servicenow_en",
    all_of=("number",),
    any_of=(
        "opened_at", "sys_created_on", "contact_type", "contact type", "assignment_group", "assignment group",
        "calendar_duration", "business_duration",
    ),
    columns=MappingProxyType(
        {
            "number": ("number",),
            "received_at": ("opened_at", "opened", "sys_created_on", "created"),
            "channel": ("contact_type", "contact type", "channel"),
            "kind": ("sys_class_name", "task type"),
            "category": ("category",),
            "handler": ("assigned_to", "assigned to"),
            "closed_at": ("closed_at", "closed", "resolved_at", "resolved"),
            "handling_min": ("time_worked", "time worked"),
        }
    ),
    units=MappingProxyType({"handling_min": "s"}),
)  # fmt: skip
# Redmine: 開始日 and 期日 are plans, 予定工数 is an estimate; 作業時間 is the time spent, in hours.
_REDMINE_JA = Preset(
    "redmine_ja",
    all_of=("トラッカー", "ステータス"),
    columns=MappingProxyType(
        {
            "number": ("#", "ID"),
            "received_at": ("作成日", "作成日時"),
            "received_on": (),
            "kind": ("トラッカー",),
            "category": ("カテゴリ",),
            "handler": ("担当者",),
            "closed_at": ("終了日", "完了日"),
            "handling_min": ("作業時間", "合計作業時間"),
        }
    ),
    units=MappingProxyType({"handling_min": "h"}),
)
_ELAPSED = (
    "作業開始日時", "作業終了日時", "期間", "経過時間", "営業時間内の期間", "duration", "calendar_duration",
    "business_duration", "business duration", "calendar duration",
)  # fmt: skip
_PLAIN = Preset("plain")
PRESETS = (_SERVICENOW_JA, _SERVICENOW_EN, _REDMINE_JA, _PLAIN)


def preset_of(header: Sequence[str]) -> Preset:
    """Return the preset that a header belongs to; ``plain`` is a list made by hand."""
    return next(preset for preset in PRESETS if preset.recognises(header))


def elapsed_columns(header: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that look like handling times and are times that passed, of whatever system."""
    keys = set(map(key_of, _ELAPSED))
    return tuple(column for column in header if key_of(column) in keys)
