"""A fault in something that a person gave us: where, what, what is allowed, what to do.

A fault carries a code and its values, not a sentence: ``planner.wording.faults`` makes Japanese of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in an input.

    ``code`` names the kind of fault and selects the sentence and the remedy. ``place`` is the file or the
    option; ``row`` counts lines of the file from 1 (the header is line 1); ``allowed`` says what would
    have been right, in the notation of the file.
    """

    code: str
    place: str
    row: int | None = None
    column: str = ""
    value: str = ""
    allowed: str = ""


class FaultyFile(Exception):
    """An input cannot be used. Carries every fault that was found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order in which they were found; there must be at least one."""
        self.faults = tuple(faults)
        if not self.faults:
            message = "FaultyFile without a fault"
            raise ValueError(message)
        super().__init__(
            "; ".join(f"{f.place}:{f.row or ''}:{f.column}: {f.code} {f.value!r}" for f in self.faults)
        )
