"""Sections 8 to 12 of a proposal: リスク, 周知, 適合の確認, 評価, 承認欄; then 更新履歴."""

from collections.abc import Iterator, Sequence

from planner.content import Content
from planner.document.blocks import (
    ApprovalBox,
    Block,
    Closing,
    Column,
    Heading,
    Notes,
    Paragraph,
    Quote,
    Table,
)
from planner.document.words import target_words
from planner.proposal import Decision, Step
from planner.wording.checks import check_result, check_words
from planner.wording.dates import percent, wareki, wareki_weekday
from planner.wording.ending import ENDING_EXPLAINED
from planner.wording.numbers import share_span
from planner.wording.terms import MEASURES, STEPS

_JUDGED = (Step.APPROVE, Step.APPROVE_WITH_CONDITIONS, Step.RETURN, Step.REJECT)


def risks(content: Content) -> Iterator[Block]:
    """8 リスクと解除条件."""
    yield Heading(1, "リスク及び解除の条件")
    yield Heading(2, "リスク")
    yield Paragraph(content.texts.risks)
    yield Heading(2, "解除の条件")
    yield Paragraph(content.texts.revert_condition)
    if content.end_rule and content.end_rule.most_inquiries and not content.proposed.change.is_none:
        yield Notes((ENDING_EXPLAINED,))


def notice(content: Content) -> Iterator[Block]:
    """9 利用者周知: until when, and the draft."""
    yield Heading(1, "利用者への周知")
    if content.alternative(content.recommended).change.is_none:
        yield Paragraph(content.texts.notice)
        return
    yield Paragraph(
        f"承認の後、{wareki_weekday(content.dates.notify_by)}までに、次の文案により利用者に周知する。"
    )
    yield Quote(content.texts.notice)


def checks(content: Content) -> Iterator[Block]:
    """10 労務・法令適合の確認."""
    yield Heading(1, "労務及び法令への適合の確認")
    yield Paragraph("提案する体制の勤務について、受託事業者が次のとおり確認した。")
    columns = (Column("確認した事項"), Column("根拠"), Column("結果"))
    rows = tuple(
        (*check_words(c.code, c.detail), check_result(is_passed=c.is_passed)) for c in content.checks
    )
    yield Table(columns, rows, "労務及び法令への適合の確認")
    if not all(c.is_passed for c in content.checks):
        yield Notes(("要確認とした事項は、受託事業者が実施までに解消し、又は主管課と協議する。",))


def evaluation(content: Content) -> Iterator[Block]:
    """11 実施後の評価方法: the predicted figures are what the actual ones will be held against."""
    outcome = content.alternative(content.recommended).outcome
    yield Heading(1, "実施後の評価方法")
    yield Paragraph(
        "解除の後、次の指標の実績をこの提案の見込みと比べ、変更の効果を月次報告書により報告する。"
    )
    columns = (
        Column("指標"),
        Column("目標", is_figure=True),
        Column("見込み", "80%予測区間", is_figure=True),
    )
    rows = []
    for measure, name in MEASURES.items():
        value = getattr(outcome, measure)
        rows.append((name, target_words(content, measure), share_span(value.mean, value.low, value.high)))
    yield Table(columns, tuple(rows), "評価の指標及び見込み")
    if content.accuracy.coverage_event is not None:
        share = percent(content.accuracy.coverage_event)
        yield Notes((f"過去の検証では、行事の期間の80%予測区間に実績が入った割合は{share}であった。",))


def approval(history: Sequence[Decision]) -> Iterator[Block]:
    """12 承認欄: decision, office title, date and conditions; empty while nothing is decided."""
    yield Heading(1, "承認欄")
    decision = next((d for d in reversed(history) if d.step in (*_JUDGED, Step.EDIT)), None)
    if decision is not None and decision.step is Step.EDIT:
        decision = None
    taken = decision.step if decision else None
    choices = tuple((STEPS[step], step is taken) for step in _JUDGED)
    if decision is None:
        yield ApprovalBox(choices, "", "", "")
    else:
        said = "\n".join(text for text in (decision.conditions, decision.comment) if text)
        switched = "（役割切替による記録）" if decision.role_switched else ""
        yield ApprovalBox(choices, f"{decision.office_title}{switched}", wareki(decision.at.date()), said)
    if oral := [d for d in history if d.step is Step.RECORD_ORAL]:
        yield Notes(tuple(oral_words(d) for d in oral))
    yield Closing()


def oral_words(decision: Decision) -> str:
    """Write what was agreed orally, and who recorded it when."""
    return (
        f"口頭承認: {decision.comment}"
        f"（{wareki(decision.at.date())}、{decision.office_title}が記録。書面による承認は別に行う。）"
    )


def version_table(history: Sequence[Decision], author: str, drafted: str) -> Iterator[Block]:
    """【更新履歴】: No., what, by which office title, when."""
    yield Heading(2, "【更新履歴】", is_numbered=False)
    rows = [("1", STEPS["create"], author, drafted)]
    for n, d in enumerate(history, start=2):
        switched = "（役割切替）" if d.role_switched else ""
        said = "。".join(text.rstrip("。") for text in (d.conditions, d.comment) if text)
        what = f"{STEPS[d.step]}（{said}）" if said else STEPS[d.step]
        rows.append((str(n), what, f"{d.office_title}{switched}", wareki(d.at.date())))
    columns = (Column("No.", is_figure=True), Column("更新の概要"), Column("更新責任者"), Column("更新日付"))
    yield Table(columns, tuple(rows))
