"""What was assumed: in words, with its unit and source, and beside which figures it has to stand."""

from collections.abc import Iterable, Mapping

_FOLLOWED = ("earlier", "later", "new", "same_day", "next_day")
# code: (label, section of the proposal whose figures rest on it (all stand in the annex too), what it says)
ASSUMPTIONS: Mapping[str, tuple[str, str, str]] = {
    "handling_time": ("処理時間（後処理を含む。）", "service", "{subject} 平均{number:.1f}{unit}"),
    "handling_time_recent": (
        "処理時間（後処理を含む。）",
        "service",
        "{subject} 直近3か月の水準 平均{number:.1f}{unit}",
    ),
    "handling_cv": ("処理時間の変動係数", "service", "{subject} {number:.2f}"),
    "patience": ("応答を待つ時間", "service", "{subject} 平均{number:.1f}{unit}"),
    "service_order": ("対応の順序", "service", "先着順"),
    "mail_interrupted": ("メール・申請の処理", "service", "電話・来室が入ると中断"),
    "mail_finished_first": (
        "メール・申請の処理",
        "service",
        "着手した1件を終えてから電話・来室に対応",
    ),
    "calls_exact": (
        "電話・来室の応答の厳密計算（処理時間は指数分布）",
        "service",
        "待てる時間は指数分布、件数の不確かさは予測の経路ごとに計算",
    ),
    "calls_two_phase": (
        "電話・来室の応答の厳密計算（処理時間は2段階の分布）",
        "service",
        "処理時間の変動係数{number:.2f}、待てる時間は指数分布、件数の不確かさは予測の経路ごとに計算",
    ),
    "mean_patience": (
        "待てる時間の異なる相手",
        "service",
        "列に並ぶ割合で平均して計算",
    ),
    "days_simulated": ("1日ごとの達成の計算方法", "service", "模擬計算"),
    "mail_simulated": (
        "当日中回答と1日ごとの達成の計算方法",
        "service",
        "模擬計算（残件が翌日に及ぶため）。当日中回答率の計算誤差±{number:.1f}{unit}",
    ),
    "calls_simulated_handling_cv": (
        "応答及び当日中回答の模擬計算（処理時間のばらつきが厳密計算の前提から外れるため）",
        "service",
        "基準時間内の応答率の計算誤差±{number:.1f}{unit}",
    ),
    "calls_simulated_mixed_patience": (
        "応答及び当日中回答の模擬計算（待てる時間の異なる相手が多いため）",
        "service",
        "基準時間内の応答率の計算誤差±{number:.1f}{unit}",
    ),
    "calls_simulated_mail_not_interrupted": (
        "応答及び当日中回答の模擬計算（着手したメール・申請を終えてから応答するため）",
        "service",
        "基準時間内の応答率の計算誤差±{number:.1f}{unit}",
    ),
    "shift_end": ("勤務終了時の扱い", "service", "受けた問合せを終えてから退勤"),
    "outside_hours": ("受付時間外の問合せ", "service", "受付開始時から対応"),
    "no_redial": ("電話の掛け直し", "service", "切断した人の掛け直しは見込まない"),
    "placed_breaks": (
        "休憩等の置き方",
        "service",
        "休憩と運用管理業務の時刻は、現状維持を含め各案で最も良く置く",
    ),
    "mail_unmoved": (
        "受付時間の変更とメール・申請",
        "alternatives",
        "受付時間を変えても件数と時刻は変わらない",
    ),
    "followed_earlier": (
        "受付開始の繰上げに伴う電話・来室の移動",
        "alternatives",
        "通常の開始直後の{number:.0f}{unit}が繰上げた時間に移る",
    ),
    "followed_later": (
        "受付終了の繰下げに伴う電話・来室の移動",
        "alternatives",
        "通常の終了直前の{number:.0f}{unit}が繰下げた時間に移る",
    ),
    "followed_new": (
        "受付時間の延長による電話・来室の増加",
        "alternatives",
        "隣接する同じ長さの時間の{number:.0f}{unit}が新たに加わる",
    ),
    "followed_same_day": (
        "閉じる時間の電話・来室のうち当日中に来るもの",
        "alternatives",
        "{number:.0f}{unit}",
    ),
    "followed_next_day": (
        "閉じる時間の電話・来室のうち翌開庁日に来るもの",
        "alternatives",
        "{number:.0f}{unit}（残りは来ない）",
    ),
    "extra_staff_equal": (
        "応援要員の処理能力",
        "alternatives",
        "応援要員の処理時間は常駐要員と同じ",
    ),
    "no_extra_people": ("応援要員", "alternatives", "増員できる者がいないため、増員の案は立てない"),
    "extra_people_unavailable": (
        "応援要員",
        "alternatives",
        "計画の期間に確保できないため、増員の案は立てない",
    ),
    "extra_notice": ("応援要員の手配", "alternatives", "決定から{number:.0f}{unit}を要する"),
    "extra_training": (
        "応援要員の引継ぎ・研修",
        "alternatives",
        "変更の開始前に{number:.0f}{unit}。人時と参考額に含み、受付の人数には含めない",
    ),
    "full_attendance": ("要員の出勤", "service", "常駐要員の休暇による欠員は見込まない"),
    "replications": ("1経路当たりの模擬計算の回数", "service", "{number:,.0f}{unit}"),
    "reference_targets": ("目標値の位置付け", "service", "契約上の義務ではない参考値"),
    "desk_note": ("窓口の前提", "annex", "{subject}"),
}
SAMPLES: Mapping[str, str] = {
    "handling_time": "{:,}件",
    "handling_time_recent": "{:,}件",
    "patience": "切断{:,}件",
    **{f"followed_{share}": "受付時間の異なる過去の{:,}開庁日" for share in _FOLLOWED},
}
# Digits behind the point of an interval, as of the number.
_DIGITS: Mapping[str, int] = {
    "handling_time": 1,
    "handling_time_recent": 1,
    "handling_cv": 2,
    "patience": 1,
    **{f"followed_{share}": 0 for share in _FOLLOWED},
}
UNITS: Mapping[str, str] = {
    "": "",
    "min": "分",
    "ratio": "比",
    "count": "回",
    "day": "開庁日",
    "point": "ポイント",
    "percent": "%",
}
SOURCES: Mapping[str, str] = {
    "history": "問合せ履歴からの推定",
    "desk_file_assumed": "窓口ファイル（履歴に無いため仮定）",
    "desk_file": "窓口ファイル",
    "method": "計算方法",
}


