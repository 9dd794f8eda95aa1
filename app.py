"""Sign-in gate and navigation; nothing else.

On one laptop the local user may take every role: see ``planner.session.role``.
"""

import streamlit as st

from forecasts.faults import FaultyFile
from planner import session
from planner.access import Role
from planner.parts import frame, look
from planner.wording.faults import fault_sentences

CONTRACTOR = (Role.PLANNER, Role.CONTRACT_MANAGER)
ALL = session.ROLES_HERE
_SIDEBAR_PX = 288
# file, title, who sees it: in the order of the work.
PAGES = (
    ("overview", "概況", ALL),
    ("outlook", "見通し", (*CONTRACTOR, Role.AUDITOR)),
    ("alternatives", "変更案", CONTRACTOR),
    ("proposal", "提案", (*CONTRACTOR, Role.AUDITOR)),
    ("roster", "勤務表", CONTRACTOR),
    ("year", "年間計画", (*CONTRACTOR, Role.APPROVER)),
    ("approval", "承認", (Role.APPROVER,)),
    ("data", "データ", CONTRACTOR),
    ("events", "行事", CONTRACTOR),
    ("records", "記録", ALL),
)
OF_DESK = {"見通し", "年間計画", "データ", "行事"}


def main() -> None:
    """Open the page that was asked for; a file that cannot be used is said in a sentence."""
    st.set_page_config(page_title="まどぐち", layout="wide", initial_sidebar_state=_SIDEBAR_PX)
    look.dressed()
    session.restored()
    try:
        opened()
    except FaultyFile as faulty:
        st.error("\n\n".join(fault_sentences(faulty.faults)))


def opened() -> None:
    """Open the page, if the role may see it."""
    role = session.role()
    page = st.navigation(
        [
            st.Page(
                f"planner/pages/{name}.py",
                title=title,
                default=name == "overview",
                # Hidden, not absent: an address that was sent opens with a hint, not with an English message.
                visibility="visible" if role in roles else "hidden",
            )
            for name, title, roles in PAGES
        ]
    )
    frame.sidebar()
    frame.banner(is_of_desk=page.title in OF_DESK)
    roles = {title: roles for _, title, roles in PAGES}[page.title]
    if role in roles:
        page.run()
    else:
        frame.other_role(page.title, roles)


main()
