"""Dates on the page as people type them. Streamlit's own date field speaks English in its calendar."""

from datetime import date

import streamlit as st

from forecasts.history.dates import day_of
from planner.wording.dates import wareki

EXAMPLE = "例: 令和8年4月1日"


def day_field(label: str, value: date | None = None, *, key: str) -> str:
    """Ask for a date and return what was typed."""
    shown = "" if value is None else wareki(value)
    return (st.text_input(label, shown, key=key, placeholder=EXAMPLE, max_chars=40) or "").strip()


def iso(text: str) -> str:
    """Return a typed date in the notation of event files; what is no date stays as it is, to be refused."""
    day = day_of(text) if text else None
    return text if day is None else day.isoformat()
