"""Long work in the background: it goes on while the page is closed, and a reload finds it again.

A job is a row of the store. ``start_job`` adds it and starts a worker process; ``run_job`` is what the worker
does. The work itself is looked up by kind, so that this module knows none of it.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from forecasts.faults import Fault, FaultyFile
from planner.proposal import NotAllowed
from planner.rosters.roster import NoRoster
from planner.store import Job, Store

LEASE_S = 30.0
"""A worker that did not renew its lease for so long is dead."""
START_S = 60.0
"""How long a new worker may take until it has claimed its job."""
WORKER = (sys.executable, "-m", "planner.cli", "job")
"""The command that runs a job, without the job's id."""

_log = logging.getLogger(__name__)


class Cancelled(Exception):
    """Somebody asked the work to stop, or another worker has taken it over."""


class Progress:
    """What a worker says, and how it hears that it must stop.

    Calling it reports a text and a fraction (0–1) and raises Cancelled once a stop was asked;
    ``is_stopped`` may be watched by a solver that cannot call.
    """

    def __init__(self, store: Store, job_id: str, worker: str) -> None:
        """Speak for one worker of one job."""
        self._store, self._job_id, self._worker = store, job_id, worker
        self.is_stopped = Event()

    def __call__(self, text: str, fraction: float) -> None:
        """Report; raises Cancelled."""
        self._store.jobs.report(self._job_id, self._worker, text, fraction)
        self.beat()
        if self.is_stopped.is_set():
            raise Cancelled

    def beat(self) -> None:
        """Renew the lease and hear of a cancel."""
        if not self._store.jobs.beat(self._job_id, self._worker, time.time() + LEASE_S):
            self.is_stopped.set()


Work = Callable[[Mapping[str, Any], Progress], Mapping[str, Any]]
"""Parameters and progress → result, both JSON."""


def start_job(store: Store, kind: str, parameters: Mapping[str, Any], worker: Sequence[str] = WORKER) -> Job:
    """Add a job and start its worker process; the same work that is still under way is returned instead."""
    job, is_new = store.jobs.add(kind, parameters, time.time(), START_S)
    if is_new:
        _start_worker(store.home, (*worker, job.id))
    return job


def _start_worker(home: Path, command: Sequence[str]) -> None:
    folder = home / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{command[-1]}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # our own command
            command,
            env={**os.environ, "MADOGUCHI_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a stop of the dashboard does not stop the work
        )
    Thread(target=process.wait, daemon=True).start()  # takes the exit code, so that no zombie stays


def run_job(store: Store, job_id: str, work: Mapping[str, Work]) -> bool:
    """Do a job as its worker: claim it, renew the lease while the work runs, keep the result or the faults.

    Returns False where another worker has the job, where it was cancelled before, or where it failed.
    """
    jobs = store.jobs
    worker = jobs.claim(job_id, time.time(), LEASE_S)
    if not worker:
        return False
    job, progress = jobs.job(job_id), Progress(store, job_id, worker)
    try:
        with _beating(progress):
            result = work[job.kind](job.parameters, progress)
        return jobs.end(job_id, worker, "done", time.time(), result)
    except Cancelled:
        jobs.end(job_id, worker, "cancelled", time.time(), ())
    except Exception as error:  # noqa: BLE001  # whatever went wrong must be seen on the page
        _log.exception("job %s failed", job_id)
        jobs.end(job_id, worker, "failed", time.time(), _faults(error))
    return False


@contextmanager
def _beating(progress: Progress) -> Iterator[None]:
    """Renew the lease from a second thread: a solver reports nothing for a while and is not dead."""
    is_done = Event()

    def beat() -> None:
        while not is_done.wait(LEASE_S / 6):
            progress.beat()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_done.set()
        thread.join()


def _faults(error: Exception) -> tuple[Fault, ...]:
    match error:
        case FaultyFile():
            return error.faults
        case NotAllowed():
            return (Fault(error.code, "job", value=error.detail),)
        case NoRoster():
            return (Fault("no_roster", "job", value=", ".join(error.clashing)),)
        case _:
            # The text of an unknown error may hold anything; the log of the worker has it.
            return (Fault("unexpected", "job", value=type(error).__name__),)
