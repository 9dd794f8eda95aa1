"""Every page opens as every role, on an empty database and on one with a plan and a submitted proposal."""

import pytest

from planner.access import Role
from planner.desk_file import read_desk
from planner.proposal import State
from planner.session import ROLES_HERE
from planner.store import Store
from tests.planner.actions_builders import filed_at
from tests.planner.pages.conftest import ROOT, open_page, written

# The golden list: a page is neither lost nor added unseen. The title it shows, and who may open it.
CONTRACTOR = {Role.PLANNER, Role.CONTRACT_MANAGER}
PAGES = {
    "overview": ("概況", set(ROLES_HERE)),
    "outlook": ("見通し", {*CONTRACTOR, Role.AUDITOR}),
    "alternatives": ("変更案", CONTRACTOR),
    "proposal": ("提案", {*CONTRACTOR, Role.AUDITOR}),
    "roster": ("勤務表", CONTRACTOR),
    "year": ("年間計画", {*CONTRACTOR, Role.APPROVER}),
    "approval": ("承認", {Role.APPROVER}),
    "data": ("データ", CONTRACTOR),
    "events": ("行事", CONTRACTOR),
    "records": ("記録", set(ROLES_HERE)),
}
PEOPLE = read_desk(ROOT / "data/desks/lan-desk.toml").people


def test_the_list_of_pages_is_complete() -> None:
    assert {path.stem for path in (ROOT / "planner/pages").glob("[!_]*.py")} == set(PAGES)


@pytest.mark.parametrize("role", ROLES_HERE)
@pytest.mark.parametrize("page", PAGES)
def test_opens_on_an_empty_database(empty: Store, page: str, role: Role) -> None:
    at = open_page(empty, page, role)
    assert not at.exception
    assert at.title[0].value == PAGES[page][0]


@pytest.mark.parametrize("role", ROLES_HERE)
@pytest.mark.parametrize("page", PAGES)
def test_opens_with_a_plan_and_a_proposal(looked_at: Store, page: str, role: Role) -> None:
    at = open_page(looked_at, page, role)
    assert not at.exception
    title, roles = PAGES[page]
    assert at.title[0].value == title
    assert any("の役割で開く" in info.value for info in at.info) == (role not in roles)
    marks = written(at)
    assert "架空データ　本日: 令和8年3月2日（月）（見本の日付）" in marks
    assert ("役割切替中" in marks) == (role not in CONTRACTOR)


@pytest.mark.parametrize("state", [State.RETURNED, State.IN_EFFECT])
def test_a_proposal_in_any_state_can_be_looked_at(filled: Store, state: State) -> None:
    filed_at(filled, state)
    at = open_page(filled, "proposal", Role.CONTRACT_MANAGER)
    assert not at.exception
    assert at.button


@pytest.mark.parametrize("page", PAGES)
def test_the_client_sees_no_draft_no_plan_and_no_name(filled: Store, page: str) -> None:
    filed_at(filled, State.DRAFT)
    at = open_page(filled, page, Role.APPROVER)
    shown = "".join(str(element) for element in (*at.main, *at.sidebar))
    assert not any(person.name in shown for person in PEOPLE)
    assert not at.get("download_button") or page == "records"
    assert "予測区間" not in shown
