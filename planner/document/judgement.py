"""Sections 4 to 7 of a proposal: 現体制での見込み, 変更案の比較, 期間・受付時間・体制表, 費用影響."""

from collections.abc import Callable, Iterator
from itertools import groupby

from planner.alternatives.alternative import Alternative, Interval, Outcome
from planner.content import Content
from planner.document.blocks import Block, Bullets, Column, Heading, Notes, Paragraph, Table
from planner.document.figures import figure
from planner.document.presence import by_role, clock_hours
from planner.document.words import assumed, cost_of, target_words
from planner.wording.assumptions import assumption_section, assumption_words
from planner.wording.dates import (
    clock_ja,
    clock_span,
    hours_span,
    percent,
    short_span,
    thousand_yen,
    wareki_span,
)
from planner.wording.findings import RISK_EXPLAINED, short_spans, shortage_finding
from planner.wording.numbers import (
    count,
    count_with_span,
    heads,
    hours,
    minutes_with_span,
    person_hours,
    share_span,
)
from planner.wording.reasons import reason_sentences
from planner.wording.terms import MEASURES, alternative_name

_ABSENT = "―"
_NO_CHANGE = "変更なし"


def standing_outlook(content: Content) -> Iterator[Block]:
    """4 現体制での見込み: needed people, short slots, expected waits, same-day rate."""
    now = content.alternatives[0]
    yield Heading(1, "現体制での見込み")
    yield Heading(2, "必要な人数及び不足する時間帯")
    yield Paragraph(_shortage(content))
    yield figure("heads", content)
    yield Heading(2, "応答の見込み")
    yield Paragraph(
        f"現体制のまま対応した場合の見込みは次のとおりであり、目標を下回るおそれは{percent(now.outcome.risk)}である。"
        f"{RISK_EXPLAINED}"
    )
    columns = (
        Column("指標"),
        Column("目標", is_figure=True),
        Column("見込み", "80%予測区間", is_figure=True),
    )
    yield Table(columns, tuple(_service_rows(content, now.outcome)), "現体制での応答の見込み")
    yield Notes((_assumptions(content, "service"),))


def _shortage(content: Content) -> str:
    finding = shortage_finding(content.short_slots, content.slot_min)
    need = f"繁忙期間の平均的な日に受付に必要な人数は、最も多い時間帯で{heads(content.needed_peak)}人である。"
    spans = short_spans(content.short_slots, content.slot_min)
    return f"{need}{finding}。" + (f"不足する時間帯は、{spans}である。" if spans else "")


