"""The look that all charts share, and their drawing as SVG and PNG.

Colours of デジタル庁デザインシステム that reach 4.5:1 on white.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from planner.wording.printable import printable

FONT = "BIZ UDPGothic"
FONTS = Path(__file__).parents[1] / "fonts"
BLUE, GREEN, ORANGE, RED = "#0017c1", "#197a4b", "#ac3e00", "#ce0000"
INK, GREY, PALE, FAINT = "#1a1a1a", "#666666", "#d9e6ff", "#f1f1f4"
WIDTH = 640
LABEL_PX = 12
TITLE_PX = 15
_SCREEN_PPI = 96


def svg(chart: alt.TopLevelMixin) -> str:
    """Draw a chart as SVG; its text stays text and needs the font where it is shown."""
    return _drawn_svg(printable(chart.to_json(indent=None, ensure_ascii=False)))


def png(chart: alt.TopLevelMixin, scale: float = 2.0) -> bytes:
    """Draw a chart as PNG, ``scale`` times its size in pixels."""
    return _drawn_png(printable(chart.to_json(indent=None, ensure_ascii=False)), scale)


@lru_cache(maxsize=64)
def _drawn_png(spec: str, scale: float) -> bytes:
    _register_fonts()
    # Excel shows a picture at 96 dots an inch; vl-convert would mark it with 72 and make it a third larger.
    return vl_convert.vegalite_to_png(spec, scale=scale * 72 / _SCREEN_PPI, ppi=_SCREEN_PPI)


@lru_cache(maxsize=64)
def _drawn_svg(spec: str) -> str:
    _register_fonts()
    return vl_convert.vegalite_to_svg(spec)


@cache
def _register_fonts() -> None:
    """Make the shipped fonts known: vl-convert draws nothing, silently, where a font is missing."""
    vl_convert.register_font_directory(str(FONTS))


def finished(chart: Any, title: str, subtitle: str | list[str] = "") -> Any:
    """Give a chart its title and the look that all charts share."""
    heading = alt.TitleParams(title, subtitle=subtitle) if subtitle else alt.TitleParams(title)
    return (
        chart.properties(title=heading)
        .configure(font=FONT, background="white", padding=6)
        .configure_title(
            anchor="start", fontSize=TITLE_PX, subtitleFontSize=LABEL_PX, subtitleColor=INK, offset=8
        )
        .configure_axis(
            labelFontSize=LABEL_PX,
            titleFontSize=LABEL_PX,
            titleFontWeight="normal",
            gridColor="#e6e6e6",
            labelColor=INK,
        )
        .configure_legend(labelFontSize=LABEL_PX, titleFontSize=LABEL_PX, labelLimit=320, symbolStrokeWidth=2)
        .configure_view(stroke="#b3b3b3")
    )


def rows_of(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Return plain rows as the data of a chart."""
    return alt.InlineData(values=list(rows))
