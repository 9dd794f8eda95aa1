"""What to do about a surprise, and where single days lie; ``planner.wording.update`` says what came."""

from collections.abc import Mapping
from datetime import date

from planner.wording.dates import short_day, short_span
from planner.wording.numbers import count, count_span

URGENT = "緊急の変更案を作る"
REMEDIES: Mapping[str, str] = {
    "within": "",
    "above": "行事の日程及び人数に変わりがないか確かめ、続くようであれば見通しを計算し直す。",
    "far_above": "障害などの原因を確かめ、変更案を見直す。一時的なものであれば、その日を学習から除外する。",
    "below": "記録の取込み漏れがないか確かめる。",
    "far_below": "記録の取込み漏れがないか確かめ、なければ見通しを計算し直す。",
}


def days_words(first: date, last: date, days: int) -> str:
    """Write which days: 3月9日（月）; 3月4日（水）〜3月10日（火）の5開庁日."""
    return short_day(first) if days == 1 else f"{short_span(first, last)}の{days}開庁日"


def place_words(number: float, inner: tuple[float, float], outer: tuple[float, float]) -> str:
    """Say where a day's count lies: within the 80 % interval, within the 95 %, above or below."""
    if inner[0] <= number <= inner[1]:
        return "80%予測区間の内"
    side = "上" if number > inner[1] else "下"
    if outer[0] <= number <= outer[1]:
        return f"80%予測区間の{side}（95%予測区間の内）"
    return f"95%予測区間の{side}"


def updated_words(days: int, now: tuple[float, float, float], before: tuple[float, float, float]) -> str:
    """Say what is expected of the days ahead now, and what was: (low, median, high) of the total."""
    return (
        f"実績を踏まえると、今後{days}開庁日の合計は{count(now[1])}件"
        f"（80%予測区間 {count_span(now[0], now[2])}件）である。"
        f"基準日の時点では{count(before[1])}件（{count_span(before[0], before[2])}件）であった。"
    )
