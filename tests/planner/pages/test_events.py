"""行事: what is next, adding, changing, taking back, files."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from forecasts.events import Event, write_events
from planner.access import Role
from planner.desk_folder import desk_files, keep_desk
from planner.event_calendar import as_ical
from planner.store import Store
from tests.forecasts.event_builder import make_event
from tests.planner.pages.conftest import ROOT, open_page, written

DESK = "lan-desk"
TYPED = {
    "名称（必須）": "令和8年夏期人事異動",
    "発令日（必須）": "令和8年7月1日",
    "公表日（必須）": "R8.3.1",
    "出所（必須）": "人事課からの連絡",
}


def press(at: AppTest, label: str) -> AppTest:
    return next(b for b in at.button if b.label == label).click().run()


def type_in(at: AppTest, typed: dict[str, str]) -> AppTest:
    for label, text in typed.items():
        field(at, label).set_value(text)
    return at


def field(at: AppTest, label: str) -> Any:
    return next(f for f in at.text_input if f.label.startswith(label))


def choice(at: AppTest, label: str) -> Any:
    return next(c for c in at.selectbox if c.label == label)


def kept(store: Store, name: str) -> Event:
    newest = store.event_list(DESK)
    assert newest is not None
    return next(e for e in newest.events if e.name == name)


def changing(store: Store, name: str, what: str) -> AppTest:
    """Open the page at one event and one of the things that can have happened to it."""
    at = press(open_page(store, "events"), "行事の変更・中止・延長")
    box = choice(at, "変更する行事")
    at = box.set_value(next(n for n, words in enumerate(box.options) if name in words)).run()
    radio = next(r for r in at.radio if r.label == "何が起きたか")
    return radio.set_value(what).run()


def test_says_what_is_next_what_goes_on_and_what_is_not_announced(looked_at: Store) -> None:
    said = written(open_page(looked_at, "events"))
    assert "次の行事は、4月1日（水）の令和8年4月期人事異動である（あと21開庁日）。" in said
    assert "第221回国会（特別会）（7月17日（金）まで）が開会中である。" in said
    assert "公表前だが、例年どおりなら6月30日（火）頃の人事異動" in said
    assert "20日 春分の日" in said


def test_the_months_can_be_turned(filled: Store) -> None:
    at = open_page(filled, "events")
    assert "<caption>令和8年6月</caption>" in written(press(at, "次の3か月"))
    assert "（公表前、前年並みの想定）" in written(at)
    assert "<caption>令和8年3月</caption>" in written(press(at, "今月から"))
    at = press(at, "前の3か月")
    assert "29〜31日 年末年始" in written(at)


def test_the_table_shows_what_is_asked_for(filled: Store) -> None:
    at = open_page(filled, "events")
    assert "行事（4件）" in written(at)
    at = choice(at, "種類").set_value("outage").run()
    assert "当てはまる行事はない。" in [m.value for m in at.markdown]
    at = next(r for r in at.radio if r.label == "時期").set_value("過去").run()
    assert "基幹スイッチ障害" in written(at)


def test_an_event_is_added_and_another_day_of_its_round(filled: Store) -> None:
    at = press(open_page(filled, "events"), "行事を追加")
    type_in(at, {**TYPED, "まとまり": "令和8年夏期", "人数": "1,400"})
    next(c for c in at.checkbox if c.label.startswith("続けて")).check()
    at = press(at, "追加する")
    assert not at.exception
    added = kept(filled, "令和8年夏期人事異動")
    assert (added.start, added.end, added.announced_on) == (
        date(2026, 7, 1), date(2026, 7, 1), date(2026, 3, 1),
    )  # fmt: skip
    assert (added.headcount, added.source) == (1400, "人事課からの連絡")

    assert field(at, "名称").value == "令和8年夏期人事異動"
    assert field(at, "発令日").value == ""
    type_in(at, {"発令日": "2026/7/20"})
    next(c for c in at.checkbox if c.label.startswith("続けて")).uncheck()
    at = press(at, "追加する")
    newest = filled.event_list(DESK)
    assert newest is not None
    assert newest.version == 2
    assert sum(e.group == "令和8年夏期" for e in newest.events) == 2
    assert "追加する" not in [b.label for b in at.button]  # the form is closed


def test_what_was_typed_stays_where_something_is_wrong(filled: Store) -> None:
    at = press(open_page(filled, "events"), "行事を追加")
    at = press(type_in(at, {**TYPED, "発令日（必須）": "令和8年6月31日", "出所（必須）": ""}), "追加する")
    said = at.error[0].value
    assert "発令日: 「令和8年6月31日」は日付・時刻として読めません" in said
    assert "出所: 値がありません" in said
    assert "終了日" not in said  # it follows the start
    assert field(at, "名称").value == TYPED["名称（必須）"]
    assert filled.event_list(DESK) is None


def test_an_event_that_does_not_agree_with_the_others_is_refused(filled: Store) -> None:
    at = press(open_page(filled, "events"), "行事を追加")
    at = choice(at, "種類").set_value("closure").run()
    typed = {**TYPED, "名称（必須）": "設備点検", "開始日（必須）": "2026/5/4"}
    del typed["発令日（必須）"]
    at = press(type_in(at, typed), "追加する")
    assert "設備点検の開始日: 令和8年5月4日 は元々閉庁日のため" in at.error[0].value
    at = press(type_in(at, {"開始日（必須）": "2026/5/7"}), "追加する")
    assert not at.error
    assert "7日 窓口の休業日" in written(press(at, "次の3か月")) + written(open_page(filled, "events"))


def test_an_own_kind_gets_a_name(filled: Store) -> None:
    at = press(open_page(filled, "events"), "行事を追加")
    at = choice(at, "種類").set_value("own").run()
    typed = {**TYPED, "種類の名前（必須）": "棚卸し", "開始日（必須）": "2026/5/7"}
    del typed["発令日（必須）"]
    at = press(type_in(at, typed), "追加する")
    assert [e.value for e in at.error] == []
    assert kept(filled, "令和8年夏期人事異動").kind == "own:棚卸し"
    assert "棚卸し" in choice(at, "種類").options


@pytest.mark.parametrize(
    ("what", "typed", "button", "status"),
    [
        (
            "longer",
            {"延長後の会期終了日": "令和8年8月31日", "それが分かった日": "2026/7/10"},
            "延長",
            "extended",
        ),
        ("dissolved", {"解散の日": "2026/6/1", "それが分かった日": "2026/5/28"}, "解散", "dissolved"),
        ("cancelled", {"中止が分かった日": "2026/3/2"}, "中止", "cancelled"),
    ],
)
def test_what_happened_to_a_session_is_recorded(
    filled: Store, what: str, typed: dict[str, str], button: str, status: str
) -> None:
    name = "第221回国会（特別会）"
    at = changing(filled, name, what)
    at = press(at, f"{button}を記録する")
    assert "値がありません" in at.error[0].value
    at = press(type_in(at, typed), f"{button}を記録する")
    assert not at.error
    event = kept(filled, name)
    assert event.status == status
    assert event.changed_on is not None
    assert event.planned_end == (None if what == "cancelled" else date(2026, 7, 17))


def test_an_event_is_corrected(filled: Store) -> None:
    name = "第221回国会（特別会）"
    at = changing(filled, name, "correct")
    assert press(at, "修正を保存する").info[0].value == "変わったところはない。"
    press(type_in(at, {"会期終了日": "令和8年7月18日"}), "修正を保存する")
    assert kept(filled, name).end == date(2026, 7, 18)


def test_a_mistake_is_taken_off_the_list_once_confirmed_and_comes_back(filled: Store) -> None:
    at = press(changing(filled, "令和8年4月1日", "mistake"), "一覧から消す")
    assert "消していない" in at.error[0].value
    next(c for c in at.checkbox if "誤って" in c.label).check()
    at = press(at, "一覧から消す")
    newest = filled.event_list(DESK)
    assert newest is not None
    assert date(2026, 4, 1) not in [e.start for e in newest.events]
    assert "<td>削除</td>" in written(at).replace(" class='mado-short'", "")

    press(at, "戻すことを確定する")
    again = filled.event_list(DESK)
    assert again is not None
    assert again.version == 2
    assert date(2026, 4, 1) in [e.start for e in again.events]


def test_the_past_is_shown_as_it_was_known(filled: Store) -> None:
    at = open_page(filled, "events")
    label = "いつの時点で"
    at = field(at, label).set_value("令和8年1月18日").run()
    assert "〜令和8年6月21日（日）" in written(at)
    at = field(at, label).set_value("2026/1/19").run()
    assert "〜令和8年6月21日（日）" not in written(at)
    assert "解散: 令和8年1月23日" in written(at)
    assert "読めない" in field(at, label).set_value("いつか").run().error[0].value


@pytest.mark.parametrize("form", ["csv", "ics"])
def test_events_come_in_from_a_file_after_a_look(filled: Store, form: str) -> None:
    new = make_event(date(2026, 9, 7), kind="system_change", name="認証基盤の更新")
    raw = write_events([new]) if form == "csv" else as_ical([new], "行事")
    at = open_page(filled, "events")
    at = at.get("file_uploader")[0].upload(f"行事.{form}", raw, "text/plain").run()
    assert "認証基盤の更新" in written(at)
    at = press(at, "1件を行事に加える")
    assert kept(filled, "認証基盤の更新") == new


def test_a_calendar_without_its_day_is_asked_for_it(filled: Store) -> None:
    raw = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260907\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    at = open_page(filled, "events")
    at = at.get("file_uploader")[0].upload("a.ics", raw, "text/calendar").run()
    assert "いつ公表されたか分かりません" in at.warning[0].value
    at = type_in(at, {"公表日が分からない": "2026/3/1"}).run()
    press(at, "1件を行事に加える")
    assert kept(filled, "x").announced_on == date(2026, 3, 1)


def test_the_list_stands_without_the_desks_event_files(filled: Store) -> None:
    press(type_in(press(open_page(filled, "events"), "行事を追加"), TYPED), "追加する")
    for path in desk_files(filled.home)[DESK].parent.glob("*.csv"):
        path.unlink()
    at = open_page(filled, "events")
    assert not at.exception
    assert not at.error


def test_without_a_desk_the_page_says_what_comes_first(empty: Store) -> None:
    at = open_page(empty, "events")
    assert not at.exception
    assert at.info[0].value.startswith("窓口がまだない。")


def test_a_desk_without_events_begins_with_none(store: Store, tmp_path: Path) -> None:
    text = (ROOT / "data/desks/large-desk.toml").read_text(encoding="utf-8")
    path = tmp_path / "large-desk.toml"
    path.write_text(text, encoding="utf-8")
    keep_desk(store.home, path)
    at = open_page(store, "events")
    assert not at.exception
    assert "公表済みの行事は、今後の分がない。" in written(at)
    assert "行事の変更・中止・延長" not in [b.label for b in at.button]


def test_of_several_desks_one_is_chosen_and_stays_in_the_address(filled: Store) -> None:
    keep_desk(filled.home, ROOT / "data/desks/large-desk.toml")
    at = open_page(filled, "events")
    at = choice(at, "窓口").set_value("large-desk").run()
    assert at.query_params["desk"] == ["large-desk"] or at.query_params["desk"] == "large-desk"
    assert "公表済みの行事は、今後の分がない。" in written(at)


def test_names_from_a_file_draw_no_picture(filled: Store) -> None:
    name = "![x](http://example.jp/a.png)"
    at = press(open_page(filled, "events"), "行事を追加")
    at = press(type_in(at, {**TYPED, "名称（必須）": name}), "追加する")
    assert r"\!\[x\]\(http" in at.success[0].value


def test_the_client_does_not_see_the_page(filled: Store) -> None:
    at = open_page(filled, "events", Role.APPROVER)
    assert "の役割で開く" in at.info[0].value
