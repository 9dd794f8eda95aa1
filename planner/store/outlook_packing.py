"""A kept outlook as bytes and back: facts as JSON, arrays as they lie in memory; equal gives equal bytes."""

import json
import zlib
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from planner.outlook import KeptOutlook, OutlookFacts

_ARRAYS = ("count", "path_rate", "calm_count", "rate", "calm_rate", "share", "share_of", "past_count")
_FACTS = "facts"
_SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("dtype", pa.string()),
        ("shape", pa.list_(pa.int64())),
        ("values", pa.large_binary()),
    ]
)


def packed_outlook(outlook: KeptOutlook) -> bytes:
    """Return an outlook as an Arrow stream, a row for each array (little-endian, C order)."""
    facts = zlib.compress(_written(outlook.facts))
    rows = [(_FACTS, "", [len(facts)], facts), *(_row(name, getattr(outlook, name)) for name in _ARRAYS)]
    columns = {
        name: list(values) for name, values in zip(_SCHEMA.names, zip(*rows, strict=True), strict=True)
    }
    stream = BytesIO()
    with pa.ipc.new_stream(stream, _SCHEMA, options=pa.ipc.IpcWriteOptions(compression="zstd")) as out:
        out.write_table(pa.table(columns, schema=_SCHEMA))
    return stream.getvalue()


def unpacked_outlook(stream: bytes) -> KeptOutlook | None:
    """Return the outlook of a stream; None where another version of the program packed it otherwise.

    It can be computed anew at any time, so what cannot be read is as good as not there.
    """
    try:
        with pa.ipc.open_stream(stream) as read:
            rows = {row["name"]: row for row in read.read_all().to_pylist()}
        facts = _reader().validate_python(json.loads(zlib.decompress(rows[_FACTS]["values"])))
        return KeptOutlook(facts, *(_array(rows[name]) for name in _ARRAYS))
    except (pa.ArrowException, OSError, ValidationError, KeyError, TypeError, ValueError, zlib.error):
        return None


def _written(facts: OutlookFacts) -> bytes:
    """Write facts so that equal ones give equal bytes; no number is rounded."""
    read = _reader().dump_python(facts, mode="json")
    return json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _row(name: str, array: NDArray[Any]) -> tuple[str, str, list[int], bytes]:
    held = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    return name, held.dtype.str, list(held.shape), held.tobytes()


def _array(row: Mapping[str, Any]) -> Any:
    return np.frombuffer(row["values"], dtype=np.dtype(row["dtype"])).reshape(row["shape"])


@cache
def _reader() -> TypeAdapter[OutlookFacts]:
    return TypeAdapter(OutlookFacts)
