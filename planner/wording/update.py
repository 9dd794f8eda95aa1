"""What came against what was forecast, in sentences: 想定以上の問合せ, the rest of the day, of the period."""

from collections.abc import Mapping
from datetime import date

from forecasts.slots import Grid
from forecasts.update import Alarm, DayUpdate, Span, Surprise
from planner.wording.dates import clock_ja, short_day, wareki_span, wareki_weekday
from planner.wording.numbers import count, count_span

SURPRISES: Mapping[str, str] = {
    "within": "想定の範囲内",
    "above": "想定以上",
    "far_above": "想定を大幅に超過",
    "below": "想定以下",
    "far_below": "想定を大幅に下回る",
}

SURPRISE_EXPLAINED = (
    "直近1日、3日、5日及び10日の問合せの合計を、予測から作った多数の経路（起こり得る問合せの推移）と比べる。"
    "90%予測区間を外れる場合を想定以上（想定以下）、99%予測区間を外れる場合を大幅な超過（下回り）とする。"
    "複数の合計を同時に比べることによる偶然の外れは、経路自体から求めて差し引いている。"
)
"""How the alarm judges."""

UPDATE_EXPLAINED = (
    "当日の残りの見込みは、その時刻までの件数と、日ごとの繁閑及び時間帯別の割合のばらつきとを比べて改める。"
    "件数が少ないうちは偶然の影響が大きいため、見込みは小幅にしか動かない。"
)
"""How the rest of the day is updated."""

_ALARMS: Mapping[str, str] = {
    "within": "問合せは、想定の範囲内で推移している。",
    "above": "想定以上の問合せがある。",
    "far_above": "想定を大幅に超える問合せがある。",
    "below": "問合せは、想定を下回っている。",
    "far_below": "問合せは、想定を大幅に下回っている。",
}
_OFFICE_DAYS_A_YEAR = 240
_STEPS = ((10, 1), (50, 5), (100, 10), (_OFFICE_DAYS_A_YEAR, 100))  # up to 10 in ones, up to 50 in fives, …


def rarity(chance: float, *, is_more: bool, unit: str = "日") -> str:
    """Say how rare something is: 約20日に1日の多さ; with 回 as the unit, 約20回に1回の少なさ."""
    how = "多さ" if is_more else "少なさ"
    every = 1 / chance
    if every > _OFFICE_DAYS_A_YEAR:
        return f"1年（約{_OFFICE_DAYS_A_YEAR}開庁日）に1{unit}もない{how}"
    step = next(s for below, s in _STEPS if every <= below)
    return f"約{max(2, round(every / step) * step)}{unit}に1{unit}の{how}"


def surprise_sentence(found: Surprise, grid: Grid) -> str:
    """Say what came against what was expected: 4月1日（水）の問合せは145件で、…約20日に1日の多さである。"""
    inside = f"予測（90%予測区間 {count_span(found.low, found.high)}件）"
    said = f"{_when(found, grid)}の問合せは{count(found.actual)}件で、{inside}"
    if found.code == "within":
        return f"{said}の範囲内である。"
    is_more = found.code in {"above", "far_above"}
    how = "上回り" if is_more else "下回り"
    # Sums of several days begin anew each day: they are not days of their own.
    unit = "日" if found.days == 1 else "回"
    return f"{said}を{how}、{rarity(found.chance, is_more=is_more, unit=unit)}である。"


def alarm_answer(alarm: Alarm, grid: Grid) -> str:
    """Say at the top whether more came than expected, by which sum, and how unusual that is."""
    if alarm.code == "within":
        return _ALARMS["within"]
    found = alarm.strongest
    came = f"{_when(found, grid)}の問合せは{count(found.actual)}件"
    rare = rarity(alarm.chance, is_more=alarm.code in {"above", "far_above"})
    return f"{_ALARMS[alarm.code]}{came}で、見込みは{count(found.expected)}件であった（{rare}）。"


def day_update_sentence(update: DayUpdate, grid: Grid) -> str:
    """Say how many are expected of a day that is not over: 10時30分までに45件（当初の見込み38件）。…"""
    until = clock_ja(grid.start_min(update.until_slot))
    came, expected = int(update.so_far.sum()), float(update.expected_so_far.sum())
    return (
        f"{until}までの問合せは{count(came)}件（当初の見込み{count(expected)}件）で、"
        f"{wareki_weekday(update.day)}の全体では{_span(update.total)}と見込まれる"
        f"（当初は{_span(update.before)}）。"
    )


def running_title(update: DayUpdate, grid: Grid) -> str:
    """Say what the picture of a running day shows: 11時までに45件（見込み38件）、1日では75件の見込み."""
    until = clock_ja(grid.start_min(update.until_slot))
    came, expected = int(update.so_far.sum()), float(update.expected_so_far.sum())
    so_far = f"{until}までに{count(came)}件（見込み{count(expected)}件）"
    return f"{so_far}、1日では{count(update.total.mean)}件の見込み"


def until_words(last: date) -> str:
    """Say up to which day the judgement of whole days goes, where a day is running beside them."""
    return f"{short_day(last)}までの終わった日については、次のとおりである。"


def reach_words(last_min: float, *, has_days_before: bool) -> str:
    """Say how far the records of the running day reach, and what 当初 means."""
    before = "前開庁日までの実績を踏まえた、その日の朝の見込み" if has_days_before else "基準日の時点の見込み"
    return (
        f"最後の記録は{clock_ja(int(last_min))}である。その後の記録は、まだ取り込まれていないものとして扱う。"
        f"閉庁日に届いた問合せは、次の開庁日の始めの件数に含む。当初とは、{before}をいう。"
        "この日は、終わるまで、日ごとの判定及び今後の見込みの更新に用いない。"
    )


def untimed_words(day: date) -> str:
    """Say why a day that is not over is not shown: its records have no times that serve."""
    return (
        f"{short_day(day)}は受付の途中までの記録であるため、実績に含めていない。"
        "受付時刻の記録がない、又は見通しと時間帯の刻みが異なるため、途中経過は示せない。"
    )


def _when(found: Surprise, grid: Grid) -> str:
    if found.until_slot is not None:
        return f"{wareki_weekday(found.first)}{clock_ja(grid.start_min(found.until_slot))}まで"
    return wareki_span(found.first, found.last)


def _span(span: Span) -> str:
    return f"{count(span.mean)}件（80%予測区間 {count_span(span.low, span.high)}件）"
