"""The open store: what it holds, and the one door through which it is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine, select

from planner.access import Actor
from planner.content import content_from_json
from planner.proposal import NotAllowed
from planner.rosters.roster import Roster
from planner.store import reading
from planner.store.chain import checked
from planner.store.job_table import JobTable
from planner.store.records import AuditEntry, ChainCheck, Filed, ImportRecord, PlanHead, PlanRecord
from planner.store.tables import imports, inquiries, plans, proposals
from planner.store.writing import INQUIRY_FIELDS, Writing

_ALWAYS = ("received_at", "channel")


class Store:
    """Made by ``open_store``; safe to share between threads."""

    def __init__(self, engine: Engine, home: Path) -> None:
        """Serve an engine whose schema is up to date."""
        self._engine = engine
        self._writing_engine = engine.execution_options(is_writing=True)
        self.home = home
        self.jobs = JobTable(engine, self._writing_engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def writing(self, actor: Actor, at: datetime, action: str) -> Iterator[Writing]:
        """Open one transaction in an actor's name; at its end the audit entry is appended, then all is kept.

        Whatever is raised inside leaves nothing behind. ``at`` is the desk's local time without a zone.
        """
        if at.tzinfo is not None:
            message = f"times are kept as the desk's local time, without a zone: {at.isoformat()}"
            raise ValueError(message)
        with self._writing_engine.begin() as connection:
            work = Writing(connection, actor, at)
            yield work
            work.sealed(action)

    # --- proposals ---

    def proposal(self, number: str, version_no: int | None = None) -> Filed:
        """Return a version of a proposal (default: the newest); raises NotAllowed("no_such_proposal")."""
        with self._engine.begin() as connection:
            return reading.filed(connection, number, version_no)

    def proposals(self, desk_id: str = "") -> tuple[Filed, ...]:
        """Return the newest version of every proposal (of a desk), the newest proposal first."""
        with self._engine.begin() as connection:
            return reading.newest_versions(connection, desk_id)

    def next_number(self, desk_id: str, year: int) -> str:
        """Return the number that the next draft of a desk and year will have, if nobody files one before."""
        with self._engine.begin() as connection:
            return reading.next_number(connection, desk_id, year)

    def versions(self, number: str) -> tuple[Filed, ...]:
        """Return every version of a proposal, the first one first."""
        newest = self.proposal(number)
        return tuple(self.proposal(number, n + 1) for n in range(newest.proposal.version_no))

    def content_json(self, number: str, version_no: int) -> str:
        """Return the kept text of a content, byte for byte: what the digest of a submission covers."""
        with self._engine.begin() as connection:
            text: str | None = connection.scalar(
                select(proposals.c.content).where(
                    proposals.c.number == number, proposals.c.version_no == version_no
                )
            )
        if text is None:
            raise NotAllowed("no_such_proposal", number)
        return text

    # --- plans and rosters ---

    def plan(self, plan_id: int) -> PlanRecord | None:
        """Return a plan, if there is one of that number."""
        with self._engine.begin() as connection:
            row = connection.execute(select(plans).where(plans.c.id == plan_id)).mappings().first()
        return None if row is None else PlanRecord(reading.plan_head(row), content_from_json(row["content"]))

    def plans(self, desk_id: str = "") -> tuple[PlanHead, ...]:
        """Return the heads of all plans (of a desk), the newest first."""
        query = select(*(c for c in plans.c if c.name != "content")).order_by(plans.c.id.desc())
        if desk_id:
            query = query.where(plans.c.desk_id == desk_id)
        with self._engine.begin() as connection:
            return tuple(reading.plan_head(row) for row in connection.execute(query).mappings())

    def roster(self, subject: str) -> Roster | None:
        """Return the roster of a proposal's number or of ``plan-ID``. Ask ``actions.see_roster`` instead."""
        with self._engine.begin() as connection:
            return reading.roster(connection, subject)

    # --- inquiries ---

    def imports(self, desk_id: str) -> tuple[ImportRecord, ...]:
        """Return the files that were read in for a desk, in order."""
        query = select(imports).where(imports.c.desk_id == desk_id).order_by(imports.c.id)
        with self._engine.begin() as connection:
            return tuple(reading.import_record(row) for row in connection.execute(query).mappings())

    def inquiries(self, desk_id: str, before: datetime | None = None) -> pd.DataFrame:
        """Return a desk's inquiries received before a time, as ``read_log`` does, without empty columns."""
        columns = [inquiries.c[name] for name in INQUIRY_FIELDS]
        query = select(*columns).where(inquiries.c.desk_id == desk_id)
        if before is not None:
            query = query.where(inquiries.c.received_at < before)
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(inquiries.c.received_at, inquiries.c.id)).all()
        log = pd.DataFrame(rows, columns=list(INQUIRY_FIELDS))
        for name in INQUIRY_FIELDS:
            if name.endswith("_at"):
                log[name] = pd.to_datetime(log[name])
        empty = [name for name in INQUIRY_FIELDS if name not in _ALWAYS and log[name].isna().all()]
        return log.drop(columns=empty).astype({"handling_min": float} if "handling_min" not in empty else {})

    # --- audit ---

    def audit_entries(self) -> tuple[AuditEntry, ...]:
        """Return the audit trail, the oldest entry first."""
        with self._engine.begin() as connection:
            return reading.audit_entries(connection)

    def verify_chain(self) -> ChainCheck:
        """Compute every hash of the audit trail anew and say whether the chain is whole."""
        return checked(self.audit_entries())
