"""A capacity plan on the page: the answer, the chart, the tables. Once in full, once in heads alone."""

from collections.abc import Sequence
from datetime import date

from planner.capacity.answer import CapacityAnswer, Case, Peak, YearHeads
from planner.capacity.calendar import months_ahead
from planner.charts.year import YearSeries, year_need
from planner.document.blocks import Column, Table
from planner.parts import markup
from planner.parts.drawing import draw
from planner.wording import year as words
from planner.wording.dates import percent, thousand_yen, wareki, wareki_month


def answer_said(answer: CapacityAnswer) -> None:
    """Say whether the formation is enough, and what it takes at least cost."""
    asked, first = answer.asked, answer.cases[0]
    span = words.span_words(asked.first, asked.months)
    more = answer.yen_a_year(first.plan.yen) - answer.yen_a_year(answer.present_yen)
    markup.answer(
        words.answer_words(span, answer.present_total, first.missed, asked.max_risk),
        words.remedy_words(
            first.plan.change,
            first.plan.total,
            first.plan.person_weeks,
            more,
            [m.first for m in first.plan.left],
        ),
    )


def heads_said(heads: YearHeads) -> None:
    """Say the same by number of people alone."""
    span, first = words.span_words(heads.first, heads.months_ahead), heads.cases[0]
    missed = [m for m, needed, _, _ in heads.months if needed > heads.present_total]
    weeks = sum(n for _, n in heads.temporary)
    markup.answer(
        words.heads_answer_words(span, heads.present_total, missed),
        words.heads_remedy_words(
            first.residents - heads.present_total, first.residents, weeks, is_reached=first.is_reached
        ),
    )


def chart(heads: YearHeads, planned: str = words.PLANNED_HEAD) -> None:
    """Draw need against formation; ``planned``: the name of the plan's line."""
    missed = [m for m, needed, _, _ in heads.months if needed > heads.present_total]
    title = words.chart_title(heads.present_total, missed)
    residents = heads.cases[0].residents
    series = YearSeries(
        needed=[(m, needed) for m, needed, _, _ in heads.months],
        present=heads.present_total,
        planned=[(day, residents + n) for day, n in heads.temporary],
        peaks=[(p.first, p.last, words.peak_words(p.first, p.last, p.ratio)) for p in heads.peaks],
        end=months_ahead(heads.as_of, heads.months_ahead).end,
        names=(words.NEED_HEAD, words.PRESENT_HEAD, planned),
        unreached=[m for m, _, is_reached, _ in heads.months if not is_reached],
    )
    draw(year_need(series, title), f"{title}。月ごとの必要な人数と体制の人数の折れ線。")
    markup.notes((words.HOW_READ,))


def cases_table(answer: CapacityAnswer) -> None:
    """Compare the scenarios."""
    columns = (
        Column("場合"),
        Column("今の体制で足りない月"),
        Column("常駐"),
        Column("臨時の増員"),
        Column("年額", is_figure=True),
        Column("今の体制との差", is_figure=True),
    )
    rows = tuple(_case(answer, case) for case in answer.cases)
    markup.table(Table(columns, rows, "場合ごとの、費用が最も少ない体制"))


def _case(answer: CapacityAnswer, case: Case) -> tuple[str, ...]:
    s, plan = case.scenario, case.plan
    yen = answer.yen_a_year(plan.yen)
    blocks = words.blocks_words([(b.first, b.last, b.heads, b.weeks) for b in plan.blocks])
    left = "" if not plan.left else "\n" + words.left_words([(m.first, m.short) for m in plan.left])
    return (
        words.case_name(s.key, s.users_times, s.users_from, s.handling_times).replace("（", "\n（"),
        words.months_words(case.missed),
        words.residents_words(plan.total, plan.change),
        blocks + left,
        thousand_yen(yen),
        words.signed_yen(yen - answer.yen_a_year(answer.present_yen)),
    )


def months_table(answer: CapacityAnswer) -> None:
    """List the months."""
    columns = (
        Column("月"),
        Column("問合せ", "件／日", is_figure=True),
        Column("必要な人数", is_figure=True),
        Column("目標を下回るおそれ", is_figure=True),
        Column("基準時間内の応答率", is_figure=True),
        Column("応答率", is_figure=True),
        Column("当日中回答率", is_figure=True),
    )
    rows = tuple(
        (
            wareki_month(m.first),
            f"{m.inquiries:,.0f}",
            words.need_words(m.needed, is_reached=m.is_reached, is_least=m.is_least),
            words.risk_words(m.risk, is_missed=m.short > 0),
            percent(m.in_time),
            percent(m.answer_rate),
            percent(m.same_day),
        )
        for m in answer.months
    )
    caption = f"月ごとの必要な人数と、今の常駐{answer.present_total}人で見込まれる応答"
    markup.table(Table(columns, rows, caption))


def heads_table(heads: YearHeads) -> None:
    """Compare the scenarios by number of people alone."""
    columns = (Column("場合"), Column("常駐"), Column("臨時の増員"))
    rows = tuple(
        (
            words.case_name(
                c.scenario.key, c.scenario.users_times, c.scenario.users_from, c.scenario.handling_times
            ),
            words.residents_words(c.residents, c.residents - heads.present_total),
            words.blocks_words([(b.first, b.last, b.heads, b.weeks) for b in c.blocks])
            + ("" if c.is_reached else f"\n{words.NOT_REACHED}"),
        )
        for c in heads.cases
    )
    markup.table(Table(columns, rows, "場合ごとの人数"))


def peaks_table(peaks: Sequence[Peak]) -> None:
    """List the peaks with their events."""
    if not peaks:
        return
    columns = (Column("期間"), Column("平常の週に対して", is_figure=True), Column("行事"))
    rows = tuple((_span(p.first, p.last), f"{p.ratio:.1f}倍", words.events_words(p.events)) for p in peaks)
    markup.table(Table(columns, rows, "問合せの山"))


def _span(first: date, last: date) -> str:
    return f"{wareki(first)}〜{last.month}月{last.day}日"


def assumed(answer: CapacityAnswer) -> None:
    """Say what the figures rest on."""
    limits, grade = answer.asked.limits, dict(answer.grades)[answer.extra_grade]
    lines = words.assumptions(
        answer.asked.max_risk,
        (limits.least_weeks, limits.most_weeks),
        (answer.extra_heads, grade),
        dict(answer.targets),
        answer.approximate,
    )
    markup.notes(tuple(f"前提: {line}" for line in lines))


def known_line(as_of: date) -> None:
    """Say how far what is known reaches."""
    markup.notes((f"予測の基準日は{wareki(as_of)}である。",))
