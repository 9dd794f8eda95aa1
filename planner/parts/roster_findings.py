"""What the page says of a roster: the answer, why, and the list of what is broken, with law and remedy."""

from collections.abc import Mapping, Sequence

import streamlit as st

from planner.document.blocks import Column, Table
from planner.document.roster import STAGE_NAMES, Finding, findings
from planner.parts import markup
from planner.parts.roster_case import Case
from planner.parts.roster_cells import Draft, moved_min
from planner.rosters.past import days_carried
from planner.rosters.roster import STAGES, Roster, Settled
from planner.wording import rosters_page as words

_SHOWN = 12
_COLUMNS = ("番号", "日", "氏名", "規則（区分）", "内容", "根拠", "対応")


def answer(case: Case, draft: Draft) -> None:
    """Say whether the roster can be used, and what was proved."""
    roster, days = draft.roster, case.problem.days
    vacant = {v.day for v in roster.violations if v.rule == "vacancy"}
    broken = sum(not v.cost for v in roster.violations)
    moved = sum(moved_min(case.problem, d) > 0 for d in roster.duties)
    is_optimal, is_repaired = roster.proof == "optimal", _is_repaired(roster)
    markup.answer(
        words.finding(days[0], days[-1], len(days), broken, len(vacant)),
        words.proof(
            is_solved=bool(roster.stages), is_optimal=is_optimal, is_repaired=is_repaired, moved=moved
        ),
    )


def _is_repaired(roster: Roster) -> bool:
    """A repair settles its stages in an order of its own."""
    return bool(roster.stages) and tuple(s.stage for s in roster.stages) != STAGES


def why(draft: Draft) -> None:
    """Show what was proved, stage by stage."""
    with st.popover("なぜ?"):
        if not draft.roster.stages:
            st.write(words.WHY_EDITED)
        else:
            st.write(words.WHY_REPAIRED if _is_repaired(draft.roster) else words.WHY_PROOF)
            markup.table(stages_table(draft.roster.stages))
        st.write(words.WHY_CHANGE)


def stages_table(stages: Sequence[Settled]) -> Table:
    """Tabulate the stages: points, lower bound, who solved them."""
    columns = (
        Column("段階"),
        Column("点", is_figure=True),
        Column("下界", is_figure=True),
        Column("証明"),
        Column("解き方"),
    )
    rows = tuple(
        (
            STAGE_NAMES[s.stage],
            f"{s.value:,}",
            f"{s.bound:,.0f}",
            "最適" if s.value - s.bound < 1 else f"差{s.gap:.0%}以内",
            s.engine or "点なし",
        )
        for s in stages
    )
    return Table(columns, rows, "段階ごとの点と下界")


def history_line(case: Case) -> str:
    """Say which kept rosters stand behind the figures."""
    return words.history(days_carried(case.problem, case.past), case.problem.frozen_until)


def listed(case: Case, draft: Draft) -> None:
    """List what is broken, hard rules first."""
    found = findings(draft.roster.violations)
    if not found:
        st.write("確認を要する事項はない。")
        return
    hard = sum(f.rule.is_hard for f in found)
    markup.table(findings_table(found[: max(_SHOWN, hard)], case.names, "確認事項"))
    if rest := found[max(_SHOWN, hard) :]:
        with st.expander(f"ほかの配慮事項（{len(rest)}件）"):
            markup.table(findings_table(rest, case.names, "ほかの配慮事項"))


def findings_table(found: Sequence[Finding], names: Mapping[str, str], caption: str) -> Table:
    """Tabulate findings with law and remedy."""
    rows = tuple(
        (
            f.mark,
            f.days_ja,
            names.get(f.person, f.person) or "窓口全体",
            f"{f.rule.name_ja}（{f.kind}）",
            f"{f.found}\n許される値: {f.allowed}",
            f.articles,
            f.rule.remedy_ja,
        )
        for f in found
    )
    return Table(tuple(Column(name) for name in _COLUMNS), rows, caption)
