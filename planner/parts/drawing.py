"""Charts on the page: the very drawing of the document, with its finding as text to be read aloud.

As PNG, twice its size: an SVG within an image tag cannot use the fonts, and charts that the page itself
draws bring menus in English with links to the outside.
"""

import json
from typing import Any

import altair as alt
import streamlit as st

from planner.charts import png
from planner.content import Content
from planner.document import drawn
from planner.document.figures import finding

_WIDEST_PX = 860


@st.cache_data(max_entries=64, show_spinner="図を描いている。")
def _png(spec: str) -> bytes:
    return png(alt.Chart.from_dict(json.loads(spec)))


def draw(chart: Any, words: str) -> None:
    """Show a chart; ``words`` say what it shows."""
    st.image(_png(chart.to_json(indent=None)), width=_WIDEST_PX, alt=words)


def figure(kind: str, content: Content) -> None:
    """Show a chart of the proposal document (``planner.document.figures``)."""
    draw(drawn(kind, content), finding(kind, content))
