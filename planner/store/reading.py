"""Rows → types of the core, on an open connection."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, RowMapping, func, select

from forecasts.events import Event
from forecasts.faults import Fault
from forecasts.slots import Period
from planner.content import content_from_json
from planner.proposal import Decision, NotAllowed, Proposal, State, Step
from planner.rosters.roster import Roster
from planner.store.records import AuditEntry, EventList, Filed, Job, OutlookHead, PlanHead
from planner.store.tables import audit, decisions, event_lists, marks, outlooks, proposals, rosters

_AUTHORING = (Step.EDIT, Step.REVIEW, Step.SUBMIT)


def filed(connection: Connection, number: str, version_no: int | None = None) -> Filed:
    """Return a version of a proposal (None: the newest); raises NotAllowed where there is none."""
    versions = select(proposals).where(proposals.c.number == number)
    if version_no is not None:
        versions = versions.where(proposals.c.version_no == version_no)
    row = connection.execute(versions.order_by(proposals.c.version_no.desc())).mappings().first()
    if row is None:
        raise NotAllowed("no_such_proposal", number)
    steps = _steps(connection, row)
    is_intact = not row["digest"] or hashlib.sha256(row["content"].encode()).hexdigest() == row["digest"]
    proposal = Proposal(
        number,
        row["version_no"],
        content_from_json(row["content"]),
        State(row["state"]),
        row["digest"],
        tuple(_decision(step) for step in steps),
    )
    authors = frozenset({s["user"] for s in steps if s["step"] in _AUTHORING} | {row["created_by"]})
    return Filed(proposal, row["row_version"], row["created_at"], authors, is_intact)


def newest_versions(connection: Connection, desk_id: str = "") -> tuple[Filed, ...]:
    """Return the newest version of every proposal, the newest proposal first."""
    query = select(proposals.c.number).group_by(proposals.c.number)
    if desk_id:
        query = query.where(proposals.c.desk_id == desk_id)
    query = query.order_by(func.min(proposals.c.created_at).desc(), proposals.c.number.desc())
    return tuple(filed(connection, number) for number in connection.scalars(query))


def next_number(connection: Connection, desk_id: str, year: int) -> str:
    """Return the next number of a desk and year: lan-desk-2026-001."""
    start = f"{desk_id}-{year}-"
    used = connection.scalars(select(proposals.c.number).where(proposals.c.desk_id == desk_id).distinct())
    last = max((int(n.removeprefix(start)) for n in used if n.startswith(start)), default=0)
    return f"{start}{last + 1:03d}"


def _steps(connection: Connection, version: RowMapping) -> Sequence[RowMapping]:
    query = (
        select(decisions)
        .where(decisions.c.number == version["number"], decisions.c.version_no <= version["version_no"])
        .order_by(decisions.c.id)
    )
    return connection.execute(query).mappings().all()


def _decision(row: RowMapping) -> Decision:
    return Decision(
        Step(row["step"]),
        row["office_title"],
        row["role"],
        row["at"],
        row["comment"],
        row["conditions"],
        row["role_switched"],
    )


def plan_head(row: RowMapping) -> PlanHead:
    """Return a plan without its content."""
    period = Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]))
    return PlanHead(
        row["id"],
        row["desk_id"],
        row["created_at"],
        row["digest"],
        row["summary"],
        date.fromisoformat(row["as_of"]),
        period,
    )


def outlook_heads(connection: Connection, desk_id: str) -> tuple[OutlookHead, ...]:
    """Return the heads of a desk's outlooks, the newest ``as_of`` first."""
    query = select(*(c for c in outlooks.c if c.name != "content")).where(outlooks.c.desk_id == desk_id)
    rows = connection.execute(query.order_by(outlooks.c.as_of.desc())).mappings()
    return tuple(OutlookHead(**row) for row in rows)


def marks_of(connection: Connection, desk_id: str) -> Sequence[RowMapping]:
    """Return the marks of a desk that were not taken off, by day."""
    query = select(marks).where(marks.c.desk_id == desk_id, marks.c.revoked_at.is_(None))
    return connection.execute(query.order_by(marks.c.day)).mappings().all()


def event_lists_of(connection: Connection, desk_id: str) -> tuple[EventList, ...]:
    """Return every version of a desk's own events, the first one first."""
    query = select(event_lists).where(event_lists.c.desk_id == desk_id).order_by(event_lists.c.version)
    return tuple(
        EventList(row.version, _events_reader().validate_json(row.events), row.user, row.at)
        for row in connection.execute(query)
    )


@cache
def _events_reader() -> TypeAdapter[tuple[Event, ...]]:
    return TypeAdapter(tuple[Event, ...])


def audit_entries(connection: Connection) -> tuple[AuditEntry, ...]:
    """Return the audit trail in its order."""
    rows = connection.execute(select(audit).order_by(audit.c.seq)).mappings()
    return tuple(AuditEntry(**row) for row in rows)


@cache
def _roster_reader() -> TypeAdapter[Roster]:
    return TypeAdapter(Roster)


def roster(connection: Connection, subject: str) -> Roster | None:
    """Return the roster of a proposal or plan, if there is one."""
    text = connection.scalar(select(rosters.c.content).where(rosters.c.subject == subject))
    return None if text is None else _roster_reader().validate_json(text)


def job(row: RowMapping) -> Job:
    """Return a job."""
    read: dict[str, Any] = dict(row)
    for column in ("parameters", "result"):
        read[column] = json.loads(read[column])
    read["faults"] = tuple(Fault(**fault) for fault in json.loads(read["faults"]))
    return Job(**read)
