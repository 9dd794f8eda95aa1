"""取込みの取消し: an import no longer counts; what it held stays kept."""

from datetime import datetime

from planner.access import Action, Actor
from planner.actions import permitted
from planner.store import ImportRecord, Store


def undo_import(store: Store, import_id: int, actor: Actor, at: datetime) -> ImportRecord:
    """Leave an import out as if it had never been; one that it had replaced counts again.

    Raises NotAllowed: ``no_right``, ``no_such_import``, ``already_undone``.
    """
    permitted(actor, Action.UNDO_IMPORT)
    with store.writing(actor, at, Action.UNDO_IMPORT) as work:
        record = work.undo_import(import_id)
        work.about(record.desk_id, file=record.file_digest, **{"import": record.id})
        return record
