"""How a command is called in a test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.store import Store, open_store

Run = Callable[..., int]
DESK = Path("data/desks/lan-desk.toml")
HEADER = "番号,受付日時,受付方法,対応者,件名\n"
ROWS = "".join(f"I{n},2026-02-{n + 2:02d} 09:00,電話,花見咲,秘密の件名\n" for n in range(5))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MADOGUCHI_HOME", str(folder))
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call a command and return its exit code."""

    def called(*arguments: object) -> int:
        monkeypatch.setattr("sys.argv", ["madoguchi", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        return int(left.value.code or 0)

    return called


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return written(tmp_path / "log.csv", HEADER + ROWS)


@pytest.fixture
def out(capsys: pytest.CaptureFixture[str]) -> Any:
    """What was printed since the last look: (out, err)."""
    return capsys.readouterr


def opened(home: Path) -> Store:
    return open_store(home)
