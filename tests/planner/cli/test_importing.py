"""``madoguchi import``: exit codes, what is kept, what is said, what a person must say first."""

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.planner.cli.conftest import DESK, HEADER, ROWS, Run, opened, written

pytestmark = pytest.mark.usefixtures("home")


def test_a_file_is_taken_in_and_told(run: Run, log: Path, home: Path, out: Any) -> None:
    assert run("import", log, "--desk", DESK) == 0
    said = out().out
    assert "問合せの一覧" in said
    assert "見出し1行目" in said
    assert "受付日時 ← 受付日時" in said
    assert "読んだ行 6 ＝ 取り込む行 5 ＋ 取り込めない行 0 ＋ データでない行 1（見出し1行）" in said
    assert "件名（自由記述のため、読み取らない）" in said
    assert "分からないこと" in said
    assert "この表にない項目: 対応時間（処理時間は窓口ファイルの値を使う）、切断日時" in said
    assert said.splitlines()[-1].startswith("log.csv: 取り込みました")
    assert "新規5件、訂正0件、変わらず0件" in said.splitlines()[-1]
    kept = opened(home).records("lan-desk").inquiries
    assert len(kept) == 5
    assert "花見咲" not in kept.to_csv()
    assert kept["handler"].nunique() == 1


def test_the_same_file_again_adds_nothing_and_is_no_fault(run: Run, log: Path, home: Path, out: Any) -> None:
    run("import", log, "--desk", DESK)
    out()
    assert run("import", log, "--desk", "lan-desk") == 0
    assert "件数は増えません" in out().out.splitlines()[-1]
    assert len(opened(home).records("lan-desk").inquiries) == 5
    assert len(opened(home).imports("lan-desk")) == 1


def test_an_overlapping_export_adds_what_is_new_and_corrects(
    run: Run, log: Path, tmp_path: Path, out: Any
) -> None:
    run("import", log, "--desk", DESK)
    out()
    changed = (
        ROWS.replace("I4,2026-02-06 09:00,電話", "I4,2026-02-06 09:00,メール") + "I9,2026-02-09 9:00,電話,,\n"
    )
    assert run("import", written(tmp_path / "next.csv", HEADER + changed), "--desk", DESK) == 0
    assert "新規1件、訂正1件、変わらず4件" in out().out


def test_an_older_file_is_known_again_after_a_newer_one_brought_new_words(
    run: Run, log: Path, tmp_path: Path, home: Path, out: Any
) -> None:
    newer = written(tmp_path / "newer.csv", HEADER + "I90,2026-02-20 09:00,メール,,\n")
    assert run("import", log, newer, "--desk", DESK) == 0
    out()
    assert run("import", log, newer, "--desk", "lan-desk") == 0
    assert [("件数は増えません" in line) for line in out().out.splitlines()[-2:]] == [True, True]
    assert len(opened(home).imports("lan-desk")) == 2


def test_a_check_keeps_nothing(run: Run, log: Path, home: Path, out: Any) -> None:
    assert run("import", log, "--desk", DESK, "--check") == 0
    assert "5行を取り込めます" in out().out
    assert not (home / "desks").exists()
    assert not (home / "pseudonym.key").exists()
    assert not opened(home).imports("lan-desk")


BAD = "I7,2026-02-30 09:00,電話,,\nI8,2026-02-10 09:00,のろし,,\n"


def test_faulty_rows_keep_the_file_out_until_somebody_decides(
    run: Run, tmp_path: Path, home: Path, out: Any
) -> None:
    log = written(tmp_path / "log.csv", HEADER + ROWS + BAD)
    assert run("import", log, "--desk", DESK) == 2
    printed = out()
    assert "7行目 列「受付日時」: 「2026-02-30 09:00」" in printed.err
    assert "8行目 列「受付方法」: 「…」" in printed.err
    assert "のろし" not in printed.err  # what cron mails may name nobody
    assert "--report" in printed.err
    assert "--accept-partly" in printed.out.splitlines()[-1]
    assert not opened(home).imports("lan-desk")
    assert run("import", log, "--desk", DESK, "--accept-partly") == 0
    assert "取り込みました（一部の行を除く）" in out().out
    (record,) = opened(home).imports("lan-desk")
    assert (record.is_partial, record.account.accepted, record.account.rejected) == (True, 5, 2)
    assert [f.row for f in opened(home).import_faults(record.id)] == [7, 8]


