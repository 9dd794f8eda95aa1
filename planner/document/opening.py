"""Sections 1 to 3 of a proposal: 要旨, 背景, 予測の根拠."""

from collections.abc import Iterator

from forecasts.backtest import WINDOW_DAYS
from forecasts.events import EXPECTED
from planner.content import Accuracy, Content, KnownEvent, PastEvent
from planner.document.blocks import Block, Column, Heading, Notes, Paragraph, Table
from planner.document.figures import figure
from planner.document.words import change_of, cost_of, formation_words
from planner.wording.dates import hours_span, percent, wareki, wareki_span, wareki_weekday
from planner.wording.findings import (
    beside_last_year,
    busiest_day,
    members_words,
    outlook_finding,
    rise,
)
from planner.wording.numbers import count, ratio
from planner.wording.terms import EVENT_STATUSES, MODELS, joined

_ABSENT = "―"
FEW_ORIGINS = 5
"""Fewer trials of the past than that show no accuracy, only an example."""


def summary(content: Content) -> Iterator[Block]:
    """1 要旨: when, what, why in one sentence; then the facts in a table."""
    yield Heading(1, "要旨")
    yield Paragraph(_in_one_sentence(content))
    yield Table((Column("項目"), Column("内容")), (*_change_rows(content), *_date_rows(content)))


def _in_one_sentence(content: Content) -> str:
    proposed = content.proposed
    span = wareki_span(content.change_period.start, content.change_period.last)
    if proposed.change.is_none:
        return f"{span}、問合せ（{rise(content.peak_ratio)}）に現体制のまま対応することとしたい。"
    why = "問合せの増加" if content.peak_ratio > 1 else "問合せ"
    change = change_of(content, proposed)
    return f"{span}、{change}により、{why}（{rise(content.peak_ratio)}）に対応することとしたい。"


def _change_rows(content: Content) -> Iterator[tuple[str, str]]:
    proposed, now = content.alternative(content.recommended), content.alternatives[0]
    new, old = proposed.formation, now.formation
    usual = hours_span(old.opens_min, old.closes_min)
    same_hours = (new.opens_min, new.closes_min) == (old.opens_min, old.closes_min)
    yield "変更の内容", change_of(content, proposed)
    yield "期間", wareki_span(content.change_period.start, content.change_period.last)
    hours = hours_span(new.opens_min, new.closes_min)
    yield "受付時間", f"{hours}（変更なし）" if same_hours else f"{hours}（平常は{usual}）"
    yield "体制", f"{formation_words(content, new)}（平常は{formation_words(content, old)}）"
    yield "問合せの見込み", f"{rise(content.peak_ratio)}。{_busiest(content)}"
    most = percent(dict(content.targets)["max_risk"])
    risk = f"{percent(proposed.outcome.risk)}（現状維持 {percent(now.outcome.risk)}、許容する値 {most}）"
    yield "目標を下回るおそれ", risk
    yield "費用", cost_of(content, proposed)


def _date_rows(content: Content) -> Iterator[tuple[str, str]]:
    dates = content.dates
    if content.alternative(content.recommended).change.is_none:
        yield "承認の期限", wareki_weekday(dates.decide_by)
        return
    urgent = "（通常の期限を過ぎているため、緊急の変更として提案する。）" if dates.is_urgent else ""
    yield "提案の期限", f"{wareki_weekday(dates.propose_by)}{urgent}"
    yield "承認の期限", wareki_weekday(dates.decide_by)
    yield "利用者への周知", f"{wareki_weekday(dates.notify_by)}まで"


def _busiest(content: Content) -> str:
    inside = [d for d in content.outlook if d.day in content.window]
    top = max(inside, key=lambda d: d.median)
    return busiest_day(top.day, top.median, top.low, top.high)


def background(content: Content) -> Iterator[Block]:
    """2 背景: the reason, the events with dates and sources, the contractual ground."""
    yield Heading(1, "背景")
    yield Heading(2, "変更の理由")
    yield Paragraph(content.texts.background)
    if content.texts.urgency:
        yield Paragraph(f"緊急とする理由: {content.texts.urgency}")
    if content.events:
        yield Heading(2, "対象となる行事")
        columns = ("行事", "期日"), ("対象", "名"), ("状況", ""), ("公表日", ""), ("出典", "")
        yield Table(
            (Column("行事"), Column("期日"), *(Column(n, u, is_figure=bool(u)) for n, u in columns[1:])),
            tuple(_event_row(e) for e in content.events),
            "対象となる行事",
        )
    yield Heading(2, "契約上の根拠")
    yield Paragraph(content.parties.ground)


def _event_row(event: KnownEvent) -> tuple[str, ...]:
    span = wareki(event.start) if event.start == event.end else f"{wareki(event.start)}〜{wareki(event.end)}"
    heads = _ABSENT if event.headcount is None else count(event.headcount)
    announced = _ABSENT if event.status == EXPECTED else wareki(event.announced_on)
    return event.name, span, heads, EVENT_STATUSES[event.status], announced, event.source


