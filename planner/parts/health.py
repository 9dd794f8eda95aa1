"""The state of a desk's history at a glance: gaps, changes of level, channels, handling times."""

from collections.abc import Sequence

import streamlit as st

from forecasts.features import event_days
from forecasts.history.breaks import Gap, LevelChange
from forecasts.history.quality import Quality, quality
from planner import session
from planner.charts.history import days_chart, shares_chart
from planner.desk_past import DeskPast
from planner.document.blocks import Column, Table
from planner.parts import drawing, markup
from planner.parts.durations import durations
from planner.parts.marking import found
from planner.wording.abnormal import abnormal_answer
from planner.wording.history import Finding, days_title, quality_answer, quality_findings, shares_title

_MOST_OF_A_TOPIC = 6


def summary(past: DeskPast) -> str:
    """Say whether what is known of the desk serves."""
    if past.history is None:
        return f"{past.desk.name}には、件数の分かる記録がまだない。"
    return quality_answer(_quality(session.past_state(past.desk), past), _names(past))


def to_decide(past: DeskPast) -> str:
    """Say how many days are to be decided on; to look for them takes long where the history is."""
    if past.history is None:
        return "問合せ記録、電話交換機の報告又は日別の件数表を、そのままの形で取り込むことができる。"
    is_short = _quality(session.past_state(past.desk), past).length == "too_short"
    return "" if is_short else abnormal_answer(found(past))  # then no day can be told from another


def health(past: DeskPast) -> None:
    """Show the history: the picture, then each finding with what it means and what to do."""
    if past.history is None:
        st.info(
            "記録を取り込むと、記録の欠け、件数の水準の変化、受付方法の割合、対応時間の有無をここで確かめられる。"
        )
        return
    looked, names, odd = _quality(session.past_state(past.desk), past), _names(past), found(past)
    if looked.length != "too_short":
        title = days_title(looked, len({d.day for d in odd}))
        breaks: list[Gap | LevelChange] = [*looked.gaps, *looked.changes]
        drawing.draw(days_chart(past.history, breaks, odd, past.events, title), title)
    findings = quality_findings(looked, names)
    newest, more = _newest(findings)
    rows = tuple(
        (f.topic, "要確認" if f.is_open else "良好", f.seen, f.means or "―", f.do or "―") for f in newest
    )
    columns = tuple(Column(name) for name in ("項目", "状態", "分かったこと", "予測・提案への影響", "対応"))
    markup.table(Table(columns, rows, "記録の状態"))
    markup.notes(more)
    durations(past)
    if len(past.desk.channels) > 1 and looked.length != "too_short":
        title = shares_title(looked, names)
        drawing.draw(shares_chart(past.history, names, title), title)


def _newest(findings: Sequence[Finding]) -> tuple[list[Finding], list[str]]:
    """Return the newest findings of each topic, and a note where there are more."""
    by_topic: dict[str, list[Finding]] = {}
    for finding in findings:
        by_topic.setdefault(finding.topic, []).append(finding)
    more = [
        f"{topic}は、新しい{_MOST_OF_A_TOPIC}件を示した。ほかに{len(found) - _MOST_OF_A_TOPIC:,}件ある。"
        for topic, found in by_topic.items()
        if len(found) > _MOST_OF_A_TOPIC
    ]
    return [f for found in by_topic.values() for f in found[-_MOST_OF_A_TOPIC:]], more


@st.cache_resource(max_entries=4, show_spinner="記録の状態を確かめている。")
def _quality(state: str, _past: DeskPast) -> Quality:  # noqa: ARG001  # the key
    if _past.history is None:
        message = "no history to look over"
        raise ValueError(message)
    reception = (_past.desk.reception.opens_min, _past.desk.reception.closes_min)
    calendar = _past.desk.calendar
    eventful = event_days(_past.events, calendar)
    return quality(_past.records, _past.history, calendar, reception, eventful)


def _names(past: DeskPast) -> dict[str, str]:
    return {channel.id: channel.name for channel in past.desk.channels}
