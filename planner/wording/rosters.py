"""Why there is no roster, and the way out. Names people: contractor's side only."""

from collections.abc import Sequence
from datetime import date, timedelta

from planner.wording.dates import short_day, short_span

MOST_SPANS = 3
"""Spans of days written out; more of them are one span and a count."""

CLASH = "次の{n}項目を全て守る勤務表は組めない。"
CLASH_ALONE = "次の項目は、ほかの決まりを全て外しても守れない。"
CLASH_PROVED = "どれか1項目を外せば残りは守れることを、一つずつ解いて確かめた。"
CLASH_UNPROVED = "時間内に確かめられなかったため、要らない項目が混じっている可能性がある。"
NOTHING_PROVED = "両立しない決まりを、時間内に特定できなかった。期間を分けて、もう一度試してください。"
CHEAPEST = "次の{n}項目を見直せば、ほかの決まりを全て守る勤務表を組める（解き直して確かめた）。"
CHEAPEST_PROVED = "これより軽い見直しでは組めない。"
CHEAPEST_UNPROVED = "時間内に見つけた中で最も軽い見直しである。"
STUCK = (
    "見直せる決まりを全て緩めても、次の{n}項目は両立しない。"
    "前提（人数、勤務時間、期間前の勤務）の見直しが要る。"
)
NO_WAY_FOUND = "見直しの案を、時間内に見つけられなかった。期間を分けて、もう一度試してください。"


def demand_line(rule: str, people: Sequence[str], days: Sequence[date], allowed: str) -> str:
    """Write one demand: 週の労働時間（要員1、4月6日（月）〜4月11日（土））: 週40時間以下."""
    about = "、".join(filter(None, ["・".join(people), days_words(days)]))
    where = f"（{about}）" if about else ""
    return f"{rule}{where}: {allowed}" if allowed else f"{rule}{where}"


def step_line(rule: str, person: str, days: Sequence[date], allowed: str, found: str) -> str:
    """Write one step of a loosening: from what is allowed to what is found."""
    return f"{demand_line(rule, [person] if person else [], days, '')}: 「{allowed}」を「{found}」に見直す。"


def days_words(days: Sequence[date]) -> str:
    """Write days: 4月6日（月）〜4月8日（水）、4月10日（金）; many spans as one with the number of days."""
    runs: list[list[date]] = []
    for day in sorted(set(days)):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(runs) > MOST_SPANS:
        return f"{short_span(runs[0][0], runs[-1][-1])}のうち{sum(map(len, runs))}日"
    return "、".join(short_day(run[0]) if len(run) == 1 else short_span(run[0], run[-1]) for run in runs)


# code: (what is wrong, what to do). {value}, {allowed} and {column} are filled in.
ROSTER_FAULTS: dict[str, tuple[str, str]] = {
    "roster_without_days": ("期間に1日もありません", "開庁日を含む期間を指定してください"),
    "roster_without_duties": (
        "期間 {value} に、就く勤務が一つもありません",
        "期間か、体制（勤務の一覧）を確かめてください",
    ),
    "tail_in_period": (
        "前期の勤務の日付 {value} が、期間に入っています",
        "{allowed} より前の勤務だけにしてください",
    ),
    "person_twice": ("要員「{value}」が二度あります", "一人に一つの符号を付けてください"),
    "person_without_grade": ("等級がありません", "{allowed} のいずれかを付けてください"),
    "person_of_unknown_grade": ("等級「{value}」は定義されていません", "{allowed} のいずれかにしてください"),
    "roster_of_unknown_person": (
        "「{value}」という要員はいません",
        "要員に加えるか、この記載を取り除いてください（要員: {allowed}）",
    ),
    "leave_against_work": (
        "休暇の日 {value} に、{allowed}があります",
        "休暇の日と勤務の日のどちらが正しいか本人に確かめ、一方を直してください",
    ),
    "skill_of_nobody": (
        "必要な技能「{value}」を持つ要員がいません",
        "技能のある人を加えるか、必要な技能を直してください（要員の技能: {allowed}）",
    ),
    "skill_of_too_few": (
        "必要な技能のある人（{value}）が、{allowed}しかいません",
        "技能のある人を加えるか、必要な人数を減らしてください",
    ),
    "lock_outside_period": (
        "固定した日 {value} は期間の外です",
        "{allowed} の日にするか、固定を解いてください",
    ),
    "lock_of_unknown_duty": (
        "固定した勤務 {value} は、その日の勤務にありません",
        "固定を解くか、その日の勤務（{allowed}）から選び直してください",
    ),
    "lock_of_unfit_duty": (
        "固定した勤務 {value} には、この要員は等級か役割が合わず就けません",
        "固定を解くか、等級の合う要員に替えてください",
    ),
    "lock_against_lock": (
        "同じ欄に、異なる固定（{value}）があります",
        "一つを残して、ほかの固定を解いてください",
    ),
    "lock_of_too_many": (
        "同じ勤務に固定した人（{value}）が、定員{allowed}を超えています",
        "超える人の固定を解いてください",
    ),
    "negative_record": ("実績の値 {value} が負です", "0以上の値にしてください（時間は分、回数は回）"),
    "impossible_hours": (
        "勤務の時間（{value}）があり得ません",
        "終業を始業より後にし、実働を0分より長く、在席の長さ以下にしてください",
    ),
    "impossible_need": (
        "必要人数（{value}）があり得ません",
        "終わりを始まりより後にし、人数を1人以上にしてください",
    ),
    "impossible_wish": ("希望の重み {value} は使えません", "{allowed} の整数にしてください"),
    "freeze_of_nothing": (
        "{value} より前を固定していますが、周知した勤務がありません",
        "周知した勤務を読み込むか、固定日を外してください",
    ),
    "published_twice": ("周知した勤務が同じ日に{value}あります", "1日に一つにしてください"),
    "freeze_breaks_rule": (
        "周知済みの勤務だけで「{column}」に反しています（{value}。決まりは {allowed}）",
        "本人と協議して周知した勤務を改め、合意を記録するか、固定日を早めてください",
    ),
}
