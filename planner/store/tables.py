"""The tables as they are now. Times are the desk's local time; ``at`` of the audit is its exact text.

No table but ``rosters`` can hold a name of the staff; ``user`` is a sign-in, kept for author ≠ approver.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
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

# One file that was read in; ``rows`` of its batch = added + corrected + unchanged + repeated.
imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("desk_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_digest", String(64), nullable=False),
    Column("header", Text, nullable=False),
    Column("mapping", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("user", String(128), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("corrected", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("repeated", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("added_on_known_days", Integer, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("is_partial", Boolean, nullable=False),
    Column("replaces", Integer, ForeignKey("imports.id")),
    Column("undone_at", DateTime),
    Column("undone_by", String(128), nullable=False),
    Index(None, "desk_id", "file_digest"),
)

# What an import held, as it was read: never changed, and kept when the import is undone. No requester and no
# free text: what is not kept cannot leak. ``rows``: Arrow stream; ``faults``: of the rows not taken.
batches = Table(
    "batches",
    metadata,
    Column("import_id", Integer, ForeignKey("imports.id"), primary_key=True, autoincrement=False),
    Column("supplied", Text, nullable=False),
    Column("rows", LargeBinary, nullable=False),
    Column("faults", LargeBinary, nullable=False),
)

# The fold of some imports of a desk: a cache, true only for exactly these imports.
snapshots = Table(
    "snapshots",
    metadata,
    Column("desk_id", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("import_ids", Text, nullable=False),
    Column("rows", LargeBinary, nullable=False),
)

# Days left out of learning. A mark is taken off by ``revoked_at``, never deleted.
marks = Table(
    "marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("desk_id", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("user", String(128), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("revoked_at", DateTime),
    Column("revoked_by", String(128), nullable=False),
    Index(None, "desk_id", "day"),
)

event_lists = Table(
    "event_lists",
    metadata,
    Column("desk_id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("events", Text, nullable=False),
    Column("user", String(128), nullable=False),
    Column("at", DateTime, nullable=False),
    sqlite_with_rowid=False,  # a row cannot be replaced through a hidden key either
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

# What every lever delivers on every day of a plan: asked on the page, and not part of what is proposed.
plan_figures = Table(
    "plan_figures",
    metadata,
    Column("plan_id", Integer, ForeignKey("plans.id"), primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

# What is coming to a desk as seen on a day, with its paths: computed anew it takes the place of the former.
outlooks = Table(
    "outlooks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("desk_id", String(64), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("desk_id", "as_of"),
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
