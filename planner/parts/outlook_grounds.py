"""根拠 on the page 見通し: each day taken apart, what events do and what was known of them, the methods."""

from collections.abc import Sequence

import streamlit as st

from forecasts.events import EXPECTED, Event
from forecasts.model import DayReason, EventEffect
from planner.document.blocks import Column, Table
from planner.outlook import KeptOutlook
from planner.outlook.figures import Band, View, day_bands, days_of
from planner.parts import markup
from planner.parts.outlook_words import acting_names
from planner.wording.dates import percent, short_day, wareki
from planner.wording.events import event_span
from planner.wording.numbers import count, count_span, times
from planner.wording.outlook import (
    CALENDAR_EFFECTS,
    chosen_words,
    effects_basis,
    family_name,
    half_words,
    model_name,
    years_words,
)
from planner.wording.terms import EVENT_STATUSES, event_kind

_PLAIN = 0.005
_MOST_EVENTS = 30


def grounds(outlook: KeptOutlook, view: View) -> None:
    """Show why the forecast is what it is."""
    st.write(
        "見込みは、基準の件数に曜日、季節及び行事の倍率を掛けたものである。倍率1.00は影響がないことを示す。"
    )
    effects(outlook)
    coming(outlook, view)
    members(outlook)
    markup.table(day_table(outlook, view))
    notes = ["季節・暦は、季節のほか、祝日、閉庁及び年度の変わり目による倍率を含む。見込みは平均である。"]
    reasons = outlook.facts.explanation.days
    if any(_has_noise(r) for r in reasons):
        notes.append("ばらつきは、見込みを1としたとき、80%の確率で1日の水準が入る範囲である。")
    else:
        notes.append("組み合わせた予測方法では、ばらつきを分けて示すことができない。80%予測区間に含む。")
    if view.channel:
        notes.append("この表は、全ての受付方法を合わせた内訳である。")
    markup.notes(notes)


def effects(outlook: KeptOutlook) -> None:
    """List what each kind of event does, and what the calendar does."""
    found = outlook.facts.explanation.effects
    if not found:
        st.write("行事ごとの影響は、この予測方法では分けて示すことができない。")
        return
    if outlook.facts.effects_from:
        st.write(effects_basis(outlook.facts.chosen, outlook.facts.effects_from))
    of_events = [e for e in found if e.kind not in CALENDAR_EFFECTS]
    of_calendar = [e for e in found if e.kind in CALENDAR_EFFECTS]
    _effect_table(of_events, "行事の種類", "行事の効果（過去の実績から推定）")
    _effect_table(of_calendar, "暦の区分", "暦の影響（過去の実績から推定）")
    if any(not e.times_seen for e in of_events):
        markup.notes(("過去に例のない行事の効果は、一般的な想定による。区間を広くとっている。",))


def _effect_table(found: Sequence[EventEffect], head: str, caption: str) -> None:
    if not found:
        return
    columns = (
        Column(head),
        Column("最も強い日の効果", "平常の倍率", is_figure=True),
        Column("80%区間", "倍", is_figure=True),
        Column("過去の回数", "回", is_figure=True),
        Column("その年"),
        Column("効果が半減するまで", is_figure=True),
    )
    strongest = sorted(found, key=lambda e: -abs(e.effect - 1.0))
    markup.table(Table(columns, tuple(_effect_row(e) for e in strongest), caption))


def _effect_row(effect: EventEffect) -> tuple[str, ...]:
    return (
        family_name(effect.kind),
        times(effect.effect),
        f"{effect.low:.1f}〜{effect.high:.1f}",
        count(effect.times_seen) if effect.times_seen else "なし",
        years_words(effect.years),
        half_words(effect.days_to_half),
    )


def coming(outlook: KeptOutlook, view: View) -> None:
    """List the events of the days that are looked at, with what was known of them."""
    facts = outlook.facts
    days = days_of(outlook, view)
    shown = [e for e in sorted(facts.events) if e.end > facts.as_of and e.start <= days[-1] and _matters(e)]
    if not shown:
        st.write("表示中の期間に、影響する行事はない。")
        return
    columns = tuple(Column(n) for n in ("行事", "種類", "期日", "人数", "状況", "公表日"))
    rows = tuple(_event_row(e) for e in shown[:_MOST_EVENTS])
    markup.table(Table(columns, rows, f"対象の行事（{wareki(facts.as_of)}の時点で分かっていたこと）"))
    if len(shown) > _MOST_EVENTS:
        markup.notes((f"初めの{_MOST_EVENTS}件を示した。全ては「行事」の画面にある。",))


def _matters(event: Event) -> bool:
    return event.kind not in {"outage", "diet_milestone", "closure", "opening"}


def _event_row(event: Event) -> tuple[str, ...]:
    is_expected = event.status == EXPECTED
    return (
        "例年の実施からの想定" if is_expected else event.name,
        event_kind(event.kind),
        event_span(event),
        "―" if event.headcount is None else f"{event.headcount:,}名",
        EVENT_STATUSES[event.status],
        "未公表" if is_expected else wareki(event.announced_on),
    )


def members(outlook: KeptOutlook) -> None:
    """Say which methods count, by how much, and why."""
    facts = outlook.facts
    st.write(
        f"予測の方法は「{model_name(facts.chosen)}」である。{chosen_words(facts.why, facts.weights_why)}"
    )
    if not facts.weights:
        return
    scores = {b.model: b for b in facts.backtests}
    rows = tuple(
        (model_name(name), percent(weight), percent(scores[name].wape) if name in scores else "―")
        for name, weight in sorted(facts.weights, key=lambda w: -w[1])
    )
    columns = (
        Column("予測の方法"),
        Column("重み", is_figure=True),
        Column("単独での平均誤差率", is_figure=True),
    )
    markup.table(Table(columns, rows, "組み合わせた予測方法"))


def day_table(outlook: KeptOutlook, view: View) -> Table:
    """Take each day apart: base x weekday x season x events = expected, with noise and interval."""
    reasons = {r.day: r for r in outlook.facts.explanation.days}
    bands = day_bands(outlook, View(view.weeks))
    columns = (
        Column("開庁日"),
        Column("基準", "件", is_figure=True),
        Column("× 曜日", is_figure=True),
        Column("× 季節・暦", is_figure=True),
        Column("× 行事", is_figure=True),
        Column("＝ 見込み", "件", is_figure=True),
        Column("× ばらつき", "80%", is_figure=True),
        Column("80%予測区間", "件", is_figure=True),
        Column("行事"),
    )
    acting = acting_names(outlook)
    rows = tuple(_day_row(reasons[b.first], acting[b.first], b) for b in bands if b.first in reasons)
    return Table(columns, rows, "開庁日ごとの内訳")


def _has_noise(reason: DayReason) -> bool:
    return reason.noise_high - reason.noise_low > _PLAIN


def _day_row(reason: DayReason, acting: Sequence[str], band: Band) -> tuple[str, ...]:
    has_noise = _has_noise(reason)
    return (
        short_day(reason.day),
        f"{reason.base:.0f}",
        f"{reason.weekday:.2f}",
        f"{reason.season:.2f}",
        f"{reason.event:.2f}",
        count(reason.expected),
        f"{reason.noise_low:.2f}〜{reason.noise_high:.2f}" if has_noise else "―",
        count_span(*band.interval(80)),
        "、".join(acting) or "―",
    )
