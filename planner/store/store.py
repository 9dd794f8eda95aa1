"""The open store: what it holds, and the one door through which it is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine, select

from forecasts.faults import Fault
from forecasts.history.mapping import FileMapping
from forecasts.history.records import Records
from planner.access import Actor
from planner.alternatives.what_if import PlanFigures
from planner.content import content_from_json
from planner.outlook import KeptOutlook
from planner.proposal import NotAllowed
from planner.rosters.roster import Roster
from planner.store import past, reading
from planner.store.chain import canonical, checked
from planner.store.figures_packing import unpacked_figures
from planner.store.job_table import JobTable
from planner.store.outlook_packing import unpacked_outlook
from planner.store.records import (
    AuditEntry,
    ChainCheck,
    EventList,
    Filed,
    ImportRecord,
    Mark,
    OutlookHead,
    PlanHead,
    PlanRecord,
)
from planner.store.tables import outlooks, plan_figures, plans, proposals
from planner.store.writing import Writing


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

    def plan_figures(self, plan_id: int) -> PlanFigures | None:
        """Return the figures of a plan, if they are kept and this program can read them."""
        with self._engine.begin() as connection:
            of_plan = select(plan_figures.c.content).where(plan_figures.c.plan_id == plan_id)
            packed = connection.scalar(of_plan)
        return None if packed is None else unpacked_figures(packed)

    def roster(self, subject: str) -> Roster | None:
        """Return the roster of a proposal's number or of ``plan-ID``. Ask ``actions.see_roster`` instead."""
        with self._engine.begin() as connection:
            return reading.roster(connection, subject)

    # --- outlooks ---

    def outlooks(self, desk_id: str) -> tuple[OutlookHead, ...]:
        """Return the heads of a desk's kept outlooks, the newest ``as_of`` first."""
        with self._engine.begin() as connection:
            return reading.outlook_heads(connection, desk_id)

    def outlook(self, outlook_id: int) -> KeptOutlook | None:
        """Return a kept outlook, if there is one of that number that this program can read."""
        with self._engine.begin() as connection:
            packed = connection.scalar(select(outlooks.c.content).where(outlooks.c.id == outlook_id))
        return None if packed is None else unpacked_outlook(packed)

    # --- a desk's past, marks, events ---

    def imports(self, desk_id: str) -> tuple[ImportRecord, ...]:
        """Return the files that were read in for a desk, in order; those that count are ``is_active``."""
        with self._engine.begin() as connection:
            return past.import_records(connection, desk_id)

    def records(self, desk_id: str, before: datetime | None = None) -> Records:
        """Return what the active imports of a desk say together, of what could be known before a time."""
        with self._engine.begin() as connection:
            return past.records(connection, desk_id, before)

    def remembered(self, desk_id: str) -> tuple[FileMapping, ...]:
        """Return the mappings that a desk's active imports were confirmed with, the newest first."""
        newest = reversed([record.mapping for record in self.imports(desk_id) if record.is_active])
        return tuple({canonical(mapping.plain()): mapping for mapping in newest}.values())

    def import_faults(self, import_id: int) -> tuple[Fault, ...]:
        """Return the faults of the rows that an import did not take; raises NotAllowed."""
        with self._engine.begin() as connection:
            return past.import_faults(connection, import_id)

    def corrections(self, import_id: int) -> pd.DataFrame:
        """Return the cells that an import corrects of those before it that count: key, column, before, after.

        All text; at most 10,000 rows. Raises NotAllowed("no_such_import").
        """
        with self._engine.begin() as connection:
            return past.corrections(connection, import_id)

    def marks(self, desk_id: str) -> tuple[Mark, ...]:
        """Return the days that are marked now, in order."""
        with self._engine.begin() as connection:
            rows = reading.marks_of(connection, desk_id)
        return tuple(Mark(row["day"], row["reason"], row["user"], row["at"]) for row in rows)

    def event_list(self, desk_id: str) -> EventList | None:
        """Return the newest version of a desk's own events; None where none was kept."""
        return next(reversed(self.event_lists(desk_id)), None)

    def event_lists(self, desk_id: str) -> tuple[EventList, ...]:
        """Return every version of a desk's own events, the first one first."""
        with self._engine.begin() as connection:
            return reading.event_lists_of(connection, desk_id)

    # --- audit ---

    def audit_entries(self) -> tuple[AuditEntry, ...]:
        """Return the audit trail, the oldest entry first."""
        with self._engine.begin() as connection:
            return reading.audit_entries(connection)

    def verify_chain(self) -> ChainCheck:
        """Compute every hash of the audit trail anew and say whether the chain is whole."""
        return checked(self.audit_entries())
