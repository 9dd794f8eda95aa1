"""A proposal's document: its parts in order, its figures those of the content, no place for a person."""

import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from planner.content import LastYear
from planner.desk import Desk, Person
from planner.document import Document, document, text_of
from planner.document.blocks import ApprovalBox, Heading, Table
from planner.proposal import Proposal, Step
from planner.rosters.roster import Duty, Roster
from planner.wording.dates import percent
from tests.planner.content_builder import make_outcome
from tests.planner.document_builder import AT, approved, decided, make_proposal, real_content, submitted

GOLDEN = Path(__file__).parents[1] / "golden" / "proposal.txt"


def shown() -> str:
    return text_of(document(approved(), chain_head="ab12" * 16, chain_at=AT))


def test_the_document_is_the_golden_one() -> None:
    """UPDATE_GOLDEN=1 writes it anew; read the difference before you commit it."""
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(shown(), encoding="utf-8")
    assert shown() == GOLDEN.read_text(encoding="utf-8")


def test_the_parts_stand_in_their_order() -> None:
    heads = [b for b in document(make_proposal()).blocks if isinstance(b, Heading) and b.level == 1]
    assert [h.number for h in heads[:12]] == [str(n) for n in range(1, 13)]
    order = (
        "要旨",
        "背景",
        "予測",
        "現体制",
        "比較",
        "体制表",
        "費用",
        "リスク",
        "周知",
        "適合",
        "評価",
        "承認欄",
    )
    order += ("別紙1", "別紙2", "別紙3", "別添データ")
    assert len(heads) == len(order)
    assert all(word in h.text for word, h in zip(order, heads, strict=True))


def types_in(kind: Any, seen: set[Any]) -> Iterator[Any]:
    """Every type that a value of this type can hold."""
    if kind in seen:
        return
    seen.add(kind)
    yield kind
    for inner in get_args(kind):
        yield from types_in(inner, seen)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        for f in fields(kind):
            yield from types_in(hints[f.name], seen)


@pytest.mark.parametrize("kind", [Document, Proposal])
def test_no_field_can_hold_a_person(kind: type) -> None:
    assert not {Person, Desk, Duty, Roster} & set(types_in(kind, set()))


def numbers_in(value: Any) -> Iterator[float]:
    """Every number of a content."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield float(value)
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from numbers_in(getattr(value, f.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from numbers_in(item)


def written(number: float) -> set[str]:
    """The ways in which a document may write a number."""
    share = percent(number) if 0 <= number <= 1 else ""
    return {f"{round(number):,}", f"{number:.1f}", f"{number:.2f}", share, f"{round(number / 1000):,}千円"}


def test_every_figure_comes_from_the_content() -> None:
    content = real_content()
    known = {text for number in numbers_in(content) for text in written(number)} | {""}
    found = 0
    for block in document(make_proposal(content)).blocks:
        if not isinstance(block, Table) or "体制表" in block.caption:
            continue
        for row in block.rows:
            for column, cell in zip(block.columns, row, strict=True):
                parts = (
                    re.findall(r"[\d,.]+(?:%|千円)?", cell)
                    if column.is_figure and not {":", "月"} & set(cell)
                    else []
                )
                # An interval carries its unit once: 66%（61〜71%）.
                wrong = [p for p in parts if not {p, f"{p}%"} & known]
                found += len(parts)
                assert not wrong, (block.caption, row)
    assert found > 300


def test_a_changed_figure_changes_the_document() -> None:
    content = real_content()
    outcome = make_outcome(0.719, 0.37)
    others = tuple(replace(a, outcome=outcome) if a.key == "plus_1" else a for a in content.alternatives)
    changed = text_of(document(make_proposal(real_content(alternatives=others))))
    assert "72%（67〜77%）" in changed
    assert "72%（67〜77%）" not in text_of(document(make_proposal(content)))


def test_it_is_a_draft_until_it_is_submitted() -> None:
    assert document(make_proposal()).draft_mark == "（案）"
    assert document(submitted()).draft_mark == ""
    returned = make_proposal(
        None, *submitted().history, decided(Step.RETURN, "主管課長", comment="再検討のこと。")
    )
    assert document(returned).draft_mark == "（案）"


def test_its_date_is_never_today() -> None:
    assert document(make_proposal()).dated == real_content().as_of
    assert document(make_proposal(), today=date(2026, 3, 2)).dated == date(2026, 3, 2)
    assert document(approved(), today=date(2030, 1, 1)).dated == AT.date()


def approval_box(proposal: Proposal) -> ApprovalBox:
    return next(b for b in document(proposal).blocks if isinstance(b, ApprovalBox))


def test_the_approval_box_waits_empty_and_then_says_who_decided() -> None:
    assert not any(is_taken for _, is_taken in approval_box(submitted()).choices)
    box = approval_box(approved())
    assert ("条件付承認", True) in box.choices
    assert box.office_title == "主管課長（役割切替による記録）"
    assert box.conditions == "週ごとに実績を報告すること。"


def test_after_a_return_and_an_edit_the_box_is_empty_again() -> None:
    returned = make_proposal(
        None, *submitted().history, decided(Step.RETURN, "主管課長", comment="再検討のこと。")
    )
    assert ("差戻し", True) in approval_box(returned).choices
    again = make_proposal(None, *returned.history, decided(Step.EDIT, "責任者"))
    assert not any(is_taken for _, is_taken in approval_box(again).choices)
    assert document(again).version == "第2版"


def test_no_change_is_proposed_in_its_own_words() -> None:
    text = text_of(document(make_proposal(real_content(recommended="status_quo"))))
    assert "現体制のまま対応することとしたい" in text
    assert "なお、計算により推奨されたのは「2名増員」である" in text


def test_what_is_combined_and_how_it_beats_last_year_is_said() -> None:
    accuracy = replace(
        real_content().accuracy,
        weights=(("joint", 0.62), ("boosting", 0.38)),
        weights_reason="learned",
        last_year=LastYear(12, 0.14, 0.2, None, None, 0.7, None),
        event_windows=9,
        event_window_coverage=0.78,
    )
    text = text_of(document(make_proposal(real_content(accuracy=accuracy))))
    assert "「行事を考慮した負の二項回帰」62%、「勾配ブースティング」38%を、" in text
    assert "「前年同日×伸び率」で見込む方法より、外れが約3割小さい。" in text
    assert "80%予測区間に行事の期間の合計の実績が入った割合" in text


def test_sparse_contents_are_said_to_be_so() -> None:
    accuracy = replace(real_content().accuracy, wape_event=None, coverage_event=None, crps_ratio_event=None)
    content = real_content(
        events=(), past=(), left_out_days=(), short_slots=(), accuracy=accuracy, is_sample=False
    )
    text = text_of(document(make_proposal(content)))
    assert "同種の行事はない" in text
    assert "学習から除いた日はない" in text
    assert "全ての時間帯で必要人数を満たす" in text
    assert "架空データ" not in text.split("表")[0]
