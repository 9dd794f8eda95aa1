"""Days that nothing known explains, in sentences; reasons for which a day is marked."""

from collections.abc import Mapping, Sequence

from forecasts.abnormal import AbnormalDay
from planner.wording.dates import clock_span, percent, wareki_weekday
from planner.wording.numbers import count, count_span, times

MARK_REASONS: Mapping[str, str] = {
    "outage": "障害",
    "missing_records": "記録漏れ",
    "surge": "一時的な問合せ増",
    "closure": "臨時閉庁",
    "other": "その他",
}
"""Why a day is marked, in the order in which the reasons are offered."""

ABNORMAL_KINDS: Mapping[str, str] = {
    "outage": "記録がほとんどない日",
    "shortfall": "平常より大幅に少ない日",
    "surge": "平常より大幅に多い日",
    "hole": "記録が途切れた時間帯",
}

ABNORMAL_EXPLAINED = (
    "水準、曜日、季節及び登録済みの行事から見込まれる件数を、偶然とはいえないほど外れた日を候補として示す。"
    "除外を選んだ日は、記録には残り、予測の学習には使わない。"
)
"""What the list of abnormal days is, and what marking does."""

NO_ABNORMAL_DAY = "水準、曜日、季節及び行事で説明のつかない日は見当たらない。"

_LIKELY_REASON: Mapping[str, str] = {
    "outage": "missing_records",
    "shortfall": "outage",
    "surge": "surge",
    "hole": "outage",
}


def abnormal_sentence(found: AbnormalDay, channel_names: Mapping[str, str]) -> str:
    """Say what is abnormal of a day: 令和6年9月10日（火）は、電話が90件で、平常（15〜36件）の3.6倍である。"""
    who = channel_word(found.channel, channel_names)
    usual = f"平常（{count_span(found.low, found.high)}件）"
    if found.code == "hole" and found.hours:
        hours = clock_span(*found.hours)
        return (
            f"{wareki_weekday(found.day)}は、{hours}に{who}の記録がない。"
            f"同じ時間帯の平常は約{count(found.expected)}件である。"
        )
    if not found.count:
        usual = count_span(found.low, found.high)
        return f"{wareki_weekday(found.day)}は、{who}の記録がない。平常は{usual}件である。"
    if found.code == "surge":
        how = f"{usual}の{times(found.count / max(found.expected, 0.1))}である"
    else:
        how = f"{usual}の{percent(found.count / max(found.expected, 0.1))}にとどまる"
    return f"{wareki_weekday(found.day)}は、{who}が{count(found.count)}件で、{how}。"


def likely_reason(found: AbnormalDay) -> str:
    """Return the code of the reason (``MARK_REASONS``) that is most often right; the user decides."""
    return _LIKELY_REASON[found.code]


def abnormal_answer(found: Sequence[AbnormalDay]) -> str:
    """Say at the top how many days there are to decide on: 確認の要る日が9日ある（…8日、…1日）。"""
    if not found:
        return NO_ABNORMAL_DAY
    by_code = {code: {f.day for f in found if f.code == code} for code in ABNORMAL_KINDS}
    parts = [f"{ABNORMAL_KINDS[code]} {len(days)}日" for code, days in by_code.items() if days]
    return f"確認の要る日が{len({f.day for f in found})}日ある（{'、'.join(parts)}）。"


def channel_word(channel: str, names: Mapping[str, str]) -> str:
    """Return the name of a channel by its code; 問合せ for all together ("")."""
    return names.get(channel, channel) if channel else "問合せ"
