"""What a plan stands on: its assumptions, each with value, unit and source, and the checks it passed."""

from collections.abc import Iterable

from planner.content import Assumption, Check
from planner.desk import Channel
from planner.intake import Question
from planner.rosters.roster import Roster
from planner.rosters.rule import Rule
from planner.rosters.rules import RULES

_HISTORY = "問合せ履歴からの推定"
_DESK_FILE = "窓口ファイル（履歴に無いため仮定）"
_METHOD = "計算方法"
_DESK = "窓口ファイル"


def assumptions_of(question: Question, replications: int) -> tuple[Assumption, ...]:
    """Return every figure and convention that was assumed or estimated, in the order of their weight."""
    desk = question.desk
    return (
        *(_handling(question, c) for c in desk.channels),
        *(_patience(question, c) for c in desk.channels if c.patience_min is not None),
        Assumption("service_order", "先着順", _METHOD),
        Assumption("mail_interrupted", "電話・来室が入ると中断", _METHOD),
        Assumption("shift_end", "受けた問合せを終えてから退勤", _METHOD),
        Assumption("outside_hours", "受付開始時から対応", _METHOD),
        Assumption("no_redial", "切断した人の掛け直しは見込まない", _METHOD),
        Assumption("placed_breaks", "休憩と運用管理業務の時刻は、現状維持を含め各案で最も良く置く", _METHOD),
        Assumption("demand_unmoved", "受付時間を変えても件数と時刻は変わらない", _METHOD),
        Assumption("extra_staff_equal", "応援要員の処理時間は常駐要員と同じ", _METHOD),
        Assumption("full_attendance", "常駐要員の休暇による欠員は見込まない", _METHOD),
        Assumption("replications", f"1経路当たり{replications}回", _METHOD),
        *(
            [Assumption("reference_targets", "契約上の義務ではない参考値", _DESK)]
            if desk.target.is_reference
            else []
        ),
        *(Assumption("desk_note", note, _DESK) for note in desk.notes),
    )


def checks_of(roster: Roster | None, clashing: Iterable[str], *, is_urgent: bool) -> tuple[Check, ...]:
    """Return the checks of the proposed alternative: each hard rule of law over its roster, the lead time.

    ``clashing``: rules that cannot all be kept where there is no roster; empty: none was found in time, and
    nothing is known to be kept.
    """
    broken = {v.rule for v in roster.violations} if roster else set(clashing) or {r.code for r in RULES}
    lawful = (rule for rule in RULES if rule.is_hard and any(figure.since for figure in rule.source))
    rules = (
        Check(rule.code, rule.code not in broken, f"{rule.name_ja}（{_articles(rule)}）") for rule in lawful
    )
    return (*rules, _full_strength(roster), Check("propose_in_time", not is_urgent))


def _full_strength(roster: Roster | None) -> Check:
    """Say on how many days the formation table cannot be filled; by whose leave stays with the contractor."""
    days = {v.day for v in roster.violations if v.rule == "vacancy"} if roster else set()
    found = f"欠員の見込み {len(days)}日" if roster else "勤務表を組めていない"
    return Check("full_strength", roster is not None and not days, f"体制表の人数の充足（{found}）")


def _articles(rule: Rule) -> str:
    return "、".join(dict.fromkeys(figure.article for figure in rule.source if figure.since))


def _handling(question: Question, channel: Channel) -> Assumption:
    measured = question.handling.get(channel.id)
    mean, cv = (measured.mean_min, measured.cv) if measured else (channel.handling_min, channel.handling_cv)
    n = f"、{measured.n:,}件" if measured else ""
    value = f"{channel.name} 平均{mean:.1f}分、変動係数{cv:.2f}{n}"
    return Assumption("handling_time", value, _HISTORY if measured else _DESK_FILE)


def _patience(question: Question, channel: Channel) -> Assumption:
    measured = question.patience.get(channel.id)
    mean = measured.mean_min if measured else channel.patience_min
    n = f"、切断{measured.n_abandoned:,}件" if measured else ""
    return Assumption("patience", f"{channel.name} 平均{mean:.1f}分{n}", _HISTORY if measured else _DESK_FILE)
