"""見通し with a kept outlook: it answers what is asked, and gives nothing to who may not see it."""

import csv
import io
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from forecasts.faults import Notice
from planner.access import Role
from planner.actions.keep_outlook import keep_outlook
from planner.desk_folder import keep_desk
from planner.outlook.figures import View
from planner.parts.outlook_files import file_name, path_file, quantile_file
from planner.store import Store
from tests.planner.outlook_builder import CALENDAR, make_facts, make_outlook
from tests.planner.pages.conftest import PLANNER, ROOT, open_page, written
from tests.planner.reading_builder import make_reading, take_in

OUTLOOK = make_outlook()
AT = datetime(2026, 3, 2, 9, 0)
TABS = ("時間帯", "根拠", "行事が変わったら", "精度", "注意")


@pytest.fixture
def kept(filled: Store) -> Store:
    """A store with the sample's plan and an outlook."""
    keep_outlook(filled, OUTLOOK, PLANNER, AT)
    return filled


def seen(at: AppTest) -> AppTest:
    assert not at.exception
    return at


def opened_tab(store: Store, tab: str, role: Role = Role.PLANNER, **address: str) -> AppTest:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MADOGUCHI_HOME", str(store.home))
        at = open_page(store, "outlook", role, **address)
        at.session_state["outlook-lan-desk"] = tab
        return seen(at.run())


def labels(at: AppTest) -> set[str]:
    return {b.label for b in at.button}


@pytest.mark.parametrize("role", [Role.PLANNER, Role.CONTRACT_MANAGER, Role.AUDITOR])
def test_says_when_how_much_and_how_sure(kept: Store, role: Role) -> None:
    at = seen(open_page(kept, "outlook", role))
    said = written(at)
    assert "4月1日から14日までの問合せは平常の約1.8倍、80%の確率で1日に" in said
    assert "最も多い4月" in said
    assert ("この期間の変更案を作る" in labels(at)) == (role is not Role.AUDITOR)
    assert len([b for b in at.button if b.proto.type == "primary"]) == (role is not Role.AUDITOR)
    assert [tab.label for tab in at.tabs] == list(TABS)


def test_the_client_gets_nothing_of_it(kept: Store) -> None:
    at = seen(open_page(kept, "outlook", Role.APPROVER))
    shown = "".join(str(element) for element in (*at.main, *at.sidebar))
    assert not at.get("download_button")
    assert not at.tabs
    assert "平常の約" not in shown


def test_the_address_holds_what_is_looked_at(kept: Store) -> None:
    at = seen(open_page(kept, "outlook", weeks="26", channel="phone", events="none"))
    assert "行事がないとした場合、4月1日から14日までの電話の問合せは平常並み" in written(at)
    far, channel = (box for box in at.main.selectbox[:2])
    assert (far.value, channel.value) == (26, "phone")
    at = seen(far.select(52).run())
    assert at.query_params["weeks"] == "52"
    at = seen(at.radio[0].set_value(True).run())
    assert "events" not in at.query_params
    at = seen(at.main.selectbox[0].select(13).run())
    assert "weeks" not in at.query_params


def test_an_address_that_means_nothing_shows_the_usual(kept: Store) -> None:
    at = seen(open_page(kept, "outlook", weeks="7", channel="telex", events="some"))
    assert at.main.selectbox[0].value == 13
    assert "4月1日から14日までの問合せは平常の約1.8倍" in written(at)


def test_grounds_take_days_apart_and_tell_what_was_known(kept: Store) -> None:
    said = written(opened_tab(kept, "根拠"))
    assert "人事異動</th>" in said
    assert "1.8倍" in said
    assert "1.5〜2.3" in said
    assert "令和5〜7年" in said
    assert "5開庁日" in said
    assert "過去に例のない行事の効果は" in said
    assert "4日以上の閉庁が明けた日" in said
    assert "680名" in said
    assert "令和8年2月20日" in said
    assert "勾配ブースティング" in said
    assert "0.80〜1.25" in said


def test_accuracy_says_how_good_it_was(kept: Store) -> None:
    at = opened_tab(kept, "精度", Role.AUDITOR)
    said = "".join(m.value for m in at.markdown)
    assert "偶然の変動によるもので、どの方法でも避けられない" in said
    assert "「前年同日×伸び率」で見込む場合に比べ、誤差は30%小さい、行事の日に限れば50%小さい。" in said
    table = written(at)
    for horizon in ("1開庁日先", "2〜5開庁日先", "6〜20開庁日先", "21〜65開庁日先"):
        assert horizon in table


def test_a_history_too_short_says_so(filled: Store) -> None:
    facts = {"backtests": (), "beside": (), "weights": (), "why": "untested"}
    doubts = (Notice("few_weeks", "5"), Notice("event_never_seen", "rollout"))
    keep_outlook(filled, make_outlook(**facts, doubts=doubts), PLANNER, AT)
    at = opened_tab(filled, "精度")
    assert "検証はまだできない" in at.info[0].value
    assert ["5週分" in w.value for w in at.warning] == [True]
    assert "端末・OSの更改" in written(opened_tab(filled, "注意"))


@pytest.mark.parametrize("tab", ["時間帯", "注意"])
def test_the_other_parts_open(kept: Store, tab: str) -> None:
    opened_tab(kept, tab)


def test_the_primary_button_goes_to_the_plan_of_the_peak(kept: Store) -> None:
    at = seen(open_page(kept, "outlook"))
    (button,) = (b for b in at.button if b.label == "この期間の変更案を作る")
    at = seen(button.click().run())
    assert at.title[0].value == "変更案"
    assert kept.jobs.newest("plan") == ()


