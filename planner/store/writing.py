"""One transaction that writes: what was done and its audit entry are kept together, or neither."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from forecasts.events import Event
from forecasts.history.account import Reading
from planner.access import Actor
from planner.alternatives.what_if import PlanFigures
from planner.content import Content, canonical_json, content_digest, plain
from planner.outlook import KeptOutlook
from planner.proposal import NotAllowed, Proposal
from planner.rosters.roster import Roster
from planner.store import past, reading
from planner.store.chain import START, canonical, linked
from planner.store.figures_packing import packed_figures
from planner.store.outlook_packing import packed_outlook
from planner.store.records import (
    AuditEntry,
    EventList,
    Filed,
    ImportRecord,
    ImportSource,
    OutlookHead,
    PlanHead,
)
from planner.store.tables import (
    audit,
    decisions,
    event_lists,
    marks,
    outlooks,
    plan_figures,
    plans,
    proposals,
    rosters,
)

_MOST_OUTLOOKS = 12
"""Outlooks of a desk that are kept: a megabyte each, and each can be computed anew."""


_MOST_FIGURES = 24
"""Plans whose figures are kept: some megabytes each, and a plan can be computed anew."""


class Writing:
    """What may be written in the name of one actor at one time. Made by ``Store.writing``."""

    def __init__(self, connection: Connection, actor: Actor, at: datetime) -> None:
        """Work on an open transaction."""
        self._connection, self._actor, self._at = connection, actor, at
        self._subject, self._detail = "", dict[str, Any]()

    def about(self, subject: str, **detail: Any) -> None:
        """Say what the audit entry is about; each command does so once."""
        self._subject, self._detail = subject, detail

    def sealed(self, action: str) -> AuditEntry:
        """Append the audit entry. Called by ``Store.writing`` at the end of the transaction."""
        if not self._subject:
            message = f"{action}: nothing is written without saying what it is about"
            raise RuntimeError(message)
        query = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
        last = self._connection.execute(query).first()
        seq, head = (last.seq, last.hash) if last else (0, START)
        actor = self._actor
        entry = linked(
            AuditEntry(
                seq + 1,
                self._at.isoformat(),
                actor.office_title,
                actor.role,
                actor.role_switched,
                action,
                self._subject,
                canonical(self._detail),
                previous_hash=head,
                hash="",
            )
        )
        self._connection.execute(insert(audit).values(plain(entry)))
        return entry

    # --- proposals ---

    def filed(self, number: str, row_version: int) -> Filed:
        """Return the newest version; raises NotAllowed if somebody acted since ``row_version`` was seen."""
        found = reading.filed(self._connection, number)
        if found.row_version != row_version:
            raise NotAllowed("changed_meanwhile", number)
        if not found.is_intact:
            raise NotAllowed("content_changed", number)
        return found

    def next_number(self, desk_id: str, year: int) -> str:
        """Return the next number of a desk and year: lan-desk-2026-001."""
        return reading.next_number(self._connection, desk_id, year)

    def add_proposal(self, proposal: Proposal) -> Filed:
        """Keep a new draft and return it as it will be read: figures rounded as in its JSON."""
        self._add_version(proposal, row_version=1)
        return reading.filed(self._connection, proposal.number)

    def keep_step(self, before: Filed, after: Proposal) -> Filed:
        """Keep a proposal after the step that ends its history; another version number adds a version."""
        row_version = before.row_version + 1
        if after.version_no != before.proposal.version_no:
            self._add_version(after, row_version)
        else:
            self._change_version(before, after, row_version)
        step = after.history[-1]
        self._connection.execute(
            insert(decisions).values(
                {
                    **plain(step),
                    "at": step.at,
                    "user": self._actor.user,
                    "number": after.number,
                    "version_no": after.version_no,
                }
            )
        )
        return reading.filed(self._connection, after.number)

    def _add_version(self, proposal: Proposal, row_version: int) -> None:
        self._connection.execute(
            insert(proposals).values(
                number=proposal.number,
                version_no=proposal.version_no,
                desk_id=proposal.content.desk_id,
                created_at=self._at,
                created_by=self._actor.user,
                state=proposal.state,
                content=canonical_json(proposal.content),
                digest=proposal.digest,
                row_version=row_version,
            )
        )

    def _change_version(self, before: Filed, after: Proposal, row_version: int) -> None:
        values: dict[str, Any] = {"state": after.state, "digest": after.digest, "row_version": row_version}
        if not before.proposal.digest:  # frozen from submission on
            values["content"] = canonical_json(after.content)
        seen = (
            proposals.c.number == after.number,
            proposals.c.version_no == after.version_no,
            proposals.c.row_version == before.row_version,
        )
        if self._connection.execute(update(proposals).where(*seen).values(values)).rowcount != 1:
            raise NotAllowed("changed_meanwhile", after.number)

    # --- plans and rosters ---

    def keep_plan(self, content: Content, summary: str = "") -> PlanHead:
        """Keep a plan; the same content is kept once."""
        digest = content_digest(content)
        same = select(plans).where(plans.c.digest == digest)
        if (row := self._connection.execute(same).mappings().first()) is None:
            self._connection.execute(
                insert(plans).values(
                    desk_id=content.desk_id,
                    created_at=self._at,
                    content=canonical_json(content),
                    digest=digest,
                    summary=summary,
                    as_of=content.as_of.isoformat(),
                    period_start=content.period.start.isoformat(),
                    period_end=content.period.end.isoformat(),
                )
            )
            row = self._connection.execute(same).mappings().one()
        return reading.plan_head(row)

    def keep_plan_figures(self, plan_id: int, figures: PlanFigures) -> None:
        """Keep the figures of a plan in place of any earlier ones; of older plans the newest stay."""
        self._connection.execute(delete(plan_figures).where(plan_figures.c.plan_id == plan_id))
        values = {"plan_id": plan_id, "content": packed_figures(figures)}
        self._connection.execute(insert(plan_figures).values(values))
        newest = select(plan_figures.c.plan_id).order_by(plan_figures.c.plan_id.desc())
        old = list(self._connection.scalars(newest))[_MOST_FIGURES:]
        self._connection.execute(delete(plan_figures).where(plan_figures.c.plan_id.in_(old)))

    def keep_roster(self, subject: str, roster: Roster) -> None:
        """Keep the roster of a proposal or plan in place of any earlier one."""
        text = canonical(plain(roster))
        kept = update(rosters).where(rosters.c.subject == subject).values(content=text)
        if not self._connection.execute(kept).rowcount:
            self._connection.execute(insert(rosters).values(subject=subject, content=text))

    def keep_outlook(self, outlook: KeptOutlook) -> OutlookHead:
        """Keep an outlook in place of one of the same desk and ``as_of``; of older ones the newest stay."""
        facts, content = outlook.facts, packed_outlook(outlook)
        same = (outlooks.c.desk_id == facts.desk_id, outlooks.c.as_of == facts.as_of)
        values = {"at": self._at, "digest": hashlib.sha256(content).hexdigest(), "content": content}
        if not self._connection.execute(update(outlooks).where(*same).values(values)).rowcount:
            values |= {"desk_id": facts.desk_id, "as_of": facts.as_of}
            self._connection.execute(insert(outlooks).values(values))
        heads = reading.outlook_heads(self._connection, facts.desk_id)
        old = [head.id for head in heads[_MOST_OUTLOOKS:] if head.as_of != facts.as_of]
        self._connection.execute(delete(outlooks).where(outlooks.c.id.in_(old)))
        return next(head for head in heads if head.as_of == facts.as_of)

    # --- imports, marks, events ---

    def known_import(self, source: ImportSource, read: Reading) -> ImportRecord | None:
        """Return the import of the same file under the same mapping (``is_repeat``), if it counts."""
        return past.known_import(self._connection, source, read)

    def add_import(self, source: ImportSource, read: Reading) -> ImportRecord:
        """Keep a reading; it replaces an import of the same file under another mapping."""
        return past.add_import(self._connection, source, read, self._actor.user, self._at)

    def undo_import(self, import_id: int) -> ImportRecord:
        """Leave an import out; raises NotAllowed: ``no_such_import``, ``already_undone``."""
        return past.undo_import(self._connection, import_id, self._actor.user, self._at)

    def mark(self, desk_id: str, reasons: Mapping[date, str]) -> None:
        """Mark days; one that is marked for the same reason stays as it is."""
        known = {row["day"]: row for row in reading.marks_of(self._connection, desk_id)}
        new = {day: why for day, why in reasons.items() if day not in known or known[day]["reason"] != why}
        self._revoke(known[day]["id"] for day in new if day in known)
        for day, why in new.items():
            self._connection.execute(
                insert(marks).values(
                    desk_id=desk_id,
                    day=day,
                    reason=why,
                    user=self._actor.user,
                    at=self._at,
                    revoked_by="",
                )
            )

    def unmark(self, desk_id: str, days: Iterable[date]) -> None:
        """Take marks off; raises NotAllowed("not_marked") with the days that have none."""
        known = {row["day"]: row["id"] for row in reading.marks_of(self._connection, desk_id)}
        asked = tuple(days)
        if unknown := [day.isoformat() for day in asked if day not in known]:
            raise NotAllowed("not_marked", ", ".join(unknown))
        self._revoke(known[day] for day in asked)

    def _revoke(self, mark_ids: Iterable[int]) -> None:
        taken_off = {"revoked_at": self._at, "revoked_by": self._actor.user}
        for mark_id in mark_ids:
            self._connection.execute(update(marks).where(marks.c.id == mark_id).values(taken_off))

    def keep_events(self, desk_id: str, events: tuple[Event, ...], row_version: int) -> EventList:
        """Keep the next version; raises NotAllowed if ``row_version`` is not the newest (0 = none yet)."""
        known = reading.event_lists_of(self._connection, desk_id)
        if row_version != (known[-1].version if known else 0):
            raise NotAllowed("changed_meanwhile", desk_id)
        self._connection.execute(
            insert(event_lists).values(
                desk_id=desk_id,
                version=row_version + 1,
                events=json.dumps(plain(events), ensure_ascii=False),
                user=self._actor.user,
                at=self._at,
            )
        )
        return reading.event_lists_of(self._connection, desk_id)[-1]
