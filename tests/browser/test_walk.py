"""The manager's way through the dashboard, from the outlook to the record, in a real browser."""

import os
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from planner.proposal import State, Step
from planner.store import open_store
from tests.browser.conftest import Seen

pytestmark = pytest.mark.browser
IMAGES = os.environ.get("MADOGUCHI_IMAGES", "")
"""Where to keep a picture of each page (``make images``)."""
FILES = {
    "概況": "overview",
    "見通し": "outlook",
    "変更案": "alternatives",
    "提案": "proposal",
    "勤務表": "roster",
    "承認": "approval",
    "データ": "data",
    "行事": "events",
    "記録": "records",
}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page, box: str, option: str) -> None:
    """Choose from a box; a list that closed because the page was drawn again is opened again."""
    wanted = page.get_by_role("option", name=option)
    for _ in range(5):
        page.get_by_role("combobox", name=box, exact=True).click()
        with suppress(TimeoutError):
            wanted.click(timeout=10_000)
            return
    wanted.click()


def arrive(page: Page, title: str) -> None:
    """Wait for a page by its title, and look at what holds on every page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.get_by_text("架空データ　本日: 令和8年3月2日（月）（見本の日付）")).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth"), f"{title} scrolls sideways"
    if IMAGES:
        page.wait_for_timeout(3000)  # pictures are drawn after the words
        page.screenshot(path=Path(IMAGES) / f"{FILES[title]}.png")


def take_role(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="役割切替").click()
    page.get_by_role("option", name=name, exact=True).click()


def proposed(page: Page) -> None:
    """Walk from the overview to a submitted proposal, on the contractor's side."""
    arrive(page, "概況")
    page.get_by_role("link", name="見通し").click()
    arrive(page, "見通し")
    expect(page.get_by_role("img", name="平常の約1.5倍と見込まれる")).to_be_visible()
    press(page, "この期間の変更案を作る")
    arrive(page, "変更案")
    expect(page.get_by_role("columnheader", name="1名増員 推奨")).to_be_visible()
    press(page, "この案で提案を作る")
    arrive(page, "提案")
    expect(page.get_by_role("img", name="1ページ（全").first).to_be_visible()
    take_role(page, "受託事業者・責任者")
    press(page, "社内確認を済ませる")
    press(page, "主管課に提案する")
    expect(page.get_by_text("主管課の判断を待っている。")).to_be_visible()


def approved(page: Page) -> None:
    """Approve as 主管課 after a marked role switch."""
    expect(page.get_by_text("役割切替中")).to_have_count(0)
    take_role(page, "主管課")
    expect(page.get_by_text("役割切替中: 主管課（記録に残る）")).to_be_visible()
    page.get_by_role("link", name="承認").click()
    arrive(page, "承認")
    press(page, "承認する")
    press(page, "記録を見る")


def recorded(page: Page) -> None:
    """Find the approval in the record, on top, with the role switch."""
    arrive(page, "記録")
    newest = page.get_by_role("row").nth(1)
    for words in ("見本省大臣官房見本課長", "役割切替", "承認", "lan-desk-2026-002"):
        expect(newest).to_contain_text(words)
    expect(page.get_by_text("検証済み　連鎖の先頭")).to_be_visible()


def test_from_outlook_to_record(page: Page, seen: Seen, home: Path) -> None:
    proposed(page)
    approved(page)
    recorded(page)
    page.reload()
    recorded(page)
    expect(page.get_by_text("役割切替中: 主管課")).to_be_visible()

    seen.nothing_wrong(page)
    asked = {urlsplit(url).hostname for url in seen.requests if not url.startswith(("data:", "blob:"))}
    assert asked == {"127.0.0.1"}
    store = open_store(home)
    proposal = store.proposal("lan-desk-2026-002").proposal
    store.close()
    assert proposal.state is State.APPROVED
    assert [(step.step, step.role_switched) for step in proposal.history] == [
        (Step.REVIEW, False),
        (Step.SUBMIT, False),
        (Step.APPROVE, True),
    ]


def test_the_outlook_answers_at_once_and_after_a_reload(page: Page, seen: Seen) -> None:
    arrive(page, "概況")
    page.get_by_role("link", name="見通し").click()
    arrive(page, "見通し")
    page.get_by_role("combobox", name="どこまで見るか").click()
    page.get_by_role("option", name="52週（1年）先まで").click()
    expect(page).to_have_url(re.compile("weeks=52"))
    page.get_by_text("行事を除く（行事がないとした場合）").click()
    calm = page.get_by_role("img", name="行事がないとした場合")
    expect(calm).to_be_visible()
    page.reload()
    expect(calm).to_be_visible()
    page.get_by_role("tab", name="行事が変わったら").click()
    page.get_by_label("期日をずらす開庁日数").fill("5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("が5開庁日遅くなった場合")).to_be_visible()
    page.get_by_role("tab", name="精度").click()
    expect(page.get_by_role("rowheader", name="2〜5開庁日先").first).to_be_visible()
    page.get_by_role("button", name="出力", exact=True).click()
    with page.expect_download() as given:
        page.get_by_role("button", name="予測の経路を出力する（CSV）").click()
    assert given.value.suggested_filename.startswith("架空データ_見通し_")
    seen.nothing_wrong(page)


def test_data_and_events_of_the_desk_open_beside_its_plan(page: Page, seen: Seen) -> None:
    arrive(page, "概況")
    page.get_by_role("link", name="データ").click()
    arrive(page, "データ")
    page.get_by_role("tab", name="記録の状態").click()
    expect(page.get_by_role("cell", name="良好").first).to_be_visible()
    arrive(page, "データ")
    page.get_by_role("link", name="行事").click()
    arrive(page, "行事")
    seen.nothing_wrong(page)


def test_a_roster_is_changed_checked_and_undone(page: Page, seen: Seen) -> None:
    arrive(page, "概況")
    page.get_by_role("link", name="勤務表").click()
    arrive(page, "勤務表")
    expect(page.get_by_text("必須の規則に反する箇所はない。")).to_be_visible()
    page.get_by_role("tab", name="欄を変える").click()
    choose(page, "勤務", "勤務なし")
    press(page, "この欄を変える")
    expect(page.get_by_text("必須の規則に反する箇所が1件ある。")).to_be_visible()
    expect(page.get_by_role("tab", name="欄を変える")).to_have_attribute("aria-selected", "true")
    press(page, "元に戻す")
    expect(page.get_by_text("必須の規則に反する箇所はない。")).to_be_visible()
    with page.expect_download() as given:
        press(page, "勤務表を出力する（Excel）")
    assert given.value.suggested_filename.startswith("架空データ_勤務表_")
    seen.nothing_wrong(page)


def test_the_primary_button_is_reached_and_pressed_by_keyboard(page: Page) -> None:
    arrive(page, "概況")
    button = page.get_by_role("button", name="次の山の変更案を見る")
    expect(button).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    arrive(page, "変更案")


def test_an_unknown_address_is_answered_in_japanese(page: Page, address: str) -> None:
    page.goto(f"{address}/nowhere")
    arrive(page, "概況")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("ページが見つかりません")
    expect(dialog).to_contain_text("指定された場所にページはありません。「概況」を表示します。")
    expect(page.get_by_test_id("stSkipToContent")).to_have_text("本文へ移動")
    english = re.findall(
        r"[A-Za-z]{3,}", dialog.inner_text() + page.get_by_test_id("stSkipToContent").inner_text()
    )
    assert not english
    expect(dialog.get_by_role("button")).to_have_accessible_name("閉じる")
