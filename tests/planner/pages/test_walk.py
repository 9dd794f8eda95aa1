"""From the alternatives to the approval, page by page; what the record says of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.access import Role
from planner.actions.create_proposal import create_proposal
from planner.desk_file import read_desk
from planner.document import document
from planner.document.blocks import text_of
from planner.proposal import State
from planner.store import Store
from tests.planner.actions_builders import AT, MANAGER, filed_at
from tests.planner.document_builder import real_content
from tests.planner.pages.conftest import ROOT, open_page, written

PEOPLE = read_desk(ROOT / "data/desks/lan-desk.toml").people


def press(at: AppTest, label: str) -> AppTest:
    return next(b for b in at.button if b.label == label).click().run()


def area(at: AppTest, label: str) -> Any:
    return next(a for a in at.text_area if a.label == label)


def test_a_proposal_is_made_checked_submitted_and_approved(filled: Store) -> None:
    at = press(open_page(filled, "alternatives"), "この案で提案を作る")
    number = filled.proposals()[0].proposal.number
    assert at.query_params["proposal"] == number

    at = press(press(open_page(filled, "proposal", proposal=number), "社内確認に回す"), "社内確認を済ませる")
    at = press(at, "主管課に提案する")
    assert filled.proposal(number).proposal.state is State.SUBMITTED

    at = press(open_page(filled, "approval", Role.APPROVER, proposal=number), "承認する")
    assert not at.exception
    approved = filled.proposal(number).proposal
    assert approved.state is State.APPROVED
    assert approved.history[-1].role_switched
    assert not any(step.role_switched for step in approved.history[:-1])

    at = open_page(filled, "records", Role.AUDITOR)
    shown = written(at)
    assert "検証済み" in shown
    assert filled.verify_chain().head[:16] in shown
    assert all(word in shown for word in ("起案", "社内確認", "提案", "承認", "役割切替"))


def test_overtime_is_for_the_contractor_alone(filled: Store) -> None:
    assert "時間外（時間／期間）" in written(open_page(filled, "alternatives"))
    paper = document(filed_at(filled, State.SUBMITTED).proposal)
    assert "時間外（" not in text_of(paper)


def test_a_chosen_alternative_stays_in_the_address(filled: Store) -> None:
    at = open_page(filled, "alternatives", alternative="plus_1")
    assert at.radio[0].value == "plus_1"
    assert at.radio[0].set_value("status_quo").run().query_params["alternative"] == "status_quo"


@pytest.mark.parametrize(
    ("label", "confirm", "state"),
    [
        ("条件（必須）", "条件付きで承認する", State.APPROVED_WITH_CONDITIONS),
        ("差戻しの理由（必須）", "差戻しを確定する", State.RETURNED),
    ],
)
def test_other_decisions_need_their_words(filled: Store, label: str, confirm: str, state: State) -> None:
    number = filed_at(filled, State.SUBMITTED).proposal.number
    at = press(open_page(filled, "approval", Role.APPROVER), confirm)
    assert "記入してください" in at.error[0].value
    assert filled.proposal(number).proposal.state is State.SUBMITTED

    press(area(at, label).set_value("週ごとに実績を報告すること").run(), confirm)
    assert filled.proposal(number).proposal.state is state


def test_a_staff_name_is_found_and_keeps_the_proposal_back(filled: Store) -> None:
    filed_at(filled, State.DRAFT)
    at = open_page(filled, "proposal", Role.CONTRACT_MANAGER)
    area(at, "背景").set_value(f"{PEOPLE[0].name}が担当する。")
    at = press(at, "修正を保存する")
    assert any(PEOPLE[0].name in warning.value for warning in at.warning)

    at = press(press(at, "社内確認を済ませる"), "主管課に提案する")
    assert "背景" in at.error[0].value
    assert filled.proposals()[0].proposal.state is State.REVIEWED


def test_an_urgent_proposal_says_why_and_keeps_what_was_agreed_orally(filled: Store) -> None:
    content = real_content(as_of=date(2026, 3, 1))
    urgent = replace(content, dates=replace(content.dates, is_urgent=True))
    create_proposal(filled, urgent, None, MANAGER, AT)
    at = press(open_page(filled, "proposal", Role.CONTRACT_MANAGER), "社内確認を済ませる")
    assert "緊急とする理由" in at.error[0].value

    area(at, "緊急とする理由（必須）").set_value("想定以上の問合せが続いているため。")
    at = press(at, "修正を保存する")
    area(at, "誰が（官職名）、いつ、何を承認したか（必須）").set_value("見本課長が本日9時に電話で承認")
    at = press(at, "口頭承認の記録を確定する")
    assert any("見本課長が本日9時に電話で承認" in info.value for info in at.info)
    at = press(press(at, "社内確認を済ませる"), "主管課に提案する")
    assert not at.exception
    submitted = filled.proposals()[0].proposal
    assert submitted.state is State.SUBMITTED
    assert submitted.content.texts.urgency == "想定以上の問合せが続いているため。"

    at = open_page(filled, "approval", Role.APPROVER)
    assert any("書面による承認は別に行う" in info.value for info in at.info)
    said = text_of(document(submitted))
    assert "緊急とする理由: 想定以上" in said
    assert "口頭承認: 見本課長が" in said


def test_what_is_in_time_asks_for_no_reason_and_no_oral_approval(filled: Store) -> None:
    filed_at(filled, State.DRAFT)
    at = open_page(filled, "proposal", Role.CONTRACT_MANAGER)
    assert not any("緊急" in a.label or "誰が" in a.label for a in at.text_area)
