"""Ctrl+C: the program stops, says so and leaves nothing."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.wording.progress import progress_words

CASE = Path("tests/cases/small-desk")
PERIOD = ("--from", "2026-04-01", "--to", "2026-04-30", "--as-of", "2026-03-01")


@pytest.fixture
def is_heard() -> Iterator[None]:
    """Tests that a shell runs in its background ignore Ctrl+C, and what they start would inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("is_heard")
def test_a_stop_while_the_solver_runs_ends_the_program(tmp_path: Path) -> None:
    """A solver that took the signal for itself would answer worse and let the program go on."""
    files = ("--inquiries", CASE / "inquiries.csv", "--desk", CASE / "desk.toml", "--out", tmp_path / "out")
    command = (sys.executable, "-m", "planner.cli", "plan", *map(str, files), *PERIOD)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as program:
        assert program.stderr is not None
        for line in program.stderr:
            if progress_words("designing_pattern") in line:
                program.send_signal(signal.SIGINT)
                break
        left = program.stderr.read()
    assert program.returncode == 130
    assert "中止しました" in left
    assert "Traceback" not in left
    assert not (tmp_path / "out").exists()
