"""One transaction that writes: what was done and its audit entry are kept together, or neither."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select, update

from planner.access import Actor
from planner.content import Content, canonical_json, content_digest, plain
from planner.proposal import NotAllowed, Proposal
from planner.rosters.roster import Roster
from planner.store import reading
from planner.store.chain import START, canonical, linked
from planner.store.records import AuditEntry, Filed, ImportRecord, PlanHead
from planner.store.tables import audit, decisions, imports, inquiries, plans, proposals, rosters

INQUIRY_FIELDS = (
    "received_at",
    "channel",
    "category",
    "handling_min",
    "answered_at",
    "abandoned_at",
    "closed_at",
)


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

    # --- plans, rosters, inquiries ---

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

    def keep_roster(self, subject: str, roster: Roster) -> None:
        """Keep the roster of a proposal or plan in place of any earlier one."""
        text = canonical(plain(roster))
        kept = update(rosters).where(rosters.c.subject == subject).values(content=text)
        if not self._connection.execute(kept).rowcount:
            self._connection.execute(insert(rosters).values(subject=subject, content=text))

    def add_inquiries(
        self, desk_id: str, file_digest: str, mapping: Mapping[str, str], log: pd.DataFrame
    ) -> ImportRecord:
        """Keep the rows of a file; a file that was read in before is not counted twice (``is_repeat``)."""
        if (row := reading.import_of(self._connection, desk_id, file_digest)) is not None:
            return replace(reading.import_record(row), is_repeat=True)
        self._connection.execute(
            insert(imports).values(
                desk_id=desk_id,
                file_digest=file_digest,
                mapping=canonical(mapping),
                user=self._actor.user,
                at=self._at,
                rows=len(log),
            )
        )
        row = reading.import_of(self._connection, desk_id, file_digest)
        if row is None:
            message = "an import that was just written is not there"
            raise RuntimeError(message)
        kept = log.reindex(columns=list(INQUIRY_FIELDS)).astype(object)
        kept = kept.where(kept.notna(), None).assign(import_id=row["id"], desk_id=desk_id)
        rows: list[Any] = kept.to_dict("records")
        if rows:
            self._connection.execute(insert(inquiries), rows)
        return reading.import_record(row)