def _service_rows(content: Content, outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    limit = dict(content.targets)["within_min"]
    for measure, name in MEASURES.items():
        value: Interval = getattr(outcome, measure)
        note = f"（{limit:g}分以内）" if measure == "in_time" else ""
        yield f"{name}{note}", target_words(content, measure), _span(value)
    yield "繁忙期間の基準時間内の応答率", _ABSENT, _span(outcome.window_in_time)
    hour = clock_ja(outcome.worst_hour_min)
    yield f"最も低い1時間（{hour}から）の基準時間内の応答率", _ABSENT, _span(outcome.worst_hour)
    wait, backlog = outcome.wait_min, outcome.backlog
    yield "繁忙期間の平均待ち時間（分）", _ABSENT, minutes_with_span(wait.mean, wait.low, wait.high)
    yield "終業時に残る問合せ（件／日）", _ABSENT, count_with_span(backlog.mean, backlog.low, backlog.high)


def _span(value: Interval) -> str:
    return share_span(value.mean, value.low, value.high)


def _assumptions(content: Content, section: str) -> str:
    """Write the assumptions on which the figures of a section rest, beside them."""
    said = (
        assumption_words(code, (assumed(content, a) for a in same))
        for code, same in groupby(content.assumptions, key=lambda a: a.code)
        if assumption_section(code) == section
    )
    return "前提（出所は別紙3）: " + "。".join(said) + "。"


def comparison(content: Content) -> Iterator[Block]:
    """5 変更案の比較: the alternatives side by side, the proposed one, and why not the others."""
    proposed = content.alternative(content.recommended)
    yield Heading(1, "変更案の比較")
    yield Paragraph(
        "次の変更案を、同じ予測の経路の上で比較した。各値は見込みであり、（　）内は80%予測区間である。"
    )
    columns = (
        Column("項目"),
        *(Column(alternative_name(a.key), is_figure=True) for a in content.alternatives),
    )
    rows = tuple((name, *(write(a) for a in content.alternatives)) for name, write in _measures())
    marked = 1 + [a.key for a in content.alternatives].index(proposed.key)
    yield Table(columns, rows, f"変更案の比較（太字は提案する「{alternative_name(proposed.key)}」）", marked)
    yield Notes(
        (
            "基準時間内の応答率、応答率及び当日中回答率は計画の期間全体の値である。",
            f"繁忙期間（{short_span(content.window.start, content.window.last)}）の値は、"
            "その期間の全ての開庁日を平均したものである。",
            "最も低い1時間は、応答の目標に数える問合せが平均して1日1件以上ある時間から選んだ。",
            _assumptions(content, "alternatives"),
        )
    )
    yield Heading(2, "提案する理由")
    yield Paragraph(_why(content, proposed))
    yield Heading(2, "他の変更案を採らない理由")
    yield Bullets(
        tuple(
            f"{alternative_name(a.key)}: {reason_sentences(a.reasons)}"
            for a in content.alternatives
            if a.key != proposed.key
        )
    )


def _why(content: Content, proposed: Alternative) -> str:
    """Say why; where another one than the tool's choice is proposed, say that too."""
    said = f"「{alternative_name(proposed.key)}」を提案する。{reason_sentences(proposed.reasons)}"
    chosen = next((a for a in content.alternatives if a.is_recommended), proposed)
    if chosen.key == proposed.key:
        return said
    return f"{said}なお、計算により推奨されたのは「{alternative_name(chosen.key)}」である。"


def _measures() -> Iterator[tuple[str, Callable[[Alternative], str]]]:
    yield "変更の期間", _period
    yield "受付時間", lambda a: clock_span(a.formation.opens_min, a.formation.closes_min)
    yield "要員（名）", lambda a: count(a.formation.total_heads)
    yield "目標を下回るおそれ", lambda a: percent(a.outcome.risk)
    yield "基準時間内の応答率", lambda a: _span(a.outcome.in_time)
    yield "応答率", lambda a: _span(a.outcome.answer_rate)
    yield "当日中回答率", lambda a: _span(a.outcome.same_day)
    yield "繁忙期間の最も低い1時間の応答率", lambda a: _span(a.outcome.worst_hour)
    yield "1日だけで目標を下回る確率", lambda a: percent(a.outcome.day_miss)
    yield "繁忙期間の平均待ち時間（分）", lambda a: minutes_with_span(*_ends(a.outcome.wait_min))
    yield "終業時に残る問合せ（件／日）", lambda a: count_with_span(*_ends(a.outcome.backlog))
    yield "業務占有率", lambda a: percent(a.outcome.occupancy)
    yield "増やす人時", lambda a: person_hours(a.effort.extra_person_hours)
    yield "契約金額の増", lambda a: thousand_yen(a.effort.contract_cost_yen)


def _period(one: Alternative) -> str:
    if one.change.is_none:
        return _ABSENT
    return f"{short_span(one.change.period.start, one.change.period.last)}（{len(one.days_changed)}開庁日）"


def _ends(value: Interval) -> tuple[float, float, float]:
    return value.mean, value.low, value.high


def formation_table(content: Content) -> Iterator[Block]:
    """6 期間・受付時間・体制表: by role and headcount, never by name."""
    now, proposed = content.alternatives[0], content.alternative(content.recommended)
    names = dict(content.grades)
    yield Heading(1, "期間、受付時間及び体制表")
    yield Heading(2, "期間及び受付時間")
    old, new = now.formation, proposed.formation
    columns = (Column("区分"), Column("平常"), Column("変更の期間"))
    days = f"（開庁日 {len(proposed.days_changed)}日）" if proposed.days_changed else ""
    rows = [
        ("期間", _ABSENT, f"{wareki_span(content.change_period.start, content.change_period.last)}{days}"),
        ("受付時間", hours_span(old.opens_min, old.closes_min), hours_span(new.opens_min, new.closes_min)),
    ]
    before = dict(old.heads)
    rows += [(f"{names[grade]}（名）", count(before.get(grade, 0)), count(n)) for grade, n in new.heads]
    rows.append(("合計（名）", count(old.total_heads), count(new.total_heads)))
    yield Table(columns, tuple(rows), "期間、受付時間及び要員数")
    yield Heading(2, "体制表（役割別・時間帯別）")
    yield _presence(proposed, names)
    yield Notes(
        (
            "人数は、休憩及び受付以外の業務に就く者を除き、各時間帯に受付に就く者の平均である。",
            "個々の要員の割当て、始業・終業、休憩、受付以外の業務の時刻及び休暇は、受託事業者が決定する。",
        )
    )


def _presence(proposed: Alternative, names: dict[str, str]) -> Table:
    """Tabulate role x hours x people at reception: nobody's start, break or end."""
    roles = by_role(proposed, names)
    hours = clock_hours(proposed.formation.opens_min, proposed.formation.closes_min)
    rows = tuple(
        (clock_span(*hour), *(f"{n:.2f}" for n in (*present, sum(present))))  # quarters of an hour add up
        for hour, *present in zip(hours, *roles.values(), strict=True)
    )
    columns = (*(Column(role, "人", is_figure=True) for role in roles), Column("計", "人", is_figure=True))
    if len(roles) == 1:
        columns, rows = columns[:1], tuple(row[:2] for row in rows)
    return Table((Column("時間帯"), *columns), rows, "変更の期間の体制表（受付の人数）")


def cost(content: Content) -> Iterator[Block]:
    """7 費用影響: what the client pays more; what the change takes."""
    proposed = content.alternative(content.recommended)
    effort = proposed.effort
    yield Heading(1, "費用影響")
    yield Paragraph(f"{cost_of(content, proposed)}。")
    if proposed.change.is_none:
        return
    rows = (
        ("増員", f"{count(effort.extra_heads)}名"),
        *(
            [("引継ぎ・研修（開始前）", f"{count(effort.training_days)}開庁日")]
            if effort.training_days
            else []
        ),
        ("増やす人時", person_hours(effort.extra_person_hours)),
        ("受付時間の増減（延べ）", hours(effort.extra_reception_hours)),
        ("契約金額の増", thousand_yen(effort.contract_cost_yen)),
        ("増員に相当する参考額", thousand_yen(effort.reference_cost_yen)),
    )
    yield Table(
        (Column("項目"), Column("内容")),
        rows,
        f"「{alternative_name(proposed.key)}」に要するもの",
    )
