"""The tables as they are now. Times are the desk's local time; ``at`` of the audit is its exact text.

No table but ``rosters`` can hold a name of the staff; ``user`` is a sign-in, kept for author ≠ approver.
"""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("desk_id", String(64), nullable=False),
    Column("file_digest", String(64), nullable=False),
    Column("mapping", Text, nullable=False),
    Column("user", String(128), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("rows", Integer, nullable=False),
    UniqueConstraint("desk_id", "file_digest"),
)

# No requester and no free text: what is not kept cannot leak.
inquiries = Table(
    "inquiries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, ForeignKey("imports.id"), nullable=False),
    Column("desk_id", String(64), nullable=False),
    Column("received_at", DateTime, nullable=False),
    Column("channel", String(64), nullable=False),
    Column("category", String(128)),
    Column("handling_min", Float),
    Column("answered_at", DateTime),
    Column("abandoned_at", DateTime),
    Column("closed_at", DateTime),
    Index(None, "desk_id", "received_at"),
)

plans = Table(
    "plans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("desk_id", String(64), nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("content", Text, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("summary", Text, nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("period_start", String(10), nullable=False),
    Column("period_end", String(10), nullable=False),
)

proposals = Table(
    "proposals",
    metadata,
    Column("number", String(96), primary_key=True),
    Column("version_no", Integer, primary_key=True),
    Column("desk_id", String(64), nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("created_by", String(128), nullable=False),
    Column("state", String(32), nullable=False),
    Column("content", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("row_version", Integer, nullable=False),
    sqlite_with_rowid=False,  # a row cannot be replaced through a hidden key either
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(96), nullable=False),
    Column("version_no", Integer, nullable=False),
    Column("step", String(32), nullable=False),
    Column("office_title", String(128), nullable=False),
    Column("role", String(32), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("comment", Text, nullable=False),
    Column("conditions", Text, nullable=False),
    Column("role_switched", Boolean, nullable=False),
    Column("user", String(128), nullable=False),
    ForeignKeyConstraint(["number", "version_no"], ["proposals.number", "proposals.version_no"]),
    Index(None, "number"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("office_title", String(128), nullable=False),
    Column("role", String(32), nullable=False),
    Column("role_switched", Boolean, nullable=False),
    Column("action", String(32), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)

# Contractor only. ``subject``: the number of a proposal, or plan-ID before there is one.
rosters = Table(
    "rosters",
    metadata,
    Column("subject", String(96), primary_key=True),
    Column("content", Text, nullable=False),
)

# Times of jobs are seconds since 1970: leases are compared between processes.
jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("parameters", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("fraction", Float, nullable=False),
    Column("is_cancel_asked", Boolean, nullable=False),
    Column("worker", String(32), nullable=False),
    Column("lease_until_s", Float, nullable=False),
    Column("created_s", Float, nullable=False),
    Column("ended_s", Float),
    Column("result", Text, nullable=False),
    Column("faults", Text, nullable=False),
)
