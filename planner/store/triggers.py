"""What the database itself refuses. The owner of the file can drop a trigger: the hash chain shows it.

REPLACE deletes the old row without firing a delete trigger, but the insert trigger fires first.
"""

from sqlalchemy import Table

from planner.store.tables import batches, event_lists, imports, marks


def _refusing(name: str, when: str, message: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _append_only(table: str) -> dict[str, str]:
    return {
        f"{table}_no_update": f"UPDATE ON {table}",
        f"{table}_no_delete": f"DELETE ON {table}",
    }


def _kept(table: Table) -> dict[str, str]:
    """Refuse to delete a row, and to put another in its place."""
    name = table.name
    same = " AND ".join(f"{c.name} = NEW.{c.name}" for c in table.primary_key)
    return {
        f"{name}_no_delete": f"DELETE ON {name}",
        f"{name}_no_replace": f"INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} WHERE {same})",  # noqa: S608  # our own names
    }


def _revocable(table: Table, *, at: str, by: str) -> dict[str, str]:
    """Keep the rows of a table; who took one back and when is written once, and nothing else."""
    others = [c.name for c in table.c if c.name not in {at, by}]
    is_changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in others)
    return {
        **_kept(table),
        f"{table.name}_no_update": f"UPDATE ON {table.name} WHEN OLD.{at} IS NOT NULL OR {is_changed}",
    }


_WHEN = {
    **_append_only("audit"),
    # One link after the other; so no row can be replaced either.
    "audit_no_replace": (
        "INSERT ON audit WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit) "
        "OR EXISTS (SELECT 1 FROM audit WHERE hash = NEW.hash)"
    ),
    **_append_only("decisions"),
    "decisions_no_replace": "INSERT ON decisions WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id)",
    # From submission on the content never changes (DOMAIN: a change is a new version).
    "proposals_no_update": (
        "UPDATE ON proposals WHEN NEW.number <> OLD.number OR NEW.version_no <> OLD.version_no "
        "OR (OLD.digest <> '' AND (NEW.content <> OLD.content OR NEW.digest <> OLD.digest))"
    ),
    **_kept(batches),
    "batches_no_update": "UPDATE ON batches",
    **_kept(event_lists),
    "event_lists_no_update": "UPDATE ON event_lists",
    **_revocable(imports, at="undone_at", by="undone_by"),
    **_revocable(marks, at="revoked_at", by="revoked_by"),
    "proposals_no_delete": "DELETE ON proposals WHEN OLD.digest <> ''",
    "proposals_no_replace": (
        "INSERT ON proposals WHEN EXISTS (SELECT 1 FROM proposals "
        "WHERE number = NEW.number AND version_no = NEW.version_no)"
    ),
}

TRIGGERS = {
    name: _refusing(name, when, f"{name.partition('_no_')[0]}: what was recorded stays")
    for name, when in _WHEN.items()
}
"""Name → SQL (SQLite)."""
