"""Real exports go in through the page データ with what it suggests, and out again."""

import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.history.sheets.limits import LARGEST_FILE_BYTES
from planner.desk_folder import keep_desk
from planner.store import Store, open_store
from tests.browser.conftest import ROOT, Seen

pytestmark = pytest.mark.browser
CASES = ROOT / "tests/cases/imports"
WORKBOOK, DAYS = CASES / "workbook_numbers_and_errors/input.xlsx", CASES / "exchange_half_hour/input.csv"
INCIDENTS, TICKETS = "data/servicenow_incidents.csv", "data/helpdesk_italy_tickets.csv"
EXPORTS = (("large-desk", INCIDENTS, 24_918), ("lan-desk", TICKETS, 3_804))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with three desks and nothing imported."""
    home = tmp_path_factory.mktemp("var")
    open_store(home).close()
    for name in ("large-desk", "lan-desk"):
        keep_desk(home, ROOT / f"data/desks/{name}.toml")
    spare = home / "desks/spare-desk"
    shutil.copytree(home / "desks/lan-desk", spare)
    text = (spare / "desk.toml").read_text(encoding="utf-8")
    (spare / "desk.toml").write_text(text.replace('"lan-desk"', '"spare-desk"', 1), encoding="utf-8")
    return home


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(home)


def upload(page: Page, address: str, desk: str, file: Path) -> None:
    """Open the page of a desk and choose a file."""
    page.goto(f"{address}/data?desk={desk}")
    expect(page.get_by_role("heading", level=1)).to_have_text("データ")
    page.locator("input[type=file]").first.set_input_files(file)


def take_in(page: Page, address: str, desk: str, file: Path) -> None:
    """Upload a file and agree to everything."""
    upload(page, address, desk, file)
    page.get_by_role("button", name="この対応で確かめる").click()
    expect(page.get_by_text("読んだ行", exact=True)).to_be_visible()
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_text(re.compile(f"「{re.escape(file.name)}」を取り込んだ"))).to_be_visible()


def nothing_foreign(page: Page, seen: Seen) -> None:
    """Check that no error was written and nothing was asked of another machine."""
    seen.nothing_wrong(page)
    hosts = {urlsplit(url).hostname for url in seen.requests if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


@pytest.mark.skipif(is_missing(INCIDENTS) or is_missing(TICKETS), reason=REASON)
@pytest.mark.parametrize(("desk", "name", "rows"), EXPORTS)
def test_a_real_export_goes_in_as_suggested(  # noqa: PLR0913, PLR0917  # fixtures and one case
    page: Page, address: str, store: Store, seen: Seen, desk: str, name: str, rows: int
) -> None:
    take_in(page, address, desk, shared(name))
    (record,) = store.imports(desk)
    account = record.account
    assert (account.read, account.accepted, account.rejected) == (rows + 1, rows, 0)
    assert account.not_data == {"header": 1}
    assert record.added == len(store.records(desk).inquiries) == rows
    nothing_foreign(page, seen)


def test_a_workbook_with_bad_rows_goes_in_in_part_and_out_again(
    page: Page, address: str, store: Store, seen: Seen
) -> None:
    upload(page, address, "spare-desk", WORKBOOK)
    expect(page.get_by_test_id("stFileUploader")).not_to_contain_text(re.compile("[Uu]pload|per file|Drag"))
    page.get_by_role("button", name="この対応で確かめる").click()
    page.get_by_text("この判断は記録に残る").click()
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_text("「input.xlsx」を取り込んだ")).to_be_visible()
    (record,) = store.imports("spare-desk")
    assert record.is_partial
    page.get_by_role("tab", name="取込みの履歴").click()
    page.get_by_role("button", name="この取込みを取り消す").click()
    page.get_by_role("button", name="取り消す", exact=True).click()
    expect(page.get_by_text(f"取込み{record.id}を取り消した。")).to_be_visible()
    expect(page.get_by_role("tab", name="取込みの履歴")).to_have_attribute("aria-selected", "true")
    assert store.records("spare-desk").is_empty
    nothing_foreign(page, seen)


def test_a_day_is_marked_by_hand(page: Page, address: str, store: Store, seen: Seen) -> None:
    take_in(page, address, "spare-desk", DAYS)
    page.get_by_role("tab", name="普段と違う日").click()
    page.get_by_role("button", name="ほかの日を除外する").click()
    page.get_by_role("textbox", name="日", exact=True).fill("令和8年3月2日")
    page.get_by_role("textbox", name="理由").fill("電話交換機の障害")
    page.get_by_role("button", name="除外する", exact=True).click()
    expect(page.get_by_text("1日を学習から除外した。")).to_be_visible()
    expect(page.get_by_role("cell", name="電話交換機の障害")).to_be_visible()
    assert {mark.day: mark.reason for mark in store.marks("spare-desk")} == {
        date(2026, 3, 2): "電話交換機の障害"
    }
    nothing_foreign(page, seen)


def test_a_file_beyond_the_limit_and_a_picture_are_refused_in_japanese(
    page: Page, address: str, store: Store, tmp_path: Path
) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(LARGEST_FILE_BYTES + (1 << 20))
    upload(page, address, "lan-desk", large)
    expect(page.get_by_text("ファイルが大き過ぎる（381MBまで）。何も保存していない。")).to_be_visible()
    upload(page, address, "lan-desk", CASES / "refused_picture/input.csv")
    expect(page.get_by_text("このままでは取り込めない。何も保存していない。")).to_be_visible()
