"""Choices that outlive the step they were made in: Streamlit forgets fields that a run does not show."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

_CHOICES = "choices"
"""In the session: key of the field → what was chosen."""


def choice(
    place: Any, label: str, options: Sequence[str], own: str, *, key: str, names: Mapping[str, str]
) -> str:
    """Ask for one of some options; what was chosen before stands, else ``own``. ``names``: as shown."""
    given = recalled(key, own)
    chosen: str = place.selectbox(
        label,
        options,
        index=options.index(given) if given in options else 0,
        format_func=lambda option: names.get(option, option),
        filter_mode=None,
        key=key,
    )
    keep(key, chosen)
    return chosen


def recalled(key: str, own: Any) -> Any:
    """Return what was chosen before, else ``own``."""
    return st.session_state.get(_CHOICES, {}).get(key, own)


def keep(key: str, chosen: object) -> None:
    """Keep what was chosen."""
    st.session_state.setdefault(_CHOICES, {})[key] = chosen


def forgotten() -> None:
    """Forget every choice of this session."""
    st.session_state.pop(_CHOICES, None)
