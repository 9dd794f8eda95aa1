"""条件を変えて試す on the page 変更案: another lever, other days, another risk, answered at once."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from planner import session
from planner.access import Action
from planner.actions.start_plan import start_plan
from planner.alternatives.alternative import Alternative
from planner.alternatives.levers import Lever
from planner.alternatives.what_if import Answer, PlanFigures, answered, smallest
from planner.content import Content
from planner.document.blocks import Column, Table
from planner.parts import markup, steps
from planner.wording import what_if as words
from planner.wording.dates import percent, short_day, short_span, thousand_yen
from planner.wording.numbers import count, person_hours
from planner.wording.terms import alternative_name, hours_change

_RISKS = tuple(range(5, 55, 5))
_NAMES = ("heads", "hours", "first", "last", "risk")


def show(content: Content) -> None:
    """Show the controls and what they come to; plans of older programs kept no figures."""
    figures = session.plan_figures()
    if figures is None:
        st.write(words.NO_FIGURES)
        return
    keys = {name: f"what-if-{session.plan_id()}-{name}" for name in _NAMES}
    best = next(a for a in content.alternatives if a.is_recommended)
    usual = _usual(best, figures)
    for name, value in usual.items():
        st.session_state.setdefault(keys[name], value)
    lever, first, last = _asked(figures, keys)
    max_risk = st.session_state[keys["risk"]] / 100
    st.button(words.RESET, on_click=lambda: st.session_state.update({keys[n]: v for n, v in usual.items()}))
    own = answered(figures, lever, first, last, max_risk)
    markup.answer(words.finding(own.risk, max_risk, is_met=own.is_met), words.name(lever.heads, *lever.hours))
    compared = (
        ("現状維持", answered(figures, Lever(), figures.days[0], figures.days[-1], max_risk)),
        ("推奨案", answered(figures, *_of(best, figures), max_risk)),
        ("この条件", own),
    )
    markup.table(_beside(compared))
    markup.table(_smallest(smallest(figures, max_risk), max_risk))
    markup.notes((words.SCOPE,))
    _again(content, max_risk)


def _usual(best: Alternative, figures: PlanFigures) -> dict[str, object]:
    lever, first, last = _of(best, figures)
    risk = min(_RISKS, key=lambda share: abs(share - 100 * figures.target.max_risk))
    return {"heads": lever.heads, "hours": lever.hours, "first": first, "last": last, "risk": risk}


def _of(best: Alternative, figures: PlanFigures) -> tuple[Lever, date, date]:
    """Return lever and days of an alternative; the whole period where nothing changes."""
    change = best.change
    lever = Lever(change.extra_heads, (change.opens_earlier_min, change.closes_later_min))
    days = best.days_changed or figures.days
    return lever, days[0], days[-1]


def _asked(figures: PlanFigures, keys: Mapping[str, str]) -> tuple[Lever, date, date]:
    people = sorted({lever.heads for lever in figures.levers})
    hours = sorted({lever.hours for lever in figures.levers}, key=lambda h: (any(h), h))
    kept, days = st.session_state, figures.days
    left, middle, right = st.columns(3)
    left.segmented_control("増員", people, format_func=lambda n: f"{n}名", key=keys["heads"], required=True)
    middle.selectbox("受付時間", hours, format_func=_hours_words, key=keys["hours"], filter_mode=None)
    right.select_slider("許容するおそれ", _RISKS, format_func=lambda n: f"{n}%", key=keys["risk"])
    left, right, _ = st.columns(3)
    left.selectbox("変更の初日", days, format_func=short_day, key=keys["first"], filter_mode=None)
    first = kept[keys["first"]]
    if kept[keys["last"]] < first:  # the first day was moved past it
        kept[keys["last"]] = first
    ahead = [day for day in days if day >= first]
    right.selectbox("変更の最終日", ahead, format_func=short_day, key=keys["last"], filter_mode=None)
    return Lever(kept[keys["heads"]], tuple(kept[keys["hours"]])), first, kept[keys["last"]]


def _hours_words(hours: tuple[int, int]) -> str:
    return hours_change(*hours) or "変更しない"


def _beside(compared: Sequence[tuple[str, Answer]]) -> Table:
    columns = (Column("項目"), *(Column(name, is_figure=True) for name, _ in compared))
    answers = [one for _, one in compared]
    rows = (
        ("変更の期間", *(_span(one) for one in answers)),
        ("目標を下回るおそれ", *(percent(one.risk) for one in answers)),
        ("基準時間内の応答率", *(percent(one.in_time) for one in answers)),
        ("応答率", *(percent(one.answer_rate) for one in answers)),
        ("当日中回答率", *(percent(one.same_day) for one in answers)),
        ("増やす人時", *(person_hours(one.effort.extra_person_hours) for one in answers)),
        ("参考額", *(thousand_yen(one.effort.reference_cost_yen) for one in answers)),
    )
    return Table(columns, rows, "この条件と、現状維持及び推奨案との比較（概算）", len(compared))


def _smallest(found: Sequence[Answer], max_risk: float) -> Table:
    columns = (
        Column("変更案"),
        Column("変更の内容"),
        Column("期間"),
        Column("おそれ", is_figure=True),
        Column("増やす人時", is_figure=True),
        Column("許容する値"),
    )
    rows = tuple(
        (
            alternative_name(one.lever.key),
            words.name(one.lever.heads, *one.lever.hours),
            _span(one),
            percent(one.risk),
            person_hours(one.effort.extra_person_hours),
            "収まる" if one.is_met else "超える",
        )
        for one in found
    )
    return Table(
        columns, rows, f"許容するおそれを{percent(max_risk)}としたときの、種類ごとの最小の変更（概算）"
    )


def _span(one: Answer) -> str:
    return f"{short_span(one.first, one.last)}（{count(one.days)}開庁日）" if one.days else "―"


def _again(content: Content, max_risk: float) -> None:
    """Let the plan be computed anew at another risk: judged in full, with a roster."""
    desk = session.imported_desks().get(content.desk_id)
    if desk is None or not session.is_allowed(Action.MAKE_PLAN):
        return
    if abs(max_risk - dict(content.targets)["max_risk"]) < 0.005:  # half a point: as the slider says it
        return
    if st.button(words.again(max_risk)):
        asked = {
            "desk_id": content.desk_id,
            "first": content.period.start.isoformat(),
            "last": content.period.last.isoformat(),
            "as_of": content.as_of.isoformat(),
            "at": session.now().isoformat(),
            "max_risk": max_risk,
        }
        job = steps.attempted(lambda: start_plan(session.store(), asked, session.actor(desk.terms)))
        if job is not None:
            session.choose(job=job.id)
            st.rerun()
