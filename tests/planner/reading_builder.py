"""What a file says, without the file."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from forecasts.faults import Fault
from forecasts.history.account import Account, Reading
from forecasts.history.kinds import Kind
from forecasts.history.mapping import FileMapping
from planner.access import Actor, Role
from planner.actions.import_file import import_file
from planner.store import ImportRecord, ImportSource, Store
from tests.forecasts.history.batch_builder import Row, batch

AT = datetime(2026, 3, 2, 9, 0)
PLANNER = Actor("local", Role.PLANNER, "受託事業者 計画担当")


def make_reading(rows: Sequence[Row], kind: Kind = "inquiries", faulty: int = 0, **mapping: Any) -> Reading:
    """Return a reading of some rows of which more (``faulty``) could not be read."""
    made = batch(kind, rows)
    mapping = {"columns": {name: f"列 {name}" for name in made.supplied}, **mapping}
    return Reading(
        FileMapping(kind, **mapping),
        tuple(mapping["columns"].values()),
        made.values.assign(line=range(2, len(rows) + 2)),
        made.supplied,
        Account(len(rows) + faulty + 2, len(rows), faulty, {"title": 1, "header": 1}),
        tuple(Fault("bad_date", "log.csv", n + 50, "受付日時", "昨日", "2026-03-02") for n in range(faulty)),
    )


def make_source(name: str = "log.csv", desk_id: str = "lan-desk") -> ImportSource:
    """Return where a file of this name comes from; another name has other bytes."""
    return ImportSource(desk_id, name, hashlib.sha256(name.encode()).hexdigest())


def take_in(store: Store, reading: Reading, name: str = "log.csv", **source: str) -> ImportRecord:
    """Import a reading, in part where it has faults."""
    return import_file(
        store, make_source(name, **source), reading, PLANNER, AT, is_partial_accepted=bool(reading.faults)
    )
