"""勤務表: changed and checked at once, undone, solved around locks, an absence filled, kept, given out."""

import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from forecasts.slots import Period
from planner.access import Role
from planner.actions.keep_plan import Made, keep_plan
from planner.actions.keep_roster import keep_roster
from planner.content import Content
from planner.desk_file import read_desk
from planner.desk_folder import desk_files
from planner.document.roster import RosterSheet
from planner.exports.roster_sheet import roster_sheet
from planner.parts import roster_case
from planner.proposal import NotAllowed, State
from planner.proposing import problem_of
from planner.rosters.roster import Duty, Roster
from planner.rosters.solve import solved
from planner.store import Store
from tests.planner.actions_builders import AT, MANAGER, OFFICIAL, filed_at
from tests.planner.document_builder import real_content
from tests.planner.pages.conftest import ROOT, open_page, written
from tests.planner.pages.test_walk import press

DESK = read_desk(ROOT / "data/desks/lan-desk.toml")
FINE, BROKEN = "必須の規則に反する箇所はない。", "必須の規則に反する箇所が1件ある。"


@pytest.fixture(scope="module")
def roster() -> Roster:
    content: Content = real_content()
    return solved(problem_of(content, DESK), content.seed)


@pytest.fixture
def rostered(filled: Store, roster: Roster) -> Store:
    keep_roster(filled, "plan-1", roster, None, MANAGER, AT)
    return filled


def emptied(at: AppTest) -> AppTest:
    """Take the first person's duty of the first day away."""
    at = next(b for b in at.selectbox if b.label == "勤務").select_index(0).run()
    return press(at, "この欄を変える")


def test_a_cell_is_changed_checked_at_once_and_undone(rostered: Store) -> None:
    at = open_page(rostered, "roster")
    assert not at.exception
    assert FINE in written(at)
    at = emptied(at)
    assert BROKEN in written(at)
    assert "×1" in written(at)
    assert any("新たに反する必須の規則は1件" in error.value for error in at.error)
    assert rostered.roster("plan-1") is not None
    at = press(at, "元に戻す")
    assert FINE in written(at)
    assert not at.error


def test_the_page_says_which_kept_rosters_stand_behind_it(rostered: Store, roster: Roster) -> None:
    assert "引き継ぐ勤務表はない。" in written(open_page(rostered, "roster"))
    march = Period(date(2026, 3, 2), date(2026, 4, 1))
    before = real_content(as_of=date(2026, 2, 1), period=march, window=march)
    seat = roster.of("p1")[0].seat
    worked = tuple(Duty(date(2026, 3, n), "p1", seat) for n in (5, 30, 31))
    keep_plan(rostered, before, Made(Roster(worked, absent=(("p1", date(2026, 3, 31)),))), MANAGER, AT)
    at = open_page(rostered, "roster", plan="1")
    assert not at.exception
    assert "令和8年3月5日から令和8年3月30日までの保存した勤務表（2日分）を引き継ぎ、" in written(at)


def test_of_an_approved_proposal_the_page_fixes_the_month_that_runs(rostered: Store, roster: Roster) -> None:
    """Under monthly variable hours: on a day of April the hours of April stay as they were made known."""
    number = filed_at(rostered, State.APPROVED).proposal.number
    keep_roster(rostered, number, roster, None, MANAGER, AT)
    desk_file = desk_files(rostered.home)["lan-desk"]
    text = desk_file.read_text(encoding="utf-8")
    desk_file.write_text(
        text.replace('working_hours = "weekly"', 'working_hours = "monthly_variable"'), "utf-8"
    )
    at = open_page(rostered, "roster", proposal=number)
    assert "周知済み" not in written(at)  # it is still March
    keep_plan(rostered, real_content(as_of=date(2026, 4, 9)), Made(), MANAGER, AT)
    at = open_page(rostered, "roster", Role.PLANNER, proposal=number)
    assert not at.exception
    assert "令和8年4月30日までの労働時間は、周知済みのため固定している" in written(at)


def test_solving_anew_around_locks_says_what_clashes(rostered: Store) -> None:
    at = press(emptied(open_page(rostered, "roster")), "固定したまま組み直す")
    assert not at.exception
    assert "全て守る勤務表は組めない" in at.error[0].value
    assert any("見直せば" in info.value for info in at.info)
    at = press(press(at, "全ての固定を解く（1欄）"), "組み直す")
    assert FINE in written(at)


def test_an_absence_is_offered_and_taken(rostered: Store) -> None:
    at = open_page(rostered, "roster")
    days = next(m for m in at.multiselect if m.label == "欠勤する日")
    at = press(days.set_value([problem_days()[1]]).run(), "変更の少ない埋め合わせを探す")
    assert not at.exception
    assert "変わる欄" in written(at)
    at = press(at, "この変更を取り入れる")
    assert FINE in written(at)
    assert ">欠<" in written(at)


def test_an_absence_is_kept_with_the_roster_and_taken_back(rostered: Store) -> None:
    at = open_page(rostered, "roster")
    days = next(m for m in at.multiselect if m.label == "欠勤する日")
    at = press(days.set_value([problem_days()[1]]).run(), "変更の少ない埋め合わせを探す")
    press(press(at, "この変更を取り入れる"), "保存する")
    kept = rostered.roster("plan-1")
    assert kept is not None
    assert kept.absent == (("p1", problem_days()[1]),)
    forget_steps()
    at = open_page(rostered, "roster")
    assert FINE in written(at)
    assert ">欠<" in written(at)
    back = next(m for m in at.multiselect if m.label == "欠勤のうち取り消すもの")
    at = press(back.set_value([kept.absent[0]]).run(), "欠勤を取り消す")
    assert not at.exception
    assert ">欠<" not in written(at)
    assert BROKEN in written(at)  # the duty waits for somebody: the remedy is the primary button
    at = press(at, "組み直す")
    assert FINE in written(at)


