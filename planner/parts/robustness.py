"""What becomes of the alternatives where the assumptions fail: finding, table, scope."""

from dataclasses import replace

import streamlit as st

from planner.content import Content
from planner.document.robustness import robustness
from planner.parts import blocks


def show(content: Content, key: str) -> None:
    """Show alternative ``key`` beside the others; plans of older programs do not know."""
    shown = list(robustness(replace(content, recommended=key)))
    if not shown:
        st.write("この計画では計算していない。計画を計算し直すと表示される。")
    blocks.show(shown[1:], content)
