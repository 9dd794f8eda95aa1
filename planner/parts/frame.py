"""What stands around every page: the marks above it, desk, plan and role beside it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from planner import session
from planner.access import Action, Role
from planner.store import PlanHead
from planner.wording.dates import wareki_weekday
from planner.wording.terms import ROLES


def role_name(role: Role) -> str:
    """Write a role with its side: 受託事業者・計画担当."""
    is_contractor = role in {Role.PLANNER, Role.CONTRACT_MANAGER}
    return f"受託事業者・{ROLES[role]}" if is_contractor else ROLES[role]


def banner(*, is_of_desk: bool = False) -> None:
    """Mark invented data and a switched role on every page; ``is_of_desk``: it shows a desk, not a plan."""
    marks = []
    if sample := _sample_mark(is_of_desk=is_of_desk):
        marks.append(("mado-sample", sample))
    if session.is_switched():
        marks.append(("mado-switched", f"役割切替中: {role_name(session.role())}（記録に残る）"))
    spans = "".join(f"<span class='{name}'>{escape(text)}</span>" for name, text in marks)
    if spans:
        st.html(f"<div class='mado-banner' role='status'>{spans}</div>")


def _sample_mark(*, is_of_desk: bool) -> str:
    """Mark the sample's plan, or the sample's desk where a page shows another desk than the plan's."""
    current, desk_id = session.plan(), session.desk_id()
    if current is None or (is_of_desk and current.desk_id != desk_id):
        desk = session.desk(desk_id)
        return "架空データ" if desk is not None and desk.is_sample else ""
    day = session.sample_day()
    return f"架空データ　本日: {wareki_weekday(day)}（見本の日付）" if day else ""


def sidebar() -> None:
    """Show desk and plan, and let both plan and role be changed."""
    with st.sidebar:
        _plan_choice()
        st.selectbox(
            "役割切替",
            session.ROLES_HERE,
            index=session.ROLES_HERE.index(session.role()),
            format_func=role_name,
            key=f"role-{session.role()}",
            on_change=_take_role,
            filter_mode=None,
            help="1台の端末で双方の役割を務めるときに切り替える。切替中の操作は、その旨が記録に残る。",
        )


def other_role(title: str, roles: Sequence[Role]) -> None:
    """Say for whom a page is, and offer to take that role."""
    st.title(title, anchor=False)
    st.info(f"この画面は、{'、'.join(role_name(r) for r in roles)}の役割で開く。")
    for role in roles:
        st.button(f"{role_name(role)}に切り替える", on_click=take_role, args=(role,))


def take_role(role: Role) -> None:
    """Take another role; what is chosen stays."""
    session.choose(role="" if role is Role.PLANNER else role)


def _take_role() -> None:
    take_role(st.session_state[f"role-{session.role()}"])


def _plan_choice() -> None:
    current, now = session.plan(), session.plan_id()
    if current is None or now is None or not session.is_allowed(Action.SEE_PLAN):
        return
    st.html(f"<p class='mado-note'>窓口<br><b>{escape(current.desk_name)}</b></p>")
    names = {head.id: _plan_name(head) for head in session.plans()}
    key = f"plan-{now}"
    st.selectbox(
        "計画",
        list(names),
        index=list(names).index(now),
        format_func=lambda n: names[n],
        key=key,
        on_change=lambda: session.choose(plan=st.session_state[key], alternative=""),
        filter_mode=None,
    )


def _plan_name(head: PlanHead) -> str:
    first, last, known = head.period.start, head.period.last, head.as_of
    return f"{head.id}　{first:%-m/%-d}〜{last:%-m/%-d}（{known:%-m/%-d}時点）"
