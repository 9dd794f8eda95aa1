"""行事が変わったら on the page 見通し: an event moved or resized, answered at once."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from forecasts.events import Event
from forecasts.faults import FaultyFile
from planner import session
from planner.desk import Desk
from planner.desk_past import outlook_question
from planner.document.blocks import Column, Table
from planner.outlook import KeptOutlook
from planner.outlook.figures import Band
from planner.outlook.what_if import (
    Change,
    Effect,
    Year,
    changed,
    coming_events,
    effect_of,
    learned_year,
    round_of,
)
from planner.parts import markup
from planner.store import Store
from planner.wording.dates import short_day, short_span, wareki_weekday
from planner.wording.events import event_name
from planner.wording.numbers import count, count_span
from planner.wording.outlook import busiest_words, change_words, difference_words, what_if_basis
from planner.wording.terms import joined

_FARTHEST_DAYS = 20
_TIMES = (0.5, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0)


@st.cache_resource(max_entries=4, show_spinner="行事の影響を学んでいる。")
def _year(_store: Store, as_of: date, draw: tuple[int, int], _desk_id: str, state: str) -> Year | None:  # noqa: ARG001  # state is the key: it holds home, desk and all that is kept of its past
    return learned_year(outlook_question(_store, _desk_id, as_of), *draw)


def what_if(outlook: KeptOutlook, desk: Desk | None) -> None:
    """Let one coming event be moved or resized, and say what that does."""
    if desk is None:
        st.write("窓口の設定がこの端末にないため、試すことができない。")
        return
    facts, store = outlook.facts, session.store()
    draw = (outlook.paths, facts.seed)
    try:
        year = _year(store, facts.as_of, draw, desk.id, session.past_state(desk))
    except FaultyFile:  # the records of this outlook are no longer there, or too few are left of them
        st.info("この見通しのもとになった問合せ記録が足りないため、試すことができない。")
        return
    coming = () if year is None else coming_events(year.events, year.calendar, facts.as_of)
    if year is None or not coming:
        st.write("記録が短いため、又は今後の行事がないため、試すことができない。")
        return
    st.write("今後の行事の期日又は人数が変わった場合の見込みを試す。保存はされず、計画も変わらない。")
    event = _event(coming)
    together = round_of(event, coming)
    if len(together) > 1 and not st.checkbox(
        f"同じ一連の行事（{joined([short_day(e.start) for e in together])}）をまとめて変える",
        value=True,
        key="what-if-together",
    ):
        together = (event,)
    _answered(year, event, together, _change(event), facts.chosen)


def _event(coming: tuple[Event, ...]) -> Event:
    return st.selectbox(
        "行事",
        coming,
        format_func=lambda e: f"{wareki_weekday(e.start)}　{event_name(e)}",
        filter_mode=None,
        key="what-if-event",
    )


def _change(event: Event) -> Change:
    moved, resized = st.columns(2)
    with moved:
        shift = st.number_input(
            "期日をずらす開庁日数（早めるときは負の数）",
            -_FARTHEST_DAYS,
            _FARTHEST_DAYS,
            0,
            key="what-if-shift",
        )
    with resized:
        times = st.selectbox(
            "人数",
            _TIMES,
            index=_TIMES.index(1.0),
            format_func=lambda n: _heads(event, n),
            disabled=event.headcount is None,
            filter_mode=None,
            key="what-if-times",
        )
    return Change(int(shift), 1.0 if event.headcount is None else times)


def _heads(event: Event, times: float) -> str:
    if event.headcount is None:
        return "人数は分かっていない"
    heads = f"{max(round(event.headcount * times), 1):,}名"
    return f"変えない（{heads}）" if times == 1.0 else f"{times:g}倍（{heads}）"


def _answered(year: Year, event: Event, together: Sequence[Event], change: Change, chosen: str) -> None:
    if change == Change():
        st.info("期日又は人数を変えると、ここに見込みの違いを示す。")
        return
    changes = {e: changed(e, change, year.calendar) for e in together}
    if min(e.start for e in changes.values()) <= year.as_of:
        st.info("予測の基準日より後の期日にしてください。")
        return
    found = effect_of(year, changes)
    case = change_words(event_name(event), change.shift_days, change.times)
    markup.answer(
        f"{case}、{difference_words(found.more)}。",
        f"{busiest_words(found.busiest_before.first, found.busiest_after.first)}。",
    )
    markup.table(_table(found, changes))
    span = short_span(found.first, found.last)
    is_other, is_resized = chosen != year.model, change.times != 1.0
    markup.notes(
        (
            what_if_basis(year.model, is_other=is_other, is_resized=is_resized),
            f"{span}の開庁日を比べた。同じ偶然の下で比べるため、差の幅は合計の幅より狭い。",
        )
    )


def _table(found: Effect, changes: Mapping[Event, Event]) -> Table:
    columns = (
        Column("場合"),
        Column("期日"),
        Column("期間の合計", "件", is_figure=True),
        Column("最も多い日"),
        Column("その日の件数", "件", is_figure=True),
    )
    rows = (
        _row("現在の予定", tuple(changes), found.before, found.busiest_before),
        _row("変わった場合", tuple(changes.values()), found.after, found.busiest_after),
    )
    return Table(columns, rows, "見込みの比較　（　）内は80%予測区間")


def _row(name: str, events: Sequence[Event], total: tuple[float, ...], busiest: Band) -> tuple[str, ...]:
    days = "\n".join(
        wareki_weekday(e.start) + ("" if e.headcount is None else f"　{e.headcount:,}名")
        for e in sorted(events)
    )
    return (name, days, _with_span(total), short_day(busiest.first), _with_span(busiest.quantiles))


def _with_span(quantiles: tuple[float, ...]) -> str:
    return f"{count(quantiles[len(quantiles) // 2])}（{count_span(quantiles[1], quantiles[-2])}）"
