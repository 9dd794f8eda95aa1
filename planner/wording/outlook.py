"""The page 見通し in words: what is coming, what makes it, how far it can be trusted."""

from collections.abc import Mapping, Sequence
from datetime import date

from planner.wording.dates import percent, reiwa_year, short_day
from planner.wording.findings import NOTICEABLE
from planner.wording.numbers import count, count_span, times
from planner.wording.terms import EVENT_KINDS, MODELS, event_kind

HORIZONS: Mapping[int, str] = {
    1: "1週",
    4: "4週",
    13: "13週（3か月）",
    26: "26週（半年）",
    52: "52週（1年）",
    64: "64週（1年3か月）",
}
ALL_CHANNELS = "全ての受付方法"
_FAMILIES: Mapping[str, str] = {"diet_opening": "国会の召集（常会・特別会）"}
# What the calendar itself does, as models name it.
CALENDAR_EFFECTS: Mapping[str, str] = {
    "after_closure": "4日以上の閉庁が明けた日",
    "before_closure": "4日以上の閉庁の前",
    "after_holiday": "祝日が明けた日",
    "fiscal_year_end": "年度末",
    "fiscal_year_start": "年度始め",
}
_NEAR = 0.08  # from a level to its share: below, the picture shows a diagonal
_CHOSEN: Mapping[str, str] = {
    "combined": "複数の予測方法を、過去の当たり方に応じた重みで組み合わせて用いる。",
    "best_score": "過去の検証で誤差が最も小さかった一つの予測方法を用いる。",
    "short_history": "記録が短いため、過去の当たり方による選択はせず、試すことのできた予測方法を用いる。",
    "untested": "記録が短く、過去の期間で試すことができないため、基準となる方法を用いる。",
}
_WEIGHTED: Mapping[str, str] = {
    "learned": "重みは、過去の各時点で当時知り得たことだけから予測し、誤差が最も小さくなる配分とした。",
    "equal": "検証できた時点が少ないため、重みは等しくした。",
    "alone": "試すことのできた予測方法が一つのため、重みはない。",
}


def model_name(name: str) -> str:
    """Return the name of a model; an unknown one by its code."""
    return MODELS.get(name, name)


def family_name(kind: str) -> str:
    """Return the name of events that are learned together."""
    if kind in _FAMILIES or kind in CALENDAR_EFFECTS:
        return {**_FAMILIES, **CALENDAR_EFFECTS}[kind]
    return event_kind(kind) if kind.startswith("own:") or kind in EVENT_KINDS else kind


def plain_span(first: date, last: date, today: date) -> str:
    """Write 4月1日から8日まで; with the year where it is another one."""
    year = reiwa_year(first.year) if first.year != today.year else ""
    if first == last:
        return f"{year}{first.month}月{first.day}日"
    end = f"{last.day}日" if (first.year, first.month) == (last.year, last.month) else _day(last)
    if last.year != first.year:
        end = f"{reiwa_year(last.year)}{_day(last)}"
    return f"{year}{first.month}月{first.day}日から{end}まで"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def is_noticeable(ratio: float) -> bool:
    """Tell whether inquiries leave the usual level enough to speak of."""
    return not 2 - NOTICEABLE <= ratio < NOTICEABLE


def level_words(ratio: float) -> str:
    """Say 平常の約1.9倍, 平常並み."""
    return f"平常の約{times(ratio)}" if is_noticeable(ratio) else "平常並み"


def answer_words(span: str, ratio: float, low: float, high: float, subject: str = "") -> str:
    """Say when, how much, how sure: the sentence at the top of the page."""
    of = f"{subject}の問合せ" if subject else "問合せ"
    return f"{span}の{of}は{level_words(ratio)}、80%の確率で1日に{count_span(low, high)}件の見込みである。"


