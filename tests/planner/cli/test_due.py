"""madoguchi due: what is due, for people, for calendars and for cron."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from planner.access import Actor, Role
from planner.actions.keep_outlook import keep_outlook
from tests.planner.cli.conftest import DESK, Run, opened
from tests.planner.outlook_builder import make_outlook

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def kept(home: Path) -> None:
    store = opened(home)
    keep_outlook(store, make_outlook(), Actor("a", Role.PLANNER, "計画担当"), datetime(2026, 3, 2))
    store.close()


def test_without_an_outlook_it_says_what_to_do(run: Run, out: Any) -> None:
    assert run("due", "--desk", DESK) == 2
    assert "見通し" in out().err


@pytest.mark.usefixtures("kept")
def test_what_is_due_is_listed_and_told_by_the_exit_code(run: Run, out: Any, tmp_path: Path) -> None:
    calendar, figures = tmp_path / "peaks.ics", tmp_path / "due.json"
    code = run(
        "due", "--desk", DESK, "--as-of", "2026-03-05", "--within", "10", "--ics", calendar, "--json", figures
    )
    said = out().out
    assert code == 3
    assert "4月1日" in said
    assert "提案" in said
    rows = json.loads(figures.read_text(encoding="utf-8"))
    assert rows[0]["step"] == "propose"
    assert 0 <= rows[0]["days_left"] <= 10
    entries = icalendar.Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")
    assert len(entries) == 4 * len(rows)


@pytest.mark.usefixtures("kept")
def test_nothing_is_due_long_before(run: Run) -> None:
    assert run("due", "--desk", DESK, "--as-of", "2026-03-02", "--within", "0") == 0


@pytest.mark.usefixtures("kept")
def test_all_faults_of_a_call_are_told_at_once(run: Run, out: Any) -> None:
    assert run("due", "--as-of", "x", "--within", "-1") == 2
    said = out().err
    assert all(option in said for option in ("--desk", "--as-of", "--within"))
