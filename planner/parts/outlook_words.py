"""What the page 見通し says: its answer, its doubts, why."""

from datetime import date, timedelta

import streamlit as st

from forecasts.events import EXPECTED
from planner.document.blocks import Column, Table
from planner.outlook import KeptOutlook
from planner.outlook.figures import Peak, View, days_of
from planner.parts import markup
from planner.wording.dates import wareki, wareki_weekday
from planner.wording.faults import notice_sentence
from planner.wording.findings import busiest_day
from planner.wording.outlook import (
    answer_words,
    chosen_words,
    error_words,
    model_name,
    plain_span,
    total_words,
)
from planner.wording.soundness import soundness_doubt
from planner.wording.terms import event_kind, joined

_GRAVE = frozenset(
    {
        "no_inquiries",
        "few_weeks",
        "under_a_year",
        "dries_up",
        "level_jump",
        "huge_day",
        "no_recent_days",
        "days_missing",
    }
)
"""Doubts that are said above the picture; the others stand in the list below it."""
_MOST_NAMES = 4
_MOVED = 0.05
"""So far, as a share, an event that is only expected has to move a day to be named as its cause."""
_BEFORE, _AFTER = timedelta(days=4), timedelta(days=28)


def answer(outlook: KeptOutlook, view: View, peak: Peak) -> None:
    """Say when, how much, how sure."""
    facts, top = outlook.facts, peak.busiest
    names = dict(facts.channels)
    subject = names.get(view.channel, "")
    span = plain_span(peak.period.start, peak.period.last, facts.as_of)
    lead = answer_words(span, peak.ratio, peak.low, peak.high, subject)
    if not view.has_events:
        lead = f"行事がないとした場合、{lead}"
    busiest = busiest_day(top.first, top.median, *top.interval(80))
    markup.answer(lead, f"{busiest}である。{total_words(peak.total, peak.office_days)}である。")


def expected_name(kind: str) -> str:
    """Name an event that nobody has announced yet."""
    return f"{event_kind(kind)}（公表前、想定）"


def grave_doubts(outlook: KeptOutlook) -> None:
    """Say above the picture what makes the forecast doubtful as a whole."""
    for doubt in outlook.facts.doubts:
        if doubt.code in _GRAVE:
            said = soundness_doubt(doubt.code, doubt.value)
            st.warning(markup.verbatim(f"{said.seen}{said.means}"))


def doubts(outlook: KeptOutlook) -> None:
    """List all that makes the forecast doubtful, with what to do."""
    facts = outlook.facts
    if not (facts.doubts or facts.notices):
        st.write("記録の長さ、欠け、件数の水準及び行事について、特に注意することはない。")
    if facts.doubts:
        found = [soundness_doubt(d.code, d.value) for d in facts.doubts]
        rows = tuple((d.seen, d.means, d.do) for d in found)
        columns = tuple(Column(name) for name in ("分かったこと", "予測への影響", "対応"))
        markup.table(Table(columns, rows, "予測に当たって注意すること"))
    markup.notes([notice_sentence(n.code, n.value) for n in facts.notices])


def why(outlook: KeptOutlook, view: View, peak: Peak) -> None:
    """Answer なぜ: the parts, the data's date, the assumptions and where to change them."""
    facts = outlook.facts
    digests = "、".join(name for name, _ in facts.input_digests)
    of_days = [names for day, names in acting_names(outlook).items() if day in peak.period]
    acting = dict.fromkeys(name for names_of_day in of_days for name in names_of_day)
    names = joined(list(acting)[:_MOST_NAMES]) if view.has_events else ""
    cause = f"期間に影響する行事は、{names}である。" if names else "期間に影響する行事はない。"
    st.write(f"{cause}「{model_name(facts.chosen)}」で予測した。{chosen_words(facts.why, facts.weights_why)}")
    if (test := facts.backtest) is not None:
        st.write(error_words(test.wape, test.wape_floor))
    else:
        st.write("履歴が短いため、過去の期間での検証はしていない。")
    rows = (
        ("予測の基準日", wareki_weekday(facts.as_of), "見通しを計算し直すと、前日までの記録による"),
        (
            "学習した記録",
            f"{wareki(facts.past_days[0])}から{wareki(facts.learned_until)}まで",
            "「データ」の画面",
        ),
        ("行事", f"基準日に公表済みのもの及び例年のもの（{_coming(outlook, view)}件）", "「行事」の画面"),
        ("平常の水準", "行事がないとした場合の、同じ曜日及び季節の見込み", "計算方法"),
        ("経路の数", f"{outlook.paths:,}通り（乱数の種 {facts.seed}）", "計算方法"),
        ("入力", digests, "「データ」及び「行事」の画面"),
    )
    markup.table(Table((Column("前提"), Column("値"), Column("出所・変更する場所")), rows))


def acting_names(outlook: KeptOutlook) -> dict[date, tuple[str, ...]]:
    """Return the events that act on each day; what nobody has announced yet by its kind.

    An explanation knows only names, and what is expected has none: it is named where the day is lifted.
    """
    expected = [e for e in outlook.facts.events if e.status == EXPECTED]
    out = {}
    for r in outlook.facts.explanation.days:
        near = [e for e in expected if e.start - _BEFORE <= r.day <= e.end + _AFTER]
        is_moved = abs(r.event - 1) >= _MOVED
        unnamed = (expected_name(e.kind) for e in near) if is_moved else ()
        out[r.day] = tuple(dict.fromkeys((*r.events, *unnamed)))
    return out


def _coming(outlook: KeptOutlook, view: View) -> int:
    facts = outlook.facts
    last = days_of(outlook, view)[-1]
    return sum(facts.as_of < e.start <= last for e in facts.events)
