"""The quality of a history in sentences; titles of its charts.

A finding says what is seen, what it means for forecasts and proposals, and what to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isnan

from forecasts.history.breaks import Gap, LevelChange
from forecasts.history.months import MonthTotal
from forecasts.history.quality import ChannelQuality, Odd, Quality
from planner.wording.abnormal import channel_word
from planner.wording.dates import percent, wareki, wareki_month
from planner.wording.numbers import count, times
from planner.wording.terms import joined

_SHARE_MOVED = 0.05  # of all inquiries: below, shares are told as steady

# length: (what it means, what to do)
_LENGTHS: Mapping[str, tuple[str, str]] = {
    "too_short": (
        "8週に満たず、曜日の違い及び異常な日を見分けられない。",
        "過去の記録があれば、追加で取り込む。",
    ),
    "weeks": (
        "1年に満たず、季節及び年度の行事の影響は見込めない。",
        "前年同時期の記録があれば、追加で取り込む。",
    ),
    "one_year": (
        "季節の影響は見込めるが、行事の影響は1回分の実績による。",
        "2年以上の記録があれば、追加で取り込む。",
    ),
    "two_years": ("季節及び毎年の行事の影響を、複数年の実績から見込める。", ""),
}

# code: (what is seen, what it means, what to do)
_HANDLING: Mapping[str, tuple[str, str, str]] = {
    "handling_partly": (
        "{channel}は、{missing}の問合せに対応時間の記録がない。",
        "必要人数は、記録のある問合せの対応時間から求める。記録の有無に偏りがあれば、必要人数も偏る。",
        "対応時間を記録する範囲を確かめる。",
    ),
    "handling_from_talk": (
        "{channel}は、対応時間の記録がなく、通話時間のみがある。",
        "必要人数は、通話時間と窓口の設定値のうち長い方から求める。通話後の処理時間は実績に含まれない。",
        "窓口の設定で、通話後の処理を含む対応時間を確かめる。",
    ),
    "handling_from_desk_file": (
        "{channel}は、対応時間の記録がない。",
        "必要人数は、窓口の設定にある対応時間から求める。実際と異なれば、必要人数も異なる。",
        "窓口の設定にある対応時間を確かめるか、対応時間のある記録を取り込む。",
    ),
}
_ODD: Mapping[str, tuple[str, str, str]] = {
    "untimed": (
        "{rows}件（{share}）は、受付の日付のみで時刻がない。",
        "件数は数えるが、時間帯は同じ受付方法の平常の割合により割り振る。",
        "時刻のある記録が出力できれば、取り込み直す。",
    ),
    "on_closing_day": (
        "{rows}件（{share}）は、閉庁日に届いた。",
        "次の開庁日の朝に対応する問合せとして数える。",
        "閉庁日に窓口を開いた日があれば、行事のページに登録する。",
    ),
    "outside_reception": (
        "開庁日の{rows}件（{share}）は、受付時間の外に届いた。",
        "届いた時刻のまま数え、受付の開始後に対応するものとして扱う。",
        "多い場合は、窓口の設定にある受付時間を確かめる。",
    ),
    "late_closing": (
        "{rows}件（完了日時のある問合せの{share}）は、完了までに1か月を超えた。",
        "完了までの日数は対応時間としては使わない。",
        "まとめて完了とする運用であれば、当日中回答率を記録から求めることはできない。",
    ),
}
_ODD_TOPICS: Mapping[str, str] = {
    "untimed": "受付の時刻",
    "on_closing_day": "閉庁日の問合せ",
    "outside_reception": "受付時間外の問合せ",
    "late_closing": "完了の記録",
}
_MUCH_ODD = 0.1  # of the rows: more on closing days or outside reception than usual for mail and forms


@dataclass(frozen=True, slots=True)
class Finding:
    """What a manager reads: ``seen``, what it ``means``, what to ``do`` ("" = nothing).

    ``is_open``: somebody should look at it; else it is as it should be.
    """

    topic: str
    seen: str
    means: str
    do: str
    is_open: bool


def gap_sentence(gap: Gap, channel_names: Mapping[str, str]) -> str:
    """Say which days have no record: 令和6年9月10日から3開庁日、記録がない。"""
    what = f"{channel_word(gap.channel, channel_names)}の記録がない" if gap.channel else "記録がない"
    if gap.is_start and gap.channel:
        return f"{wareki(gap.last)}まで{gap.office_days}開庁日、{what}。"
    if gap.office_days == 1:
        return f"{wareki(gap.first)}は、{what}。"
    if gap.is_end:
        return f"{wareki(gap.first)}以降の{gap.office_days}開庁日、{what}。"
    return f"{wareki(gap.first)}から{gap.office_days}開庁日、{what}。"


def change_sentence(change: LevelChange, channel_names: Mapping[str, str]) -> str:
    """Say how the level changed: 令和6年1月16日頃から、問合せが1日約55件から約85件（1.5倍）に変わった。"""
    who = channel_word(change.channel, channel_names)
    moved = f"1日約{count(change.before)}件から約{count(change.after)}件（{times(change.factor)}）"
    return f"{wareki(change.day)}頃から、{who}が{moved}に変わった。"


def quality_findings(found: Quality, channel_names: Mapping[str, str]) -> tuple[Finding, ...]:
    """Write all findings, in the order in which a manager checks them."""
    return (
        _length(found),
        *_gap_findings(found, channel_names),
        *(_change_finding(c, channel_names) for c in found.changes),
        *_shares(found.channels, channel_names),
        *_handling_findings(found.channels, channel_names),
        *(_odd_finding(odd) for odd in found.odd),
        *_month_findings(found.months, channel_names),
    )


def quality_answer(found: Quality, channel_names: Mapping[str, str]) -> str:
    """Say in one sentence whether the history serves."""
    if found.period is None or not found.inquiries:
        return "取り込まれた記録がない。"
    topics = dict.fromkeys(f.topic for f in quality_findings(found, channel_names) if f.is_open)
    span = f"{wareki(found.period.start)}から{wareki(found.period.last)}までの{count(found.inquiries)}件"
    if not topics:
        return f"{span}に、欠けや急な変化は見当たらない。"
    return f"{span}について、{joined(tuple(topics))}を確かめる必要がある。"


def days_title(found: Quality, abnormal_days: int) -> str:
    """Say what the chart of the whole history shows: 記録の欠けが1か所、水準の変化が1回ある."""
    parts = [
        f"{name}が{n}{unit}"
        for name, n, unit in (
            ("記録の欠け", len(found.gaps), "か所"),
            ("水準の変化", len(found.changes), "回"),
            ("確認の要る日", abnormal_days, "日"),
        )
        if n
    ]
    return "、".join(parts) + "ある" if parts else "記録に欠けや急な変化は見当たらない"


def shares_title(found: Quality, channel_names: Mapping[str, str]) -> str:
    """Say what the chart of shares shows: the channel whose share moved most, or that none did."""
    steady = [c for c in found.channels if not isnan(c.first_year_share + c.last_year_share)]
    moved = [c for c in steady if abs(c.last_year_share - c.first_year_share) >= _SHARE_MOVED]
    if moved:
        most = max(moved, key=lambda c: abs(c.last_year_share - c.first_year_share))
        return _moved(most, channel_names).removesuffix("。")
    if steady:
        return "受付方法の割合に大きな変化はない"
    largest = max(found.channels, key=lambda c: c.inquiries)
    return f"最も多い受付方法は{channel_word(largest.channel, channel_names)}（{percent(largest.share)}）"


def _length(found: Quality) -> Finding:
    means, do = _LENGTHS[found.length]
    seen = "記録がない。"
    if found.period:
        out = f"、うち{found.left_out}日は学習から除外" if found.left_out else ""
        seen = (
            f"{wareki(found.period.start)}から{wareki(found.period.last)}まで、{count(found.office_days)}開庁日"
            f"（1日平均{found.per_day:.1f}件{out}）の記録がある。"
        )
    return Finding("記録の長さ", seen, means, do, is_open=found.length in {"too_short", "weeks"})


def _gap_findings(found: Quality, names: Mapping[str, str]) -> tuple[Finding, ...]:
    if not found.gaps:
        whole = "開庁日に記録のない期間は見当たらない。"
        return (Finding("記録の欠け", whole, "", "", is_open=False),) if found.inquiries else ()
    return tuple(_gap_finding(gap, names) for gap in found.gaps)


def _gap_finding(gap: Gap, names: Mapping[str, str]) -> Finding:
    if gap.channel and (gap.is_start or gap.is_end):
        means = "受付方法の新設又は廃止であれば問題ない。記録漏れであれば、全体の件数も少なく見込まれる。"
    else:
        means = "そのまま学習すると、この期間の問合せが0件であったものとして見込まれる。"
    do = "記録があれば取り込み、なければ学習から除外する。窓口を閉じた日であれば、行事のページに登録する。"
    return Finding("記録の欠け", gap_sentence(gap, names), means, do, is_open=True)


def _change_finding(change: LevelChange, names: Mapping[str, str]) -> Finding:
    means = "予測は新しい水準に数週間かけて追いつく。それまでの前年との比較は、水準の違いを含む。"
    do = "窓口の統合、利用者の増減、記録方法の変更など、理由を確かめる。"
    return Finding("件数の水準の変化", change_sentence(change, names), means, do, is_open=True)


def _shares(channels: Sequence[ChannelQuality], names: Mapping[str, str]) -> tuple[Finding, ...]:
    if len(channels) < 2 or not any(c.inquiries for c in channels):
        return ()
    parts = [f"{channel_word(c.channel, names)} {percent(c.share)}" for c in channels]
    moved = [c for c in channels if abs(c.last_year_share - c.first_year_share) >= _SHARE_MOVED]
    means = "".join(_moved(c, names) for c in moved)
    if not means and not isnan(channels[0].first_year_share):
        means = "最初の1年と直近の1年で、割合に大きな違いはない。"
    do = "受付方法の割合は直近1年から見込む。今後も変わる場合は、利用案内の予定を確かめる。" if moved else ""
    return (Finding("受付方法の割合", f"{'、'.join(parts)}である。", means, do, is_open=bool(moved)),)


def _moved(channel: ChannelQuality, names: Mapping[str, str]) -> str:
    was, is_now = percent(channel.first_year_share), percent(channel.last_year_share)
    return f"{channel_word(channel.channel, names)}は、最初の1年の{was}から直近の1年の{is_now}に変わった。"


def _handling_findings(channels: Sequence[ChannelQuality], names: Mapping[str, str]) -> tuple[Finding, ...]:
    """Write one finding for all channels of like standing; those told by the log need none of their own."""
    topic = "対応時間の記録"
    told = [c for c in channels if c.inquiries]
    open_ = sorted(
        (c for c in told if c.handling in _HANDLING), key=lambda c: list(_HANDLING).index(c.handling)
    )
    if told and not open_:
        seen = "全ての受付方法に対応時間の記録がある。"
        return (Finding(topic, seen, "必要人数は、記録された対応時間から求める。", "", is_open=False),)
    out = []
    for code, alike in groupby(open_, key=lambda c: c.handling):
        group = list(alike)
        seen, means, do = _HANDLING[code]
        who = joined([channel_word(c.channel, names) for c in group])
        missing = [c.missing_handling for c in group]
        share = percent(min(missing)) if len(group) == 1 else f"{percent(min(missing))}以上"
        out.append(Finding(topic, seen.format(channel=who, missing=share), means, do, is_open=True))
    return tuple(out)


def _odd_finding(odd: Odd) -> Finding:
    seen, means, do = _ODD[odd.code]
    written = seen.format(rows=count(odd.rows), share=percent(odd.share, 1))
    is_open = odd.code in {"untimed", "late_closing"} or odd.share >= _MUCH_ODD
    return Finding(_ODD_TOPICS[odd.code], written, means, do, is_open=is_open)


def _month_findings(months: Sequence[MonthTotal], names: Mapping[str, str]) -> tuple[Finding, ...]:
    """Write one finding for all totals of months; of those that differ, the month that differs most."""
    if not months:
        return ()
    topic, differing = "月計との照合", [m for m in months if not m.agrees]
    if not differing:
        seen = f"月計のある{count(len({m.month for m in months}))}か月の件数は、日々の記録と合う。"
        return (Finding(topic, seen, "", "", is_open=False),)
    most = max(differing, key=lambda m: abs(m.told - m.counted))
    others = f"ほかに{count(len(differing) - 1)}件の月計が合わない。" if len(differing) > 1 else ""
    seen = (
        f"{wareki_month(most.month)}の{channel_word(most.channel, names)}は、"
        f"月計が{count(most.told)}件、日々の記録が{count(most.counted)}件である。{others}"
    )
    means = "予測は日々の記録から学ぶ。記録に漏れがあれば、件数も少なく見込まれる。"
    return (Finding(topic, seen, means, "数え方の違いか、取り込んでいない記録かを確かめる。", is_open=True),)
