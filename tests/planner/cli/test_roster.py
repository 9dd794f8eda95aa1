"""``madoguchi roster check``: what it prints, and its exit codes."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.content import canonical_json
from planner.desk_file import read_desk
from planner.document.roster import RosterSheet
from planner.exports.roster_sheet import roster_sheet
from planner.rosters.problem import roster_problem
from planner.rosters.solve import solved
from tests.planner.cli.conftest import DESK, Run, written
from tests.planner.content_builder import make_content

HEAD = "令和8年4月,,,\n氏名,1,2,3\n,水,木,金\n"
USUAL = (
    "架空坂 あおい,早番,早番,早番\n架空沢 いつき,遅番,遅番,遅番\n"
    "架空橋 たまき,早番,早番,早番\n架空森 みのる,遅番,遅番,遅番\n"
)
PERIOD = ("--desk", DESK, "--from", "2026-04-01", "--to", "2026-04-03")


@pytest.fixture(autouse=True)
def _home(home: Path) -> None:
    """No command of this file reads or writes the installation of whoever runs the tests."""


def test_the_usual_days_keep_every_hard_rule(run: Run, tmp_path: Path, out: Any) -> None:
    assert run("roster", "check", written(tmp_path / "四月.csv", HEAD + USUAL), *PERIOD) == 0
    said = out().out
    assert "見本省LAN受付窓口　4月1日（水）〜4月3日（金）　勤務表の確認（架空データ）" in said
    assert "必須の決まりに反するもの 0件" in said


def test_what_is_broken_is_told_with_law_and_remedy(run: Run, tmp_path: Path, out: Any) -> None:
    hard = HEAD + USUAL.replace(
        "架空坂 あおい,早番,早番", "架空坂 あおい,13:00-22:00,8:30-17:30（17:00-17:30）"
    )
    path = written(tmp_path / "四月.csv", hard, "cp932")
    assert run("roster", "check", path, *PERIOD) == 1
    said = out().out
    for words in (
        "【必須】休憩　1件",
        "根拠: 労働基準法第34条第1項",
        "対応: 勤務の途中に必要な長さの休憩を置く。",
        "・4月2日（木）　架空坂 あおい: 途中の休憩0分（決まり: 60分以上）",
        "【配慮】",
    ):
        assert words in said
    assert said.index("【配慮】") > said.rindex("【必須】")


def test_every_fault_of_a_file_is_told(run: Run, tmp_path: Path, out: Any) -> None:
    text = HEAD + USUAL.replace("いつき", "いつみ").replace("早番", "早出", 1)
    assert run("roster", "check", written(tmp_path / "四月.csv", text), *PERIOD) == 2
    said = out().err
    assert "4行目 列「1」: 「早出」は勤務の時間として読めません。早番、遅番" in said
    assert "5行目: 「架空沢 いつみ」という要員はいません" in said


def test_a_day_and_a_person_that_were_left_out_are_named(run: Run, tmp_path: Path, out: Any) -> None:
    rows = [line.rsplit(",", 1)[0] for line in (HEAD + USUAL).splitlines()[:-1]]
    assert run("roster", "check", written(tmp_path / "四月.csv", "\n".join(rows) + "\n"), *PERIOD) == 1
    said = out().err
    assert "4月3日（金）の勤務が一つも書かれていません" in said
    assert "要員がいます（架空森 みのる）" in said


def test_a_duty_that_is_not_in_the_formation_is_told_by_its_hours(run: Run, tmp_path: Path, out: Any) -> None:
    text = HEAD + USUAL.replace("架空坂 あおい,早番", "架空坂 あおい,15:00-24:00")
    assert run("roster", "check", written(tmp_path / "四月.csv", text), *PERIOD) == 1
    said = out().out
    assert "架空坂 あおい: 一般SE 15:00〜24:00の勤務に1人（決まり: 体制表では0人）" in said


def test_our_own_roster_of_a_plan_keeps_the_rules_of_that_plan(run: Run, tmp_path: Path, out: Any) -> None:
    content, desk = make_content(), read_desk(DESK)
    days = desk.calendar.office_days(content.period.start, content.period.end)
    now, proposed = content.alternatives[0], content.alternative(content.recommended)
    roster = solved(roster_problem(desk, days, proposed, now.pattern), content.seed)
    path, plan = tmp_path / "勤務表.xlsx", tmp_path / "plan.json"
    path.write_bytes(roster_sheet(RosterSheet(desk, roster, days, date(2026, 3, 2))))
    plan.write_text(canonical_json(content), encoding="utf-8")
    assert run("roster", "check", path, "--desk", DESK, "--plan", plan) == 0
    said = out().out
    n_soft = sum(bool(v.cost) for v in roster.violations)
    assert f"必須の決まりに反するもの 0件、配慮を要するもの {n_soft}件" in said
    elsewhere = replace(content, desk_id="other")
    plan.write_text(canonical_json(elsewhere), encoding="utf-8")
    assert run("roster", "check", path, "--desk", DESK, "--plan", plan) == 2
    assert "窓口「other」の計画です。窓口「lan-desk」の計画を指定してください。" in out().err


def test_faults_of_the_call(run: Run, tmp_path: Path, out: Any) -> None:
    path = written(tmp_path / "四月.csv", HEAD + USUAL)
    assert run("roster", "check") == 2
    assert "入力に4件の誤りがあります" in out().err
    assert run("roster", "check", path, "--desk", DESK, "--plan", path) == 2
    assert "計画のファイルではありません" in out().err
    assert run("roster", "check", path, "--desk", DESK, "--plan", tmp_path / "none.json") == 2
    assert "ファイルがありません" in out().err
    assert run("roster", "check", path, "--desk", DESK, "--from", "2026-04-04", "--to", "2026-04-05") == 2
    assert "開庁日がありません" in out().err
    assert run("roster", "check", tmp_path / "none.csv", *PERIOD) == 2
    assert "none.csv: ファイルがありません" in out().err


def test_a_period_beside_a_plan_is_refused(run: Run, tmp_path: Path, out: Any) -> None:
    path, plan = written(tmp_path / "四月.csv", HEAD + USUAL), tmp_path / "plan.json"
    plan.write_text(canonical_json(make_content()), encoding="utf-8")
    call = ("roster", "check", path, "--desk", DESK, "--plan", plan)
    assert run(*call, "--to", "2026-04-03") == 2
    assert "--to: --plan と一緒には指定できません。どちらか一方だけを指定してください。" in out().err
    assert run(*call, "--from", "2026-04-01", "--to", "2026-04-03") == 2
    said = out().err
    assert "入力に2件の誤りがあります" in said
    assert "--from: --plan と一緒には指定できません" in said


def test_the_group_alone_shows_its_commands(run: Run, out: Any) -> None:
    assert run("roster") == 0
    assert "check" in out().out
