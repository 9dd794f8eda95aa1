"""One day of the roster as a drawing: who is where, and the heads at reception against the promised ones."""

from datetime import date
from itertools import pairwise

import streamlit as st

from planner.charts.roster import Heads, RosterDay, roster_day
from planner.document.blocks import Column, Table
from planner.document.roster import away_words, duty_name
from planner.parts import drawing, markup
from planner.parts.roster_case import Case
from planner.parts.roster_cells import Draft, heads_at
from planner.wording.dates import clock_span, short_day
from planner.wording.rosters_page import heads_title

Span = tuple[int, int]


def day(case: Case, draft: Draft) -> None:
    """Let a day be chosen and draw it; the same as a table."""
    chosen = st.selectbox(
        "日",
        case.problem.days,
        index=_first_of_interest(case, draft),
        format_func=short_day,
        filter_mode=None,
        key=f"roster-day-{case.subject}",
        width=240,
    )
    shown = day_of(case, draft, chosen)
    if not shown.duties:
        st.write(f"{short_day(chosen)}に勤務する人はいない。")
        return
    title = title_of(shown, chosen)
    drawing.draw(roster_day(shown, title), title)
    with st.expander("表で見る"):
        markup.table(_table(case, draft, chosen))


def _first_of_interest(case: Case, draft: Draft) -> int:
    """Return the first day on which a hard rule is broken or somebody is missing, else the first day."""
    days = case.problem.days
    wanted = {v.day for v in draft.roster.violations if not v.cost or v.rule == "vacancy"}
    return next((n for n, d in enumerate(days) if d in wanted), 0)


def day_of(case: Case, draft: Draft, chosen: date) -> RosterDay:
    """Return what is drawn of a day, the earliest start on top."""
    problem = case.problem
    here = sorted(
        (d for d in draft.roster.duties if d.day == chosen),
        key=lambda d: (d.seat.start_min, d.seat.end_min, d.person),
    )
    return RosterDay(
        tuple((case.names.get(d.person, d.person), d.seat) for d in here),
        problem.open_min.get(chosen, (case.desk.reception.opens_min, case.desk.reception.closes_min)),
        heads_at(d.seat for d in here),
        heads_at(problem.seats.get(chosen, ())),
    )


def title_of(shown: RosterDay, chosen: date) -> str:
    """State what the drawing shows: where heads fall short of the promised ones, or the least there are."""
    opens, closes = shown.open_min
    cuts = sorted({m for start, end, _ in (*shown.here, *shown.promised) for m in (start, end)})
    inside = [(max(a, opens), min(b, closes)) for a, b in pairwise(cuts)]
    spans = [(a, b) for a, b in inside if a < b] or [(opens, closes)]
    short = [s for s in spans if _heads(shown.here, s) < _heads(shown.promised, s)]
    least = min(spans, key=lambda s: _heads(shown.here, s))
    return heads_title(chosen, _heads(shown.here, least), least, _joined(short))


def _heads(heads: Heads, span: Span) -> int:
    return next((n for start, end, n in heads if start <= span[0] < end), 0)


def _joined(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in spans:
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _table(case: Case, draft: Draft, chosen: date) -> Table:
    columns = tuple(Column(name) for name in ("氏名", "勤務", "時刻", "休憩", "運用管理業務"))
    rows = tuple(
        (
            case.names.get(d.person, d.person),
            duty_name(d.seat, case.desk.shifts),
            clock_span(d.seat.start_min, d.seat.end_min),
            away_words(d.seat, "break") or "―",
            away_words(d.seat, "operations") or "―",
        )
        for d in draft.roster.duties
        if d.day == chosen
    )
    return Table(columns, rows, f"{short_day(chosen)}の勤務")
