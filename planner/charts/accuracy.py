"""How far a forecast can be trusted: calibration, and the error by how far ahead it looked."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from planner.charts.style import BLUE, GREY, INK, LABEL_PX, ORANGE, finished, rows_of

_SIDE = 260


def calibration(points: Sequence[tuple[float, float]], title: str) -> Any:
    """Draw for each level the share of actuals below it; on the diagonal the forecast keeps its word."""
    rows = [{"level": level, "share": share} for level, share in points]
    whole = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    x = alt.X("level:Q", title="予測した割合（この値以下になる確率）", scale=whole, axis=axis)
    y = alt.Y("share:Q", title="実際にその値以下だった割合", scale=whole, axis=axis)
    diagonal = alt.Chart(rows_of([{"level": 0, "share": 0}, {"level": 1, "share": 1}]))
    ideal = diagonal.mark_line(color=GREY, strokeDash=[5, 3], strokeWidth=1.5).encode(x=x, y=y)
    line = alt.Chart(rows_of(rows)).mark_line(
        color=BLUE, strokeWidth=2, point=alt.OverlayMarkDef(size=40, color=BLUE)
    )
    chart = (ideal + line.encode(x=x, y=y)).properties(width=_SIDE, height=_SIDE)
    return finished(chart, title, ["実線: 検証の結果　破線: 予測どおりの場合"])


def errors_by_horizon(rows: Sequence[tuple[str, float, float, float | None]], title: str) -> Any:
    """Draw the mean error by horizon: what chance alone leaves, and what lies above it; event days apart.

    Rows: (horizon, WAPE, the floor in it, WAPE of event days or None).
    """
    order = [name for name, *_ in rows]
    parts = [
        {"horizon": name, "part": part, "from": begin, "until": end, "text": f"計{wape * 100:.0f}%"}
        for name, wape, floor, _ in rows
        for part, begin, end in (
            ("偶然の変動（避けられない）", 0.0, min(floor, wape)),
            ("それを超える誤差", min(floor, wape), wape),
        )
    ]
    names = ["偶然の変動（避けられない）", "それを超える誤差", "行事の日だけの誤差（ひし形）"]
    on_events = [{"horizon": n, "until": w, "part": names[2]} for n, _, _, w in rows if w is not None]
    named = names if on_events else names[:2]
    x = alt.X("horizon:O", title="何開庁日先の予測か（開庁日）", sort=order, axis=alt.Axis(labelAngle=0))
    y = alt.Y("from:Q", title="実績に対する誤差の割合", axis=alt.Axis(format="%", tickCount=5))
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=named, range=["#b3b3b3", BLUE, ORANGE][: len(named)]),
        legend=alt.Legend(title=None, orient="bottom", columns=3),
    )
    bars = alt.Chart(rows_of(parts)).mark_bar(size=42).encode(x=x, y=y, y2="until:Q", color=colour)
    # At the foot of the bar: its top may lie under the mark of the event days.
    text = (
        alt.Chart(rows_of([p for p in parts if p["part"] == names[0]]))
        .mark_text(dy=-10, fontSize=LABEL_PX, color=INK)
        .encode(x=x, y="from:Q", text="text:N")
    )
    layers = [bars, text]
    if on_events:
        layers.append(
            alt.Chart(rows_of(on_events))
            .mark_point(shape="diamond", size=90, strokeWidth=2, filled=False)
            .encode(x=x, y="until:Q", color=colour)
        )
    return finished(alt.layer(*layers).properties(width=430, height=_SIDE - 10), title)
