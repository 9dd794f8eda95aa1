"""データ: a file goes in step by step, nothing is kept unasked, days are marked with a reason."""

import json
from collections.abc import Iterable
from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from forecasts.history.sheets import read_sheets
from planner.access import Role
from planner.actions.import_file import import_file
from planner.desk_file import read_desk
from planner.desk_folder import keep_desk
from planner.imports import Asked, reading, understood
from planner.store import ImportSource, Store
from tests.planner.pages.conftest import PLANNER, ROOT, open_page, written

CASES = ROOT / "tests/cases/imports"
DESK_FILE = ROOT / "data/desks/lan-desk.toml"
CONFIRM, TAKE, BACK = "この対応で確かめる", "取り込む", "列の対応を直す"
GOOD = "受付番号,受付日時,受付方法\nA1,2026/3/2 9:00,電話\nA2,2026/3/2 9:30,メール\n".encode()


@pytest.fixture
def kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with the sample's desk and nothing imported."""
    monkeypatch.setenv("MADOGUCHI_HOME", str(store.home))
    keep_desk(store.home, DESK_FILE)
    return store


def uploaded(store: Store, raw: bytes, name: str = "export.csv") -> AppTest:
    at = open_page(store, "data")
    at.file_uploader[0].upload(name, raw)
    return seen(at.run())


def case(name: str) -> tuple[bytes, str]:
    (path,) = (CASES / name).glob("input.*")
    return path.read_bytes(), path.name


def seen(at: AppTest) -> AppTest:
    assert not at.exception
    return at


def pressed(at: AppTest, label: str) -> AppTest:
    (button,) = (b for b in at.button if b.label == label)
    return seen(button.click().run())


def field(at: AppTest, label: str) -> str:
    (box,) = (box for box in at.selectbox if box.label == label)
    return str(box.value)


def chosen(at: AppTest, label: str, value: str) -> AppTest:
    (box,) = (box for box in at.selectbox if box.label == label)
    return seen(box.select(value).run())


def said(elements: Iterable[object]) -> str:
    return "\n".join(str(getattr(e, "value", "")) for e in elements)


def sample(store: Store, without: str = "") -> Store:
    """Take the sample in, as the command does; ``without``: a day of which the records are lost."""
    path = ROOT / "data/sample/inquiries.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    raw = b"".join(line for line in lines if not without or without.encode() not in line)
    desk, sheets = read_desk(DESK_FILE), read_sheets(path.name, raw)
    read = reading(desk, sheets, understood(desk, sheets, Asked()).mapping)
    source = ImportSource(desk.id, path.name, sheets.digest)
    import_file(store, source, read, PLANNER, datetime(2026, 3, 2, 9, 0), is_partial_accepted=False)
    return store


# --- taking in ---


def test_an_empty_desk_says_what_to_do_first_and_is_marked_as_the_sample(kept: Store) -> None:
    at = seen(open_page(kept, "data"))
    assert "件数の分かる記録がまだない。" in written(at)
    assert "架空データ" in written(at)
    assert "まだ何も取り込んでいない。" in said(at.info)


