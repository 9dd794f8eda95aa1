"""First drafts of the free texts of a proposal: background, risks, end of the change, notice to users."""

from collections.abc import Sequence
from datetime import date

from forecasts.slots import Period
from planner.alternatives.alternative import Alternative
from planner.content import Content, KnownEvent, PastEvent, Texts
from planner.desk import Desk
from planner.ending import EndRule
from planner.wording.dates import hours_span, percent, wareki_span
from planner.wording.findings import NOTICEABLE


def drafted_texts(desk: Desk, content: Content, proposed: Alternative) -> Texts:
    """Draft the texts from the events, the window and the alternatives of a content that has none yet."""
    now = content.alternatives[0]
    events = tuple(e for e in content.events if e.start <= content.window.last)
    return Texts(
        background=_background(events, content),
        risks=_risks(now, proposed),
        revert_condition=_revert_condition(desk, proposed, content.end_rule),
        notice=_notice(desk, proposed, proposed.change.period, events),
    )


def _background(events: Sequence[KnownEvent], content: Content) -> str:
    span = wareki_span(content.window.start, content.window.last)
    if not events:
        return f"{span}は、定例の行事は見込まれないが、問合せの推移から体制を確認したものである。"
    named = "及び".join(_named(group) for group in _grouped(events))
    if content.peak_ratio < NOTICEABLE:
        return f"{span}は、{named}があるが、問合せの増加は小さいと見込まれる。"
    return (
        f"{named}に伴い、{span}の間、問合せが平常の約{content.peak_ratio:.1f}倍に増えると見込まれる。"
        f"{_precedent(content.past)}"
    )


def _precedent(past: Sequence[PastEvent]) -> str:
    """Say how often the same event raised inquiries before; nothing where it was never seen."""
    raised = sum(p.ratio >= NOTICEABLE for p in past)
    if not raised:
        return ""
    seen = f"これまで同種の行事{len(past)}回のうち{raised}回で、"
    return f"{seen}直後に問合せが増えている（3 予測の根拠のとおり）。"


def _grouped(events: Sequence[KnownEvent]) -> tuple[tuple[KnownEvent, ...], ...]:
    """Put the effective dates of one event together; the first three events, in order."""
    groups: dict[tuple[str, str], list[KnownEvent]] = {}
    for event in events:
        groups.setdefault((event.kind, event.name), []).append(event)
    return tuple(tuple(group) for group in list(groups.values())[:3])


def _named(group: Sequence[KnownEvent]) -> str:
    """Write 令和8年4月期人事異動（4月1日、4月6日、対象計860名）."""
    days = "、".join(f"{e.start.month}月{e.start.day}日" for e in group)
    counts = [e.headcount for e in group if e.headcount is not None]
    people = f"、対象計{sum(counts):,}名" if counts else ""
    return f"{group[0].name}（{days}{people}）"


def _risks(now: Alternative, proposed: Alternative) -> str:
    if proposed.change.is_none:
        return (
            f"現体制のままでも、目標を下回るおそれは{percent(now.outcome.risk)}と見込まれる。"
            "想定以上の問合せがあった場合は、直ちに協議し、緊急の変更を提案する。"
        )
    return (
        "変更後も、問合せが予測区間の上限を超えた場合は目標を下回るおそれがある"
        f"（目標を下回るおそれは{percent(proposed.outcome.risk)}。"
        f"変更しない場合は{percent(now.outcome.risk)}）。"
        "想定以上の問合せが続く場合は、期間の延長又は追加の変更を改めて提案する。"
    )


def _revert_condition(desk: Desk, proposed: Alternative, rule: EndRule | None) -> str:
    if proposed.change.is_none:
        return "変更を行わないため、解除の手続は要しない。"
    early = f"期間中であっても、{_early(desk, rule)}場合は、協議の上、繰り上げて解除する。"
    return f"期間の満了をもって平常体制へ復帰する。{early}"


def _early(desk: Desk, rule: EndRule | None) -> str:
    """Say when the standing formation is enough again."""
    if rule is None or not rule.most_inquiries:
        share = percent(desk.target.within_share)
        return (
            f"基準時間内の応答率が{desk.terms.end_after_days}開庁日続けて{share}以上であり、"
            "かつ、当日中に終わらない問合せ（滞留）が無い"
        )
    left = f"{rule.most_backlog:,}件以下" if rule.most_backlog else "0件"
    return (
        f"1日の問合せが平常体制で目標を保てる{rule.most_inquiries:,}件以下であり、"
        f"かつ、終業時に残る問合せ（滞留）が{left}である日が{rule.days}開庁日続いた"
    )


def _notice(desk: Desk, proposed: Alternative, window: Period, events: Sequence[KnownEvent]) -> str:
    if proposed.change.is_none:
        return "体制を変更しないため、利用者への周知は要しない。"
    season = "異動の時期は" if any(e.kind == "transfer" for e in events) else "この期間は"
    opens, closes = proposed.formation.opens_min, proposed.formation.closes_min
    usual = hours_span(desk.reception.opens_min, desk.reception.closes_min)
    has_hours = bool(proposed.change.opens_earlier_min or proposed.change.closes_later_min)
    if not has_hours:
        return (
            f"{desk.name}の受付時間（{hours_span(opens, closes)}）に変更はありません。"
            f"{season}電話が混み合います。お急ぎでない問合せは、メール又は申請フォームをご利用ください。"
        )
    return (
        f"{wareki_span(window.start, window.last)}の間、{desk.name}の受付時間を"
        f"{hours_span(opens, closes)}とします（平常は{usual}）。"
        "お急ぎでない問合せは、メール又は申請フォームをご利用ください。"
    )


def proposal_title(window: Period, as_of: date, *, is_change: bool) -> str:
    """Return the subject of the proposal document."""
    what = "体制（シフト）変更" if is_change else "体制の維持"
    year = "" if window.start.year == as_of.year else f"{window.start.year}年"
    return f"{year}{window.start.month}月期における受付窓口の{what}について（提案）"
