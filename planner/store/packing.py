"""Frames and faults as bytes, small and exact."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict
from io import BytesIO
from typing import Literal

import pandas as pd
import pyarrow as pa

from forecasts.faults import Fault, impersonal
from forecasts.history.kinds import Kind
from forecasts.history.overlap import STATE_COLUMNS
from forecasts.history.records import COLUMNS, conformed


def packed(rows: pd.DataFrame, compression: Literal["zstd", "lz4"] = "zstd") -> bytes:
    """Return rows as an Arrow stream, compressed. Codes of names in no use are left out.

    zstd is small, for what stays; lz4 is quick, for what is made anew with every import.
    """
    table = pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata(None)
    stream = BytesIO()
    with pa.ipc.new_stream(
        stream, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)
    ) as out:
        out.write_table(table)
    return stream.getvalue()


def unpacked(kind: Kind, stream: bytes) -> pd.DataFrame:
    """Return the rows of a stream as a frame of ``COLUMNS``; columns that it lacks are empty."""
    rows = _rows(stream)
    return conformed(kind, {name: rows[name] for name in COLUMNS[kind] if name in rows}, rows.index)


def unpacked_state(kind: Kind, stream: bytes) -> pd.DataFrame:
    """Return the state of a fold that was packed."""
    return _rows(stream).astype(dict(STATE_COLUMNS[kind]))


def _rows(stream: bytes) -> pd.DataFrame:
    with pa.ipc.open_stream(stream) as read:
        return read.read_all().to_pandas()


def packed_faults(faults: Iterable[Fault]) -> bytes:
    """Return faults as compressed JSON, without values that hold words or may be a person's number.

    Where columns are shifted the cell of a date may hold a name or free text, which is never kept.
    """
    kept = [asdict(impersonal(f)) for f in faults]
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode())


def unpacked_faults(stream: bytes) -> tuple[Fault, ...]:
    """Return the faults of ``packed_faults``."""
    return tuple(Fault(**fault) for fault in json.loads(zlib.decompress(stream)))
