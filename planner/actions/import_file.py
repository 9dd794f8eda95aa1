"""Takes a file of a desk's past in. The same file twice is counted once, and the answer says so."""

from datetime import datetime

from forecasts.history.account import Reading
from planner.access import Action, Actor
from planner.actions import permitted
from planner.proposal import NotAllowed
from planner.store import ImportRecord, ImportSource, Store


def import_file(
    store: Store,
    source: ImportSource,
    reading: Reading,
    actor: Actor,
    at: datetime,
    *,
    is_partial_accepted: bool,
) -> ImportRecord:
    """Keep what a file says; the record tells what that changed.

    A file known under the same mapping is a repeat (``is_repeat``): nothing is kept. Known under another one,
    it takes the place of the former import. Raises NotAllowed: ``no_right``; ``rows_rejected`` where rows
    have faults and nobody decided to take the file in part, which the record and the audit then say.
    """
    permitted(actor, Action.IMPORT_LOG)
    with store.writing(actor, at, Action.IMPORT_LOG) as work:
        record = work.known_import(source, reading)
        if record is None:
            if reading.faults and not is_partial_accepted:
                raise NotAllowed("rows_rejected", str(reading.account.rejected))
            record = work.add_import(source, reading)
        work.about(source.desk_id, **_said(record))
        return record


def _said(record: ImportRecord) -> dict[str, object]:
    if record.is_repeat:
        return {"file": record.file_digest, "import": record.id, "is_repeat": True, "rows": 0}
    account = record.account
    return {
        "file": record.file_digest,
        "file_name": record.file_name,
        "import": record.id,
        "is_repeat": False,
        "kind": record.kind,
        "account": {
            "read": account.read,
            "accepted": account.accepted,
            "rejected": account.rejected,
            "not_data": dict(account.not_data),
        },
        "is_partial": record.is_partial,
        "rows": record.added,
        "corrected": record.corrected,
        "removed": record.removed,
        "replaces": record.replaces,
    }