def total_words(total: Sequence[float], office_days: int) -> str:
    """Say how many come in all: 期間（10開庁日）の合計は840件（80%予測区間 760〜930件）."""
    middle, span = total[len(total) // 2], count_span(total[1], total[-2])
    return f"期間（{office_days}開庁日）の合計は{count(middle)}件（80%予測区間 {span}件）"


def fan_title(span: str, ratio: float, *, has_events: bool) -> str:
    """Say what the chart shows."""
    if not has_events:
        return f"行事がないとした場合、{span}の問合せは{level_words(ratio)}である"
    return f"{span}の問合せは、{level_words(ratio)}と見込まれる"


def effects_basis(chosen: str, told_by: str) -> str:
    """Say which model tells what events do, where the one that serves does not."""
    return (
        f"「{model_name(chosen)}」は行事ごとの効果を分けて示せないため、「{model_name(told_by)}」が"
        "同じ記録から推定した効果を示す。見込みの件数は、この効果によるものではない。"
    )


def half_words(days: int | None) -> str:
    """Write how soon an effect has halved: 5開庁日; ― where it does not fade."""
    return "―" if days is None else f"{days}開庁日"


def years_words(years: Sequence[int]) -> str:
    """Write the years of past events: 令和3〜7年; 令和3、5年."""
    if not years:
        return "―"
    distinct = sorted(set(years))
    if len(distinct) > 2 and distinct[-1] - distinct[0] == len(distinct) - 1:
        return (
            f"{reiwa_year(distinct[0]).removesuffix('年')}〜{reiwa_year(distinct[-1]).removeprefix('令和')}"
        )
    first, *rest = (reiwa_year(y).removesuffix("年") for y in distinct)
    return "、".join((first, *(y.removeprefix("令和") for y in rest))) + "年"


def chosen_words(why: str, weights_why: str) -> str:
    """Say which way of forecasting serves, and why."""
    return _CHOSEN.get(why, "") + (_WEIGHTED.get(weights_why, "") if weights_why else "")


# --- accuracy ---


def horizon_name(first: int, last: int) -> str:
    """Write how far ahead: 1開庁日先, 2〜5開庁日先."""
    return f"{first}開庁日先" if first == last else f"{first}〜{last}開庁日先"


def error_words(wape: float, floor: float) -> str:
    """Say in plain words how far the forecast was off, and what nobody can avoid."""
    return (
        f"1日の件数は、過去の検証では平均して実績の{percent(wape)}外れた。"
        f"このうち{percent(min(floor, wape))}は偶然の変動によるもので、どの方法でも避けられない。"
    )


def covered_words(coverage80: float, coverage95: float) -> str:
    """Say whether the intervals kept their word."""
    kept = f"80%予測区間には実績の{percent(coverage80)}、95%予測区間には{percent(coverage95)}が入った。"
    if coverage80 < 0.75:
        return f"{kept}区間はやや狭く、実際の幅はこれより広いと見る。"
    if coverage80 > 0.87:
        return f"{kept}区間はやや広めで、安全側である。"
    return f"{kept}区間の幅は、ほぼ実際のとおりである。"


def beside_words(other: str, crps_ratio: float, crps_ratio_event: float | None) -> str:
    """Compare with a way of forecasting that a manager knows."""
    said = f"「{model_name(other)}」で見込む場合に比べ、誤差は{_less(crps_ratio)}"
    if crps_ratio_event is not None:
        said += f"、行事の日に限れば{_less(crps_ratio_event)}"
    return f"{said}。"


def _less(ratio: float) -> str:
    share = round((1 - ratio) * 100)
    if abs(share) < 2:
        return "ほぼ同じである"
    return f"{share}%小さい" if share > 0 else f"{-share}%大きい"


def calibration_title(points: Sequence[tuple[float, float]]) -> str:
    """Say whether the forecast keeps its word at every level."""
    worst = max((abs(share - level) for level, share in points), default=0.0)
    if worst < _NEAR:
        return "ほぼ予測した割合どおりである"
    return f"予測した割合と最大{round(worst * 100)}ポイント違う"


def errors_title(name: str, wape: float, floor: float) -> str:
    """Say how large the error is at the farthest horizon."""
    return f"{name}の誤差は{percent(wape)}（うち偶然{percent(min(floor, wape))}）"


# --- what if ---


def what_if_basis(model: str, *, is_other: bool, is_resized: bool) -> str:
    """Say which model alone answers, ``is_other`` than that of the outlook, and what headcounts can tell."""
    said = f"{model_name(model)}だけによる試算である"
    said += "ため、上の見通しの件数とは一致しない。" if is_other else "。"
    if is_resized:
        said += (
            "人数の影響は、過去の同種の行事の人数と問合せとの関係による。"
            "人数が2倍になっても、増える件数が2倍になるとは限らない。"
        )
    return said


def change_words(name: str, shift_days: int, times_heads: float) -> str:
    """Say what is changed: 「令和8年4月期人事異動」が3開庁日遅くなり、人数が1.5倍になった場合."""
    moved = f"が{abs(shift_days)}開庁日{'遅く' if shift_days > 0 else '早く'}" if shift_days else ""
    resized = f"人数が{times_heads:g}倍になった場合" if times_heads != 1.0 else ""
    if moved and resized:
        return f"「{name}」{moved}なり、{resized}"
    return f"「{name}」{moved}なった場合" if moved else f"「{name}」の{resized}"


def difference_words(more: Sequence[float]) -> str:
    """Say how many more or fewer are expected, with the 80 % interval."""
    low, middle, high = more[1], more[len(more) // 2], more[-2]
    if round(low) >= 0 or round(high) <= 0:
        span = count_span(*sorted((abs(low), abs(high))))
        if not round(middle):
            return "合計の見込みは変わらない"
        return f"合計の見込みは約{count(abs(middle))}件{_direction(middle)}（80%の確率で{span}件）"
    return f"合計の見込みはほぼ変わらない（80%の確率で{count(-low)}件の減〜{count(high)}件の増）"


def _direction(number: float) -> str:
    return "増える" if number > 0 else "減る"


def busiest_words(before: date, after: date) -> str:
    """Say whether the busiest day moves."""
    if before == after:
        return f"最も多い日は{short_day(before)}のままである"
    return f"最も多い日は{short_day(before)}から{short_day(after)}に移る"
