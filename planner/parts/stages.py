"""Where a proposal stands, as a row of stages; the one it stands in is named to screen readers too."""

from collections.abc import Sequence
from hashlib import sha256
from html import escape

import streamlit as st

from planner import session
from planner.proposal import State
from planner.store import Filed
from planner.wording.dates import short_span
from planner.wording.terms import STATES

_WAY = (State.DRAFT, State.REVIEWED, State.SUBMITTED, State.APPROVED, State.IN_EFFECT, State.REVERTED)
# States beside the way stand in the place of the one they answer.
_BESIDE = {
    State.APPROVED_WITH_CONDITIONS: State.APPROVED,
    State.RETURNED: State.APPROVED,
    State.REJECTED: State.APPROVED,
    State.WITHDRAWN: State.SUBMITTED,
}


def stages(state: State) -> None:
    """Show the way of a proposal with its present stage marked."""
    way = [*_WAY, State.POST_REVIEW]
    at = _BESIDE.get(state, state)
    cells = "".join(
        f"<li aria-current='step'>{escape(STATES[state])}</li>"
        if s is at
        else f"<li>{escape(STATES[s])}</li>"
        for s in way
    )
    st.html(f"<ol class='mado-steps' aria-label='提案の段階'>{cells}</ol>")


def name_of(filed: Filed) -> str:
    """Write a proposal in a list: number, window, stage."""
    proposal = filed.proposal
    window = proposal.content.change_period
    return f"{proposal.number}　{short_span(window.start, window.last)}　［{STATES[proposal.state]}］"


def pick(known: Sequence[Filed], current: Filed) -> None:
    """Let another proposal be picked where there is more than one."""
    if len(known) < 2:  # nothing to pick from
        return
    names = {f.proposal.number: name_of(f) for f in known}
    # Streamlit remembers a choice by its words: with another stage it would be none of the options any more.
    key = f"proposal-{current.proposal.number}-{sha256(repr(names).encode()).hexdigest()[:8]}"
    st.selectbox(
        "提案",
        list(names),
        index=list(names).index(current.proposal.number),
        format_func=lambda number: names[number],
        key=key,
        on_change=lambda: session.choose(proposal=st.session_state[key]),
        filter_mode=None,
    )
