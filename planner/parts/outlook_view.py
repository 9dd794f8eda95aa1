"""What the page 見通し looks at: how far, which channel, with events or without; the address keeps it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from planner import session
from planner.outlook import HORIZON_WEEKS, KeptOutlook
from planner.outlook.figures import View
from planner.wording.outlook import ALL_CHANNELS, HORIZONS

USUAL_WEEKS = 13
_CALM = "none"


def view_of(outlook: KeptOutlook) -> View:
    """Return what the address asks for; what it cannot mean is the usual."""
    weeks, channel = session.chosen("weeks"), session.chosen("channel")
    return View(
        weeks=int(weeks) if weeks in set(map(str, HORIZON_WEEKS)) else USUAL_WEEKS,
        channel=channel if channel in dict(outlook.facts.channels) else "",
        has_events=session.chosen("events") != _CALM,
    )


def view_chooser(outlook: KeptOutlook, view: View) -> None:
    """Let what is looked at be changed."""
    far, channels, events = st.columns([2, 2, 3], vertical_alignment="bottom")
    with far:
        key = f"weeks-{view.weeks}"
        st.selectbox(
            "どこまで見るか",
            HORIZON_WEEKS,
            index=HORIZON_WEEKS.index(view.weeks),
            format_func=lambda n: f"{HORIZONS[n]}先まで",
            key=key,
            on_change=_chooser(key, lambda n: {"weeks": "" if n == USUAL_WEEKS else n}),
            filter_mode=None,
        )
    with channels:
        names = {"": ALL_CHANNELS, **dict(outlook.facts.channels)}
        key_channel = f"channel-{view.channel}"
        st.selectbox(
            "受付方法",
            list(names),
            index=list(names).index(view.channel),
            format_func=names.__getitem__,
            key=key_channel,
            on_change=_chooser(key_channel, lambda n: {"channel": n}),
            filter_mode=None,
        )
    with events:
        key_events = f"events-{view.has_events}"
        st.radio(
            "行事",
            (True, False),
            index=int(not view.has_events),
            format_func=lambda has: "行事を含む" if has else "行事を除く（行事がないとした場合）",
            horizontal=True,
            key=key_events,
            on_change=_chooser(key_events, lambda has: {"events": "" if has else _CALM}),
        )


def _chooser(key: str, chosen: Callable[[Any], dict[str, object]]) -> Callable[[], None]:
    """Return what happens when another choice is made: the address takes it."""
    return lambda: session.choose(**chosen(st.session_state[key]))
