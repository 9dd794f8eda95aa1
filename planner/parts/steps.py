"""Taking a step on the page: done, or refused with the reason in a sentence."""

from collections.abc import Callable
from typing import NoReturn, TypeVar

import streamlit as st

from planner import session
from planner.actions import Request
from planner.parts import markup
from planner.proposal import NotAllowed
from planner.store import Filed
from planner.wording.refusals import refusal_sentence

Done = TypeVar("Done")
_SAID = "said"


def attempted(command: Callable[[], Done]) -> Done | None:
    """Run a command; where it is refused say why and return None."""
    try:
        return command()
    except NotAllowed as refused:
        st.error(refusal_sentence(refused.code, refused.detail))
        return None


def request(filed: Filed) -> Request:
    """Ask for a step on a proposal as it was seen, in the name of the role chosen."""
    proposal = filed.proposal
    return Request(proposal.number, filed.row_version, session.actor(proposal.content.parties), session.now())


def take(command: Callable[[], Filed], done: str) -> None:
    """Take a step; once it is done show the page anew and say so."""
    filed = attempted(command)
    if filed is not None:
        session.choose(proposal=filed.proposal.number)
        say(done)


def say(done: str) -> NoReturn:
    """Show the page anew and say what was done."""
    st.session_state[_SAID] = done
    st.rerun()


def said() -> None:
    """Say once what was done last. Its place stays, so that an open tab below stays open."""
    with st.container():
        if words := st.session_state.pop(_SAID, ""):
            st.success(markup.verbatim(words))
