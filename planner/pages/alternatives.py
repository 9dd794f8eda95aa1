"""変更案: which change is best?"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from planner import session
from planner.access import Action
from planner.actions.create_proposal import create_proposal
from planner.actions.see_roster import see_roster
from planner.content import Content
from planner.document import judgement
from planner.document.blocks import Bullets, Paragraph, Table
from planner.document.words import change_of
from planner.parts import (
    alternatives_calendar,
    alternatives_what_if,
    blocks,
    drawing,
    empty,
    markup,
    robustness,
    service_day,
)
from planner.parts.roster_case import past_of
from planner.parts.steps import attempted
from planner.proposing import with_proposed
from planner.rosters.roster import Roster
from planner.wording.dates import short_span
from planner.wording.findings import RISK_EXPLAINED, risk_finding
from planner.wording.terms import alternative_name


def comparison(content: Content, key: str) -> None:
    """Show the alternatives as columns: 現状維持 first, the recommended one marked, the chosen bold.

    Overtime is the contractor's own affair: it stands here, and in nothing that the client gets.
    """
    table = next(b for b in judgement.comparison(replace(content, recommended=key)) if isinstance(b, Table))
    changes = ("変更の内容", *(change_of(content, a) for a in content.alternatives))
    overtime = ("時間外（時間／期間）", *(f"{a.outcome.overtime_h:,.1f}" for a in content.alternatives))
    badges = {n: "推奨" for n, a in enumerate(content.alternatives, start=1) if a.is_recommended}
    caption = f"変更案の比較（太字は選択中の「{alternative_name(key)}」。（　）内は80%予測区間）"
    markup.table(replace(table, rows=(changes, *table.rows, overtime), caption=caption), badges)
    markup.notes((RISK_EXPLAINED, "全ての変更案を、同じ予測の経路の上で比べた。"))


def reasons(content: Content) -> Sequence[Paragraph | Bullets]:
    """Return why the recommended one, and why not the others."""
    found = judgement.comparison(content)
    said = [b for b in found if isinstance(b, Paragraph | Bullets)]
    return said[1:]  # the first paragraph speaks of the table


def proposed(content: Content, key: str) -> tuple[Content, Roster | None]:
    """Return the content with the chosen alternative proposed, and its roster; a kept one is reused."""
    plan_id, actor = session.plan_id(), session.actor(content.parties)
    if key == content.recommended:
        return content, see_roster(session.store(), f"plan-{plan_id}", actor)
    desk = session.desk(content.desk_id)
    if desk is None:
        return replace(content, recommended=key), None
    return with_proposed(content, key, desk, past_of(content))


def propose(content: Content, key: str) -> None:
    """File a draft of the chosen alternative and go to it."""
    with st.spinner("勤務表を組み、提案書を起案しています。"):
        ready, roster = proposed(content, key)
        actor, at = session.actor(content.parties), session.now()
        filed = attempted(lambda: create_proposal(session.store(), ready, roster, actor, at))
    if filed is not None:
        session.choose(proposal=filed.proposal.number)
        st.switch_page("planner/pages/proposal.py")


def choice(content: Content) -> str:
    """Let one alternative be chosen; the address keeps it. Returns its key."""
    keys = [a.key for a in content.alternatives]
    now = session.chosen("alternative")
    current = now if now in keys else content.recommended
    best = {a.key for a in content.alternatives if a.is_recommended}
    return st.radio(
        "提案する案",
        keys,
        index=keys.index(current),
        format_func=lambda k: alternative_name(k) + ("【推奨】" if k in best else ""),
        horizontal=True,
        key=f"alternative-{session.plan_id()}",
        on_change=lambda: session.choose(alternative=st.session_state[f"alternative-{session.plan_id()}"]),
    )


def page(content: Content) -> None:
    """Say which, let one be chosen, compare all, show what it does through the day."""
    now = content.alternatives[0]
    best = next(
        (a for a in content.alternatives if a.is_recommended), content.alternative(content.recommended)
    )
    span = short_span(best.change.period.start, best.change.period.last)
    markup.answer(
        f"{span}は、「{alternative_name(best.key)}」を推奨する。",
        f"{risk_finding(now.outcome.risk, alternative_name(best.key), best.outcome.risk)}である。",
    )
    key = choice(content)
    if session.is_allowed(Action.CREATE_PROPOSAL) and st.button("この案で提案を作る", type="primary"):
        propose(content, key)
    comparison(content, key)
    chosen = replace(content, recommended=key)
    st.header("1日の応答状況の推移", anchor=False)
    service, heads = st.tabs(["応答率", "必要な人数と配置"])
    with service:
        service_day.show(content, key, has_duties=True)
    with heads:
        drawing.figure("heads", chosen)
    why, what_if, stress, when = st.tabs(("推奨の理由", "条件を変えて試す", "前提が外れた場合", "変更の日程"))
    with why:
        blocks.show(reasons(content), content)
    with what_if:
        alternatives_what_if.show(content)
    with stress:
        robustness.show(content, key)
    with when:
        alternatives_calendar.show(content, key)


st.title("変更案", anchor=False)
if (shown := session.plan()) is None:
    empty.no_plan()
else:
    page(shown)
