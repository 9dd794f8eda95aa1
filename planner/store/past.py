"""A desk's past, from its imports, on an open connection: batches, their fold, and the fold's snapshot."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, RowMapping, insert, select, update

from forecasts.faults import Fault
from forecasts.history import overlap
from forecasts.history.account import Account, Reading
from forecasts.history.kinds import KINDS, Kind
from forecasts.history.mapping import FileMapping
from forecasts.history.overlap import Batch
from forecasts.history.records import Records, empty_frame
from planner.proposal import NotAllowed
from planner.store.packing import packed, packed_faults, unpacked, unpacked_faults, unpacked_state
from planner.store.records import ImportRecord, ImportSource
from planner.store.tables import batches, imports, snapshots

_MOST_CORRECTIONS = 10_000


def import_records(connection: Connection, desk_id: str) -> tuple[ImportRecord, ...]:
    """Return the imports of a desk in order, those too that are undone or replaced."""
    query = select(imports).where(imports.c.desk_id == desk_id).order_by(imports.c.id)
    rows = connection.execute(query).mappings().all()
    replaced = _replaced(rows)
    return tuple(_record(row, is_active=_is_active(row, replaced)) for row in rows)


def _replaced(rows: Sequence[RowMapping]) -> set[int]:
    """Return the imports for which a later one stands; an undone one passes on what stands for it alone."""
    replaced = set[int]()
    for row in reversed(rows):
        if row["replaces"] is not None and (row["undone_at"] is None or row["id"] in replaced):
            replaced.add(row["replaces"])
    return replaced


def _is_active(row: RowMapping, replaced: set[int]) -> bool:
    return row["undone_at"] is None and row["id"] not in replaced


def _record(row: RowMapping, *, is_active: bool) -> ImportRecord:
    read = {
        "header": tuple(json.loads(row["header"])),
        "mapping": FileMapping(**json.loads(row["mapping"])),
        "account": Account(**json.loads(row["account"])),
    }
    return ImportRecord(**{**row, **read, "is_active": is_active})


def known_import(connection: Connection, source: ImportSource, reading: Reading) -> ImportRecord | None:
    """Return the active import of the same file under the same mapping, if it read the same rows."""
    former = _former(connection, source, reading.mapping)
    is_same = former is not None and (former.mapping, former.account) == (reading.mapping, reading.account)
    return replace(former, is_repeat=True) if former is not None and is_same else None


def _former(connection: Connection, source: ImportSource, mapping: FileMapping) -> ImportRecord | None:
    """Return the active import of the same sheet of a file as the same kind: a later one replaces it."""
    what = (source.digest, mapping.kind, mapping.sheet)
    for record in reversed(import_records(connection, source.desk_id)):
        if record.is_active and (record.file_digest, record.kind, record.mapping.sheet) == what:
            return record
    return None


def add_import(
    connection: Connection, source: ImportSource, reading: Reading, user: str, at: datetime
) -> ImportRecord:
    """Keep a reading whole, and the fold with it; in place of an import of the same file."""
    if not reading.account.is_balanced:
        message = f"{source.file_name}: rows are not accounted for: {reading.account}"
        raise RuntimeError(message)
    former, kind = _former(connection, source, reading.mapping), reading.mapping.kind
    left_out = () if former is None else (former.id,)
    ids = [n for n in _active_ids(connection, source.desk_id, kind) if n not in left_out]
    batch = Batch(reading.values, reading.supplied)
    changes = overlap.changes(kind, _state(connection, source.desk_id, kind, ids), batch)
    days = overlap.days(kind, reading.values)
    import_id: int = connection.execute(
        insert(imports)
        .values(
            desk_id=source.desk_id,
            kind=kind,
            file_name=source.file_name,
            file_digest=source.digest,
            header=_json(list(reading.header)),
            mapping=_json(reading.mapping.plain()),
            account=_json(asdict(reading.account)),
            user=user,
            at=at,
            rows=len(reading.values),
            added=changes.added,
            corrected=changes.corrected,
            unchanged=changes.unchanged,
            repeated=changes.repeated,
            removed=changes.removed,
            added_on_known_days=changes.added_on_known_days,
            first_day=days[0] if days else None,
            last_day=days[1] if days else None,
            is_partial=bool(reading.faults),
            replaces=former.id if former else None,
            undone_by="",
        )
        .returning(imports.c.id)
    ).scalar_one()
    connection.execute(
        insert(batches).values(
            import_id=import_id,
            supplied=_json(list(reading.supplied)),
            rows=packed(reading.values),
            faults=packed_faults(reading.faults),
        )
    )
    _keep_snapshot(connection, source.desk_id, kind, [*ids, import_id], changes.state)
    return _found(connection, import_id)


def undo_import(connection: Connection, import_id: int, user: str, at: datetime) -> ImportRecord:
    """Leave an import out of the fold, and make that anew; raises NotAllowed."""
    if _found(connection, import_id).undone_at is not None:
        raise NotAllowed("already_undone", str(import_id))
    undone = update(imports).where(imports.c.id == import_id).values(undone_at=at, undone_by=user)
    connection.execute(undone)
    record = _found(connection, import_id)
    ids = _active_ids(connection, record.desk_id, record.kind)
    state = _state(connection, record.desk_id, record.kind, ids)
    _keep_snapshot(connection, record.desk_id, record.kind, ids, state)
    return record


def _found(connection: Connection, import_id: int) -> ImportRecord:
    desk_id = connection.scalar(select(imports.c.desk_id).where(imports.c.id == import_id))
    if desk_id is None:
        raise NotAllowed("no_such_import", str(import_id))
    return next(r for r in import_records(connection, desk_id) if r.id == import_id)


def import_faults(connection: Connection, import_id: int) -> tuple[Fault, ...]:
    """Return the faults of the rows that an import did not take; raises NotAllowed("no_such_import")."""
    stream = connection.scalar(select(batches.c.faults).where(batches.c.import_id == import_id))
    if stream is None:
        raise NotAllowed("no_such_import", str(import_id))
    return unpacked_faults(stream)


def records(connection: Connection, desk_id: str, before: datetime | None) -> Records:
    """Return what the active imports of a desk say together, of what could be known before a time."""
    frames: dict[str, pd.DataFrame] = {}
    for kind in KINDS:
        ids = _active_ids(connection, desk_id, kind)
        rows = overlap.settled(kind, _state(connection, desk_id, kind, ids)) if ids else empty_frame(kind)
        frames[kind] = rows if before is None else overlap.known_before(kind, rows, before)
    return Records(**frames)


def corrections(connection: Connection, import_id: int) -> pd.DataFrame:
    """Return what an import corrects of the imports before it that count today."""
    record = _found(connection, import_id)
    ids = [n for n in _active_ids(connection, record.desk_id, record.kind) if n < import_id]
    ids = [n for n in ids if n != record.replaces]
    state = overlap.folded(record.kind, _batches(connection, record.kind, ids))
    (batch,) = _batches(connection, record.kind, [import_id])
    changes = overlap.changes(record.kind, state, batch)
    return overlap.corrections(record.kind, state, changes, _MOST_CORRECTIONS).head(_MOST_CORRECTIONS)


def _active_ids(connection: Connection, desk_id: str, kind: Kind) -> list[int]:
    return [r.id for r in import_records(connection, desk_id) if r.is_active and r.kind == kind]


def _state(connection: Connection, desk_id: str, kind: Kind, ids: list[int]) -> pd.DataFrame:
    """Return the fold of some imports: from the snapshot, as far as that folds the first of them."""
    row = connection.execute(select(snapshots).where(*_snapshot(desk_id, kind))).mappings().first()
    done = json.loads(row["import_ids"]) if row is not None else []
    if row is None or done != ids[: len(done)]:
        return overlap.folded(kind, _batches(connection, kind, ids))
    state = unpacked_state(kind, row["rows"])
    return overlap.folded(kind, _batches(connection, kind, ids[len(done) :]), state)


def _batches(connection: Connection, kind: Kind, ids: Iterable[int]) -> Iterable[Batch]:
    """Yield the batches of imports one by one: they need not be in memory together."""
    for import_id in ids:
        query = select(batches.c.supplied, batches.c.rows).where(batches.c.import_id == import_id)
        row = connection.execute(query).one()
        yield Batch(unpacked(kind, row.rows), tuple(json.loads(row.supplied)))


def _keep_snapshot(
    connection: Connection, desk_id: str, kind: Kind, ids: list[int], state: pd.DataFrame
) -> None:
    values = {"import_ids": _json(ids), "rows": packed(state, "lz4")}
    kept = update(snapshots).where(*_snapshot(desk_id, kind)).values(values)
    if not connection.execute(kept).rowcount:
        connection.execute(insert(snapshots).values(desk_id=desk_id, kind=kind, **values))


def _snapshot(desk_id: str, kind: Kind) -> tuple[Any, ...]:
    return (snapshots.c.desk_id == desk_id, snapshots.c.kind == kind)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
