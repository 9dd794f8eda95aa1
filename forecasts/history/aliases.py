"""Under which names columns of inquiry logs are known: ServiceNow ja, Redmine ja, the desks' own lists."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from forecasts.history.cells import key_of

# What may be read from a log, with the names its column goes by; where a log has several, the first wins.
# "received" comes before "created": a ticket may be typed in hours after the call.
ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "received_at": (
            "受付日時", "問合せ日時", "発生日時", "開始日時", "オープン日時", "起票日時", "登録日時",
            "作成日時", "作成日",
        ),
        "channel": ("受付方法", "受付チャネル", "問合せ手段", "問合せ方法", "チャネル"),
        "category": ("分類", "カテゴリ", "カテゴリー", "部門別カテゴリ1"),
        "closed_at": ("完了日時", "クローズ日時", "解決日時", "終了日時", "終了日"),
        "answered_at": ("応答日時",),
        "abandoned_at": ("切断日時", "放棄日時"),
        "handling_min": (
            "対応時間(分)", "処理時間(分)", "作業時間(分)", "所要時間(分)",
            "対応時間", "作業時間", "所要時間",
        ),
    }
)  # fmt: skip


def recognised_columns(header: Sequence[str]) -> dict[str, str]:
    """Return field → column of a log whose column names are usual ones; what is not found is absent.

    Widths, spaces, letter case and the spellings of 問合せ do not matter. A field's own code is a name too.
    """
    by_key = {key_of(name): name for name in reversed(header)}
    named = {
        f: next((by_key[k] for n in (f, *names) if (k := key_of(n)) in by_key), "")
        for f, names in ALIASES.items()
    }
    return {field: column for field, column in named.items() if column}
