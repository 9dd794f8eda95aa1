import os
import sys
import time
from collections.abc import Mapping
from threading import Event, Thread
from typing import Any

import pytest

from forecasts.faults import Fault, FaultyFile
from planner import jobs as jobs_module
from planner.jobs import Progress, run_job, start_job
from planner.proposal import NotAllowed
from planner.rosters.roster import NoRoster
from planner.store import Job, Store

PARAMETERS = {"desk": "lan-desk", "paths": 3}


def added(store: Store, kind: str = "plan") -> str:
    return store.jobs.add(kind, PARAMETERS, time.time(), 60)[0].id


def work(parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    progress("予測しています", 0.5)
    return {"plan_id": parameters["paths"]}


def test_a_job_runs_and_keeps_its_result(store: Store) -> None:
    job_id = added(store)
    before = store.jobs.job(job_id)
    assert (before.state, before.parameters, before.is_alive(time.time())) == ("waiting", PARAMETERS, True)
    assert run_job(store, job_id, {"plan": work})
    after = store.jobs.job(job_id)
    assert (after.state, after.text, after.fraction, after.result) == (
        "done",
        "予測しています",
        0.5,
        {"plan_id": 3},
    )
    assert after.ended_s is not None
    assert not after.is_alive(0)
    assert not after.is_lost(time.time() + 1e6)
    assert not run_job(store, job_id, {"plan": work}), "a job is done once"


@pytest.mark.parametrize(
    ("error", "faults"),
    [
        (FaultyFile([Fault("empty_file", "a.csv"), Fault("no_rows", "b.csv", 3)]), None),
        (NotAllowed("no_right", "staff"), (Fault("no_right", "job", value="staff"),)),
        (NoRoster(("daily_hours", "leave")), (Fault("no_roster", "job", value="daily_hours, leave"),)),
        (ValueError("架空 花子"), (Fault("unexpected", "job", value="ValueError"),)),
    ],
)
def test_a_failure_is_kept_as_faults(
    store: Store, error: Exception, faults: tuple[Fault, ...] | None
) -> None:
    def fail(_parameters: Mapping[str, Any], _progress: Progress) -> Mapping[str, Any]:
        raise error

    job_id = added(store)
    assert not run_job(store, job_id, {"plan": fail})
    job = store.jobs.job(job_id)
    assert (job.state, job.faults) == ("failed", faults or error.faults)  # type: ignore[attr-defined]


def test_an_unknown_kind_fails_and_an_unknown_job_is_a_key_error(store: Store) -> None:
    job_id = added(store, "other")
    assert not run_job(store, job_id, {"plan": work})
    assert store.jobs.job(job_id).faults == (Fault("unexpected", "job", value="KeyError"),)
    with pytest.raises(KeyError):
        store.jobs.job("none")
    assert not run_job(store, "none", {"plan": work})


def test_a_running_job_is_cancelled_at_its_next_word(store: Store) -> None:
    job_id = added(store)

    def long(_parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        progress("一", 0.1)
        store.jobs.cancel(job_id)
        progress("二", 0.2)
        raise AssertionError

    assert not run_job(store, job_id, {"plan": long})
    job = store.jobs.job(job_id)
    assert (job.state, job.fraction) == ("cancelled", 0.2)


def test_a_silent_worker_renews_its_lease_and_hears_a_cancel(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "LEASE_S", 0.3)
    job_id = added(store)
    leases: list[float] = []

    def silent(_parameters: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        leases.append(store.jobs.job(job_id).lease_until_s)
        while store.jobs.job(job_id).lease_until_s == leases[0]:
            Event().wait(0.01)
        store.jobs.cancel(job_id)
        assert progress.is_stopped.wait(60)
        return {}

    assert run_job(store, job_id, {"plan": silent})


def test_a_waiting_job_is_cancelled_at_once(store: Store) -> None:
    job_id = added(store)
    store.jobs.cancel(job_id)
    assert store.jobs.job(job_id).state == "cancelled"
    assert not run_job(store, job_id, {"plan": work})


def test_a_dead_workers_job_is_lost_and_can_be_taken_over(store: Store) -> None:
    job_id = added(store)
    dead = store.jobs.claim(job_id, 1000.0, 30.0)
    assert store.jobs.claim(job_id, 1010.0, 30.0) == "", "the lease holds"
    assert store.jobs.job(job_id).is_alive(1029.0)
    assert store.jobs.job(job_id).is_lost(1030.0)
    heir = store.jobs.claim(job_id, 1030.0, 30.0)
    assert heir
    # The old worker wakes up: it is fenced off.
    assert not store.jobs.beat(job_id, dead, 9999.0)
    store.jobs.report(job_id, dead, "旧", 0.9)
    assert not store.jobs.end(job_id, dead, "done", 1031.0, {"plan_id": 1})
    job = store.jobs.job(job_id)
    assert (job.state, job.worker, job.text, job.result) == ("running", heir, "", {})
    assert store.jobs.end(job_id, heir, "done", 1032.0, {"plan_id": 2})
    assert store.jobs.job(job_id).result == {"plan_id": 2}


def test_one_of_many_workers_gets_the_job(store: Store) -> None:
    job_id = added(store)
    done: list[bool] = []
    threads = [Thread(target=lambda: done.append(run_job(store, job_id, {"plan": work}))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False] * 4 + [True]


def test_the_same_work_under_way_is_not_started_twice(store: Store) -> None:
    first, is_new = store.jobs.add("plan", {"a": 1, "b": 2}, 1000.0, 60.0)
    assert is_new
    assert store.jobs.add("plan", {"b": 2, "a": 1}, 1001.0, 60.0) == (first, False)
    assert store.jobs.add("plan", {"a": 1}, 1002.0, 60.0)[1]
    assert store.jobs.add("plan", {"a": 1, "b": 2}, 1060.0, 60.0)[1], "the first was never claimed: lost"
    assert [j.created_s for j in store.jobs.newest("plan")] == [1060.0, 1002.0, 1000.0]


def test_a_worker_is_a_process_of_its_own(store: Store) -> None:
    code = """
import os, sys
from planner.jobs import run_job
from planner.store import open_store

def work(parameters, progress):
    progress("計算中", 0.25)
    return {"pid": os.getpid(), **parameters}

run_job(open_store(), sys.argv[1], {"plan": work})
"""
    job = start_job(store, "plan", PARAMETERS, (sys.executable, "-c", code))
    assert start_job(store, "plan", PARAMETERS, ("false",)).id == job.id
    ended = _ended(store, job.id)
    log = (store.home / "jobs" / f"{job.id}.log").read_text()
    assert ended.state == "done", log
    assert ended.result["desk"] == "lan-desk"
    assert ended.result["pid"] != os.getpid()


def _ended(store: Store, job_id: str) -> Job:
    """Wait until a job has ended or is lost."""
    while (job := store.jobs.job(job_id)).is_alive(time.time()):
        time.sleep(0.05)
    return job
