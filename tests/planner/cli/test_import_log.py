"""What imports leave: the desk that is kept, the log of imports, and how cron sees it all."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.planner.cli.conftest import DESK, HEADER, Run, opened, written

pytestmark = pytest.mark.usefixtures("home")


# --- the desk file ---


def test_a_desk_file_that_differs_from_the_kept_one_is_told_and_replaced_on_demand(
    run: Run, log: Path, tmp_path: Path, home: Path, out: Any
) -> None:
    own = tmp_path / "desks" / "desk.toml"
    own.parent.mkdir()
    (tmp_path / "events").mkdir()
    for name in ("diet.csv", "transfers.csv", "others.csv"):
        (tmp_path / "events" / name).write_bytes(Path("data/events", name).read_bytes())
    own.write_text(DESK.read_text(encoding="utf-8"), encoding="utf-8")
    assert run("import", log, "--desk", own) == 0
    assert "控え" not in out().err
    own.write_text(
        own.read_text(encoding="utf-8").replace("minimum_heads = 1", "minimum_heads = 2"), encoding="utf-8"
    )
    assert run("import", log, "--desk", own) == 0
    assert "--update-desk" in out().err
    assert run("import", log, "--desk", own, "--update-desk") == 0
    assert "置き換えました" in out().err
    kept = (home / "desks" / "lan-desk" / "desk.toml").read_text(encoding="utf-8")
    assert "minimum_heads = 2" in kept
    assert run("import", log, "--desk", own) == 0
    assert "控え" not in out().err


# --- the log of imports ---


def test_imports_are_listed_and_taken_back(run: Run, log: Path, tmp_path: Path, home: Path, out: Any) -> None:
    assert run("imports", "--desk", DESK) == 0
    assert "まだ何も取り込んでいません" in out().out
    run("import", log, written(tmp_path / "b.csv", HEADER + "I90,2026-02-20 09:00,電話,,\n"), "--desk", DESK)
    out()
    assert run("undo-import", "1", "--desk", "lan-desk") == 0
    assert "取込み1（log.csv）を取り消しました" in out().out
    assert len(opened(home).records("lan-desk").inquiries) == 1
    assert run("imports", "--desk", "lan-desk") == 0
    said = out().out
    assert "取消済み" in said
    assert "有効" in said
    assert run("undo-import", "1", "--desk", "lan-desk") == 1
    assert run("undo-import", "7", "--desk", "lan-desk") == 2
    assert "番号 7 の取込みはありません" in out().err


def test_an_undone_file_can_be_taken_in_again(run: Run, log: Path, home: Path) -> None:
    run("import", log, "--desk", DESK)
    run("undo-import", "1", "--desk", "lan-desk")
    assert run("import", log, "--desk", "lan-desk") == 0
    assert len(opened(home).records("lan-desk").inquiries) == 5


def test_it_works_without_a_terminal_and_without_an_answer(log: Path, home: Path) -> None:
    """As cron calls it: no input, no terminal, an empty environment but for the place of the data."""
    command = [sys.executable, "-m", "planner.cli", "import", str(log), "--desk", str(DESK)]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={"MADOGUCHI_HOME": str(home), "LC_ALL": "C"},
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    (record,) = opened(home).imports("lan-desk")
    assert record.first_day == date(2026, 2, 2)
