"""見通し and 概況: the day, the days left, and a computation under way."""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from forecasts.faults import Fault
from planner.actions.keep_plan import Made, keep_plan
from planner.desk_folder import desk_files, keep_desk
from planner.store import Store
from tests.planner.document_builder import real_content
from tests.planner.pages.conftest import PLANNER, ROOT, open_page, written
from tests.planner.reading_builder import make_reading, take_in


def job(store: Store, outcome: Mapping[str, Any] | tuple[Fault, ...]) -> str:
    """Return a job that has ended: with a result, or with faults."""
    now_s = time.time()
    added, _ = store.jobs.add("plan", {}, now_s, 60.0)
    worker = store.jobs.claim(added.id, now_s, 60.0)
    is_done = isinstance(outcome, Mapping)
    store.jobs.end(added.id, worker, "done" if is_done else "failed", now_s, outcome)
    return added.id


def test_says_what_is_to_be_done_and_how_many_office_days_are_left(looked_at: Store) -> None:
    said = written(open_page(looked_at, "overview"))
    assert "主管課の判断を待っている。承認の期限は3月17日（火）（あと11開庁日）である。" in said
    assert "3月10日（火）<small>あと6開庁日</small>" in said


def test_a_real_desk_has_the_real_day_and_no_mark(store: Store) -> None:
    plan = replace(real_content(as_of=date(2026, 3, 1)), is_sample=False)
    keep_plan(store, plan, Made(), PLANNER, datetime(2026, 3, 2))
    said = written(open_page(store, "overview"))
    assert "架空データ" not in said
    assert "期限を過ぎている" in said


def test_a_finished_computation_chooses_its_plan(filled: Store) -> None:
    made = keep_plan(
        filled, real_content(seed=1, as_of=date(2026, 3, 1)), Made(), PLANNER, datetime(2026, 3, 2)
    )
    at = open_page(filled, "outlook", job=job(filled, {"plan_id": made.id}), plan="1")
    assert not at.exception
    assert at.query_params["plan"] == str(made.id)
    assert "job" not in at.query_params


def test_a_failed_computation_says_why(filled: Store) -> None:
    fault = Fault("no_office_day", "--from, --to", value="2026-05-03〜2026-05-05")
    at = open_page(filled, "outlook", job=job(filled, (fault,)))
    assert "開庁日がありません" in at.error[0].value


def test_a_computation_under_way_can_be_cancelled(filled: Store) -> None:
    added, _ = filled.jobs.add("plan", {}, time.time(), 60.0)
    at = open_page(filled, "outlook", job=added.id)
    next(b for b in at.button if b.label == "計算を中止する").click().run()
    assert filled.jobs.job(added.id).state == "cancelled"


def test_a_computation_that_nobody_knows_is_let_go(filled: Store) -> None:
    at = open_page(filled, "outlook", job="none")
    assert not at.exception
    assert "job" not in at.query_params


def imported(store: Store) -> Store:
    keep_desk(store.home, ROOT / "data/desks/lan-desk.toml")
    take_in(store, make_reading([{"received_at": datetime(2026, 2, 27, 9, 0), "channel": "phone"}]))
    return store


def test_a_first_plan_can_be_asked_for_once_inquiries_are_there(store: Store) -> None:
    at = open_page(imported(store), "outlook")
    assert not at.exception
    assert "計算を始める" in [button.label for button in at.button]


def test_a_faulty_desk_file_is_said_in_a_sentence(store: Store) -> None:
    kept = desk_files(imported(store).home)["lan-desk"]
    kept.write_text("id = ", encoding="utf-8")
    at = open_page(store, "outlook")
    assert not at.exception
    assert "desk.toml" in at.error[0].value