def test_a_reload_loses_no_step(rostered: Store) -> None:
    emptied(open_page(rostered, "roster"))
    at = open_page(rostered, "roster")  # a new session
    assert BROKEN in written(at)
    assert any("保存していない変更がある" in info.value for info in at.info)
    assert FINE in written(press(at, "元に戻す"))


def test_what_another_kept_is_shown_where_no_step_waits(rostered: Store, roster: Roster) -> None:
    open_page(rostered, "roster")
    first = problem_days()[0]
    other = Roster(tuple(d for d in roster.duties if (d.person, d.day) != ("p1", first)))
    keep_roster(rostered, "plan-1", other, roster, MANAGER, AT)
    assert BROKEN in written(open_page(rostered, "roster"))


def test_unsaved_steps_are_not_for_the_client(rostered: Store) -> None:
    emptied(open_page(rostered, "roster"))
    at = open_page(rostered, "roster", Role.APPROVER)
    assert not any(person.name in written(at) for person in DESK.people)


def forget_steps() -> None:
    """Do what a new start of the dashboard does."""
    roster_case.all_work().clear()


def problem_days() -> tuple[date, ...]:
    return problem_of(real_content(), DESK).days


def test_what_was_changed_is_kept_and_the_record_names_nobody(rostered: Store) -> None:
    at = press(emptied(open_page(rostered, "roster")), "保存する")
    assert [s.value for s in at.success] == ["勤務表を保存した。"]
    kept = rostered.roster("plan-1")
    assert kept is not None
    assert not [d for d in kept.duties if d.person == "p1" and d.day == problem_days()[0]]
    entry = rostered.audit_entries()[-1]
    detail = json.loads(entry.detail)
    assert (entry.action, entry.subject) == ("keep_roster", "plan-1")
    assert set(detail) == {"digest", "duties", "broken", "vacancies"}
    assert detail["broken"] == 1
    assert not any(person.name in entry.detail for person in DESK.people)
    assert "勤務表の保存" in written(open_page(rostered, "records", Role.AUDITOR))


def test_a_roster_kept_meanwhile_is_not_overwritten(rostered: Store, roster: Roster) -> None:
    at = emptied(open_page(rostered, "roster"))
    other = Roster(roster.duties[1:])
    keep_roster(rostered, "plan-1", other, roster, MANAGER, AT)
    at = press(at, "保存する")
    assert "ほかの操作で内容が変わりました" in at.error[0].value
    assert rostered.roster("plan-1") == other


def test_a_first_roster_is_solved_on_the_page(filled: Store) -> None:
    at = open_page(filled, "roster")
    assert "勤務表はまだない。" in written(at)
    at = press(at, "勤務表を組む")
    assert not at.exception
    assert FINE in written(at)
    press(at, "保存する")
    assert filled.roster("plan-1") is not None


def test_the_address_names_the_proposal(rostered: Store) -> None:
    number = filed_at(rostered, State.SUBMITTED).proposal.number
    at = open_page(rostered, "roster", Role.CONTRACT_MANAGER, proposal=number)
    assert next(b for b in at.selectbox if b.label == "対象").value == number
    at = press(at, "勤務表を組む")
    press(at, "保存する")
    assert rostered.roster(number) is not None
    assert rostered.proposal(number).proposal.state is State.SUBMITTED


def test_files_are_offered_with_their_names(rostered: Store) -> None:
    at = open_page(rostered, "roster")
    assert {b.proto.label for b in at.get("download_button")} >= {
        "勤務表を出力する（Excel）",
        "予定表を出力する（iCalendar）",
    }


def test_a_roster_made_by_hand_is_checked_and_taken_over(rostered: Store, roster: Roster) -> None:
    days = problem_days()
    first = Roster(tuple(d for d in roster.duties if (d.person, d.day) != ("p1", days[0])))
    sheet = roster_sheet(RosterSheet(DESK, first, days, AT.date()))
    at = open_page(rostered, "roster")
    upload = next(u for u in at.get("file_uploader") if u.label == "手元の勤務表（Excel・CSV）")
    at = upload.set_value(("手作り.xlsx", sheet, "application/octet-stream")).run()
    assert not at.exception
    assert "必須の規則に反するのは1項目" in written(at)
    at = press(at, "この勤務表を取り入れる")
    assert BROKEN in written(at)
    assert rostered.roster("plan-1") == roster


def test_a_file_that_is_no_roster_is_refused_in_words(rostered: Store) -> None:
    at = open_page(rostered, "roster")
    upload = next(u for u in at.get("file_uploader") if u.label == "手元の勤務表（Excel・CSV）")
    at = upload.set_value(("手作り.csv", "氏名,4/1\n知らない人,早番\n".encode(), "text/csv")).run()
    assert not at.exception
    assert at.error[0].value.startswith("このファイルは読めない。何も保存していない。")


def test_only_the_contractor_keeps_a_roster(rostered: Store, roster: Roster) -> None:
    with pytest.raises(NotAllowed, match="no_right"):
        keep_roster(rostered, "plan-1", Roster(()), roster, OFFICIAL, AT)
    assert rostered.roster("plan-1") == roster
