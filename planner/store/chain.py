"""The audit chain: every entry carries the hash of the one before it. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from planner.store.records import AuditEntry, ChainCheck

START = "0" * 64
"""What the first entry names as the hash before it."""


def canonical(detail: Mapping[str, Any]) -> str:
    """Write JSON so that equal data give equal text."""
    return json.dumps(
        dict(detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def linked(entry: AuditEntry) -> AuditEntry:
    """Return the entry with its hash: SHA-256 over all other fields, the hash before it included."""
    content = {k: v for k, v in asdict(entry).items() if k != "hash"}
    return replace(entry, hash=hashlib.sha256(canonical(content).encode()).hexdigest())


def checked(entries: Iterable[AuditEntry]) -> ChainCheck:
    """Follow the chain from its start and report the first entry that does not fit."""
    seq, head = 0, START
    for entry in entries:
        if entry.seq != seq + 1 or entry.previous_hash != head or linked(entry).hash != entry.hash:
            return ChainCheck(seq, head, broken_seq=entry.seq)
        seq, head = entry.seq, entry.hash
    return ChainCheck(seq, head)
