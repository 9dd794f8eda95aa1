"""実績と予測 on the page 見通し: what came since, how unusual it is, what it means for the days ahead."""

import streamlit as st

from forecasts.slots import Grid
from forecasts.update import Alarm, Surprise, surprise, updated_period
from planner import session
from planner.access import Action
from planner.document.blocks import Column, Table
from planner.outlook import HORIZON_WEEKS, KeptOutlook
from planner.outlook.figures import LEVELS, View, day_bands
from planner.parts import asking, markup
from planner.parts.outlook_came import Came
from planner.parts.outlook_running import running, running_warning
from planner.wording.dates import short_day
from planner.wording.numbers import count, count_span
from planner.wording.surprise import REMEDIES, URGENT, days_words, place_words, updated_words
from planner.wording.update import SURPRISE_EXPLAINED, SURPRISES, alarm_answer, until_words, untimed_words

_AHEAD_DAYS = 20
_SHOWN_DAYS = 20
_MORE = {"above", "far_above"}


def alarm_of(outlook: KeptOutlook, came: Came) -> Alarm | None:
    """Place the whole days that came among the paths; None where there is none."""
    return surprise(outlook.forecast(), came.days, came.count) if came.days else None


def warning(outlook: KeptOutlook, came: Came, alarm: Alarm | None) -> None:
    """Say at the top of the page that something else came than expected."""
    if alarm is not None and alarm.code != "within":
        st.warning(_said(outlook, alarm))
    if came.running is not None:
        running_warning(came.running)
    codes = {alarm.code if alarm else "within", came.running.found.code if came.running else "within"}
    if codes & _MORE:
        _urgent(outlook.facts.desk_id)


def _urgent(desk_id: str) -> None:
    """Offer a change at once: an alarm opens a same-day proposal."""
    desk = session.imported_desks().get(desk_id)
    if desk is not None and session.is_allowed(Action.MAKE_PLAN) and st.button(URGENT):
        asking.urgent(desk)


def _said(outlook: KeptOutlook, alarm: Alarm) -> str:
    return alarm_answer(alarm, Grid(outlook.facts.slot_min)) + REMEDIES[alarm.code]


def actual(outlook: KeptOutlook, came: Came, alarm: Alarm | None) -> None:
    """Show what came beside the forecast, and what the days ahead look like now."""
    if came.running is not None:
        running(outlook, came.running, has_days_before=bool(came.days))
    elif came.unfinished is not None:
        st.info(untimed_words(came.unfinished))
    if alarm is None:
        return
    said = _said(outlook, alarm)
    st.write(said if came.unfinished is None else until_words(came.days[-1]) + said)
    columns = (
        Column("期間"),
        Column("実績", "件", is_figure=True),
        Column("見込み", "件", is_figure=True),
        Column("90%予測区間", "件", is_figure=True),
        Column("判定"),
    )
    markup.table(Table(columns, tuple(map(_row, alarm.windows)), "直近の実績と予測（全ての受付方法の合計）"))
    _ahead(outlook, came)
    markup.table(_day_table(outlook, came))
    markup.notes((SURPRISE_EXPLAINED, "学習から除外した日は含まない。"))


def _day_table(outlook: KeptOutlook, came: Came) -> Table:
    """List the newest days, each against its intervals."""
    bands = {b.first: b for b in day_bands(outlook, View(max(HORIZON_WEEKS)))}
    rows = []
    for day, number in list(zip(came.days, came.count.sum(axis=1).tolist(), strict=True))[-_SHOWN_DAYS:]:
        band = bands[day]
        (low80, high80), (low95, high95) = band.interval(80), band.interval(95)
        place = place_words(number, (low80, high80), (low95, high95))
        rows.append((short_day(day), count(number), count(band.median), count_span(low80, high80), place))
    columns = (
        Column("開庁日"),
        Column("実績", "件", is_figure=True),
        Column("中央値", "件", is_figure=True),
        Column("80%予測区間", "件", is_figure=True),
        Column("実績の位置"),
    )
    return Table(columns, tuple(rows), f"日ごとの実績と予測（新しい{_SHOWN_DAYS}開庁日まで）")


def _row(s: Surprise) -> tuple[str, ...]:
    return (
        days_words(s.first, s.last, s.days),
        count(s.actual),
        count(s.expected),
        count_span(s.low, s.high),
        SURPRISES[s.code],
    )


def _ahead(outlook: KeptOutlook, came: Came) -> None:
    """Say what the days ahead look like now that these have come."""
    forecast = outlook.forecast()
    left = [d for d in forecast.days if d > came.days[-1]][:_AHEAD_DAYS]
    if not left:
        return
    before = forecast.only((*came.days, *left))
    now = updated_period(before, came.days, came.count, outlook.facts.seed)
    ends = (LEVELS[1], 0.5, LEVELS[-2])
    then, later = (f.only(left).total_quantiles(ends).tolist() for f in (before, now))
    st.write(updated_words(len(left), tuple(later), tuple(then)))
