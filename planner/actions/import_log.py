"""Takes an inquiry log in. The same file twice is counted once, and the answer says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from planner.access import Action, Actor
from planner.actions import permitted
from planner.store import ImportRecord, Store


@dataclass(frozen=True, slots=True)
class LogFile:
    """Where rows come from: desk, SHA-256 of the file, and field → column of the file."""

    desk_id: str
    digest: str
    mapping: Mapping[str, str]


def import_log(
    store: Store, file: LogFile, inquiries: pd.DataFrame, actor: Actor, at: datetime
) -> ImportRecord:
    """Keep the rows that ``read_log`` made of a file; ``is_repeat`` where it was read in before."""
    permitted(actor, Action.IMPORT_LOG)
    with store.writing(actor, at, Action.IMPORT_LOG) as work:
        record = work.add_inquiries(file.desk_id, file.digest, file.mapping, inquiries)
        added = 0 if record.is_repeat else record.rows
        work.about(file.desk_id, file=file.digest, rows=added, is_repeat=record.is_repeat)
        return record
