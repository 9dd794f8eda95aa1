"""Takes one file of a desk's past in, with nobody to ask: what is doubtful is refused, never guessed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from forecasts.faults import Fault, FaultyFile, Notice
from forecasts.history.account import Reading
from forecasts.history.mapping import EVERY_OTHER, FileMapping
from forecasts.history.sheets import FileSheets, raw_of, read_sheets
from planner.access import Actor
from planner.actions.import_file import import_file
from planner.desk import Desk
from planner.imports import Asked, Understood, reading, understood, unmapped_faults
from planner.store import ImportRecord, ImportSource, Store

NEED_DECISION = frozenset({"one_channel", "other_sheets"})
"""Doubts of a suggestion that only a person can settle."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadFile:
    """A file that was read: as it is, as it is understood, what it says."""

    path: Path
    sheets: FileSheets
    found: Understood
    reading: Reading

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the user must know of it."""
        return (*self.found.suggestion.doubts, *self.reading.notices)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads files for a desk. ``imports``: what it took in before, in order."""

    desk: Desk
    asked: Asked = field(default_factory=Asked)
    imports: Sequence[ImportRecord] = ()
    pseudonym: Callable[[str], str] | None = None

    def read(self, path: Path) -> ReadFile:
        """Read a file. Raises FaultyFile, though not for single rows: their faults are in the reading."""
        sheets = read_sheets(str(path), raw_of(path))
        found = understood(self.desk, sheets, self.asked, self._remembered(sheets.digest))
        if faults := [*unmapped_faults(sheets.place, found), *self._undecided(sheets.place, found)]:
            raise FaultyFile(faults)
        return ReadFile(path, sheets, found, reading(self.desk, sheets, found.mapping, self.pseudonym))

    def _remembered(self, digest: str = "") -> list[FileMapping]:
        """Return the mappings of the imports that count: of the very same file first, then the newest."""
        newest = [record for record in reversed(self.imports) if record.is_active]
        return [r.mapping for r in sorted(newest, key=lambda r: r.file_digest != digest)]

    def _undecided(self, place: str, found: Understood) -> list[Fault]:
        """Return a fault for whatever a person must say first."""
        header, line = found.layout.header, found.header_line
        # A telephone exchange's report without channels is the telephone's.
        settled = {"one_channel"} if found.mapping.kind == "intervals" else set()
        doubts = [d for d in found.suggestion.doubts if d.code in NEED_DECISION - settled]
        faults = [Fault(f"undecided_{d.code}", place, line, value=d.value) for d in doubts]
        if gone := self._gone(found):
            allowed = ", ".join(header)
            faults.append(Fault("columns_changed", place, line, value=", ".join(gone), allowed=allowed))
        return faults

    def _gone(self, found: Understood) -> tuple[str, ...]:
        """Return the columns of the desk's last file of this kind that the file at hand no longer has."""
        if self.asked.columns or found.suggestion.is_remembered:
            return ()
        header = {*found.layout.header, EVERY_OTHER}
        alike = [set(m.columns.values()) for m in self._remembered() if m.kind == found.mapping.kind]
        if not alike or any(columns <= header for columns in alike):
            return ()
        return tuple(sorted(alike[0] - header))


def taken_in(
    store: Store, desk: Desk, file: ReadFile, actor: Actor, at: datetime, *, is_partial_accepted: bool = False
) -> ImportRecord:
    """Keep what a file says. Raises NotAllowed("rows_rejected") for faulty rows without the decision."""
    source = ImportSource(desk.id, file.path.name, file.sheets.digest)
    return import_file(store, source, file.reading, actor, at, is_partial_accepted=is_partial_accepted)
