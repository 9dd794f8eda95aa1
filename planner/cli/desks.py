"""Which desk a command is about: named by its file, or by its code in the installation."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from forecasts.faults import Fault, FaultyFile, Notice
from planner.desk import Desk
from planner.desk_file import read_desk
from planner.desk_folder import desk_files, is_kept, keep_desk, replace_desk


@dataclass(frozen=True, slots=True)
class NamedDesk:
    """A desk, the file that describes it, and what the user must know of that file."""

    desk: Desk
    path: Path
    notices: tuple[Notice, ...] = ()


def named_desk(home: Path, name: str) -> NamedDesk:
    """Return the desk of a code, or of a file (``….toml``), of which the kept copy counts if there is one.

    Changes nothing. Raises FaultyFile.
    """
    known, path = desk_files(home), Path(name)
    if path.suffix.lower() != ".toml" and not path.is_file():
        if name not in known:
            raise FaultyFile([Fault("unknown_desk", "--desk", value=name, allowed=", ".join(known))])
        return NamedDesk(read_desk(known[name]), known[name])
    desk = read_desk(path)
    kept = known.get(desk.id)
    if kept is None:
        return NamedDesk(desk, path)
    notices = () if is_kept(home, path) else (Notice("desk_kept_differs", str(kept)),)
    return NamedDesk(read_desk(kept), kept, notices)


def kept_desk(home: Path, name: str) -> NamedDesk:
    """Return the same; a desk file that the installation does not have yet is kept there."""
    found = named_desk(home, name)
    if found.path in desk_files(home).values():
        return found
    return NamedDesk(found.desk, keep_desk(home, found.path))


def updated_desk(home: Path, name: str, at: datetime) -> NamedDesk:
    """Return the same, a desk file having taken the place of the one that was kept (``--update-desk``)."""
    path = Path(name)
    if name in desk_files(home) or is_kept(home, path):
        return kept_desk(home, name)
    backup = replace_desk(home, path, at)
    found = kept_desk(home, name)
    return NamedDesk(
        found.desk, found.path, () if backup is None else (Notice("desk_replaced", str(backup)),)
    )