def assumption_label(code: str) -> str:
    """Return what an assumption is about. Raises KeyError on an unknown code."""
    return ASSUMPTIONS[code][0]


def assumption_section(code: str) -> str:
    """Return beside which figures an assumption stands: ``service``, ``alternatives``, else ``annex``."""
    return ASSUMPTIONS[code][1]


def assumption_value(
    code: str,
    subject: str,
    number: float | None = None,
    unit: str = "",
    sample_size: int | None = None,
    interval: tuple[float, float] | None = None,
) -> str:
    """Write 電話 平均18.9分（80%区間18.7〜19.0分、30,702件） or, of a convention, what it says: 先着順."""
    said = ASSUMPTIONS[code][2].format(subject=subject, number=number, unit=UNITS[unit])
    beside = []
    if interval is not None and code in _DIGITS:
        low, high = (f"{end:.{_DIGITS[code]}f}" for end in interval)
        around = low if low == high else f"{low}〜{high}"
        name = "仮定の幅" if code.startswith("followed_") and sample_size is None else "80%区間"
        beside.append(f"{name}{around}{'' if unit == 'ratio' else UNITS[unit]}")
    if sample_size is not None and code in SAMPLES:
        beside.append(SAMPLES[code].format(sample_size))
    return f"{said}（{'、'.join(beside)}）" if beside else said


def assumption_words(code: str, values: Iterable[str]) -> str:
    """Write 応答を待つ時間 電話 平均3.0分、来室 平均5.0分."""
    return f"{assumption_label(code)} {'、'.join(value.rstrip('。') for value in values)}"
