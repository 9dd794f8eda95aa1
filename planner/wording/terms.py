"""Names of things by their codes (glossary): alternatives, states, steps, roles, models."""

from collections.abc import Mapping, Sequence

from forecasts.events import OWN
from planner.wording.numbers import duration

STATES: Mapping[str, str] = {
    "draft": "起案",
    "reviewed": "社内確認",
    "submitted": "提案",
    "approved": "承認",
    "approved_with_conditions": "条件付承認",
    "returned": "差戻し",
    "rejected": "却下",
    "withdrawn": "取下げ",
    "in_effect": "実施",
    "reverted": "解除",
    "post_review": "事後評価",
}

STEPS: Mapping[str, str] = {
    "create": "起案",
    "edit": "修正",
    "review": "社内確認",
    "record_oral": "口頭承認の記録",
    "submit": "提案",
    "approve": "承認",
    "approve_with_conditions": "条件付承認",
    "return": "差戻し",
    "reject": "却下",
    "withdraw": "取下げ",
    "start": "実施",
    "revert": "解除",
    "close": "事後評価の確定",
}

ROLES: Mapping[str, str] = {
    "planner": "計画担当",
    "contract_manager": "責任者",
    "approver": "主管課",
    "auditor": "監査",
    "staff": "要員",
    "administrator": "管理者",
}

MODELS: Mapping[str, str] = {
    "recent_mean": "直近8週の曜日・時間帯平均",
    "joint": "行事を考慮した負の二項回帰",
    "event_regression": "行事を考慮した負の二項回帰",  # in plans of older versions
    "combined": "組合せ予測",
    "boosting": "勾配ブースティング",
    "tagged_mean": "直近12週の曜日平均（行事の日は別）",
    "last_year_growth": "前年同日×伸び率",
    "holt_winters": "曜日の周期を持つ指数平滑（ホルト・ウィンタース法）",
    "typed_ratio": "直近8週の曜日平均×前回の行事の倍率",
}

EVENT_KINDS: Mapping[str, str] = {
    "transfer": "人事異動",
    "diet_ordinary": "国会（常会）",
    "diet_extraordinary": "国会（臨時会）",
    "diet_special": "国会（特別会）",
    "diet_milestone": "国会の日程",
    "rollout": "端末・OSの更改",
    "system_change": "システム変更",
    "password_expiry": "パスワード期限",
    "election": "選挙",
    "outage": "障害",
    "closure": "臨時閉庁",
    "opening": "臨時開庁",
    "other": "その他",
}

EVENT_STATUSES: Mapping[str, str] = {
    "planned": "予定",
    "confirmed": "確定",
    "closed": "終了",
    "dissolved": "解散",
    "extended": "延長",
    "cancelled": "中止",
    "expected": "公表前",
}

TARGETS: Mapping[str, str] = {
    "within_min": "応答までの時間の基準",
    "within_share": "基準時間内の応答率",
    "answer_rate": "応答率",
    "same_day_share": "当日中回答率",
    "max_risk": "許容する目標未達のおそれ",
}

PROOFS: Mapping[str, str] = {
    "optimal": "最適であることを証明済み",
    "feasible": "実行可能（最適性は未証明）",
}

COST_RULES: Mapping[str, str] = {
    "within_contract": "契約金額の変更なし（現契約の範囲内）",
    "per_person_month": "増員分を契約単価により精算",
}

CLOSURES: Mapping[str, str] = {"own": "窓口の休業日", "weekend": "土曜日・日曜日", "year_end": "年末年始"}

# The three shares a target promises, in the order in which every table shows them.
MEASURES: Mapping[str, str] = {
    "in_time": "基準時間内の応答率",
    "answer_rate": "応答率",
    "same_day": "当日中回答率",
}


def event_kind(kind: str) -> str:
    """Return the name of a kind of event; one of the desk's own speaks for itself. Raises KeyError."""
    return kind.removeprefix(OWN) if kind.startswith(OWN) else EVENT_KINDS[kind]


def closure(reason: str) -> str:
    """Return why the desk is closed; a holiday's name speaks for itself."""
    return CLOSURES.get(reason, reason)


def hours_change(opens_earlier_min: int, closes_later_min: int) -> str:
    """Say how reception hours move: 受付開始の1時間繰上げ; "" where they do not."""
    return joined(_hours_changes(opens_earlier_min, closes_later_min))


def _hours_changes(early: int, late: int) -> tuple[str, ...]:
    if early and early == -late:
        return (f"受付時間帯の{duration(early)}{'繰上げ' if early > 0 else '繰下げ'}",)
    opening = f"受付開始の{duration(early)}{'繰上げ' if early > 0 else '繰下げ'}" if early else ""
    closing = f"受付終了の{duration(late)}{'繰下げ' if late > 0 else '繰上げ'}" if late else ""
    return tuple(part for part in (opening, closing) if part)


def joined(words: Sequence[str]) -> str:
    """Write A、B及びC (公用文作成の考え方)."""
    *front, last = words or ("",)
    return f"{'、'.join(front)}及び{last}" if front else last


def alternative_name(key: str) -> str:
    """Return the short name of an alternative: 現状維持, 2名増員, 併用（1名増員）."""
    if key in {"status_quo", "hours"}:
        return {"status_quo": "現状維持", "hours": "時間帯変更のみ"}[key]
    heads = int(key.split("_")[1])
    return f"併用（{heads}名増員・時間帯変更）" if key.endswith("_hours") else f"{heads}名増員"


def change_words(
    opens_earlier_min: int, closes_later_min: int, extra_heads: int, extra_grade: str = ""
) -> str:
    """Say what changes: 受付要員の1名増員（初級SE）及び受付開始の1時間繰上げ; 変更なし."""
    grade = f"（{extra_grade}）" if extra_grade else ""
    people = (f"受付要員の{extra_heads}名増員{grade}",) if extra_heads else ()
    return joined((*people, *_hours_changes(opens_earlier_min, closes_later_min))) or "変更なし"
