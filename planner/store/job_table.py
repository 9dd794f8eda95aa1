"""The job table: who works on what, how far, and until when the others wait.

A worker holds a job by a lease that it renews. Every write of a worker names the worker: one that lost its
lease (it slept, another took over) changes nothing any more.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, and_, insert, or_, select, update

from forecasts.faults import Fault
from planner.content import plain
from planner.store import reading
from planner.store.chain import canonical
from planner.store.records import Job, JobState
from planner.store.tables import jobs


class JobTable:
    """Kept apart from the rest of the store: jobs are no part of the record, and are not audited."""

    def __init__(self, engine: Engine, writing_engine: Engine) -> None:
        """Serve the engines of a store."""
        self._engine, self._writing_engine = engine, writing_engine

    def add(self, kind: str, parameters: Mapping[str, Any], now_s: float, lease_s: float) -> tuple[Job, bool]:
        """Add a job and tell that it is new; the same work that is still under way is returned instead."""
        same = and_(jobs.c.kind == kind, jobs.c.parameters == canonical(parameters))
        is_alive = and_(jobs.c.state.in_(("waiting", "running")), jobs.c.lease_until_s > now_s)
        with self._writing_engine.begin() as connection:
            alive = select(jobs).where(same, is_alive, ~jobs.c.is_cancel_asked)
            if (row := connection.execute(alive).mappings().first()) is not None:
                return reading.job(row), False
            job_id = secrets.token_hex(8)
            connection.execute(
                insert(jobs).values(
                    id=job_id,
                    kind=kind,
                    parameters=canonical(parameters),
                    state="waiting",
                    text="",
                    fraction=0.0,
                    is_cancel_asked=False,
                    worker="",
                    lease_until_s=now_s + lease_s,
                    created_s=now_s,
                    result="{}",
                    faults="[]",
                )
            )
            return self._found(connection, job_id), True

    def job(self, job_id: str) -> Job:
        """Return a job; raises KeyError."""
        with self._engine.begin() as connection:
            return self._found(connection, job_id)

    def newest(self, kind: str) -> tuple[Job, ...]:
        """Return the jobs of a kind, the newest first."""
        query = select(jobs).where(jobs.c.kind == kind).order_by(jobs.c.created_s.desc(), jobs.c.id)
        with self._engine.begin() as connection:
            return tuple(reading.job(row) for row in connection.execute(query).mappings())

    def claim(self, job_id: str, now_s: float, lease_s: float) -> str:
        """Take a job that waits or whose worker died; return the worker's token, "" where another has it."""
        worker = secrets.token_hex(8)
        is_free = or_(
            jobs.c.state == "waiting", and_(jobs.c.state == "running", jobs.c.lease_until_s <= now_s)
        )
        taken = update(jobs).where(jobs.c.id == job_id, is_free)
        with self._writing_engine.begin() as connection:
            row = connection.execute(
                taken.values(state="running", worker=worker, lease_until_s=now_s + lease_s)
            )
            return worker if row.rowcount else ""

    def beat(self, job_id: str, worker: str, until_s: float) -> bool:
        """Renew a lease; return whether the worker may go on (it has the job and no cancel was asked)."""
        if not self._write(job_id, worker, {"lease_until_s": until_s}):
            return False
        return not self.job(job_id).is_cancel_asked

    def report(self, job_id: str, worker: str, text: str, fraction: float) -> None:
        """Say how far the work is."""
        self._write(job_id, worker, {"text": text, "fraction": fraction})

    def end(
        self,
        job_id: str,
        worker: str,
        state: JobState,
        now_s: float,
        outcome: Mapping[str, Any] | Iterable[Fault],
    ) -> bool:
        """End a job with its result, or with the faults for which it failed; return whether it was held."""
        values: dict[str, Any] = {"state": state, "ended_s": now_s}
        if isinstance(outcome, Mapping):
            values |= {"result": canonical(outcome)}
        else:
            values |= {"faults": json.dumps([plain(fault) for fault in outcome], ensure_ascii=False)}
        return self._write(job_id, worker, values)

    def cancel(self, job_id: str) -> None:
        """Ask the worker to stop; a job that still waits is cancelled at once."""
        asked = update(jobs).where(jobs.c.id == job_id, jobs.c.state.in_(("waiting", "running")))
        with self._writing_engine.begin() as connection:
            connection.execute(asked.values(is_cancel_asked=True))
            connection.execute(asked.where(jobs.c.state == "waiting").values(state="cancelled"))

    def _write(self, job_id: str, worker: str, values: Mapping[str, Any]) -> bool:
        held = (jobs.c.id == job_id, jobs.c.worker == worker, jobs.c.state == "running")
        with self._writing_engine.begin() as connection:
            return connection.execute(update(jobs).where(*held).values(dict(values))).rowcount == 1

    @staticmethod
    def _found(connection: Connection, job_id: str) -> Job:
        row = connection.execute(select(jobs).where(jobs.c.id == job_id)).mappings().first()
        if row is None:
            raise KeyError(job_id)
        return reading.job(row)
