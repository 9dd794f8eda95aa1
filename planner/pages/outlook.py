"""見通し: when does it come, and how much?"""

from collections.abc import Callable

import streamlit as st

from planner import session
from planner.access import Action
from planner.content import Content
from planner.desk import Desk
from planner.outlook import KeptOutlook
from planner.outlook.figures import Peak, View, peak_of
from planner.parts import asking, desk_choice, markup, steps, working
from planner.parts.outlook_accuracy import accuracy
from planner.parts.outlook_actual import actual, alarm_of, warning
from planner.parts.outlook_asking import outlook_button, plan_button
from planner.parts.outlook_came import came_after
from planner.parts.outlook_chart import fan
from planner.parts.outlook_files import downloads
from planner.parts.outlook_grounds import grounds
from planner.parts.outlook_hours import hours
from planner.parts.outlook_of_plan import no_outlook
from planner.parts.outlook_view import view_chooser, view_of
from planner.parts.outlook_what_if import what_if
from planner.parts.outlook_words import answer, doubts, grave_doubts, why
from planner.wording.dates import wareki


def buttons(outlook: KeptOutlook, view: View, peak: Peak, desk: Desk | None) -> None:
    """Lead to the plan; answer why; compute anew; give out files."""
    with st.container(horizontal=True):
        plan_button(outlook, peak, desk)
        with st.popover("なぜ？"):
            why(outlook, view, peak)
        if desk is not None and session.is_allowed(Action.MAKE_OUTLOOK):
            with st.popover("計算し直す", key=f"anew-{session.chosen('job')}"):
                outlook_button(desk, is_first=False)
            with st.popover("期間を選んで計画する", key=f"period-{session.chosen('job')}"):
                asking.plan_form(session.plan())
        with st.popover("出力"):
            downloads(outlook, view)


def page(outlook: KeptOutlook, desk: Desk | None) -> None:
    """Say it, show it, give the grounds."""
    view = view_of(outlook)
    peak = peak_of(outlook, view)
    answer(outlook, view, peak)
    grave_doubts(outlook)
    came = came_after(outlook, desk)
    alarm = None if came is None else alarm_of(outlook, came)
    if came is not None:
        warning(outlook, came, alarm)
    buttons(outlook, view, peak, desk)
    view_chooser(outlook, view)
    fan(outlook, view, ((), ()) if came is None else came.of(outlook, view))
    facts = outlook.facts
    markup.notes(
        (f"予測の基準日は{wareki(facts.as_of)}、学習した記録は{wareki(facts.learned_until)}までである。",)
    )
    shown: dict[str, Callable[[], None]] = {
        "時間帯": lambda: hours(outlook, view, peak),
        "根拠": lambda: grounds(outlook, view),
        "行事が変わったら": lambda: what_if(outlook, desk),
        "精度": lambda: accuracy(outlook),
        "注意": lambda: doubts(outlook),
    }
    if came is not None:
        shown["実績と予測"] = lambda: actual(outlook, came, alarm)
    tabs = st.tabs(list(shown), key=f"outlook-{facts.desk_id}", on_change="rerun")
    for tab, show in zip(tabs, shown.values(), strict=True):
        if tab.open:  # pictures are drawn for who looks at them
            with tab:
                show()


def _is_of(desk: Desk | None, plan: Content) -> bool:
    return desk is None or plan.desk_id == desk.id


st.title("見通し", anchor=False)
steps.said()
chosen = desk_choice.desk_in_hand()
working.job_under_way()
if chosen is not None and (kept := session.outlook(chosen.id)) is not None:
    page(kept, chosen)
else:
    no_outlook(chosen, current if (current := session.plan()) and _is_of(chosen, current) else None)
