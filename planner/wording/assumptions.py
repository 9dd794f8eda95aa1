"""What was assumed, and beside which figures it has to stand."""

from collections.abc import Mapping

# code: (label, section of the proposal whose figures rest on it; all stand in the annex as well)
ASSUMPTIONS: Mapping[str, tuple[str, str]] = {
    "handling_time": ("処理時間（後処理を含む。）", "service"),
    "patience": ("応答を待つ時間", "service"),
    "service_order": ("対応の順序", "service"),
    "mail_interrupted": ("メール・申請の処理", "service"),
    "shift_end": ("勤務終了時の扱い", "service"),
    "outside_hours": ("受付時間外の問合せ", "service"),
    "no_redial": ("電話の掛け直し", "service"),
    "placed_breaks": ("休憩等の置き方", "service"),
    "replications": ("模擬計算の回数", "service"),
    "full_attendance": ("要員の出勤", "service"),
    "desk_note": ("窓口の前提", "annex"),
    "reference_targets": ("目標値の位置付け", "service"),
    "demand_unmoved": ("受付時間の変更の影響", "alternatives"),
    "extra_staff_equal": ("応援要員の処理能力", "alternatives"),
}


def assumption_label(code: str) -> str:
    """Return what an assumption is about. Raises KeyError on an unknown code."""
    return ASSUMPTIONS[code][0]


def assumption_section(code: str) -> str:
    """Return beside which figures an assumption stands: ``service``, ``alternatives``, else ``annex``."""
    return ASSUMPTIONS[code][1]


def assumption_words(code: str, value: str) -> str:
    """Write 応答を待つ時間 電話 平均3.0分."""
    return f"{assumption_label(code)} {value.rstrip('。')}"
