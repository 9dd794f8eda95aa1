"""What the database itself refuses. The owner of the file can drop a trigger: the hash chain shows it.

REPLACE deletes the old row without firing a delete trigger, but the insert trigger fires first.
"""


def _refusing(name: str, when: str, message: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _append_only(table: str) -> dict[str, str]:
    return {
        f"{table}_no_update": f"UPDATE ON {table}",
        f"{table}_no_delete": f"DELETE ON {table}",
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
    "proposals_no_delete": "DELETE ON proposals WHEN OLD.digest <> ''",
    "proposals_no_replace": (
        "INSERT ON proposals WHEN EXISTS (SELECT 1 FROM proposals "
        "WHERE number = NEW.number AND version_no = NEW.version_no)"
    ),
}

TRIGGERS = {
    name: _refusing(name, when, f"{name.split('_')[0]}: what was recorded stays")
    for name, when in _WHEN.items()
}
"""Name → SQL (SQLite)."""
