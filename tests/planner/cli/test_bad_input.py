"""Bad input: one message with every fault, exit code 2, nothing half-written."""

import re
from pathlib import Path

import pytest

from forecasts.faults import Fault
from planner.cli import main
from planner.wording.faults import fault_sentence

DESK = Path("data/desks/lan-desk.toml")
GOOD_LOG = "received_at,channel\n" + "2026-02-02 09:00,電話\n" * 3


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(GOOD_LOG, encoding="utf-8")
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["madoguchi", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def plan(monkeypatch: pytest.MonkeyPatch, **options: object) -> int:
    words = {"desk": DESK, "from": "2026-04-01", "to": "2026-04-30"} | options
    return run(monkeypatch, "plan", *(x for k, v in words.items() for x in (f"--{k.replace('_', '-')}", v)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"inquiries": "nowhere.csv"}, ("nowhere.csv", "ファイルがありません")),
        ({"desk": "nowhere.toml"}, ("nowhere.toml", "ファイルがありません")),
        ({"columns": "received_at=opened,channel=channel"}, ("opened", "列がありません", "received_at")),
        ({"columns": "when=received_at"}, ("when", "使える項目")),
        ({"from": "2026-02-30"}, ("--from", "2026-02-30", "2026-04-01 の形")),
        ({"to": "2026-03-01"}, ("--to", "2026-03-01", "2026-04-01以後の日にしてください")),
        ({"from": "1026-04-01"}, ("--from", "1026-04-01", "1990-01-01〜2099-12-31")),
        ({"to": "9999-12-31"}, ("--to", "9999-12-31", "1990-01-01〜2099-12-31")),
        ({"to": "2027-04-02"}, ("--from, --to", "2026-04-01〜2027-04-02", "366日以内")),
        ({"as_of": "2021-01-01"}, ("--to", "2026-04-30", "2024-01-04以前の日にするか", "--as-of")),
        ({"seed": "-1", "from": "x"}, ("--seed", "「-1」", "2147483647", "--from")),
        ({"out": "README.md/x"}, ("--out", "README.md", "フォルダーではありません")),
        ({"as_of": "2026-04-05"}, ("--as-of", "2026-04-05", "2026-04-01より前の日にしてください")),
        ({"from": "2026-05-03", "to": "2026-05-06"}, ("--from, --to", "開庁日がありません")),
        ({}, ("学習に使える開庁日が 1 日", "20 日以上")),
    ],
)
def test_a_fault_is_named_with_its_remedy(
    change: dict[str, str],
    said: tuple[str, ...],
    log: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out"
    assert plan(monkeypatch, **({"out": out, "inquiries": log} | change)) == 2
    printed = capsys.readouterr().err
    assert all(words in printed for words in said), printed
    assert "何も書き込んでいません" in printed
    assert not out.exists()


def test_faults_of_all_files_come_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.csv"
    log.write_text("received_at,channel\n2026-02-30 09:00,電話\n2026-02-02 09:00,のろし\n", encoding="utf-8")
    out = tmp_path / "out"
    code = plan(monkeypatch, out=out, inquiries=log, **{"from": "2026-05-03", "to": "2026-05-06"})
    printed = capsys.readouterr().err
    assert code == 2
    assert "3件の誤り" in printed
    assert "2行目 列「received_at」" in printed
    assert "3行目 列「channel」" in printed
    assert "開庁日がありません" in printed
    assert not out.exists()


def test_a_mistyped_date_does_not_hide_faulty_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"out": tmp_path / "out", "inquiries": "nowhere.csv", "desk": "nowhere.toml"}
    assert plan(monkeypatch, to="4月末", **files) == 2
    printed = capsys.readouterr().err
    assert all(words in printed for words in ("4月末", "nowhere.csv", "nowhere.toml")), printed


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "空です"), (b"received_at,channel\n", "行がありません"), (b"\xff\xfe\x00\x81\x00", "文字コード")],
)
def test_a_file_that_is_no_log_is_refused(
    data: bytes,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = tmp_path / "log.csv"
    log.write_bytes(data)
    assert plan(monkeypatch, out=tmp_path / "out", inquiries=log) == 2
    assert said in capsys.readouterr().err


def test_a_desk_with_nobody_is_refused(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = tmp_path / "desk.toml"
    lines = DESK.read_text(encoding="utf-8").split("[[people]]")
    desk.write_text(lines[0] + lines[-1].partition("\n[")[2].join(["[", ""]), encoding="utf-8")
    assert plan(monkeypatch, out=tmp_path / "out", inquiries=log, desk=desk) == 2
    assert "常駐要員が一人もいません" in capsys.readouterr().err


def test_a_date_may_be_typed_as_people_write_it(
    log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plan(monkeypatch, inquiries=log, **{"from": "２０２６/5/3", "to": "2026/5/6"}) == 2
    assert "期間 2026-05-03〜2026-05-06 に開庁日がありません" in capsys.readouterr().err


def test_an_import_names_the_faults_of_log_and_events_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, log = tmp_path / "desk.toml", tmp_path / "log.csv"
    desk.write_text(DESK.read_text(encoding="utf-8"), encoding="utf-8")  # its event files stay behind
    log.write_text("received_at,channel\n1800-02-02 09:00,電話\n", encoding="utf-8")
    monkeypatch.setenv("MADOGUCHI_HOME", str(tmp_path / "home"))
    assert run(monkeypatch, "import", log, "--desk", desk) == 2
    printed = capsys.readouterr().err
    assert "4件の誤り" in printed
    assert "diet.csv: ファイルがありません" in printed
    assert "2行目 列「received_at」: 「1800-02-02 09:00」" in printed
    assert not (tmp_path / "home").exists()


def test_a_home_that_cannot_be_made_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MADOGUCHI_HOME", str(tmp_path / "file" / "home"))
    assert run(monkeypatch, "demo", "--out", tmp_path / "out") == 2
    assert "データベースを開けません" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unexpected_error_shows_no_traceback_but_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MADOGUCHI_HOME", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("planner.cli.serve.sys.executable", str(tmp_path / "no-python"))
    assert run(monkeypatch, "serve") == 1
    printed = capsys.readouterr().err
    assert "予期しない誤りが起きました（FileNotFoundError）" in printed
    assert "Traceback" not in printed
    (log,) = tmp_path.glob("madoguchi-*.log")
    assert "Traceback" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan",), "--inquiries: 指定がありません"),
        (("plan", "--nonsense"), "そのようなオプションはありません"),
        (("fly",), "そのようなコマンドはありません"),
        (("import",), "ファイル: 指定がありません"),
        (("serve", "--port", "80"), "1024〜65535"),
        (("serve", "--port", "eighty"), "「eighty」は使えません"),
        (("demo", "april"), "余分な語があります: april"),
        (("plan", "--seed"), "値の有無が違います: --seed"),
    ],
)
def test_a_mistyped_call_is_answered_in_japanese(
    words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *words) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("command", ["demo", "plan", "import", "imports", "undo-import", "forecast", "serve"])
def test_every_command_has_help_with_an_example(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, command, "--help") == 0
    printed = capsys.readouterr().out
    assert f"madoguchi {command}" in printed
    assert "例:" in printed
    assert "使い方" in printed
    assert not {"Usage", "Options", "Show this message"} & set(printed.split())


def test_every_fault_code_of_the_readers_has_a_sentence() -> None:
    """A code without a sentence would reach people as code."""
    sources = [*Path("forecasts").rglob("*.py"), *Path("planner").rglob("*.py")]
    codes = {c for p in sources for c in re.findall(r'Fault\(\s*"(\w+)"', p.read_text(encoding="utf-8"))}
    assert len(codes) > 15
    unworded = {c for c in codes if c in fault_sentence(Fault(c, "x", value="v", allowed="a"))}
    assert not unworded
