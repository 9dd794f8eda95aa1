"""承認: may it be approved?"""

from functools import partial

import streamlit as st

from planner import session
from planner.actions.decide import DECISIONS, decide
from planner.content import Content
from planner.document.closing import oral_words
from planner.document.words import change_of, cost_of, formation_words
from planner.parts import empty, markup, paper, service_day, stages, steps
from planner.proposal import State, Step
from planner.store import Filed
from planner.wording.dates import (
    clock_span,
    percent,
    short_day,
    short_span,
    wareki,
    wareki_span,
    wareki_weekday,
)
from planner.wording.findings import RISK_EXPLAINED, rise, shortage_finding
from planner.wording.terms import STATES, STEPS, alternative_name

# What must be said with a decision, and in which words it is asked for.
_ASKED = {
    Step.APPROVE_WITH_CONDITIONS: ("条件（必須）", "条件付きで承認する"),
    Step.RETURN: ("差戻しの理由（必須）", "差戻しを確定する"),
    Step.REJECT: ("却下の理由（必須）", "却下を確定する"),
}


def facts(content: Content) -> tuple[tuple[str, str], ...]:
    """Write what is to be decided: what, when, why, what else would happen, until when. Never a name."""
    proposed, now = content.alternative(content.recommended), content.alternatives[0]
    new, old, dates = proposed.formation, now.formation, content.dates
    window = wareki_span(content.change_period.start, content.change_period.last)
    hours = clock_span(new.opens_min, new.closes_min)
    same = (new.opens_min, new.closes_min) == (old.opens_min, old.closes_min)
    usual = "変更なし" if same else f"平常は{clock_span(old.opens_min, old.closes_min)}"
    shortage = shortage_finding(content.short_slots, content.slot_min)
    risks = percent(now.outcome.risk), percent(proposed.outcome.risk)
    otherwise = f"目標を下回るおそれが{risks[0]}となる（変更すると{risks[1]}）。{shortage}。"
    return (
        ("何を", change_of(content, proposed)),
        ("いつからいつまで", f"{window}（開庁日 {len(proposed.days_changed)}日）"),
        ("受付時間", f"{hours}（{usual}）"),
        ("体制", f"{formation_words(content, new)}（平常は{formation_words(content, old)}）"),
        ("なぜ", content.texts.background),
        ("認めない場合", otherwise),
        ("費用", cost_of(content, proposed)),
        ("判断の期限", wareki_weekday(dates.decide_by)),
    )


def decided(filed: Filed, step: Step, words: str = "") -> None:
    """Record a decision with its words."""
    is_condition = step is Step.APPROVE_WITH_CONDITIONS
    said = {"conditions": words} if is_condition else {"comment": words}
    command = partial(decide, session.store(), steps.request(filed), step, **said)
    steps.take(command, f"「{STEPS[step]}」を記録した。")


def buttons(filed: Filed) -> None:
    """Offer the four decisions; what needs a reason asks for it first."""
    with st.container(horizontal=True):
        if st.button("承認する", type="primary"):
            decided(filed, Step.APPROVE)
        for step in DECISIONS[1:]:
            label, confirm = _ASKED[step]
            with st.popover(STEPS[step]):
                words = st.text_area(label, key=f"{step}-{filed.proposal.number}-{filed.row_version}")
                if st.button(confirm, key=f"confirm-{step}"):
                    decided(filed, step, words)


def page(filed: Filed) -> None:
    """Say what is asked, by when; the facts; the decision; the evidence under it."""
    proposal, content = filed.proposal, filed.proposal.content
    stages.pick(session.proposals(), filed)
    proposed = content.alternative(content.recommended)
    span = short_span(content.change_period.start, content.change_period.last)
    ask = (
        f"{span}の体制変更「{alternative_name(proposed.key)}」（{proposal.number} 第{proposal.version_no}版）"
    )
    for decision in proposal.history:
        if decision.step is Step.RECORD_ORAL:
            st.info(markup.verbatim(oral_words(decision)))
    if proposal.state is State.SUBMITTED:
        left = session.office_days_left(content, content.dates.decide_by)
        due = f"{short_day(content.dates.decide_by)}までに判断する（あと{left}開庁日）。"
        markup.answer(
            f"{ask}の承認が求められている。", f"問合せは{rise(content.peak_ratio)}の見込みである。{due}"
        )
        buttons(filed)
    else:
        last = proposal.history[-1]
        when = f"{wareki(last.at.date())}、{last.office_title}による「{STEPS[last.step]}」"
        markup.answer(f"{ask}は「{STATES[proposal.state]}」の段階にある。", f"最後の記録: {when}。")
        if st.button("記録を見る", type="primary"):
            st.switch_page("planner/pages/records.py")
    st.header("判断に要すること", anchor=False)
    markup.facts(facts(content))
    markup.notes((RISK_EXPLAINED,))
    st.header("1日の応答状況の推移", anchor=False)
    service_day.show(content, proposed.key, has_duties=False)
    st.header("根拠資料", anchor=False)
    paper.downloads(filed)
    paper.pages(filed)


st.title("承認", anchor=False)
steps.said()
if (chosen := session.proposal()) is not None:
    page(chosen)
else:
    empty.no_proposal("判断を待つ提案はない。受託事業者が提案すると、ここに表示される。")