def test_the_report_accounts_for_every_row(run: Run, tmp_path: Path) -> None:
    text = "問合せ一覧,,,,\n,,,,\n" + HEADER + ROWS + BAD.replace("のろし", "=1+1") + ",,,,\n合計,7,,,\n"
    log, report = written(tmp_path / "log.csv", text, "cp932"), tmp_path / "out" / "faults.csv"
    assert run("import", log, "--desk", DESK, "--report", report) == 2
    assert report.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert list(rows[0]) == ["行", "列", "値", "理由", "対処"]
    sums = {row["理由"]: int(row["値"]) for row in rows if not row["行"]}
    assert sums["読んだ行"] == sum(n for name, n in sums.items() if name != "読んだ行")
    lines = [int(row["行"]) for row in rows if row["行"]]
    assert len(set(lines)) == sums["読んだ行"] - sums["取り込む行"]
    (rejected,) = [row for row in rows if row["列"] == "受付方法"]
    assert rejected["値"] == "'=1+1"  # no formula in Excel
    assert rejected["対処"]


def test_reports_of_several_files_are_numbered(run: Run, log: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "other.csv", HEADER + "I90,2026-02-20 09:00,電話,,\n")
    assert run("import", log, other, "--desk", DESK, "--report", tmp_path / "r.csv") == 0
    assert sorted(p.name for p in tmp_path.glob("r*.csv")) == ["r-1.csv", "r-2.csv"]


def test_each_file_stands_by_itself_and_the_worst_code_counts(
    run: Run, log: Path, tmp_path: Path, home: Path, out: Any
) -> None:
    other = written(tmp_path / "other.csv", HEADER + "I90,2026-02-20 09:00,電話,,\n")
    assert run("import", log, tmp_path / "nowhere.csv", other, "--desk", DESK) == 2
    said = out().out.splitlines()[-3:]
    assert [line.partition(":")[0] for line in said] == ["log.csv", "nowhere.csv", "other.csv"]
    assert "何も保存していません" in said[1]
    assert len(opened(home).records("lan-desk").inquiries) == 6


def test_a_report_of_the_exchange_and_totals_of_days(run: Run, tmp_path: Path, home: Path) -> None:
    acd = written(
        tmp_path / "acd.csv", "日付,時間帯,着信数,応答数\n2026/2/2,9:00-9:30,7,6\n2026/2/2,9:30-10:00,5,5\n"
    )
    days = written(tmp_path / "days.csv", "日付,電話,メール\n2026/2/2,12,3\n2026/2/3,10,4\n")
    assert run("import", acd, days, "--desk", DESK) == 0
    records = opened(home).records("lan-desk")
    assert records.intervals["offered"].tolist() == [7, 5]
    assert records.totals["count"].sum() == 29


def test_worksheets_that_were_passed_over_are_told(run: Run, tmp_path: Path, out: Any) -> None:
    book = openpyxl.Workbook()
    for line in (HEADER + ROWS).splitlines():
        book.worksheets[0].append(line.split(","))
    book.create_sheet("作業用").sheet_state = "hidden"
    book.save(tmp_path / "log.xlsx")
    assert run("import", tmp_path / "log.xlsx", "--desk", DESK, "--check") == 0
    assert "作業用" in out().err


def test_what_columns_mean_is_told_in_words(run: Run, tmp_path: Path, out: Any) -> None:
    months = written(
        tmp_path / "months.csv", "受付方法,令和7年4月,令和7年5月,令和7年6月\n電話,1200,980,990\n"
    )
    assert run("import", months, "--desk", DESK, "--check") == 0
    assert "月 ← 各列の見出し、" in out().out