def test_an_outlook_can_be_asked_for_and_is_watched(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setenv("MADOGUCHI_HOME", str(store.home))
    monkeypatch.setattr("planner.jobs._start_worker", lambda _home, command: started.append(command))
    at = seen(open_page(_imported(store, date(2026, 2, 27)), "outlook"))
    (button,) = (b for b in at.button if b.label == "見通しを計算する")
    assert button.proto.type == "primary"
    at = seen(button.click().run())
    (job,) = store.jobs.newest("outlook")
    assert at.query_params["job"] == job.id
    assert job.parameters["desk_id"] == "lan-desk"
    assert len(started) == 1
    assert "計算を中止する" in labels(at)


def test_a_finished_outlook_is_shown(kept: Store) -> None:
    added, _ = kept.jobs.add("outlook", {}, time.time(), 60.0)
    worker = kept.jobs.claim(added.id, time.time(), 60.0)
    kept.jobs.end(added.id, worker, "done", 0.0, {"outlook_id": 1})
    at = seen(open_page(kept, "outlook", job=added.id))
    assert "job" not in at.query_params
    assert "4月1日から14日まで" in written(at)


def _imported(store: Store, *days: date, each: int = 1) -> Store:
    keep_desk(store.home, ROOT / "data/desks/lan-desk.toml")
    rows = [
        {"received_at": datetime(d.year, d.month, d.day, 9, 0) + timedelta(minutes=n), "channel": "phone"}
        for d in days
        for n in range(each)
    ]
    take_in(store, make_reading(rows), f"{days[0]}.csv")
    return store


def test_what_came_more_than_expected_raises_the_alarm(kept: Store) -> None:
    days = CALENDAR.office_days(date(2026, 3, 2), date(2026, 3, 7))
    at = opened_tab(_imported(kept, *days, each=120), "実績と予測")
    assert at.warning[0].value.startswith("想定以上の問合せがある。")
    assert "行事の日程及び人数に変わりがないか確かめ" in at.warning[0].value
    said = written(at)
    assert "95%予測区間の上" in said
    assert any("今後20開庁日の合計は" in m.value for m in at.markdown)


def test_what_came_as_expected_raises_none(kept: Store) -> None:
    days = CALENDAR.office_days(date(2026, 3, 2), date(2026, 3, 7))
    at = opened_tab(_imported(kept, *days, each=50), "実績と予測")
    assert not at.warning
    assert "想定の範囲内で推移している" in "".join(m.value for m in at.markdown)


# --- what if ---


def test_an_event_that_moves_is_answered_at_once(kept: Store) -> None:
    days = CALENDAR.office_days(date(2025, 9, 1), date(2026, 2, 28))
    at = opened_tab(_imported(kept, *days, each=9), "行事が変わったら")
    assert "期日又は人数を変えると" in at.info[0].value
    (shift,) = at.number_input
    at = seen(shift.set_value(5).run())
    assert "「令和8年4月期人事異動（680名）」が5開庁日遅くなった場合、合計の見込みは" in written(at)
    assert "令和8年4月8日（水）　680名" in written(at)
    assert "令和8年4月13日（月）　180名" in written(at)
    assert "行事を考慮した負の二項回帰だけによる試算である。" in written(at)
    (together,) = at.checkbox
    at = seen(together.uncheck().run())
    assert "令和8年4月13日（月）　180名" not in written(at)


def test_without_records_nothing_can_be_tried_and_it_is_said(kept: Store) -> None:
    at = opened_tab(kept, "行事が変わったら")
    assert "問合せ記録が足りない" in at.info[0].value
    assert not at.number_input


# --- files ---


def rows_of(raw: bytes) -> list[list[str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


def test_the_file_of_days_has_units_and_is_marked() -> None:
    head, *rows = rows_of(quantile_file(OUTLOOK, View(4)))
    assert head[:5] == ["開庁日", "受付方法", "行事", "見込み（件）", "2.5%点（件）"]
    assert head[-1] == "注記"
    assert {row[-1] for row in rows} == {"架空データ"}
    assert rows[0][:2] == ["2026-03-02", "全ての受付方法"]
    assert len(rows) == 19


def test_the_file_of_paths_gives_every_path_a_row() -> None:
    head, *rows = rows_of(path_file(OUTLOOK, View(1, "mail")))
    assert (head[0], head[1]) == ("経路", "2026-03-02（件）")
    assert [[int(n) for n in row[1:-1]] for row in rows] == OUTLOOK.count[:, :5, 1].tolist()


def test_a_real_desk_has_no_mark_and_a_safe_name() -> None:
    real = replace(OUTLOOK, facts=make_facts(is_sample=False, desk_name="本省/LAN 窓口"))
    assert rows_of(path_file(real, View(1)))[0][-1].endswith("（件）")
    assert file_name(real, View(1), "予測経路") == "見通し_本省-LAN-窓口_20260301時点_予測経路.csv"
    assert file_name(OUTLOOK, View(1, "mail", has_events=False), "日別").startswith(
        "架空データ_見通し_LAN運用窓口_"
    )


def test_what_is_offered_is_what_is_shown(kept: Store) -> None:
    at = seen(open_page(kept, "outlook", Role.AUDITOR))
    offered: list[Any] = list(at.get("download_button"))
    assert [b.proto.label for b in offered] == [
        "日ごとの予測区間を出力する（CSV）",
        "予測の経路を出力する（CSV）",
    ]


def test_nothing_of_another_desk_is_shown(filled: Store) -> None:
    keep_outlook(filled, make_outlook(desk_id="other"), PLANNER, AT)
    at = seen(open_page(filled, "outlook"))
    assert "4月1日から14日まで" not in written(at)
