"""The files of a plan: all are made in a folder beside the target first, so that none is half-written."""

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from forecasts.faults import Fault, FaultyFile
from planner.content import canonical_json
from planner.desk import Desk
from planner.document import document
from planner.exports import FORMATS, ROSTER_FORMATS, RosterSheet
from planner.plan import Plan
from planner.proposal import Proposal

PLAN = "plan.json"
UNNUMBERED = "（番号未定）"
"""Stands for the number of a proposal that no store has numbered yet."""
_NAMES = {PLAN, *(f.file_name for f in FORMATS), *(f.file_name for f in ROSTER_FORMATS)}


def of_plan(desk: Desk, plan: Plan, today: date | None = None, number: str = UNNUMBERED) -> dict[str, bytes]:
    """Return the files of a plan by name: the documents, the contractor's roster, all figures.

    They are dated ``today``, or else the last day that the plan knows of.
    """
    content = plan.content
    files = client_files(Proposal(number, 1, content), today)
    if plan.roster is not None:
        days = desk.calendar.office_days(content.period.start, content.period.end)
        sheet = RosterSheet(desk, plan.roster, days, today or content.as_of)
        files |= {f.file_name: f.write(sheet) for f in ROSTER_FORMATS}
    return files | {PLAN: canonical_json(content).encode()}


def client_files(proposal: Proposal, today: date | None) -> dict[str, bytes]:
    """Return the documents of a proposal by file name."""
    paper = document(proposal, today)
    return {f.file_name: f.write(paper) for f in FORMATS}


def written(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, made where it is missing; what fails leaves the old files as they were.

    An older plan's file that this one does not have (a roster) is taken away: it would belie the others.
    Raises FaultyFile where they cannot be written.
    """
    try:
        with _made(folder), tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as beside:
            new, old = Path(beside) / "new", Path(beside) / "old"
            new.mkdir()
            old.mkdir()
            for name, data in files.items():
                (new / name).write_bytes(data)
            _exchange(folder, new, old, sorted(_NAMES | files.keys()))
    except OSError as error:
        raise FaultyFile([Fault("unwritable", str(folder), value=error.strerror or "")]) from error
    return tuple(folder / name for name in files)


def written_file(path: Path, data: bytes) -> Path:
    """Write one file whole, or leave an older one as it was. Raises FaultyFile where it cannot be written."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise FaultyFile([Fault("unwritable", str(path), value=error.strerror or "")]) from error
    return path


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder; take away again what was made if what follows fails."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for made in missing:
            if made.is_dir():
                made.rmdir()
        raise


def _exchange(folder: Path, new: Path, old: Path, names: Sequence[str]) -> None:
    """Move the new files in and those they replace out; if one cannot be moved, all go back."""
    if any((folder / name).is_dir() for name in names):  # somebody's, not an older file of ours
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    moved: list[tuple[Path, Path]] = []
    try:
        for name in names:
            for source, target in ((folder / name, old / name), (new / name, folder / name)):
                if source.exists():
                    moved.append((source, source.rename(target)))
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
        raise