def test_without_a_desk_the_example_can_be_copied(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_HOME", str(store.home))
    at = pressed(seen(open_page(store, "data")), "見本「lan-desk」を写す")
    assert "窓口ファイルを写した。" in said(at.success)
    assert at.file_uploader


def test_nothing_is_kept_before_the_last_step(kept: Store) -> None:
    at = uploaded(kept, GOOD)
    assert field(at, "受付日時") == "受付日時"
    at = pressed(at, CONFIRM)
    assert "読んだ行 3 ＝ 取り込む行 2 ＋ 取り込めない行 0 ＋ データでない行 1" in written(at)
    assert not kept.imports("lan-desk")
    at = pressed(at, TAKE)
    assert "「export.csv」を取り込んだ。新規2件" in said(at.success)
    (record,) = kept.imports("lan-desk")
    assert (record.added, record.is_partial) == (2, False)


def test_a_file_without_channels_is_counted_under_the_one_that_was_chosen(kept: Store) -> None:
    at = uploaded(kept, "受付番号,受付日時\nA1,2026/3/2 9:00\n".encode())
    assert "受付方法の列がないため、全ての行を「電話」として数えます。" in said(at.info)
    pressed(pressed(chosen(at, "全ての行の受付方法", "mail"), CONFIRM), TAKE)
    assert set(kept.records("lan-desk").inquiries["channel"]) == {"mail"}


def test_a_repeat_adds_nothing_and_says_so(kept: Store) -> None:
    pressed(pressed(uploaded(kept, GOOD), CONFIRM), TAKE)
    at = uploaded(kept, GOOD)
    assert "前回と同じ見出しのため" in said(at.success)
    at = pressed(pressed(at, CONFIRM), TAKE)
    assert "取込み済みである。件数は増えていない" in said(at.success)
    assert len(kept.imports("lan-desk")) == 1


def test_another_mapping_of_the_same_file_takes_its_place_and_says_so(kept: Store) -> None:
    pressed(pressed(uploaded(kept, GOOD), CONFIRM), TAKE)
    at = chosen(uploaded(kept, GOOD), "「メール」", "form")
    at = pressed(pressed(at, CONFIRM), TAKE)
    assert "同じファイルの以前の取込み1に代わるものとした。" in said(at.success)
    assert [record.is_active for record in kept.imports("lan-desk")] == [False, True]


def test_what_was_chosen_is_still_there_after_going_back(kept: Store) -> None:
    at = chosen(uploaded(kept, *case("bad_rows")), "「のろし」", "walk_in")
    at = pressed(pressed(at, CONFIRM), BACK)
    assert field(at, "「のろし」") == "walk_in"


def test_rows_are_left_out_only_by_a_decision_which_is_recorded(kept: Store) -> None:
    at = pressed(uploaded(kept, *case("bad_rows")), CONFIRM)
    assert "「2026/2/30 9:00」は日付・時刻として読めません" in written(at)
    (take,) = (b for b in at.button if b.label == TAKE)
    assert take.disabled
    (decision,) = (c for c in at.checkbox if "この判断は記録に残る" in c.label)
    at = pressed(seen(decision.check().run()), TAKE)
    (record,) = kept.imports("lan-desk")
    assert (record.is_partial, record.account.accepted, record.account.rejected) == (True, 3, 12)
    entry = kept.audit_entries()[-1]
    assert json.loads(entry.detail)["is_partial"] is True
    assert any("取り込まなかった12行" in b.label for b in at.get("download_button"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("refused_encrypted_workbook", "ブックにパスワードが付いています"),
        ("refused_picture", "表として読めるファイルではありません"),
        ("refused_empty", "このままでは取り込めない"),
        ("refused_no_table", "列の見出しが見つかりません"),
    ],
)
def test_a_refused_file_says_why_and_that_nothing_was_kept(kept: Store, name: str, why: str) -> None:
    at = uploaded(kept, *case(name))
    assert why in said(at.error)
    assert "何も保存していない" in said(at.error)
    assert CONFIRM not in {b.label for b in at.button}
    assert not kept.imports("lan-desk")


def test_another_sheet_and_kind_can_be_looked_at_and_left_again(kept: Store) -> None:
    at = uploaded(kept, *case("workbook_hidden_and_other_sheets"))
    own = field(at, "シート")
    at = chosen(at, "シート", "表紙")
    at = chosen(at, "シート", own)
    at = chosen(at, "ファイルの種類", "totals")
    assert "「件数」に当たる列が見つからない。" in said(at.warning)
    at = chosen(at, "ファイルの種類", "inquiries")
    assert field(at, "受付日時") == "受付日時"


def test_a_wrong_line_of_the_header_is_answered_and_taken_back(kept: Store) -> None:
    at = uploaded(kept, GOOD)
    at = seen(at.number_input[0].set_value(3).run())
    assert "何も保存していない" in said(at.error)
    at = seen(at.number_input[0].set_value(1).run())
    assert field(at, "受付日時") == "受付日時"


def test_a_name_in_a_file_draws_nothing(kept: Store) -> None:
    raw = "番号,受付日時,受付方法\n1,2026/3/2 9:00,![x](http://example.org/x.png)\n".encode()
    at = uploaded(kept, raw, "![x](http://example.org/a.png).csv")
    shown = said(at.markdown) + "".join(box.label for box in at.selectbox)
    assert "![x](" not in shown


# --- log and marks ---


def test_an_import_is_undone_as_a_whole(kept: Store) -> None:
    pressed(pressed(uploaded(kept, GOOD), CONFIRM), TAKE)
    at = pressed(seen(open_page(kept, "data")), "取り消す")
    assert "取込み1を取り消した。" in said(at.success)
    assert "取消済み" in written(at)
    assert kept.records("lan-desk").is_empty


def test_days_are_marked_with_a_reason_and_marks_are_taken_off(kept: Store) -> None:
    at = seen(open_page(sample(kept), "data"))
    typed = next(box for box in at.text_input if box.label == "日")
    typed.input("令和8年2月10日").run()
    at = pressed(at, "除外する")
    assert "理由" in said(at.error)
    assert not kept.marks("lan-desk")
    next(box for box in at.text_input if box.label == "理由").input("電話交換機の障害").run()
    at = pressed(at, "除外する")
    assert "1日を学習から除外した。" in said(at.success)
    (mark,) = kept.marks("lan-desk")
    assert (mark.day, mark.reason) == (date(2026, 2, 10), "電話交換機の障害")
    at = seen(at.multiselect[0].select(mark.day).run())
    at = pressed(at, "選んだ1日の除外をやめる")
    assert not kept.marks("lan-desk")


def test_a_found_day_is_marked_with_the_reason_proposed(kept: Store) -> None:
    at = seen(open_page(sample(kept, without="2025/11/12"), "data"))
    proposed = [box for box in at.checkbox if "11月12日" in box.label]
    at = seen(proposed[0].check().run())
    at = pressed(at, "選んだ1日を除外する")
    (mark,) = kept.marks("lan-desk")
    assert mark.day == date(2025, 11, 12)
    assert mark.reason in written(at)


def test_handling_times_and_patience_stand_with_their_intervals(kept: Store) -> None:
    at = open_page(sample(kept), "data")
    at.session_state["data-lan-desk"] = "記録の状態"
    shown = written(seen(at.run()))
    assert "対応時間（後処理を含む。）" in shown
    assert "18.9<br><small>（18.7〜19.0）" in shown
    assert "ほかに" in shown  # categories beyond those that take most of the time
    assert "5.0<br><small>（4.9〜5.2）" in shown


def test_only_the_contractor_sees_the_page(kept: Store) -> None:
    for role in (Role.APPROVER, Role.AUDITOR):
        at = seen(open_page(sample(kept), "data", role))
        assert not at.file_uploader
        assert not at.tabs