# --- what a person must say first ---


def test_a_log_without_a_channel_needs_to_be_told(run: Run, tmp_path: Path, home: Path, out: Any) -> None:
    log = written(tmp_path / "log.csv", "番号,受付日時\nI1,2026-02-02 09:00\n")
    assert run("import", log, "--desk", DESK) == 2
    assert "--channel" in out().err
    assert run("import", log, "--desk", DESK, "--channel", "fax") == 2
    assert "「fax」は定義されていません" in out().err
    assert run("import", log, "--desk", DESK, "--channel", "mail") == 0
    assert opened(home).records("lan-desk").inquiries["channel"].tolist() == ["mail"]


def test_words_of_channels_can_be_told(run: Run, tmp_path: Path, home: Path) -> None:
    log = written(
        tmp_path / "log.csv", "番号,受付日時,受付方法\nI1,2026-02-02 9:00,のろし\nI2,2026-02-02 9:00,電話\n"
    )
    assert run("import", log, "--desk", DESK, "--channel", "のろし=walk_in") == 0
    assert opened(home).records("lan-desk").inquiries["channel"].tolist() == ["walk_in", "phone"]


def test_a_required_column_that_is_not_recognised_is_asked_for(run: Run, tmp_path: Path, out: Any) -> None:
    log = written(tmp_path / "log.csv", "何か,いつ,どこから\nI1,2026-02-02 9:00,電話\n")
    assert run("import", log, "--desk", DESK) == 2
    printed = out().err
    assert "--columns" in printed
    assert "いつ" in printed
    assert (
        run("import", log, "--desk", DESK, "--columns", "received_at=いつ,channel=どこから,number=何か") == 0
    )


def test_a_mapping_is_remembered(run: Run, tmp_path: Path, home: Path, out: Any) -> None:
    header = "何か,いつ,どこから\n"
    log = written(tmp_path / "log.csv", header + "I1,2026-02-02 9:00,電話\n")
    run("import", log, "--desk", DESK, "--columns", "received_at=いつ,channel=どこから,number=何か")
    out()
    later = written(tmp_path / "later.csv", header + "I2,2026-02-03 9:00,電話\n")
    assert run("import", later, "--desk", DESK) == 0
    assert "前回の対応を使います" in out().out
    assert len(opened(home).records("lan-desk").inquiries) == 2


def test_an_export_that_lost_a_column_is_not_guessed_at(
    run: Run, log: Path, tmp_path: Path, home: Path, out: Any
) -> None:
    run("import", log, "--desk", DESK)
    out()
    text = "番号,受付日時,受付方法,件名\nI9,2026-02-20 09:00,電話,\n"
    changed = written(tmp_path / "changed.csv", text)
    assert run("import", changed, "--desk", DESK) == 2
    printed = out().err
    assert "前回まであった列「対応者」がありません" in printed
    assert "--columns" in printed
    assert len(opened(home).imports("lan-desk")) == 1
    assert (
        run(
            "import",
            changed,
            "--desk",
            DESK,
            "--columns",
            "number=番号,received_at=受付日時,channel=受付方法",
        )
        == 0
    )


def test_a_kind_and_a_desk_that_nobody_knows_are_named(run: Run, log: Path, out: Any) -> None:
    assert run("import", log, "--desk", "nowhere", "--kind", "tickets") == 2
    assert "inquiries, intervals, totals, attendance" in out().err
    assert run("import", log, "--desk", "nowhere") == 2
    assert "窓口「nowhere」" in out().err


def test_rows_of_one_number_are_accounted_for(run: Run, tmp_path: Path, out: Any) -> None:
    rows = "I1,2026-02-10 09:00,電話,,\nI1,2026-02-10 09:00,メール,,\nI2,2026-02-10 09:10,電話,,\n"
    log = written(tmp_path / "log.csv", HEADER + rows)
    assert run("import", log, "--desk", DESK) == 0
    assert "新規2件、訂正0件、変わらず0件、同じ番号の前の行1行、" in out().out
