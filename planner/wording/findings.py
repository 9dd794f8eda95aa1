"""What the figures say, in one sentence: the titles of charts and the answers at the top of a page."""

from collections.abc import Mapping, Sequence
from datetime import date

from planner.wording.dates import clock_span, percent, short_day, short_span, weekday_ja
from planner.wording.numbers import count, count_span, times
from planner.wording.terms import MODELS, alternative_name

NOTICEABLE = 1.05
"""Below, inquiries do not pass the usual level enough to speak of."""

_LEAST_APART = 0.05
"""Two methods whose errors differ by less are as good as each other."""

_WEIGHTS = {
    "learned": "過去の予測の成績により定めた割合で組み合わせた",
    "equal": "成績を比べる過去の期間が短いため、等しい割合で組み合わせた",
}

RISK_EXPLAINED = (
    "「目標を下回るおそれ」は、予測から作った多数の経路（起こり得る問合せの推移）のうち、期間を通じた見込みが"
    "いずれかの目標を下回る経路の割合である。"
)
"""What risk means (DESIGN: share of rate paths whose expected service over the period misses a target)."""


def rise(ratio: float) -> str:
    """Say how far inquiries pass the usual level: 平常の約1.4倍; 平常並み."""
    return f"平常の約{times(ratio)}" if ratio >= NOTICEABLE or ratio < 2 - NOTICEABLE else "平常並み"


def outlook_finding(first: date, last: date, ratio: float) -> str:
    """Say what is coming in the window."""
    return f"{short_span(first, last)}の問合せは、{rise(ratio)}と見込まれる"


def beside_last_year(miss: float, of_last_year: float) -> str:
    """Say how far a forecast misses beside last year's same day x growth, both as WAPE above zero.

    In tenths (割), as a manager says it: 「前年同日×伸び率」で見込む方法より、外れが約3割小さい.
    """
    than = f"「{MODELS['last_year_growth']}」で見込む方法"
    apart = 1 - miss / of_last_year
    if abs(apart) < _LEAST_APART:
        return f"{than}と、外れの大きさはほぼ同じである"
    if apart < -1:
        return f"{than}より、外れの大きさが{times(miss / of_last_year)}である"
    return f"{than}より、外れが約{max(round(10 * abs(apart)), 1)}割{'小さい' if apart > 0 else '大きい'}"


def members_words(weights: Sequence[tuple[str, float]], reason: str) -> str:
    """Say of what a combination consists, and why: 「A」62%、「B」38%を、…により定めた割合で組み合わせた."""
    parts = "、".join(f"「{MODELS[m]}」{percent(w)}" for m, w in sorted(weights, key=lambda x: -x[1]) if w)
    return f"{parts}を、{_WEIGHTS[reason]}"


def busiest_day(day: date, median: float, low: float, high: float) -> str:
    """Say which day is the busiest, with its interval."""
    return f"最も多い{short_day(day)}で{count(median)}件（80%予測区間 {count_span(low, high)}件）"


def busiest_hour(rows: Mapping[int, Sequence[float]], hours: range) -> str:
    """Say at which weekday (0 = Monday) and hour most inquiries are expected."""
    weekday, hour = max(((w, h) for w in rows for h in hours), key=lambda at: rows[at[0]][at[1]])
    return f"最も多いのは{weekday_ja(weekday)}曜日の{hour}時台（1時間に約{count(rows[weekday][hour])}件）"


def heat_scope(opens_min: int, closes_min: int) -> str:
    """Say which hours are shown, and that the first and the last are whole though reception is not."""
    said = f"受付時間（{clock_span(opens_min, closes_min)}）のある時間帯を示す"
    cut = [f"{minute // 60}時台" for minute in (opens_min, closes_min) if minute % 60]
    return f"{said}。{'及び'.join(cut)}は受付時間の前後に届く件数を含む" if cut else said


def spans_of(slots: Sequence[int], slot_min: int) -> tuple[tuple[int, int], ...]:
    """Join slots that follow one another into (start, end) in minutes of the day."""
    out: list[tuple[int, int]] = []
    for slot in sorted(slots):
        start, end = slot * slot_min, (slot + 1) * slot_min
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def short_spans(slots: Sequence[int], slot_min: int) -> str:
    """Write the slots as times of the day: 9:00〜12:00、14:15〜15:00."""
    return "、".join(clock_span(start, end) for start, end in spans_of(slots, slot_min))


def shortage_finding(slots: Sequence[int], slot_min: int) -> str:
    """Say when the standing formation is below need."""
    if not slots:
        return "現体制の配置は、全ての時間帯で必要人数を満たす"
    spans = spans_of(slots, slot_min)
    longest = max(spans, key=lambda s: s[1] - s[0])
    often = "など" if len(spans) > 1 else ""
    return f"現体制では、{clock_span(*longest)}{often}で受付の人数が必要人数を下回る"


def worst_hour_finding(now: tuple[int, float], proposed_name: str, proposed: tuple[int, float]) -> str:
    """Say how low the in-time share falls in which clock hour: (beginning in minutes, share) of each."""
    standing = alternative_name("status_quo")
    hours = [f"{minute // 60}時台" for minute, _ in (now, proposed)]
    if proposed_name == standing or hours[0] == hours[1]:
        said = _now_and_proposed(now[1], proposed_name, proposed[1])
        return f"最も低い1時間（{hours[0]}）の応答率は、{said}"
    return (
        f"最も低い1時間の応答率は、{standing}で{percent(now[1])}（{hours[0]}）、"
        f"{proposed_name}で{percent(proposed[1])}（{hours[1]}）"
    )


def risk_finding(now: float, proposed_name: str, proposed: float) -> str:
    """Say what the proposed alternative does to the risk."""
    return f"目標を下回るおそれは、{_now_and_proposed(now, proposed_name, proposed)}"


def _now_and_proposed(now: float, proposed_name: str, proposed: float) -> str:
    standing = alternative_name("status_quo")
    if proposed_name == standing:
        return f"{standing}で{percent(now)}"
    return f"{standing}で{percent(now)}、{proposed_name}で{percent(proposed)}"
