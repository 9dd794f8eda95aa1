"""概況: what is to be done now?"""

from datetime import date

import streamlit as st

from planner import session
from planner.access import Action, Role
from planner.alternatives.window import LIFTED
from planner.content import Content
from planner.document.blocks import Column, Table
from planner.exports.peak_calendar import peak_calendar
from planner.parts import empty, ending, markup
from planner.parts.strip import strip
from planner.peaks import Due, coming_peaks, due
from planner.proposal import Proposal, State
from planner.wording.dates import short_day, short_span
from planner.wording.findings import outlook_finding, rise
from planner.wording.numbers import count, times
from planner.wording.peaks import NONE_AHEAD, NOTHING_LEFT, STEPS
from planner.wording.peaks import day as peak_day
from planner.wording.peaks import left as days_left
from planner.wording.peaks import span as peak_span
from planner.wording.terms import STATES

# Who has a proposal in hand, by state; what is decided waits for nobody.
_WAITS_FOR = {
    State.DRAFT: "受託事業者（社内確認）",
    State.REVIEWED: "受託事業者（提案）",
    State.RETURNED: "受託事業者（修正）",
    State.SUBMITTED: "主管課（判断）",
    State.APPROVED: "受託事業者（実施）",
    State.APPROVED_WITH_CONDITIONS: "受託事業者（実施）",
}


def left(content: Content, by: date) -> str:
    """Write how many office days are left."""
    days = session.office_days_left(content, by)
    if by < session.today():
        return "期限を過ぎている"
    return f"あと{days}開庁日" if days else "本日まで"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def next_step(content: Content, proposals: tuple[Proposal, ...]) -> str:
    """Say what is to be done next about the peak."""
    dates = content.dates
    latest = next(
        (p for p in proposals if p.content.window == content.window and p.state in _WAITS_FOR), None
    )
    if latest is None:
        propose = f"体制を変更するときは、{short_day(dates.propose_by)}までに提案する"
        return f"{propose}（{left(content, dates.propose_by)}）。"
    name = f"提案 {latest.number}"
    match latest.state:
        case State.SUBMITTED:
            decide = f"承認の期限は{short_day(dates.decide_by)}（{left(content, dates.decide_by)}）である。"
            return f"{name} は主管課の判断を待っている。{decide}"
        case State.APPROVED | State.APPROVED_WITH_CONDITIONS:
            notify = f"{short_day(dates.notify_by)}までに利用者に周知する"
            done = f"{name} は{STATES[latest.state]}された。"
            return f"{done}{notify}（{left(content, dates.notify_by)}）。"
    by = f"{short_day(dates.propose_by)}までに提案する（{left(content, dates.propose_by)}）。"
    return f"{name} は「{STATES[latest.state]}」の段階にある。{by}"


def waiting(proposals: tuple[Proposal, ...]) -> None:
    """List the proposals that wait, and for whom."""
    rows = tuple(
        (
            p.number,
            short_span(p.content.change_period.start, p.content.change_period.last),
            STATES[p.state],
            _WAITS_FOR[p.state],
        )
        for p in proposals
        if p.state in _WAITS_FOR
    )
    st.header("進行中の提案", anchor=False)
    if rows:
        markup.table(Table(tuple(Column(n) for n in ("提案番号", "変更の期間", "段階", "次に動く人")), rows))
    else:
        st.write("進行中の提案はない。")


def coming(content: Content, proposals: tuple[Proposal, ...]) -> None:
    """List the peaks of the year ahead with the next step of each, as far as the newest outlook reaches."""
    desk, seen = session.desk(content.desk_id), session.outlook(content.desk_id)
    if desk is None or seen is None:
        return
    peaks = coming_peaks(seen, desk)
    rows = tuple(_coming_row(row) for row in due(peaks, proposals, desk.calendar, session.today()))
    st.header("これからの山と期限", anchor=False)
    until = peak_day(seen.facts.days[-1], session.today())
    st.caption(
        f"{short_day(seen.facts.as_of)}時点の見通しによる{until}までの山。"
        f"平常の{LIFTED:g}倍以上となる開庁日の続く期間をいう。"
    )
    if not rows:
        st.write(NONE_AHEAD)
        return
    heads = ("山の期間", "行事", "平常比", "問合せ（80％の範囲）", "次の手続", "期限", "提案番号")
    markup.table(Table(tuple(Column(n) for n in heads), rows))
    st.download_button(
        "山と期限を暦に取り込む（.ics）",
        peak_calendar(desk, peaks, seen.facts.as_of),
        f"{desk.id}-peaks.ics",
        "text/calendar",
    )


def _coming_row(row: Due) -> tuple[str, ...]:
    peak = row.peak
    return (
        peak_span(peak.period.start, peak.period.last, session.today()),
        "、".join(peak.events),
        times(peak.ratio),
        f"{count(peak.expected)}件（{count(peak.low)}〜{count(peak.high)}件）",
        STEPS[row.step] if row.step else NOTHING_LEFT,
        f"{peak_day(row.by, session.today())}　{days_left(row.days_left, row.step)}"
        if row.by and row.step
        else "",
        row.proposal,
    )


def page(content: Content, proposals: tuple[Proposal, ...]) -> None:
    """Say what is to be done, show the weeks ahead, list what waits."""
    window, dates = content.window, content.dates
    markup.answer(
        f"{outlook_finding(window.start, window.last, content.peak_ratio)}。", next_step(content, proposals)
    )
    if session.is_allowed(Action.CREATE_PROPOSAL):
        ending.show(proposals)
        if st.button("次の山の変更案を見る", type="primary"):
            st.switch_page("planner/pages/alternatives.py")
    elif session.role() is Role.APPROVER and st.button("提案を見る", type="primary"):
        st.switch_page("planner/pages/approval.py")
    markup.tiles(
        (
            ("次の山", f"{_day(window.start)}〜{_day(window.last)}", rise(content.peak_ratio)),
            ("提案の期限", short_day(dates.propose_by), left(content, dates.propose_by)),
            ("承認の期限", short_day(dates.decide_by), left(content, dates.decide_by)),
            ("利用者への周知", short_day(dates.notify_by), left(content, dates.notify_by)),
        )
    )
    last = content.period.last
    st.header(f"{_day(last)}までの忙しさの見込み", anchor=False)
    strip(content, session.today())
    if session.is_allowed(Action.SEE_PLAN):
        coming(content, proposals)
    waiting(proposals)


st.title("概況", anchor=False)
if (shown := session.case()) is not None:
    page(shown, tuple(f.proposal for f in session.proposals()))
elif session.is_allowed(Action.SEE_PLAN):
    empty.no_plan()
else:
    empty.no_proposal("判断を待つ提案はない。受託事業者が提案すると、ここに表示される。")
