"""Imports kept whole (one batch each) instead of a row per inquiry; marked days; lists of events."""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A column of the former table → its type in the stream of a batch.
_COLUMNS: Mapping[str, pa.DataType] = {
    "received_at": pa.timestamp("us"),
    "channel": pa.string(),
    "category": pa.string(),
    "handling_min": pa.float64(),
    "answered_at": pa.timestamp("us"),
    "abandoned_at": pa.timestamp("us"),
    "closed_at": pa.timestamp("us"),
}
_NO_FAULTS = zlib.compress(b"[]")


def upgrade() -> None:
    """Apply. What was imported is kept: its rows as a batch, its account as far as it was known."""
    rows = op.get_bind().execute(sa.text("SELECT * FROM imports")).mappings()
    kept = [_converted(dict(row)) for row in rows.all()]
    op.drop_index(op.f("ix_inquiries_desk_id_received_at"), "inquiries")
    op.drop_table("inquiries")
    op.drop_table("imports")
    imports, batches = _tables()
    op.bulk_insert(imports, [record for record, _ in kept])
    op.bulk_insert(batches, [batch for _, batch in kept])


def _converted(row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    query = "SELECT received_at, channel, category, handling_min, answered_at, abandoned_at, closed_at"
    query += " FROM inquiries WHERE import_id = :id ORDER BY id"
    rows = op.get_bind().execute(sa.text(query), {"id": row["id"]}).all()
    values = dict(zip(_COLUMNS, zip(*rows, strict=True), strict=True)) if rows else {}
    moments = [m for m in map(_moment, values.get("received_at", ())) if m]
    supplied = [
        name
        for name in _COLUMNS
        if name in {"received_at", "channel"} or any(v is not None for v in values.get(name, ()))
    ]
    columns = json.loads(row["mapping"])
    account = {"read": len(rows), "accepted": len(rows), "rejected": 0, "not_data": {}}
    record = {
        "id": row["id"],
        "desk_id": row["desk_id"],
        "kind": "inquiries",
        "file_name": "",
        "file_digest": row["file_digest"],
        "header": "[]",
        "mapping": json.dumps({"kind": "inquiries", "columns": columns}, ensure_ascii=False),
        "account": json.dumps(account),
        "user": row["user"],
        "at": _moment(row["at"]),
        "rows": len(rows),
        "added": len(rows),
        "corrected": 0,
        "unchanged": 0,
        "repeated": 0,
        "removed": 0,
        "added_on_known_days": 0,
        "first_day": min(moments).date() if moments else None,
        "last_day": max(moments).date() if moments else None,
        "is_partial": False,
        "replaces": None,
        "undone_at": None,
        "undone_by": "",
    }
    batch = {
        "import_id": row["id"],
        "supplied": json.dumps(supplied),
        "rows": _stream(values),
        "faults": _NO_FAULTS,
    }
    return record, batch


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _stream(values: Mapping[str, tuple[Any, ...]]) -> bytes:
    columns: dict[str, list[Any]] = {
        name: [_moment(v) if name.endswith("_at") else v for v in values.get(name, ())] for name in _COLUMNS
    }
    columns["category"] = [text or "" for text in columns["category"]]
    table = pa.table(columns, schema=pa.schema(list(_COLUMNS.items())))
    stream = BytesIO()
    with pa.ipc.new_stream(stream, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as out:
        out.write_table(table)
    return stream.getvalue()


def _tables() -> tuple[sa.Table, sa.Table]:
    imports = op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("added_on_known_days", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("is_partial", sa.Boolean(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["replaces"], ["imports.id"], name=op.f("fk_imports_replaces_imports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(
        op.f("ix_imports_desk_id_file_digest"), "imports", ["desk_id", "file_digest"], unique=False
    )
    batches = op.create_table(
        "batches",
        sa.Column("import_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("supplied", sa.Text(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.Column("faults", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_batches_import_id_imports")),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_batches")),
    )
    op.create_table(
        "snapshots",
        sa.Column("desk_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("import_ids", sa.Text(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("desk_id", "kind", name=op.f("pk_snapshots")),
    )
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_by", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
    )
    op.create_index(op.f("ix_marks_desk_id_day"), "marks", ["desk_id", "day"], unique=False)
    op.create_table(
        "event_lists",
        sa.Column("desk_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("desk_id", "version", name=op.f("pk_event_lists")),
        sqlite_with_rowid=False,
    )
    return imports, batches
