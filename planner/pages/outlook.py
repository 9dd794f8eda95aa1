"""見通し: when does it come, and how much?"""

import streamlit as st

from planner import session
from planner.access import Action
from planner.content import Accuracy, Content
from planner.document import opening
from planner.document.blocks import Column, Table
from planner.document.words import assumption_rows
from planner.parts import asking, blocks, drawing, empty, markup, working
from planner.wording.dates import percent, short_day, short_span, wareki, wareki_weekday
from planner.wording.findings import busiest_day, rise
from planner.wording.numbers import count, count_span
from planner.wording.terms import MODELS, joined


def summary(content: Content) -> tuple[str, str]:
    """Say when, how much, how sure: the answer and what it rests on."""
    inside = [d for d in content.outlook if d.day in content.window]
    low, high = (sum(x) / len(inside) for x in zip(*((d.low, d.high) for d in inside), strict=True))
    top = max(inside, key=lambda d: d.median)
    span = f"{short_day(content.window.start)}から{len(inside)}開庁日は"
    lead = f"{span}{rise(content.peak_ratio)}、80%の確率で1日に{count_span(low, high)}件。"
    return lead, f"{busiest_day(top.day, top.median, top.low, top.high)}である。"


def why(content: Content) -> None:
    """Answer なぜ: the parts, the data's date, the assumptions and where to change them."""
    accuracy = content.accuracy
    names = joined(list(dict.fromkeys(e.name for e in content.events))[:4])
    cause = f"期間に影響する行事は、{names}である。" if names else "期間に影響する行事はない。"
    digests = "、".join(name for name, _ in content.input_digests)
    st.write(
        f"{wareki_weekday(content.as_of)}までの記録（{digests}）から、「{MODELS[accuracy.model]}」で予測した。{cause}"
    )
    st.write(accuracy_words(accuracy))
    markup.table(
        Table((Column("前提"), Column("値"), Column("出所・変更する場所")), assumption_rows(content))
    )


def accuracy_words(accuracy: Accuracy) -> str:
    """Say in plain words how far the forecast was off in the past."""
    if not accuracy.origins:
        return "履歴が短いため、過去の期間での検証はしていない。"
    off = f"1日の件数は、過去の検証では平均して実績の{percent(accuracy.wape)}外れた"
    unavoidable = f"このうち{percent(accuracy.wape_floor)}は偶然の変動によるもので、避けられない"
    return f"{off}。{unavoidable}。80%予測区間には、実績の{percent(accuracy.coverage)}が入った。"


def numbers(content: Content) -> Table:
    """Write the forecast day by day, for those who read tables rather than charts."""
    columns = ("中央値", "80%予測区間", "平常の水準", "前年同時期の実績")
    rows = tuple(
        (
            short_day(d.day),
            count(d.median),
            count_span(d.low, d.high),
            count(d.usual),
            "―" if d.actual_last_year is None else count(d.actual_last_year),
            "、".join(d.events) or "―",
        )
        for d in content.outlook
    )
    shown = (Column("開庁日"), *(Column(n, "件", is_figure=True) for n in columns), Column("行事"))
    return Table(shown, rows, "開庁日ごとの問合せの見込み")


def page(content: Content) -> None:
    """Say it, show it, list it."""
    markup.answer(*summary(content))
    with st.container(horizontal=True):
        if session.is_allowed(Action.MAKE_PLAN):
            if st.button("この期間の変更案を作る", type="primary", help="計算済みの変更案へ進む"):
                st.switch_page("planner/pages/alternatives.py")
            with st.popover("別の期間を計算する", key=f"period-{session.chosen('job')}"):
                asking.plan_form(content)
        with st.popover("なぜ？"):
            why(content)
    working.job_under_way()
    drawing.figure("fan", content)
    parts = blocks.parted((*opening.background(content), *opening.forecast_grounds(content)))
    hours, events, accuracy, days = st.tabs(["曜日と時間帯", "行事", "予測の精度", "日ごとの数値"])
    with hours:
        span = short_span(content.window.start, content.window.last)
        drawing.figure("heat", content)
        markup.notes((f"{span}の平均である。",))
    with events:
        blocks.show((*parts.get("対象となる行事", ()), *parts["過去の同種の行事"]), content)
    with accuracy:
        st.write(accuracy_words(content.accuracy))
        blocks.show((*parts["予測の方法及び精度"], *parts["異常な日の取扱い"]), content)
    with days:
        markup.table(numbers(content))
        markup.notes((f"予測の基準日は{wareki(content.as_of)}である。閉庁日は表示していない。",))


st.title("見通し", anchor=False)
if (shown := session.plan()) is None:
    working.job_under_way()
    empty.no_plan()
    if session.is_allowed(Action.MAKE_PLAN) and session.imported_desks():
        asking.plan_form(None)
else:
    page(shown)