def forecast_grounds(content: Content) -> Iterator[Block]:
    """3 予測の根拠: prediction and interval, past years, accuracy so far, treatment of abnormal days."""
    yield Heading(1, "予測の根拠")
    yield Heading(2, "問合せの見込み")
    finding = outlook_finding(content.window.start, content.window.last, content.peak_ratio)
    yield Paragraph(
        f"{finding}。{_busiest(content)}である。{wareki(content.learned_until)}までの記録から予測した。"
    )
    yield figure("fan", content)
    yield Heading(2, "過去の同種の行事")
    yield from _past(content.past)
    yield Heading(2, "予測の方法及び精度")
    yield from _accuracy(content.accuracy)
    yield Heading(2, "異常な日の取扱い")
    yield Paragraph(_left_out(content))


def _past(past: tuple[PastEvent, ...]) -> Iterator[Block]:
    if not past:
        yield Paragraph("記録のある期間に、同種の行事はない。")
        return
    columns = (
        Column("行事"),
        Column("始期"),
        Column("対象", "名", is_figure=True),
        Column(f"当初の{max(p.office_days for p in past)}開庁日", "件／日", is_figure=True),
        Column("直前の4週間", "件／日", is_figure=True),
        Column("比", "倍", is_figure=True),
    )
    rows = tuple(
        (
            p.name,
            wareki(p.start),
            _ABSENT if p.headcount is None else count(p.headcount),
            count(p.per_day),
            count(p.per_day_before),
            ratio(p.ratio),
        )
        for p in past
    )
    yield Table(columns, rows, "過去の同種の行事における問合せ（実績）")


def _accuracy(a: Accuracy) -> Iterator[Block]:
    """Say how the model did on the desk's own past; event weeks apart."""
    method = f"予測の方法は「{MODELS[a.model]}」である。"
    if a.weights:
        method += f"これは、{members_words(a.weights, a.weights_reason)}ものである。"
    if not a.origins:
        yield Paragraph(f"{method}記録が短いため、過去の期間による検証はできていない。")
        return
    yield Paragraph(
        f"{method}過去の{a.origins}時点に立ち戻り、当時知り得たことだけを用いて"
        f"{a.horizon_days}開庁日先までを予測し、実績と比べた結果は次のとおりである。"
    )
    columns = (Column("指標"), Column("全期間", is_figure=True), Column("行事の期間", is_figure=True))
    yield Table(columns, accuracy_rows(a), "予測の精度（過去の期間による検証）")
    few = ("検証した時点が少ないため、精度は参考値である。",) if a.origins < FEW_ORIGINS else ()
    yield Notes(("誤差の比は、1未満であれば比較の対象より精度が高いことを示す。", *few))
    if a.last_year is not None and a.last_year.wape_last_year:
        said = beside_last_year(a.last_year.wape, a.last_year.wape_last_year)
        yield Paragraph(f"同じ日について比べると、{said}。")


def accuracy_rows(a: Accuracy) -> tuple[tuple[str, str, str], ...]:
    """Return (measure, over the whole past, in event weeks) of the chosen model.

    A share of a handful of totals says nothing and is left out.
    """
    totals = a.window_coverage if a.origins >= FEW_ORIGINS else None
    of_rounds = a.event_window_coverage if a.event_windows >= FEW_ORIGINS else None
    on_rounds = ("80%予測区間に行事の期間の合計の実績が入った割合", _ABSENT, _share(of_rounds))
    return (
        ("1日の件数の平均誤差率（WAPE）", percent(a.wape), _share(a.wape_event)),
        ("うち偶然の変動により避けられない誤差率", percent(a.wape_floor), _share(a.wape_floor_event)),
        ("80%予測区間に1日の実績が入った割合", percent(a.coverage), _share(a.coverage_event)),
        (f"80%予測区間に{WINDOW_DAYS}開庁日の合計の実績が入った割合", _share(totals), _ABSENT),
        *((on_rounds,) if of_rounds is not None else ()),
        (
            f"「{MODELS[a.baseline]}」に対する誤差の比（CRPS）",
            ratio(a.crps_ratio),
            _ratio(a.crps_ratio_event),
        ),
    )


def _share(share: float | None) -> str:
    return _ABSENT if share is None else percent(share)


def _ratio(value: float | None) -> str:
    return _ABSENT if value is None else ratio(value)


def _left_out(content: Content) -> str:
    days = content.left_out_days
    if not days:
        return "障害等により学習から除いた日はない。"
    named = (
        joined([wareki(d) for d in days])
        if len(days) <= 6
        else f"{wareki(days[0])}から{wareki(days[-1])}までの{len(days)}日"
    )
    return f"障害等により通常と異なる{named}は、予測の学習から除いた。"
