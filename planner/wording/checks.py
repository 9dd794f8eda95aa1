"""Checks of law and form: what was looked at, on which ground."""

from collections.abc import Mapping

_DECREE_37 = "昭和61年労働省告示第37号"

CHECKS: Mapping[str, tuple[str, str]] = {
    "daily_hours": ("1日の労働時間（休憩を除き8時間以内）", "労働基準法第32条第2項"),
    "weekly_hours": ("1週間の労働時間（休憩を除き40時間以内）", "労働基準法第32条第1項"),
    "breaks": ("休憩時間（6時間超で45分以上、8時間超で60分以上）", "労働基準法第34条第1項"),
    "weekly_rest": ("毎週1日以上の休日", "労働基準法第35条第1項"),
    "overtime_none": ("時間外労働を予定しない", "労働基準法第36条"),
    "interval": (
        "勤務間インターバル（11時間）",
        "労働時間等の設定の改善に関する特別措置法第2条第1項（努力義務）",
    ),
    "manager_reachable": ("受付時間中の管理責任者又は代行者の確保", _DECREE_37),
    "no_staff_names": ("提案書に要員の氏名を記載しない", _DECREE_37),
    "propose_in_time": ("提案期限までの提案", "契約上の提案の時期"),
    "calendar_days": ("開庁日に限る変更", "行政機関の休日に関する法律第1条第1項"),
}


def check_words(code: str, detail: str = "") -> tuple[str, str]:
    """Return (what was checked, its ground).

    A rostering rule carries its own name and source as ``detail`` = name（source）, so that a new rule
    needs no line here. Raises KeyError on a code that neither knows.
    """
    name, source = _parted(detail)
    return (name, source) if name and source else CHECKS[code]


def _parted(detail: str) -> tuple[str, str]:
    """Part name（source） at the bracket that the last one closes; brackets may stand in either part."""
    depth = 0
    for n in range(len(detail) - 1, -1, -1):
        depth += {"）": 1, "（": -1}.get(detail[n], 0)
        if not depth:
            break
    else:
        return "", ""
    return detail[:n], detail[n + 1 : -1]


def check_result(*, is_passed: bool) -> str:
    """Return 適合 or 要確認."""
    return "適合" if is_passed else "要確認"
