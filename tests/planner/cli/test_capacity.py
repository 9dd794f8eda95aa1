"""``madoguchi capacity``: bad options are told all at once, and what is printed."""

from pathlib import Path
from typing import Any

import pytest

from planner.cli.capacity import asked_scenario, show
from tests.planner.capacity.answer_builder import APRIL, make_answer
from tests.planner.cli.conftest import DESK, Run


@pytest.fixture(autouse=True)
def _home(home: Path) -> None:
    """No command of this file reads or writes the installation of whoever runs the tests."""


def test_every_bad_option_is_told(run: Run, out: Any) -> None:
    options = ("--months", "13", "--risk", "100", "--users", "0", "--as-of", "2026-13-01")
    assert run("capacity", *options) == 2
    said = out().err
    for option in ("--months", "--risk", "--users", "--as-of", "--desk"):
        assert option in said


def test_without_a_log_there_must_be_an_import(run: Run, out: Any) -> None:
    assert run("capacity", "--desk", DESK, "--as-of", "2026-03-01") == 2
    assert "取り込" in out().err


def test_the_answer_is_printed_with_its_assumptions(out: Any) -> None:
    show(make_answer())
    said = out().out
    for words in (
        "令和8年度の年間計画（架空データ）",
        "5人",
        "72%（超過）",
        "41,200千円",
        "+400千円",
        "前提",
        "参考値",
    ):
        assert words in said, words


def test_users_go_with_the_next_fiscal_year() -> None:
    asked = asked_scenario(APRIL.replace(month=3), 0.8, None, 1.0)
    assert asked.users_from == APRIL
    assert asked_scenario(APRIL, 1.0, None, 1.1).users_from is None
